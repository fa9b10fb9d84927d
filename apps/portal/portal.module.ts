import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { PagesController } from './pages.controller';
import { QueriesController } from './queries.controller';
import { Reading } from './reading';

/** The public side: pages and queries. It knows the read database and nothing else. */
@Module({})
export class PortalModule {
  static forRoot(reading: Reading): DynamicModule {
    return {
      module: PortalModule,
      controllers: [QueriesController, PagesController],
      providers: [{ provide: Reading, useValue: reading }],
    };
  }
}
