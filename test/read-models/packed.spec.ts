import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import { ReadDatabase, ProjectionRunner, check, physicalName, projection } from '#read-models';
import type { Row, Table } from '#read-models';
import { openEmbeddedLog } from '#event-store';
import { asItLies, countersIn } from '../../libs/read-models/database/packed';
import { aFact, aStream } from '../event-store/facts';
import { onBothDatabases } from './databases';

const table = {
  name: 'lengths',
  columns: { code: { type: 'text' }, day: { type: 'integer' }, assets: { type: 'integer' } },
  key: ['code', 'day'],
  packed: { along: 'day', span: 8 },
} as const satisfies Table;
const lying = asItLies(table);
const name = physicalName(table.name, 1);

const difference = fc.record({
  code: fc.constantFrom('a', 'b', ''),
  day: fc.integer({ min: -20, max: 40 }),
  assets: fc.constantFrom(-1, 1, 2),
});

onBothDatabases((fresh, kind) => {
  let database: ReadDatabase;
  beforeAll(async () => {
    database = await ReadDatabase.openForWriting(await fresh());
  });
  afterAll(() => database.close());

  it('holds what was added to each counter, many to a row, and no row in which nothing is left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(difference, { maxLength: 30 }), { maxLength: 5 }), async (batches) => {
        const wanted = new Map<string, number>();
        for (const sql of database.dialect.createTable(lying, name)) await database.query(sql);
        for (const batch of batches) {
          await database.transaction((transaction) => transaction.add(table, name, batch, ['assets']));
          for (const { code, day, assets } of batch) {
            const key = `${code} ${day}`;
            wanted.set(key, (wanted.get(key) ?? 0) + assets);
          }
        }
        const rows = await database.query<Row>(`SELECT * FROM ${name}`);
        await database.query(`DROP TABLE ${name}`);
        const found = rows
          .flatMap((row) => countersIn(table, row))
          .map(({ code, day, assets }) => [`${code} ${day}`, assets]);
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries([...wanted].filter(([, count]) => count !== 0)));
        expect(new Set(rows.map(({ code, block }) => `${code} ${block}`)).size).toBe(rows.length);
        expect(rows.filter(({ counts }) => counts === '[]')).toEqual([]);
      }),
      { numRuns: kind === 'sqlite' ? 100 : 25 },
    );
  });

  it('is checked counter by counter', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packed-'));
    const store = openEmbeddedLog(join(folder, 'log.sqlite'));
    const counting = projection<{ readonly day: number }>({
      name: 'counting',
      version: 1,
      keysOf: ({ stream }) => [stream],
      apply: (_, { data }) => ({ day: Number(data.day) }),
      tables: [],
      tallies: [{ table, sums: ['assets'], of: ({ day }) => [{ code: 'a', day, assets: 1 }] }],
    });
    const runner = new ProjectionRunner(store, database, [counting]);
    await runner.start();
    for (const day of [3, 3, 5, 700]) await store.append(aStream(), [aFact({ data: { day } })], 'no-stream');
    expect(await runner.reached(await store.head(), 10_000)).toBe(true);
    await runner.stop();
    const log = async function* (): AsyncGenerator<readonly RecordedEvent[]> {
      yield await store.readAll(-1, 100);
    };
    const drift = async () => (await check(database, [counting], log))[0]?.drift;
    expect(await drift()).toEqual([]);
    await database.query(`UPDATE ${name} SET counts = '[1,0,0,2]' WHERE block = 0`);
    expect(await drift()).toEqual([
      { projection: 'counting', table: 'lengths', key: '["a",0]', what: 'surplus' },
      { projection: 'counting', table: 'lengths', key: '["a",5]', what: 'missing' },
    ]);
    await store.close();
    await rm(folder, { recursive: true });
  });
});
