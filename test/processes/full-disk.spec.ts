import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START, openEmbeddedLog } from '#event-store';
import type { Problem } from '#http';
import type { Child } from '../child-process';
import { post, seizure, started } from './programs';
import type { Acknowledged, Env } from './programs';

/** A folder on a small disk of its own, where this user may mount one. */
function smallDisk(): { folder: string; unmount: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const unmount = (): void => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  };
  return { folder, unmount };
}

const disk = smallDisk();

interface Kept extends Acknowledged {
  readonly title: string;
}

/** Records seizures until the log takes no more; answers what was acknowledged and the problem in the end. */
async function fill(url: string): Promise<{ acknowledged: Kept[]; problem: Problem }> {
  const acknowledged: Kept[] = [];
  const remarks = 'x'.repeat(3500);
  for (;;) {
    const title = randomUUID();
    const entry = { occurredOn: '2015-03-12', data: { kind: 'company', title, remarks } };
    const answer = await post(url, '', entry, title);
    if (answer.status !== 201) return { acknowledged, problem: (await answer.json()) as Problem };
    acknowledged.push({ ...((await answer.json()) as Acknowledged), title });
  }
}

/** The log holds what was acknowledged, each once and at its place. */
async function expectKept(path: string, acknowledged: readonly Kept[]): Promise<void> {
  const log = openEmbeddedLog(path, { readOnly: true });
  const titles = (await log.readAll(START, 100_000)).map(({ data }) => data.title);
  await log.close();
  expect(new Set(titles).size).toBe(titles.length);
  expect(acknowledged.filter(({ title, position }) => titles[position - 1] !== title)).toEqual([]);
}

async function expectStillReading(url: string, [first]: readonly Kept[]): Promise<void> {
  for (const path of [
    '/api/v1/assets',
    `/api/v1/assets/${first!.asset}`,
    `/en/assets/${first!.asset}`,
    '/health/live',
  ]) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
  }
}

const full = {
  status: 507,
  type: '/problems/storage-full',
  detail: expect.stringMatching(
    /cannot grow: the disk is full.*Nothing was written\. Make room.*same Idempotency-Key/,
  ) as string,
};

describe('a log without room', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'full-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses entries, keeps what it acknowledged, goes on reading, and takes entries again when it may grow', async () => {
    const env: Env = { REGISTRY_DATA: folder };
    const tight = await started('standalone', { ...env, EVENT_STORE_MAX_BYTES: '393216' });
    const { acknowledged, problem } = await fill(tight.url);
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(problem).toMatchObject(full);
    await expectStillReading(tight.url, acknowledged);
    expect((await tight.child.stop()).code).toBe(0);
    const wider = await started('standalone', env);
    expect((await post(wider.url, '', seizure('Cantina'), 'later')).status).toBe(201);
    await wider.child.stop();
    await expectKept(join(folder, 'events.sqlite'), acknowledged);
  }, 60_000);
});

(disk ? describe : describe.skip)('a disk without room (needs leave to mount one)', () => {
  let child: Child | undefined;
  afterAll(async () => {
    await child?.kill();
    disk?.unmount();
  });

  it('refuses entries, keeps what it acknowledged, goes on reading, and takes entries again once there is room', async () => {
    const { folder } = disk!;
    const system = await started('standalone', { REGISTRY_DATA: folder });
    ({ child } = system);
    const { url } = system;
    await post(url, '', seizure('Cantina'), 'before');
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 4 * 1024 * 1024));
    const { acknowledged, problem } = await fill(url);
    expect(problem).toMatchObject(full);
    expect(acknowledged.length).toBeGreaterThan(5);
    await expectStillReading(url, acknowledged);
    rmSync(ballast);
    const { position } = (await (await post(url, '', seizure('Frantoio'), 'after')).json()) as Acknowledged;
    // The reports, which stood on the same disk, have caught up by themselves.
    for (let status = 503; status === 503;) ({ status } = await fetch(`${url}/api/v1/assets?after=${position}`));
    expect((await (await fetch(`${url}/api/v1/assets`)).json()) as object).toMatchObject({ position });
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await child.stop()).code).toBe(0);
    await expectKept(join(folder, 'events.sqlite'), acknowledged);
  }, 90_000);
});
