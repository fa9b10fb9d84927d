import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '#event-store';
import { Notary, keysFileIn, leafOf, openIdentity, tilesFolderIn } from '#notary';
import { FilesystemTileStorage, TreeReader, checkLog, parseLogKeys, verifyCheckpoint, verifyConsistency } from '#transparency-log'; // prettier-ignore
import type { VerifiedCheckpoint } from '#transparency-log';
import { startProgram } from '../child-process';
import { seizures } from './seizures';

/** Of all touches of the disk so many are tried, evenly, beside the first ones, which make the key; `KILL_ROUNDS=1000` tries every one. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 8);

const EVENTS = 300;
const FIRST = 4;
/** So that a batch ends within a bundle, and one fills it. */
const BATCH = 150;

describe('a notary that is killed', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'kill-notary-'));
    const store = openEmbeddedLog(join(home, 'honest', 'events.sqlite'));
    await seizures(store, 0, EVENTS);
    await store.close();
  }, 60_000);
  afterAll(() => rm(home, { recursive: true }));

  const killedAt = (data: string, touch: number) =>
    startProgram('test/notary/kill-notary.ts', [data, String(touch), String(BATCH)]).exit;

  /** What is published, shown to be whole; undefined where nothing is yet. */
  async function published(folder: string): Promise<VerifiedCheckpoint | undefined> {
    const storage = FilesystemTileStorage.reader(tilesFolderIn(folder));
    const note = await storage.read('checkpoint');
    if (note === undefined) return undefined;
    const keys = parseLogKeys(await readFile(keysFileIn(folder), 'utf8'));
    const head = verifyCheckpoint(note, { origin: keys[0]!.verifier.name, keys });
    expect((await checkLog(storage, head)).findings).toEqual([]);
    return head;
  }

  it(
    `at any touch of the disk, its first ones among them, goes on without a fork, a gap or a duplicate (${ROUNDS} of them)`,
    async () => {
      const data = join(home, 'data');
      await cp(join(home, 'honest'), data, { recursive: true });
      const { output } = await killedAt(data, 0);
      const touches = Number(/^(\d+) touches$/m.exec(output)?.[1]);
      expect(touches).toBeGreaterThan(50);
      const step = Math.max(1, (touches - FIRST) / ROUNDS);
      const tried = new Set(Array.from({ length: FIRST }, (_, first) => first + 1));
      for (let at = touches - 2; at > FIRST; at -= step) tried.add(Math.ceil(at));
      for (const touch of tried) {
        await rm(data, { recursive: true });
        await cp(join(home, 'honest'), data, { recursive: true });
        const { signal } = await killedAt(data, touch);
        expect([touch, signal]).toEqual([touch, 'SIGKILL']);
        const folder = join(data, 'transparency-log');
        const before = await published(folder);

        const store = openEmbeddedLog(join(data, 'events.sqlite'));
        const settings = { folder, key: { file: join(data, 'transparency-log.key') }, maxDelaySeconds: 60 };
        const notary = new Notary(store, folder, await openIdentity(settings), { batchSize: 70 });
        notary.start();
        expect([touch, await notary.reached(await store.head(), 20_000), notary.progress().stopped]).toEqual([touch, true, undefined]); // prettier-ignore
        await notary.stop();
        const after = (await published(folder))!;
        const log = new TreeReader(FilesystemTileStorage.reader(tilesFolderIn(folder)), after.size);
        if (before) verifyConsistency(before, after, await log.consistencyProof(before.size));
        const events = await store.readAll(-1, EVENTS + 1);
        expect(after.size).toBe(events.length);
        for (const [index, event] of events.entries())
          expect(Buffer.compare(await log.entry(index), leafOf(event))).toBe(0);
        await store.close();
      }
    },
    120_000 + ROUNDS * 15_000,
  );
});
