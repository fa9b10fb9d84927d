import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventStore } from '#event-store';
import { eventStoreSettingsFromEnv, openEventStore } from '#event-store';
import { serve } from '#process';
import type { Environment } from '#process';
import { ReadDatabase, readDatabaseSettingsFromEnv } from '#read-models';
import { Recorder } from '#recording';
import { portalApi } from '../portal/api/description';
import { PortalModule } from '../portal/portal.module';
import { Reading } from '../portal/reading';
import { ProjectorModule } from '../projector/projector.module';
import { Projecting } from '../projector/projecting';
import { registryApi } from '../registry/description';
import { LocalOfficer } from '../registry/back-office/access';
import { BackOfficeModule } from '../registry/back-office/back-office.module';
import { DatabaseReports } from '../registry/back-office/reports';
import { RegistryModule } from '../registry/registry.module';
import type { Settings } from './settings';

/** The running system: every room in one process. */
export interface System {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly store: EventStore;
  readonly recorder: Recorder;
  readonly projecting: Projecting;
  /** Finishes what is under way, then closes stores and databases. */
  close(): Promise<void>;
}

/** Opens stores, starts projections and listens. Whatever was opened is closed again when a later step fails. */
export async function startSystem(settings: Settings, env: Environment): Promise<System> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const each of opened.reverse().splice(0)) await each.close();
  };
  try {
    const { profile, actor, where, dataFolder } = settings;
    const readDatabaseSettings = readDatabaseSettingsFromEnv(env, dataFolder);
    const store = await openEventStore(eventStoreSettingsFromEnv(env, dataFolder), {
      onNotice: (notice) => process.stderr.write(`${notice}\n`),
    });
    opened.push(store);
    const database = await ReadDatabase.openForWriting(readDatabaseSettings);
    opened.push(database);
    const pages = await ReadDatabase.openForReading(readDatabaseSettings);
    opened.push(pages);
    const projecting = new Projecting(store, database, profile);
    await projecting.runner.start();
    opened.push({ close: () => projecting.runner.stop() });
    const recorder = new Recorder(store, { profile });
    const access = new LocalOfficer(actor);
    const reports = new DatabaseReports(pages, profile);
    const rooms = [
      { module: RegistryModule.forRoot(recorder, { profile, actor }), api: registryApi },
      { module: BackOfficeModule.forRoot({ recorder, store, profile, access, reports }) },
      { module: ProjectorModule.forRoot(projecting) },
      { module: PortalModule.forRoot(new Reading(pages, profile)), api: portalApi },
    ];
    const served = await serve(rooms, where, profile);
    opened.push(served);
    const { url, app } = served;
    return { url, app, store, recorder, projecting, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
