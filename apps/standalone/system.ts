import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventStore } from '#event-store';
import { eventStoreSettingsFromEnv, openEventStore } from '#event-store';
import { adapter, hardened } from '#http';
import { ReadDatabase, readDatabaseSettingsFromEnv } from '#read-models';
import { Recorder } from '#recording';
import { PortalModule } from '../portal/portal.module';
import { problemPage } from '../portal/pages/problem-page';
import { Reading } from '../portal/reading';
import { ProjectorModule } from '../projector/projector.module';
import { Projecting } from '../projector/projecting';
import { RegistryModule } from '../registry/registry.module';
import type { Settings } from './settings';

@Module({})
class StandaloneModule {}

/** The running system: every room in one process. */
export interface System {
  readonly url: string;
  readonly store: EventStore;
  readonly recorder: Recorder;
  readonly projecting: Projecting;
  /** Finishes what is under way, then closes stores and databases. */
  close(): Promise<void>;
}

/** Opens stores, starts projections and listens. Whatever was opened is closed again when a later step fails. */
export async function startSystem(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<System> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const each of opened.reverse().splice(0)) await each.close();
  };
  try {
    const readDatabaseSettings = readDatabaseSettingsFromEnv(env, settings.dataFolder);
    const store = await openEventStore(eventStoreSettingsFromEnv(env, settings.dataFolder), {
      onNotice: (notice) => process.stderr.write(`${notice}\n`),
    });
    opened.push(store);
    const database = await ReadDatabase.openForWriting(readDatabaseSettings);
    opened.push(database);
    const pages = await ReadDatabase.openForReading(readDatabaseSettings);
    opened.push(pages);
    const projecting = new Projecting(store, database, settings.profile);
    await projecting.runner.start();
    opened.push({ close: () => projecting.runner.stop() });
    const recorder = new Recorder(store, { profile: settings.profile });
    const { profile, actor } = settings;
    const app = hardened(
      await NestFactory.create<NestFastifyApplication>(
        {
          module: StandaloneModule,
          imports: [
            RegistryModule.forRoot(recorder, { profile, actor }),
            ProjectorModule.forRoot(projecting),
            PortalModule.forRoot(new Reading(pages, profile)),
          ],
        },
        adapter(),
        { logger: ['error', 'warn'], abortOnError: false, bodyParser: false },
      ),
      (problem, request) => problemPage(problem, request, profile),
    );
    await app.listen(settings.port, settings.host);
    opened.push(app);
    return { url: await app.getUrl(), store, recorder, projecting, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
