import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { SignIn } from '#access';
import type { Instant } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreSettingsFromEnv, openEventStore } from '#event-store';
import { FolderShelf } from '#files';
import { notarySettingsFromEnv } from '#notary';
import { SealedStore, openPersonKeys } from '#privacy';
import { publicFilesFolderFrom, serve } from '#process';
import type { Environment } from '#process';
import { processesSettingsFromEnv } from '#processes';
import { ReadDatabase, knownDaysFolderFrom, readDatabaseSettingsFromEnv } from '#read-models';
import { Recorder } from '#recording';
import { portalApi } from '../portal/api/description';
import { PublicFilesController } from '../portal/public-files.controller';
import { mapTilesFrom } from '../portal/map-tiles';
import { portalWithKnownDays } from '../portal/known-days/open-known-days';
import { Reading } from '../portal/reading';
import { termsFromEnv } from '../portal/settings';
import { TransparencyLogController } from '../portal/transparency-log.controller';
import { ProjectorModule } from '../projector/projector.module';
import { Notarising } from '../projector/notarising';
import { Projecting } from '../projector/projecting';
import { openAgency } from '../registry/agency';
import { AskModule } from '../registry/ask/ask.module';
import { Asking } from '../registry/ask/asking';
import { DatabaseReports } from '../registry/back-office/reports';
import { ProcessesHealthController } from '../registry/processes.controller';
import { Processing } from '../registry/processing';
import type { Erasing } from '../registry/erasing';
import type { PublishedFiles } from '../registry/published-files';
import type { Settings } from './settings';

/** The running system: every room in one process. */
export interface System {
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** The log as it lies there. */
  readonly log: EventStore;
  /** The log as the agency sees it: with what was said of persons. */
  readonly store: EventStore;
  readonly recorder: Recorder;
  readonly projecting: Projecting;
  readonly publishedFiles: PublishedFiles;
  /** Carries out what erasures order. */
  readonly erasing: Erasing;
  /** Keeps the transparency log, where there is one. */
  readonly notarising?: Notarising;
  /** Where people sign in here. */
  readonly signIn?: SignIn;
  /** Finishes what is under way, then closes stores and databases. */
  close(): Promise<void>;
}

/** Opens stores, starts projections and listens; `clock` tells the time of entries. Whatever was opened is closed again when a later step fails. */
export async function startSystem(settings: Settings, env: Environment, clock?: () => Instant): Promise<System> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const each of opened.reverse().splice(0)) await each.close();
  };
  try {
    const { profile, actor, where, dataFolder, files: kept, questions, personKeys } = settings;
    const logSettings = notarySettingsFromEnv(env, dataFolder);
    const processesSettings = processesSettingsFromEnv(env, dataFolder, profile);
    const readDatabaseSettings = readDatabaseSettingsFromEnv(env, dataFolder);
    const onNotice = (notice: string): void => void process.stderr.write(`${notice}\n`);
    const bare = await openEventStore(eventStoreSettingsFromEnv(env, dataFolder), { onNotice });
    opened.push(bare);
    const keys = await openPersonKeys(personKeys);
    opened.push(keys);
    const store = new SealedStore(bare, keys);
    const database = await ReadDatabase.openForWriting(readDatabaseSettings);
    opened.push(database);
    const pages = await ReadDatabase.openForReading(readDatabaseSettings);
    opened.push(pages);
    const projecting = new Projecting(bare, database, profile);
    await projecting.runner.start();
    opened.push({ close: () => projecting.runner.stop() });
    const notarising = logSettings && (await Notarising.start(logSettings, bare, database));
    if (notarising) opened.push(notarising);
    const recorder = new Recorder(store, { profile, ...(clock && { clock }) });
    const agency = await openAgency({
      store,
      sealed: { log: bare, keys },
      recorder,
      settings,
      kept,
      onNotice,
      reports: new DatabaseReports(pages, profile),
      // A test that says who asks needs no door.
      ...(settings.door && !settings.identification && { door: settings.door }),
      ...(clock && { clock }),
    });
    opened.push(agency);
    const processing = processesSettings && (await Processing.start(processesSettings, bare, recorder, profile, clock));
    if (processing) opened.push(processing);
    const photos = agency.files.restricted;
    const asking = new Asking({ recorder, store, profile, agency: actor.agency, photos, pages: '' });
    const portal = portalWithKnownDays(
      knownDaysFolderFrom(env, dataFolder),
      pages,
      (read, time) => new Reading(read, profile, time, questions ? '' : undefined, agency.signIn && ''),
      [logSettings?.folder, termsFromEnv(env), mapTilesFrom(env)],
      { trustedProxies: where.trustedProxies },
    );
    opened.push(portal);
    const rooms = [
      ...agency.rooms,
      {
        module: ProjectorModule.forRoot(projecting, notarising, () =>
          [agency.erasing.failure].filter((reason) => reason !== undefined),
        ),
      },
      ...(logSettings ? [{ module: TransparencyLogController.over(logSettings.folder) }] : []),
      {
        ...portal.room,
        api: portalApi,
      },
      { module: PublicFilesController.over(FolderShelf.reader(publicFilesFolderFrom(env))) },
      ...(processing ? [{ module: ProcessesHealthController.over(processing) }] : []),
      ...(questions ? [{ module: AskModule.forRoot(asking) }] : []),
    ];
    const served = await serve(rooms, where, profile);
    opened.push(served);
    const { url, app } = served;
    return {
      url,
      app,
      log: bare,
      store,
      recorder,
      projecting,
      publishedFiles: agency.published,
      erasing: agency.erasing,
      ...(notarising && { notarising }),
      ...(agency.signIn && { signIn: agency.signIn }),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
