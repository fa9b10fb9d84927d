import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from '../child-process';
import { post, seizure, started } from './programs';
import type { Acknowledged } from './programs';

describe('a portal of three processes', () => {
  let folder: string;
  let portal: { readonly child: Child; readonly url: string };
  let asset: Acknowledged;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workers-'));
    const { child, url } = await started('standalone', { REGISTRY_DATA: folder });
    asset = (await (await post(url, '', seizure('Cantina sociale'), 'first')).json()) as Acknowledged;
    await fetch(`${url}/en/assets/${asset.asset}?after=${asset.position}`);
    await child.stop();
  }, 60_000);
  beforeEach(async () => {
    portal = await started('portal', { REGISTRY_DATA: folder, PORTAL_PROCESSES: '3' });
  });
  afterEach(() => portal.child.kill());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Of this machine's processes those that this one started. */
  const workersOf = (pid: number): number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  const isGone = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await pause(20);
  };
  /** Each over a connection of its own, for connections are what is dealt out among the processes. */
  const asked = (count: number, headers: Record<string, string> = {}): Promise<Response[]> =>
    Promise.all(
      Array.from({ length: count }, () =>
        fetch(`${portal.url}/en/assets/${asset.asset}`, { headers: { ...headers, connection: 'close' } }),
      ),
    );

  it('answers as one: with one tag, known to each of them', async () => {
    expect(workersOf(portal.child.pid!)).toHaveLength(3);
    const answers = await asked(12);
    const tags = new Set(answers.map(({ headers }) => headers.get('etag')!));
    expect([answers.map(({ status }) => status), tags.size]).toEqual([Array.from({ length: 12 }, () => 200), 1]);
    const again = await asked(12, { 'if-none-match': [...tags][0]! });
    expect(again.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 304));
  });

  it('puts another in the place of one that was killed, and answers meanwhile', async () => {
    const before = workersOf(portal.child.pid!);
    process.kill(before[0]!, 'SIGKILL');
    await portal.child.complaint(/A process that served ended .*; another takes its place/);
    expect((await asked(6)).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
    await until(() => workersOf(portal.child.pid!).length === 3);
    expect(workersOf(portal.child.pid!)).not.toContain(before[0]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops as a whole on %s', async (signal) => {
    const workers = workersOf(portal.child.pid!);
    // A terminal sends Ctrl-C to all of them at once.
    if (signal === 'SIGINT') workers.forEach((worker) => process.kill(worker, signal));
    const { code, errors, output } = await portal.child.stop(signal);
    expect({ code, errors, said: output.split('\n').slice(1) }).toEqual({ code: 0, errors: '', said: ['Stopping …'] });
    expect(workers.every(isGone)).toBe(true);
  });

  it('leaves nobody behind when the first process is killed', async () => {
    const workers = workersOf(portal.child.pid!);
    await portal.child.kill();
    await until(() => workers.every(isGone));
  });
});
