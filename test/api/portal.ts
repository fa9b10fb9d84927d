import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetIdFrom, italy } from '#domain';
import type { AssetId, JsonObject, LegalDate } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { ProjectionRunner, ReadDatabase, projectionsFor } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { Recorder } from '#recording';
import { startPortal } from '../../apps/portal/server';

/** On this machine, on any free port. */
export const anywhere = {
  host: '127.0.0.1',
  port: 0,
  variables: { host: 'PORTAL_HOST', port: 'PORTAL_PORT' },
} as const;

/** The public side over a real log and a real read database. */
export interface TestPortal {
  readonly url: string;
  /** The log behind it, for whoever records more than dossiers. */
  readonly store: EventStore;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Records entries in the dossier of a code; answers its id and the log position of the last. */
  record(code: string, ...entries: readonly Entry[]): Promise<{ readonly id: AssetId; readonly position: number }>;
  /** Resolves when the read models have taken everything recorded so far. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface Entry {
  readonly command: string;
  readonly on: LegalDate | null;
  readonly data: JsonObject;
  /** When it is written down. */
  readonly at?: string;
  /** Who writes it down; `officer-1` unless said. */
  readonly by?: string;
}

export async function aPortal(readDatabase: ReadDatabaseSettings): Promise<TestPortal> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const store = openEmbeddedLog(join(folder, 'events.sqlite'));
  const database = await ReadDatabase.openForWriting(readDatabase);
  const runner = new ProjectionRunner(store, database, projectionsFor(italy));
  await runner.start();
  let now = '2026-11-02T09:30:00.000Z';
  const recorder = new Recorder(store, { profile: italy, clock: () => now });
  const portal = await startPortal({ where: anywhere, profile: italy }, readDatabase);
  return {
    url: portal.url,
    store,
    get: (path, headers = {}) => fetch(portal.url + path, { headers, redirect: 'manual' }),
    record: async (code, ...entries) => {
      const id = assetIdFrom('IT', 'it-anbsc', code);
      let position = -1;
      for (const { command: name, on, data, at, by: subject = 'officer-1' } of entries) {
        now = at ?? now;
        const source =
          on === null
            ? ({ kind: 'import', file: 'beni.csv', row: 1, digest: 'ab' } as const)
            : ({ kind: 'form' } as const);
        const actor = { subject, agency: 'ANBSC', role: 'officer' };
        const origin = { actor, source, idempotencyKey: randomUUID(), correlationId: 'test' };
        const recorded = await recorder.record(`asset-${id}`, { name, occurredOn: on, data }, origin);
        if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
        position = recorded.position;
      }
      return { id, position };
    },
    settled: async () => {
      await runner.reached(await store.head(), 10_000);
    },
    close: async () => {
      await portal.close();
      await runner.stop();
      await database.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const areas = {
  Palermo: {
    region: { code: '19', name: 'Sicilia' },
    province: { code: '082', name: 'Palermo' },
    municipality: { code: '082053', name: 'Palermo' },
  },
  Forlì: {
    region: { code: '08', name: 'Emilia-Romagna' },
    province: { code: '040', name: 'Forlì-Cesena' },
    municipality: { code: '040012', name: 'Forlì' },
  },
} as const;

/** A seizure, as an entry. */
export const seizure = (
  code: string,
  place: keyof typeof areas,
  data: JsonObject = {},
  on: LegalDate | null = '2010-05-14',
): Entry => ({
  command: 'record-seizure',
  on,
  data: {
    kind: 'real-estate',
    category: 'dwelling',
    identifiers: [{ scheme: 'it-anbsc', id: code }],
    location: { country: 'IT', ...areas[place] },
    ...data,
  },
});
