import type { EventStoreSettings } from '#event-store';
import { openEventStore } from '#event-store';
import type { NotarySettings } from '#notary';
import { serve } from '#process';
import { ReadDatabase } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { Notarising } from './notarising';
import { Projecting } from './projecting';
import { ProjectorModule } from './projector.module';
import type { ProjectorSettings } from './settings';

export interface Projector {
  readonly url: string;
  /** Finishes the batches under way, then closes log and database. */
  close(): Promise<void>;
}

/**
 * Follows the log, which it never writes to, keeps the read models and the transparency log, and tells over HTTP how they are. An embedded log is read beside the process that
 * writes it. Throws EventStoreError, ReadDatabaseError, NotaryError and CannotListen.
 */
export async function startProjector(
  { where, profile }: ProjectorSettings,
  log: EventStoreSettings,
  readDatabase: ReadDatabaseSettings,
  transparencyLog?: NotarySettings,
): Promise<Projector> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.splice(0).reverse()) await each.close();
  };
  try {
    const onNotice = (notice: string): void => void process.stderr.write(`${notice}\n`);
    const store = await openEventStore(log, { readOnly: true, onNotice });
    opened.push(store);
    const database = await ReadDatabase.openForWriting(readDatabase);
    opened.push(database);
    const projecting = new Projecting(store, database, profile);
    await projecting.runner.start();
    opened.push({ close: () => projecting.runner.stop() });
    const notarising = transparencyLog && (await Notarising.start(transparencyLog, store, database));
    if (notarising) opened.push(notarising);
    const served = await serve([{ module: ProjectorModule.forRoot(projecting, notarising) }], where, profile);
    opened.push(served);
    return { url: served.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
