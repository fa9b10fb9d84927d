import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { italy, replay } from '#domain';
import type { EventStore } from '#event-store';
import { openEmbeddedLog } from '#event-store';
import { publicEvent } from '#privacy';
import { Recorder } from '#recording';

interface StoredRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** JSON, byte for byte. */
  readonly data: string;
  readonly metadata: string;
}

/** A seizure as version 1 wrote it into the log, when a value was a number of whole euros: it must be read for ever. */
const row = JSON.parse(readFileSync(join(__dirname, 'golden', 'stored', 'AssetSeized.v1.json'), 'utf8')) as StoredRow;

describe('a seizure written before version 2', () => {
  let folder: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'first-version-'));
    const path = join(folder, 'events.sqlite');
    await openEmbeddedLog(path).close();
    const file = new Database(path);
    file
      .prepare('INSERT INTO events VALUES (@position, @stream, @revision, @id, @type, @version, @data, @metadata)')
      .run(row);
    file.close();
    store = openEmbeddedLog(path);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('comes from the log as it was written', async () => {
    const [event] = await store.readStream(row.stream);
    expect(event).toMatchObject({ version: 1, data: { estimatedValueEuro: 485_000 } });
    expect(JSON.stringify(event?.data)).toBe(row.data);
  });

  it('opens the dossier with its value in cents', async () => {
    const { asset, history, revision } = replay(await store.readStream(row.stream));
    expect(revision).toBe(0);
    expect(asset).toMatchObject({
      phase: 'seized',
      phaseSince: '2008-05-14',
      description: { title: 'Villa in contrada Valguarnera', estimatedValue: { minor: 48_500_000, currency: 'EUR' } },
    });
    expect(history).toMatchObject([{ id: row.id, version: 2, data: { formerHolder: 'Nome Cognome' } }]);
    expect(history[0]?.data).not.toHaveProperty('estimatedValueEuro');
  });

  it('passes the public gate without what is not public', async () => {
    const [event] = await store.readStream(row.stream);
    const seen = publicEvent(event!);
    expect(seen).toMatchObject({ version: 2, data: { estimatedValue: { minor: 48_500_000, currency: 'EUR' } } });
    expect(seen.withheld).toEqual(['protectedAddress', 'formerHolder']);
  });

  it('is corrected and built upon as any other', async () => {
    const recorder = new Recorder(store, { profile: italy });
    const origin = (idempotencyKey: string) => ({
      actor: { subject: 'officer-17', agency: 'ANBSC', role: 'officer' },
      source: { kind: 'form' as const },
      idempotencyKey,
      correlationId: 'spec',
    });
    const stream = row.stream as `asset-${string}`;
    const value = { minor: 50_000_000, currency: 'EUR' };
    const correction = { entry: row.id, field: 'estimatedValue', value, reason: 'Read wrong.' };
    await expect(
      recorder.record(stream, { name: 'correct-entry', occurredOn: '2024-03-01', data: correction }, origin('a')),
    ).resolves.toMatchObject({ kind: 'recorded', revision: 1 });
    await expect(
      recorder.record(
        stream,
        { name: 'order-confiscation', occurredOn: '2011-02-09', data: { instance: 'first' } },
        origin('b'),
      ),
    ).resolves.toMatchObject({ kind: 'recorded', revision: 2 });
    const dossier = replay(await store.readStream(row.stream));
    expect(dossier.asset).toMatchObject({ phase: 'confiscated-first', description: { estimatedValue: value } });
  });
});
