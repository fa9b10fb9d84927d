import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assetIdFrom, idFrom, italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { ProcessDatabase } from '#processes';
import type { ProcessDatabaseSettings } from '#processes';
import { Recorder } from '#recording';
import { startProgram } from '../child-process';
import { startPostgres } from '../read-models/databases';
import { assigned, at, aWorld, logOf, registered } from './story';
import type { World } from './story';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 8);
/** So many assets and questions that the work outlasts most of the rounds. */
const MANY = 40 + 8 * ROUNDS;

/** A log with many agreements about to expire and many questions nobody answers. */
async function fullOfDuties(folder: string): Promise<void> {
  const store = openEmbeddedLog(join(folder, 'events.sqlite'));
  const telling = await aWorld();
  let recorded = 0;
  const recorder = new Recorder(store, { profile: italy, clock: () => at('2026-01-05') });
  const world: World = {
    ...telling,
    record: async (
      stream,
      name,
      occurredOn,
      data = {},
      actor = { subject: 'officer-1', agency: 'ANBSC', role: 'officer' },
    ) => {
      recorded += 1;
      const origin = {
        actor,
        source: { kind: 'form' } as const,
        idempotencyKey: String(recorded),
        correlationId: 'test',
      };
      const result = await recorder.record(stream, { name, occurredOn, data }, origin);
      if (result.kind !== 'recorded') throw new Error(JSON.stringify(result));
      const [event] = await store.readStream(stream, { from: result.revision, max: 1 });
      return event!.id;
    },
  };
  await registered(world);
  for (let place = 0; place < MANY; place += 1) {
    await assigned(world, assetIdFrom('IT', 'it-anbsc', `house-${place}`), '2026-06-30');
    const asked = { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: 'Why?' };
    await world.record(
      `dialogue-${idFrom('dialogue', 'IT', 'question', String(place))}`,
      'ask-question',
      '2026-01-05',
      asked,
    );
  }
  await store.close();
  await telling.close();
}

/** How many entries the processes recorded and how many messages they wrote. */
async function workDone(folder: string): Promise<number> {
  const store = openEmbeddedLog(join(folder, 'events.sqlite'), { readOnly: true });
  const recorded = (await logOf(store)).filter(({ metadata }) => metadata.source.kind === 'process').length;
  await store.close();
  const files = await readdir(join(folder, 'outbox')).catch(() => []);
  return recorded + files.filter((name) => name.endsWith('.eml')).length;
}

/** Kills the engine at random, again and again, lets the last one finish, and looks at log, outbox and folder. */
async function killedAtRandom(
  folder: string,
  database: ProcessDatabaseSettings,
  rounds: number,
  patience = 200,
): Promise<void> {
  await fullOfDuties(folder);
  const args = [folder, JSON.stringify(database), at('2026-07-02')];
  const run = () => startProgram('test/process-managers/kill-engine.ts', args);
  const reached: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = run();
    await child.line(/begins/);
    // Now and then long enough to get on with the work, however slow the machine is.
    await pause(randomInt(5, patience * (1 + (round % 8))));
    await child.kill();
    reached.push(await workDone(folder));
  }
  const last = run();
  await last.line(/nothing left/);
  expect((await last.exit).code).toBe(0);

  const store = openEmbeddedLog(join(folder, 'events.sqlite'));
  const byProcess = (await logOf(store)).filter(({ metadata }) => metadata.source.kind === 'process');
  await store.close();
  const streams = (type: string): string[] =>
    byProcess.filter((event) => event.type === type).map(({ stream }) => stream);
  for (const type of ['AgreementTerminated', 'ThreadEscalated']) {
    expect(streams(type)).toHaveLength(MANY);
    expect(new Set(streams(type)).size).toBe(MANY);
  }
  expect(byProcess).toHaveLength(2 * MANY);

  // For each asset: two reminders, the expiry. For each question: overdue, and passed on.
  const processes = await ProcessDatabase.open(database, at('2026-07-02'));
  const rows = await processes.query<{ id: string; status: string; notice: string }>(
    'SELECT id, status, notice FROM deliveries',
  );
  const outcomes = await processes.query<{ status: string; kind: string; rows: number | string }>(
    'SELECT kind, status, count(*) AS rows FROM effects GROUP BY kind, status ORDER BY kind, status',
  );
  await processes.close();
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['sent']));
  expect(new Set(rows.map(({ notice }) => notice)).size).toBe(rows.length);
  const files = (await readdir(join(folder, 'outbox'))).filter((name) => name.endsWith('.eml'));
  expect(files.sort()).toEqual(rows.map(({ id }) => `${id}.eml`).sort());
  for (const name of files) expect(await readFile(join(folder, 'outbox', name), 'utf8')).toMatch(/\r\n\r\n[^]+\n$/);
  expect(
    outcomes
      .filter(({ kind }) => kind === 'command')
      .every(({ status }) => ['recorded', 'repeated', 'overtaken'].includes(status)),
  ).toBe(true);
  process.stderr.write(
    `killed ${rounds} times: work done at each kill ${reached.join(', ')}; ${rows.length} in the end, each once; ${JSON.stringify(outcomes)}\n`,
  );
}

describe('process managers killed at random while they work', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kill-processes-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it(
    `record and tell everything once, on SQLite (${ROUNDS} rounds)`,
    () => killedAtRandom(folder, { kind: 'sqlite', path: join(folder, 'processes.sqlite') }, ROUNDS),
    60_000 + ROUNDS * 6_000,
  );

  it('record and tell everything once, on PostgreSQL', async () => {
    const server = await startPostgres();
    try {
      await killedAtRandom(folder, { kind: 'postgres', url: await server.freshDatabase() }, 5, 800);
    } finally {
      await server.stop();
    }
  }, 120_000);
});
