import { EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { italy } from '#domain';
import type { EventStore } from '#event-store';
import { openEmbeddedLog } from '#event-store';
import { ProjectionRunner, ReadDatabase, physicalName, projectionsFor, readLedger } from '#read-models';
import type { Projection, RunnerOptions } from '#read-models';
import { tablesOf } from '../../libs/read-models/projection';
import { aFact } from '../event-store/facts';
import { live, wishes } from '../domain/random-lives';
import { derivedUuid } from '#domain';
import { onBothDatabases } from './databases';

const gathered = projectionsFor(italy).filter(({ alongStreams }) => alongStreams);
const LIVES = 40;
/** Small enough that every part holds something else. */
const small: RunnerOptions = { gatheredFrom: 1, batchSize: 2 };
const inOrder: RunnerOptions = { gatheredFrom: Infinity, batchSize: 50 };

onBothDatabases((fresh) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let folder: string;
  let store: EventStore;
  const open: { database: ReadDatabase; runner: ProjectionRunner }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gathering-'));
    store = openEmbeddedLog(join(folder, 'log.sqlite'));
    await liveSideBySide(store, seed);
  }, 60_000);
  afterEach(async () => {
    for (const { database, runner } of open.splice(0)) {
      await runner.stop();
      await database.close();
    }
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function follow(options: RunnerOptions, settings = fresh(), projections: readonly Projection[] = gathered) {
    const database = await ReadDatabase.openForWriting(await settings);
    const runner = new ProjectionRunner(store, database, projections, options);
    open.push({ database, runner });
    await runner.start();
    return { database, runner };
  }
  const isThere = async (runner: ProjectionRunner): Promise<void> =>
    expect([seed, await runner.reached(await store.head(), 60_000)]).toEqual([seed, true]);

  /** All that a database holds of these projections, and how far they have come. */
  async function contents(database: ReadDatabase, projections: readonly Projection[] = gathered): Promise<unknown> {
    const tables = projections.flatMap((projection) =>
      tablesOf(projection).map((table) => [physicalName(table.name, projection.version), table] as const),
    );
    const rows: Record<string, unknown> = {};
    for (const [name, { columns, key }] of tables)
      rows[name] = await database.query(
        `SELECT ${Object.keys(columns).join(', ')} FROM ${name} ORDER BY ${key.join(', ')}`,
      );
    return { rows, ledger: await readLedger(database) };
  }
  let wanted: unknown;
  const asItLies = async (): Promise<unknown> => {
    if (wanted === undefined) {
      const { database, runner } = await follow(inOrder);
      await isThere(runner);
      wanted = await contents(database);
    }
    return wanted;
  };

  it('makes the rows that the log makes as it lies', async () => {
    const parts: number[] = [];
    const { database, runner } = await follow({ ...small, onBatch: (_, events) => parts.push(events) });
    await isThere(runner);
    expect(await contents(database)).toEqual(await asItLies());
    // Otherwise it was one part, and this would prove little.
    expect(parts.filter((events) => events > 0).length).toBeGreaterThan(10);
  }, 90_000);

  it('goes on with the part at which it was cut off, though the log has grown since', async () => {
    const settings = fresh();
    const before = await store.head();
    for (let cut = 0; cut < 4; cut += 1) {
      let parts = 0;
      const cutOff = new Promise<void>((resolve) => {
        void follow({ ...small, onBatch: () => void ((parts += 1) === 20 && resolve()) }, settings);
      });
      await cutOff;
      const { database, runner } = open.pop()!;
      await runner.stop();
      const [progress] = await readLedger(database);
      expect(progress).toMatchObject({ live: false, gathered: { to: before } });
      await database.close();
      if (cut === 0) await store.append('asset-late', [aFact()], 'no-stream');
    }
    wanted = undefined;
    const { database, runner } = await follow(small, settings);
    await isThere(runner);
    expect(await contents(database)).toEqual(await asItLies());
  }, 90_000);

  it('takes every part once though two projectors build', async () => {
    const settings = fresh();
    const notices: string[] = [];
    const onNotice = (notice: string): void => void notices.push(notice);
    const isBuilding = new EventEmitter();
    const one = await follow({ ...small, onNotice, onBatch: () => isBuilding.emit('part') }, settings);
    await once(isBuilding, 'part');
    const other = await follow({ ...small, onNotice }, settings);
    await Promise.all([isThere(one.runner), isThere(other.runner)]);
    expect(await contents(one.database)).toEqual(await asItLies());
    expect(notices.join()).toContain('Another process keeps the projection');
  }, 90_000);

  it('goes through the log as it lies where it cannot be put aside, and says so', async () => {
    const database = await ReadDatabase.openForWriting(await fresh());
    Object.assign(database, { folder: join(folder, 'is-not-there') });
    const notices: string[] = [];
    const runner = new ProjectionRunner(store, database, gathered, {
      ...small,
      batchSize: 50,
      onNotice: (notice) => notices.push(notice),
    });
    open.push({ database, runner });
    await runner.start();
    await isThere(runner);
    expect(await contents(database)).toEqual(await asItLies());
    expect(notices).toEqual([expect.stringMatching(/cannot be put aside.*ENOENT.*takes longer/)]);
  }, 90_000);

  it('leaves nothing lying beside the database', async () => {
    const { database, runner } = await follow(small);
    await isThere(runner);
    if (database.folder !== undefined)
      expect((await readdir(database.folder)).filter((name) => name.startsWith('gathered-'))).toEqual([]);
  }, 60_000);

  it('stops a projection where it would have stopped in the order of the log', async () => {
    const cannot = gathered.map((each): Projection => ({
      ...each,
      apply: (state, event, key, beside) => {
        if (event.position === 60 && each.name === 'register') throw new Error('This one cannot be taken.');
        return each.apply(state, event, key, beside);
      },
    }));
    const stopped: unknown[] = [];
    for (const options of [{ ...inOrder, batchSize: 2 }, small]) {
      const { database, runner } = await follow(options, fresh(), cannot);
      await isThere(runner);
      stopped.push(await contents(database, cannot));
    }
    expect(stopped[1]).toEqual(stopped[0]);
    const { ledger } = stopped[0] as { readonly ledger: Awaited<ReturnType<typeof readLedger>> };
    expect(ledger.find(({ name }) => name === 'register')?.stopped).toMatchObject({ position: 60 });
  }, 90_000);
});

/** Random lives side by side, an entry of each at a time, as the years bring them. */
async function liveSideBySide(store: EventStore, seed: number): Promise<void> {
  const lives = fc.sample(wishes, { numRuns: LIVES, seed }).map((wished, number) => {
    const { events } = live(wished);
    const told = events.reduce(
      (text, { id }) => text.replaceAll(id, derivedUuid(`life ${number}`, id)),
      JSON.stringify(events),
    );
    return { stream: `asset-IT-${number}`, events: JSON.parse(told) as typeof events };
  });
  const longest = Math.max(...lives.map(({ events }) => events.length));
  for (let place = 0; place < longest; place += 1)
    for (const { stream, events } of lives)
      for (const event of events.slice(place, place + 1))
        await store.append(stream, [event], place === 0 ? 'no-stream' : place - 1);
}
