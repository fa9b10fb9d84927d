import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { MANIFEST, readManifest } from '#backup';
import type { RecordedEvent } from '#domain';
import { italy } from '#domain';
import { START, openEmbeddedLog } from '#event-store';
import { FolderShelf } from '#files';
import { ReadDatabase, check, projectionsFor } from '#read-models';
import { startProgram } from '../child-process';
import type { Exit } from '../child-process';
import { post, seizure, started } from '../processes/programs';
import type { Acknowledged } from '../processes/programs';
import { checkpointIn } from './data-folder';

const WRITERS = 6;
/** So many facts are acknowledged before the backup begins. */
const ENOUGH = Number(process.env.DRILL_FACTS ?? 150);

interface Fact extends Acknowledged {
  readonly fact: string;
  /** The file it names. */
  readonly sha256?: string;
}

/** Hands in a document as a program would; undefined where it hands in too many. */
async function handedIn(url: string, text: string): Promise<string | undefined> {
  const form = new FormData();
  form.append('file', new Blob([`%PDF-1.7\n${text}`]), 'plan.pdf');
  const answer = await fetch(`${url}/api/v1/documents`, { method: 'POST', body: form });
  if (answer.status === 429) return undefined;
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { sha256: string }).sha256;
}

/** Records on an asset of its own until the system is gone, now and then with a document; keeps what was acknowledged. */
async function write(url: string, facts: Fact[]): Promise<void> {
  for (let number = 0; ; number += 1) {
    const fact = randomUUID();
    try {
      const asset = facts[0]?.asset;
      const sha256 = asset !== undefined && number % 20 === 5 ? await handedIn(url, fact) : undefined;
      const inspection = { condition: 'good', readyForDestination: false, findings: fact };
      const document = { sha256: sha256 ?? '', title: fact, kind: 'plan', classification: 'public' };
      const answer = await (asset === undefined
        ? post(url, '', seizure(fact), fact)
        : sha256 === undefined
          ? post(url, `/${asset}/record-inspection`, { occurredOn: '2016-01-01', data: inspection }, fact)
          : post(url, `/${asset}/attach-document`, { occurredOn: '2016-01-01', data: document }, fact));
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      facts.push({ ...((await answer.json()) as Acknowledged), fact, ...(sha256 !== undefined && { sha256 }) });
    } catch (error) {
      if (error instanceof Error && /^\d/.test(error.message)) throw error;
      return;
    }
  }
}

/** How many entries the published checkpoint covers. */
async function signedAt(url: string): Promise<number> {
  return Number((await (await fetch(`${url}/log/checkpoint`)).text()).split('\n')[1]);
}

describe('the drill: a registry under load is backed up, dies, and is restored elsewhere', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'drill-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  const auditor = (data: string, ...args: string[]): Promise<Exit> =>
    startProgram('apps/auditor/main.ts', ['--data', data, ...args]).exit;
  const system = (data: string) =>
    started('standalone', { REGISTRY_DATA: data, REGISTRY_COMMANDS_A_MINUTE: '1000000' });

  it('with all that was acknowledged before the backup began, each once, and no fork of the signed log', async () => {
    const [lost, found, backup] = [join(home, 'lost'), join(home, 'found'), join(home, 'backup')];
    const { child, url } = await system(lost);
    const facts: Fact[][] = Array.from({ length: WRITERS }, () => []);
    const writing = facts.map((own) => write(url, own));
    while (facts.flat().length < ENOUGH) await pause(20);

    const early = join(home, 'early');
    await writeFile(early, await (await fetch(`${url}/log/checkpoint`)).text());
    const keys = join(home, 'keys');
    await copyFile(join(lost, 'transparency-log', 'keys'), keys);
    const before = facts.flat();
    const backedUp = await auditor(lost, 'backup', backup, '--with-keys');
    expect([backedUp.code, backedUp.output]).toEqual([0, expect.stringContaining('up to position')]);
    const during = facts.flat().length - before.length;
    // What the world sees goes on after the backup.
    const inBackup = readManifest(await readFile(join(backup, MANIFEST), 'utf8')).log!.position;
    while ((await signedAt(url)) <= inBackup) await pause(20);
    await child.kill();
    await Promise.all(writing);

    const late = join(home, 'late');
    await copyFile(checkpointIn(lost), late);
    const refused = await auditor(found, 'restore', backup, '--keys', keys, '--checkpoint', late);
    expect([refused.code, refused.errors]).toEqual([4, expect.stringContaining('is behind the checkpoint')]);
    await expect(stat(found)).rejects.toThrow('ENOENT');
    const restored = await auditor(found, 'restore', backup, '--keys', keys, '--checkpoint', early);
    expect([restored.code, restored.output]).toEqual([0, expect.stringContaining('every event as it was signed')]);

    const log = await eventsOf(found);
    const factOf = ({ data: { findings, title } }: RecordedEvent): unknown => findings ?? title;
    expect(new Set(log.map(factOf)).size).toBe(log.length);
    const byFact = new Map(log.map((event) => [factOf(event), event] as const));
    const misplaced = before.filter(({ asset, revision, position, fact }) => {
      const event = byFact.get(fact);
      return event?.stream !== `asset-${asset}` || event.revision !== revision || event.position !== position;
    });
    expect(misplaced).toEqual([]);
    expect(log.map(({ position }) => position)).toEqual(log.map((_, place) => place + 1));
    const shelf = FolderShelf.reader(join(found, 'files', 'restricted'));
    const named = log.flatMap(({ type, data }) => (type === 'DocumentAttached' ? [data.sha256 as string] : []));
    expect(named.length).toBeGreaterThan(0);
    for (const sha256 of named) expect([sha256, await shelf.sizeOf(sha256)]).toEqual([sha256, expect.any(Number)]);
    const processes = new Database(join(found, 'processes.sqlite'), { readonly: true });
    const furthest = processes.prepare('SELECT max(checkpoint) FROM processes').pluck().get() as number;
    processes.close();
    expect(furthest).toBeLessThanOrEqual(log.length);

    await expect(system(found)).rejects.toThrow(/the master key they are wrapped with is not in/);
    await copyFile(join(lost, 'person-keys.key'), join(found, 'person-keys.key'));
    const again = await system(found);
    const answer = await post(again.url, '', seizure('After the fire'), 'after-the-fire');
    const { position } = (await answer.json()) as Acknowledged;
    expect([answer.status, position]).toEqual([201, log.length + 1]);
    const [repeated] = before;
    const repeat = await post(again.url, '', seizure(repeated!.fact), repeated!.fact);
    expect([repeat.status, ((await repeat.json()) as Acknowledged).position]).toEqual([200, repeated!.position]);
    interface Health {
      readonly head: number;
      readonly projections: readonly { readonly checkpoint: number }[];
      readonly transparencyLog?: { readonly size: number; readonly stopped?: string };
    }
    const health = async () => (await (await fetch(`${again.url}/health/ready`)).json()) as Health;
    for (let now = await health(); now.projections.some(({ checkpoint }) => checkpoint < position); now = await health())
      await pause(50);
    while ((await signedAt(again.url)) < position) await pause(50);
    for (const sha256 of named) while ((await fetch(`${again.url}/files/${sha256}`)).status !== 200) await pause(50);
    expect(await again.child.stop()).toMatchObject({ code: 0 });

    const database = await ReadDatabase.openForReading({ kind: 'sqlite', path: join(found, 'read-models.sqlite') });
    const all = await eventsOf(found);
    const results = await check(database, projectionsFor(italy), async function* () {
      yield all;
    });
    await database.close();
    expect(results.map(({ name, drift, failure }) => ({ name, drift, failure }))).toEqual(
      projectionsFor(italy).map(({ name }) => ({ name, drift: [], failure: undefined })),
    );
    const verified = await auditor(found, 'verify', '--keys', keys, '--since', early);
    expect([verified.code, verified.output]).toEqual([0, expect.stringContaining('nothing wrong')]);
    expect((await readFile(join(found, 'restores.ndjson'), 'utf8')).trim().split('\n')).toHaveLength(1);
    process.stderr.write(
      `${before.length} acknowledged before, ${during} while it was taken; ${log.length} restored, ${named.length} documents\n`,
    );
  }, 180_000); // prettier-ignore
});

async function eventsOf(data: string): Promise<RecordedEvent[]> {
  const store = openEmbeddedLog(join(data, 'events.sqlite'), { readOnly: true });
  try {
    return await store.readAll(START, 1_000_000);
  } finally {
    await store.close();
  }
}
