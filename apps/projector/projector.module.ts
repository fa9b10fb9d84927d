import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller';
import { Projecting } from './projecting';

/** The worker that keeps the read models, with its health and metrics. */
@Module({})
export class ProjectorModule {
  static forRoot(projecting: Projecting): DynamicModule {
    return {
      module: ProjectorModule,
      controllers: [HealthController],
      providers: [{ provide: Projecting, useValue: projecting }],
      exports: [Projecting],
    };
  }
}
