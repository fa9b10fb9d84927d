import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FilesController } from '#http';
import { AssetsController } from './api/assets.controller';
import { IndicatorsController } from './api/indicators.controller';
import { PagesController } from './pages/pages.controller';
import { Reading } from './reading';

/** The public side: pages, queries, open data. It knows the read database and nothing else. */
@Module({})
export class PortalModule {
  static forRoot(reading: Reading): DynamicModule {
    return {
      module: PortalModule,
      controllers: [AssetsController, IndicatorsController, PagesController, FilesController],
      providers: [{ provide: Reading, useValue: reading }],
    };
  }
}
