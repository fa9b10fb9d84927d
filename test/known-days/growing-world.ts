import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { italy } from '#domain';
import type { RecordedEvent } from '#domain';
import { START, openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { ProjectionRunner, ReadDatabase, projectionsFor } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { startPortal } from '../../apps/portal/server';
import type { Portal } from '../../apps/portal/server';
import { recordScene } from '../api/civic-scene';
import { anywhere } from '../api/portal';
import { recordEstate } from '../reuse/estate';
import type { Estate } from '../reuse/estate';

/** Dossiers, calls, organisations, questions and groups, in the order in which they were written down between October and November. */
export async function entriesInOrder(): Promise<{
  readonly entries: readonly RecordedEvent[];
  readonly estate: Estate;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'order-'));
  const [dossiers, streams] = [openEmbeddedLog(join(folder, 'a.sqlite')), openEmbeddedLog(join(folder, 'b.sqlite'))];
  const estate = await recordEstate(dossiers);
  await recordScene(streams, '2026-11-20T09:30:00.000Z');
  const told = await dossiers.readAll(START, 10_000);
  // The estate is written at one instant: here over the four weeks around the day that is asked about.
  const spread = told.map((event, place) => ({
    ...event,
    metadata: {
      ...event.metadata,
      recordedAt: new Date(
        Date.UTC(2026, 9, 22, 9) + Math.floor((place / told.length) * 28) * 24 * 3_600_000,
      ).toISOString(),
    },
  }));
  const entries = [...spread, ...(await streams.readAll(START, 10_000))].sort((a, b) =>
    a.metadata.recordedAt < b.metadata.recordedAt ? -1 : a.metadata.recordedAt > b.metadata.recordedAt ? 1 : 0,
  );
  await Promise.all([dossiers.close(), streams.close()]);
  await rm(folder, { recursive: true });
  return { entries, estate };
}

/** A log that grows, its read models, and portals over them at any hour. */
export class GrowingWorld {
  private readonly portals: Portal[] = [];

  private constructor(
    readonly folder: string,
    readonly store: EventStore,
    private readonly settings: ReadDatabaseSettings,
    private readonly database: ReadDatabase,
    private readonly runner: ProjectionRunner,
  ) {}

  static async begin(settingsIn: (folder: string) => ReadDatabaseSettings = inFolder): Promise<GrowingWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'growing-'));
    const store = openEmbeddedLog(join(folder, 'events.sqlite'));
    const settings = settingsIn(folder);
    const database = await ReadDatabase.openForWriting(settings);
    const runner = new ProjectionRunner(store, database, projectionsFor(italy));
    await runner.start();
    return new GrowingWorld(folder, store, settings, database, runner);
  }

  get knownDays(): string {
    return join(this.folder, 'known-days');
  }

  async write(entries: readonly RecordedEvent[]): Promise<void> {
    for (const { stream, revision, id, type, version, data, metadata } of entries)
      await this.store.append(stream, [{ id, type, version, data, metadata }], revision === 0 ? 'no-stream' : revision - 1);
    await this.runner.reached(await this.store.head(), 60_000);
  } // prettier-ignore

  async portalAt(instant: string): Promise<Portal> {
    const portal = await startPortal(
      { where: anywhere, profile: italy, knownDays: this.knownDays, clock: () => new Date(instant) },
      this.settings,
    );
    this.portals.push(portal);
    return portal;
  }

  async end(): Promise<void> {
    for (const portal of this.portals) await portal.close();
    await this.runner.stop();
    await this.database.close();
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const inFolder = (folder: string): ReadDatabaseSettings => ({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
