import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { openEmbeddedLog } from '#event-store';
import type { Projection, ReadDatabaseSettings, Row } from '#read-models';
import { ProjectionRunner, ReadDatabase, health, physicalName, projection, readLedger } from '#read-models';
import { aFact, aStream } from '../event-store/facts';
import { onBothDatabases } from './databases';

interface Sum {
  readonly key: string;
  readonly total: number;
}

/** Adds up the amounts of each stream; an event that says `poison` cannot be taken. */
function sums(version = 1, factor = 1): Projection {
  const row = ({ key, total }: Sum): Row => ({ key, total });
  return projection<Sum>({
    name: 'sums',
    version,
    keysOf: ({ stream }) => [stream],
    apply: (before, { data }, key) => {
      if (data.poison) throw new Error('This one cannot be added.');
      return { key, total: (before?.total ?? 0) + factor * Number(data.amount) };
    },
    tables: [
      {
        table: { name: 'sums', columns: { key: { type: 'text' }, total: { type: 'integer' } }, key: ['key'] },
        rows: (sum) => [row(sum)],
      },
    ],
    tallies: [
      {
        table: {
          name: 'sums_by_parity',
          columns: { parity: { type: 'text' }, streams: { type: 'integer' }, total: { type: 'integer' } },
          key: ['parity'],
        },
        sums: ['streams', 'total'],
        of: ({ total }) => [{ parity: total % 2 === 0 ? 'even' : 'odd', streams: 1, total }],
      },
    ],
  });
}

const counts = projection<{ count: number }>({
  name: 'counts',
  version: 1,
  keysOf: () => ['all'],
  apply: (before) => ({ count: (before?.count ?? 0) + 1 }),
  tables: [],
});

onBothDatabases((fresh) => {
  let folder: string;
  let settings: ReadDatabaseSettings;
  let store: EventStore;
  let database: ReadDatabase;
  const runners: ProjectionRunner[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-'));
    store = openEmbeddedLog(join(folder, 'log.sqlite'));
    settings = await fresh();
    database = await ReadDatabase.openForWriting(settings);
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    await database.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function follow(
    projections: readonly Projection[],
    options: ConstructorParameters<typeof ProjectionRunner>[3] = {},
  ) {
    const runner = new ProjectionRunner(store, database, projections, options);
    runners.push(runner);
    await runner.start();
    return runner;
  }
  const add = (stream: string, amount: number, revision: number, more: object = {}) =>
    store.append(stream, [aFact({ data: { amount, ...more } })], revision < 0 ? 'no-stream' : revision);
  const rows = (version = 1) =>
    database.query<{ key: string; total: number }>(
      `SELECT key, total FROM ${physicalName('sums', version)} ORDER BY key`,
    );
  const parities = (version = 1) =>
    database.query<Row>(
      `SELECT parity, streams, total FROM ${physicalName('sums_by_parity', version)} ORDER BY parity`,
    );

  it('takes the past and then the present', async () => {
    await add('asset-a', 2, -1);
    const runner = await follow([sums()]);
    const { position } = await add('asset-a', 3, 0);
    expect(await runner.reached(position, 5000)).toBe(true);
    expect(await rows()).toEqual([{ key: 'asset-a', total: 5 }]);
  });

  it('keeps counters equal to what the rows add up to, and drops empty cells', async () => {
    const runner = await follow([sums()], { batchSize: 3 });
    const streams = Array.from({ length: 7 }, aStream);
    let position = 0;
    for (let round = 0; round < 4; round += 1) {
      for (const [place, stream] of streams.entries()) ({ position } = await add(stream, round + place, round - 1));
    }
    expect(await runner.reached(position, 5000)).toBe(true);
    const all = await rows();
    const expected = ['even', 'odd']
      .map((parity) => all.filter(({ total }) => (total % 2 === 0) === (parity === 'even')).map(({ total }) => total))
      .map((totals, place) => ({
        parity: ['even', 'odd'][place],
        streams: totals.length,
        total: totals.reduce((a, b) => a + b, 0),
      }))
      .filter(({ streams: count }) => count > 0);
    expect(await parities()).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('goes on where it stopped, taking nothing twice', async () => {
    const first = await follow([sums()]);
    const { position } = await add('asset-a', 2, -1);
    await first.reached(position, 5000);
    await first.stop();
    const later = await add('asset-a', 3, 0);
    const second = await follow([sums()]);
    expect(await second.reached(later.position, 5000)).toBe(true);
    expect(await rows()).toEqual([{ key: 'asset-a', total: 5 }]);
    expect(second.progress()).toMatchObject([{ applied: 2 }]);
  });

  it('stops a projection alone before the event it cannot take, and tells', async () => {
    await add('asset-a', 2, -1);
    await add('asset-b', 1, -1, { poison: true });
    const { position } = await add('asset-a', 3, 0);
    const notices: string[] = [];
    const runner = await follow([sums(), counts], { onNotice: (notice) => notices.push(notice) });
    expect(await runner.reached(position, 5000)).toBe(true);
    const report = await health(store, () => runner.progress());
    expect(report.ready).toBe(false);
    expect(report.reasons).toEqual([
      expect.stringMatching(/"sums" stopped before event .* at position 2: This one cannot be added/),
    ]);
    expect(notices).toEqual([expect.stringContaining('"sums" stopped')]);
    expect(await readLedger(database)).toMatchObject([
      { name: 'counts', applied: 3, live: true },
      { name: 'sums', applied: 1, checkpoint: 1, stopped: { position: 2 } },
    ]);
  });

  it('builds a new version beside the one that is read, and swaps', async () => {
    await add('asset-a', 2, -1);
    const first = await follow([sums()]);
    await first.reached(1, 5000);
    await first.stop();
    const { position } = await add('asset-a', 3, 0);
    const second = await follow([sums(2, 10)]);
    expect(await second.reached(position, 5000)).toBe(true);
    expect(await rows(1)).toEqual([{ key: 'asset-a', total: 2 }]);
    expect(await rows(2)).toEqual([{ key: 'asset-a', total: 50 }]);
    expect(await readLedger(database)).toMatchObject([
      { version: 1, live: false },
      { version: 2, live: true },
    ]);
    await second.stop();
    await follow([sums(2, 10)]);
    await expect(rows(1)).rejects.toThrow();
  });

  it('refuses a database that is ahead of the code', async () => {
    const newer = await follow([sums(2)]);
    await newer.stop();
    await expect(new ProjectionRunner(store, database, [sums(1)]).start()).rejects.toThrow(
      /version 2 of "sums".*newer version/,
    );
  });

  it('refuses a database with migrations it does not know', async () => {
    await database.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')`,
    );
    await expect(ReadDatabase.openForWriting(settings)).rejects.toThrow(/FromTheFuture/);
  });

  it('takes everything once though two projectors share the database', async () => {
    const other = await ReadDatabase.openForWriting(settings);
    const notices: string[] = [];
    const first = await follow([sums()], { batchSize: 2, onNotice: (notice) => notices.push(notice) });
    await first.reached((await add('asset-a', 1, -1)).position, 5000);
    const second = new ProjectionRunner(store, other, [sums()], {
      batchSize: 2,
      onNotice: (notice) => notices.push(notice),
    });
    await second.start();
    let position = 0;
    for (let revision = 0; revision < 40; revision += 1) ({ position } = await add('asset-a', 1, revision));
    expect(await first.reached(position, 20_000)).toBe(true);
    expect(await second.reached(position, 20_000)).toBe(true);
    await second.stop();
    await other.close();
    expect(await rows()).toEqual([{ key: 'asset-a', total: 41 }]);
    expect(notices.length).toBeGreaterThan(0);
  });

  it('survives random batch sizes with the same rows', async () => {
    const streams = Array.from({ length: 5 }, () => `asset-${randomUUID()}`);
    for (let round = 0; round < 6; round += 1) {
      for (const [place, stream] of streams.entries()) await add(stream, round * place, round - 1);
    }
    const small = await follow([sums()], { batchSize: 1 });
    await small.reached(30, 10_000);
    await small.stop();
    const [one, oneTally] = [await rows(), await parities()];
    const large = await follow([sums(2)], { batchSize: 1000 });
    await large.reached(30, 10_000);
    expect(await rows(2)).toEqual(one);
    expect(await parities(2)).toEqual(oneTally);
  });

  it('writes a batch of more states than are written at once', async () => {
    const streams = Array.from({ length: 300 }, () => `asset-${randomUUID()}`);
    for (const [place, stream] of streams.entries()) await add(stream, place, -1);
    for (const stream of streams.slice(100)) await add(stream, 1, 0);
    // The second batch changes states of the first and adds new ones.
    const runner = await follow([sums()], { batchSize: 250 });
    expect(await runner.reached(500, 10_000)).toBe(true);
    expect(await rows()).toEqual(
      streams
        .map((key, place) => ({ key, total: place < 100 ? place : place + 1 }))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    );
    const odd = streams.map((_, place) => (place < 100 ? place : place + 1)).filter((total) => total % 2 === 1);
    expect((await parities()).find(({ parity }) => parity === 'odd')).toMatchObject({ streams: odd.length });
  });
});
