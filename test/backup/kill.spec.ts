import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MANIFEST, UNFINISHED } from '#backup';
import { openEmbeddedLog } from '#event-store';
import { streams } from '../../bench/events';
import { digestsIn, eventsIn, registryIn } from './data-folder';

const auditor = join(resolve(__dirname, '../..'), 'dist/apps/auditor/main.js');
const KILLS = Number(process.env.KILL_ROUNDS ?? 4);
const EVENTS = 8_000;
const FILES = 150;

/** Runs the auditor; kills it a while after it has begun to write, unless it has ended by then. Answers its exit code, null where it was killed. */
async function run(args: readonly string[], kill?: { readonly begun: string; readonly afterMs: number }): Promise<number | null> {
  const child = spawn(process.execPath, [auditor, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.resume();
  const ended = once(child, 'exit') as Promise<[number | null]>;
  if (kill) {
    while (child.exitCode === null && !(await exists(kill.begun))) await pause(2);
    await Promise.race([ended, pause(kill.afterMs)]);
    child.kill('SIGKILL');
  }
  return (await ended)[0];
} // prettier-ignore

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The first at once, the others at random within the time an uninterrupted run takes. */
const after = (round: number, patience: number): number =>
  round === 0 ? 0 : randomInt(Math.max(1, Math.round(patience)));

describe('killed at random', () => {
  let home: string;
  let data: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'backup-kill-'));
    data = join(home, 'data');
    const store = openEmbeddedLog(join(data, 'events.sqlite'));
    for (const { stream, events } of streams({ events: EVENTS })) await store.append(stream, events, 'no-stream');
    await store.close();
    const registry = await registryIn(data);
    for (let number = 0; number < FILES; number += 1) await registry.files.restricted.put(randomBytes(2000));
    await registry.notarise();
    await registry.close();
  }, 120_000);
  afterAll(() => rm(home, { recursive: true, force: true }));

  it('a backup is none until it is whole, and is begun again', async () => {
    const [backup, to] = [join(home, 'backup'), join(home, 'restored')];
    const uncut = Date.now();
    expect(await run(['--data', data, 'backup', join(home, 'uncut')])).toBe(0);
    const patience = Date.now() - uncut;
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      await run(['--data', data, 'backup', backup], {
        begun: join(backup, UNFINISHED),
        afterMs: after(kill, patience),
      });
      if (await exists(join(backup, MANIFEST))) {
        // It was faster: that one is whole.
        await rm(backup, { recursive: true });
        continue;
      }
      if (!(await exists(backup))) continue;
      cutOff += 1;
      expect(await run(['--data', to, 'restore', backup])).toBe(1);
      expect(await exists(to)).toBe(false);
    }
    if (!(await exists(join(backup, MANIFEST)))) expect(await run(['--data', data, 'backup', backup])).toBe(0);
    expect(await run(['--data', to, 'restore', backup])).toBe(0);
    expect(await eventsIn(to)).toEqual(await eventsIn(data));
    process.stderr.write(`a backup cut off ${cutOff} times of ${KILLS}\n`);
    expect(cutOff).toBeGreaterThan(0);
  }, 300_000);

  it('a restored folder is there whole or not at all, and is begun again', async () => {
    const [backup, whole] = [join(home, 'backup-2'), join(home, 'whole')];
    expect(await run(['--data', data, 'backup', backup])).toBe(0);
    const uncut = Date.now();
    expect(await run(['--data', whole, 'restore', backup])).toBe(0);
    const patience = Date.now() - uncut;
    const { 'restores.ndjson': _, 'processes.sqlite': __, 'access.sqlite': ___, ...expected } = await digestsIn(whole);
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const to = join(home, 'again');
      await run(['--data', to, 'restore', backup], {
        begun: `${to}.restoring.lock`,
        afterMs: after(kill, patience),
      });
      if (!(await exists(to))) {
        if ((await readdir(home)).some((name) => name.startsWith('again.restoring'))) cutOff += 1;
        if (kill < KILLS - 1) continue;
        expect(await run(['--data', to, 'restore', backup])).toBe(0);
      }
      const found = await digestsIn(to);
      expect(Object.keys(expected).map((path) => [path, found[path]])).toEqual(Object.entries(expected));
      expect((await readdir(home)).filter((name) => name === 'again.restoring')).toEqual([]);
      await rm(to, { recursive: true });
    }
    process.stderr.write(`a restore cut off ${cutOff} times of ${KILLS}\n`);
    expect(cutOff).toBeGreaterThan(0);
  }, 300_000);
});
