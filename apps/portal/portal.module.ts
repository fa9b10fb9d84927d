import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FilesController } from '#http';
import { AssetsController } from './api/assets.controller';
import { ChangesController } from './api/changes.controller';
import { IndicatorsController } from './api/indicators.controller';
import { MapController } from './api/map.controller';
import { FeedsController } from './feeds/feeds.controller';
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
import { AnnualReturnController } from './api/annual-return/annual-return.controller';
import { ProofsController } from './api/proofs.controller';
import { AreaPagesController } from './pages/area-pages.controller';
import { EmbedController } from './pages/embed.controller';
import { GuidesController } from './pages/guides.controller';
import { IntegrityController } from './pages/integrity.controller';
import { GroundOfMap, MapPagesController } from './pages/map-pages.controller';
import { PagesController } from './pages/pages.controller';
import { PlaceOfPages } from './pages/place-of-pages';
import { ReportPagesController } from './pages/report-pages.controller';
import { AnnualReturnPagesController } from './pages/annual-return-pages.controller';
import { PublishedLog } from './published-log';
import { CrawlersController } from './open-data/crawlers.controller';
import { OcdsController } from './open-data/ocds/ocds.controller';
import { OpenDataController } from './open-data/open-data.controller';
import { PublicationTerms } from './open-data/publication-terms';
import { usualTerms } from './open-data/publication';
import type { Terms } from './open-data/publication';
import { KnownDaysController } from './known-days/known-days.controller';
import { Reading } from './reading';
import { Search } from './search/found';
import { SearchController } from './search/search.controller';
import { SearchPagesController } from './search/search-pages.controller';
import type { MapTiles } from '#web';

/** The public side: pages, queries, open data. It knows the read database, and where the transparency log is published. */
@Module({})
export class PortalModule {
  static forRoot(
    reading: Reading,
    transparencyLog?: string,
    terms: Terms = usualTerms,
    mapTiles?: MapTiles,
  ): DynamicModule {
    return {
      module: PortalModule,
      controllers: [
        AssetsController,
        ChangesController,
        IndicatorsController,
        ProofsController,
        KnownDaysController,
        MapController,
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
        AnnualReturnController,
        OpenDataController,
        OcdsController,
        CrawlersController,
        SearchController,
        SearchPagesController,
        FeedsController,
        CivicPagesController,
        PagesController,
        AreaPagesController,
        EmbedController,
        MapPagesController,
        GuidesController,
        IntegrityController,
        ReportPagesController,
        AnnualReturnPagesController,
        FilesController,
      ],
      providers: [
        { provide: PublicationTerms, useValue: new PublicationTerms(terms) },
        { provide: Reading, useValue: reading },
        { provide: Search, useValue: new Search(reading) },
        { provide: GroundOfMap, useValue: new GroundOfMap(mapTiles) },
        { provide: PublishedLog, useValue: new PublishedLog(transparencyLog) },
        PlaceOfPages,
      ],
    };
  }
}
