import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { BESIDE, HealthController } from './health.controller';
import type { Beside } from './health.controller';
import { Notarising } from './notarising';
import { Projecting } from './projecting';

/** The worker that keeps the read models and the transparency log, with its health and metrics. */
@Module({})
export class ProjectorModule {
  static forRoot(projecting: Projecting, notarising?: Notarising, beside: Beside = () => []): DynamicModule {
    return {
      module: ProjectorModule,
      controllers: [HealthController],
      providers: [
        { provide: Projecting, useValue: projecting },
        { provide: Notarising, useValue: notarising ?? null },
        { provide: BESIDE, useValue: beside },
      ],
      exports: [Projecting],
    };
  }
}
