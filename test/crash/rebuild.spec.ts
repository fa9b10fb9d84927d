import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { ReadDatabase, check, physicalName, projectionsFor } from '#read-models';
import { wholeLog } from '../../apps/auditor/log';
import { streams } from '../../bench/events';

const auditor = join(resolve(__dirname, '../..'), 'dist/apps/auditor/main.js');
const EVENTS = 20_000;
const KILLS = 6;

describe('a rebuild of the reports killed at random', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rebuild-'));
    const store = openEmbeddedLog(join(folder, 'events.sqlite'));
    for (const { stream, events } of streams({ events: EVENTS })) await store.append(stream, events, 'no-stream');
    await store.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('goes on where it was, and ends with what an uninterrupted one gives', async () => {
    const program = [auditor, '--data', folder];
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [...program, 'rebuild'], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      child.stdout.resume();
      await pause(randomInt(300, 1800));
      child.kill('SIGKILL');
      if ((await ended)[1] === 'SIGKILL') cutOff += 1;
    }
    const whole = spawnSync(process.execPath, [...program, 'rebuild'], { encoding: 'utf8' });
    expect(whole.status).toBe(0);
    expect(whole.stdout).toMatch(/continuity: \d+ events taken/);
    const { stdout, status } = spawnSync(process.execPath, [...program, 'check'], { encoding: 'utf8' });
    expect(stdout.match(/all as the log says/g)).toHaveLength(projectionsFor(italy).length);
    expect(status).toBe(0);
    expect(cutOff).toBeGreaterThan(0);
  }, 120_000);

  it('leaves rows of which a check finds each wrong one, in however many parts it takes the log', async () => {
    const path = join(folder, 'read-models.sqlite');
    const file = new Database(path);
    const physical = (table: string, name = table): string =>
      physicalName(table, projectionsFor(italy).find((projection) => projection.name === name)!.version);
    const [register, timeline, stock] = [physical('register'), physical('timeline'), physical('stock', 'register')];
    file.exec(`UPDATE ${register} SET title = 'Villa' WHERE id IN (SELECT id FROM ${register} ORDER BY id LIMIT 3)`);
    file.exec(`DELETE FROM ${timeline} WHERE position IN (7, 7000)`);
    file.exec(`UPDATE ${stock} SET assets = assets + 1 WHERE rowid = 1`);
    file.exec(`INSERT INTO ${physical('continuity')} (stream, revision, position) VALUES ('asset-nobody', 0, 1)`);
    file.close();
    const store = openEmbeddedLog(join(folder, 'events.sqlite'), { readOnly: true });
    const database = await ReadDatabase.openForReading({ kind: 'sqlite', path });
    const log = () => wholeLog(store);
    const drift = async (eventsAPart: number) =>
      (await check(database, projectionsFor(italy), log, eventsAPart)).map(({ name, rows, drift: found }) => ({
        name,
        rows,
        found: found.map(({ table, what, key }) => `${table} ${what} ${key}`).sort(),
      }));
    const inOne = await drift(1_000_000);
    const wrong = inOne.filter(({ found }) => found.length > 0);
    expect(wrong.map(({ name, found }) => [name, found.length])).toEqual([
      ['continuity', 1],
      ['register', 4],
      ['timeline', 2],
    ]);
    expect(await drift(Math.ceil(EVENTS / 3))).toEqual(inOne);
    await database.close();
    await store.close();
  }, 120_000);

  it('says which reports there are when it is asked for another', () => {
    const { stderr, status } = spawnSync(process.execPath, [auditor, '--data', folder, 'rebuild', 'registre'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('Use: continuity, register, timeline')]);
  });
});
