import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FilesController } from '#http';
import { AssetsController } from './api/assets.controller';
import { IndicatorsController } from './api/indicators.controller';
import { FeedsController } from './pages/feeds.controller';
import { CallsController } from './civic/calls.controller';
import { CivicPagesController } from './civic/civic-pages.controller';
import { DialoguesController } from './civic/dialogues.controller';
import { GroupsController } from './civic/groups.controller';
import { OrganisationsController } from './civic/organisations.controller';
import { AssignedController } from './api/reports/assigned.controller';
import { MoneyController } from './api/reports/money.controller';
import { SupportController } from './api/reports/support.controller';
import { UseController } from './api/reports/use.controller';
import { WaitingController } from './api/reports/waiting.controller';
import { FlagsController } from './api/reports/flags.controller';
import { IntegrityController, PublishedLog } from './pages/integrity.controller';
import { PagesController } from './pages/pages.controller';
import { ReportPagesController } from './pages/report-pages.controller';
import { Reading } from './reading';

/** The public side: pages, queries, open data. It knows the read database, and where the transparency log is published. */
@Module({})
export class PortalModule {
  static forRoot(reading: Reading, transparencyLog?: string): DynamicModule {
    return {
      module: PortalModule,
      controllers: [
        AssetsController,
        IndicatorsController,
        OrganisationsController,
        CallsController,
        DialoguesController,
        GroupsController,
        MoneyController,
        SupportController,
        UseController,
        AssignedController,
        WaitingController,
        FlagsController,
        FeedsController,
        CivicPagesController,
        PagesController,
        IntegrityController,
        ReportPagesController,
        FilesController,
      ],
      providers: [
        { provide: Reading, useValue: reading },
        { provide: PublishedLog, useValue: new PublishedLog(transparencyLog) },
      ],
    };
  }
}
