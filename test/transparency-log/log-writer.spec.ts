import fc from 'fast-check';
import {
  CHECKPOINT,
  LogWriter,
  SIGNED_CHECKPOINT,
  TransparencyError,
  TreeReader,
  checkLog,
  cosignature,
  signCheckpoint,
  verifierOf,
  verifyCheckpoint,
} from '#transparency-log';
import type { VerifiedCheckpoint, TileStorage } from '#transparency-log';
import { ORIGIN, entriesUpTo, faultOfAsync, identity, keyOf, logKey, logOf } from './logs';
import { DyingStorage, MemoryTileStorage } from './memory-storage';
import { treeHash } from './reference';

const entries = entriesUpTo(1200);
const base64Root = (size: number): string => treeHash(entries.slice(0, size)).toString('base64');
const isHonest = ({ size, root }: VerifiedCheckpoint): boolean =>
  Buffer.from(root).toString('base64') === base64Root(size);

async function published(storage: TileStorage): Promise<VerifiedCheckpoint> {
  return verifyCheckpoint((await storage.read(CHECKPOINT)) ?? '', identity);
}

describe('a log that grows', () => {
  it('publishes the root of all entries, in batches of any size', async () => {
    const batches = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (sizes) => {
        const storage = new MemoryTileStorage();
        let writer = await LogWriter.create(storage, identity);
        let size = 0;
        for (const [at, more] of sizes.entries()) {
          const next = Math.min(size + more, entries.length);
          if (at % 2 === 1) writer = await LogWriter.open(storage, identity);
          const head = await writer.append(entries.slice(size, next));
          size = next;
          expect([head.size, isHonest(head), (await published(storage)).text]).toEqual([size, true, head.text]);
        }
        expect(await checkLog(storage, await published(storage))).toEqual({ entries: size, findings: [] });
      }),
      { numRuns: 25 },
    );
  });

  it('serves its callers one after the other', async () => {
    const storage = new MemoryTileStorage();
    const writer = await logOf(storage);
    const heads = await Promise.all([0, 100, 200, 300].map((from) => writer.append(entries.slice(from, from + 100))));
    expect(heads.map(({ size }) => size)).toEqual([100, 200, 300, 400]);
    expect(heads.every(isHonest)).toBe(true);
  });

  it('gives every entry and every proof from its tiles', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 1200);
    const reader = new TreeReader(storage, 1200);
    for (const index of [0, 255, 256, 1199]) expect(await reader.entry(index)).toEqual(entries[index]);
  });

  it('refuses an entry too large for a bundle, and goes on', async () => {
    const writer = await logOf(new MemoryTileStorage());
    expect(await faultOfAsync(() => writer.append([Buffer.alloc(65_536)]))).toBe('entry-too-large');
    expect((await writer.append([Buffer.alloc(65_535)])).size).toBe(1);
  });

  it('takes over to a new key without a break', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 10);
    const newKey = keyOf(ORIGIN, 'n');
    const keys = [
      { verifier: verifierOf(logKey, 'note'), retiredAtSize: 10 },
      { verifier: verifierOf(newKey, 'note') },
    ];
    const writer = await LogWriter.open(storage, { origin: ORIGIN, keys, signers: [newKey] });
    const head = await writer.append(entries.slice(10, 20));
    expect(isHonest(head)).toBe(true);
    expect(await faultOfAsync(() => published(storage))).toBe('note-unverified');
  });

  it('publishes cosignatures of the current checkpoint, and keeps them over a restart', async () => {
    const storage = new MemoryTileStorage();
    let writer = await logOf(storage, 10);
    const w1 = keyOf('witness.example/w1', 'w');
    const witnesses = [verifierOf(w1, 'cosignature')];
    await writer.addCosignature(cosignature(w1, writer.head.text, 100), witnesses);
    const old = cosignature(w1, writer.head.text, 200);
    writer = await LogWriter.open(storage, identity);
    expect(
      verifyCheckpoint((await storage.read(CHECKPOINT)) ?? '', { ...identity, witnesses }).cosignatures,
    ).toMatchObject([{ time: 100 }]);
    await writer.append(entries.slice(10, 11));
    expect(await faultOfAsync(() => writer.addCosignature(old, witnesses))).toBe('note-signature-invalid');
    expect(await faultOfAsync(() => writer.addCosignature(cosignature(w1, writer.head.text, 1), []))).toBe(
      'note-unverified',
    );
    expect((await writer.append(entries.slice(11, 12))).size).toBe(12);
  });
});

describe('a log whose process dies', () => {
  const plan = [3, 200, 256, 700];

  /** Appends up to each size of the plan; a writer that meets an older storage continues where that one ended. */
  async function follow(storage: TileStorage): Promise<void> {
    const writer = (await storage.isEmpty())
      ? await LogWriter.create(storage, identity)
      : await LogWriter.open(storage, identity);
    for (const size of plan) if (size > writer.head.size) await writer.append(entries.slice(writer.head.size, size));
  }

  async function uninterrupted(): Promise<{ storage: MemoryTileStorage; writes: number }> {
    const storage = new MemoryTileStorage();
    let writes = 0;
    await follow(new DyingStorage(storage, Infinity, 'before', () => (writes += 1)));
    return { storage, writes };
  }

  describe.each(['before', 'after'] as const)('right %s any write', (moment) => {
    it('goes on to the same log, and no reader ever sees another history', async () => {
      const whole = await uninterrupted();
      expect(whole.writes).toBeGreaterThan(25);
      for (let last = 1; last <= whole.writes; last++) {
        const storage = new MemoryTileStorage();
        const seen: VerifiedCheckpoint[] = [];
        const watch = (path: string, bytes: Uint8Array) => {
          if (path !== CHECKPOINT) return;
          const head = verifyCheckpoint(bytes, identity);
          seen.push(head);
          requireAllThere(storage, head);
        };
        await expect(follow(new DyingStorage(storage, last, moment, watch))).rejects.toThrow('the process died');
        await follow(new DyingStorage(storage, Infinity, 'before', watch));
        expect(seen.every(isHonest)).toBe(true);
        expect(seen.map(({ size }) => size)).toEqual(seen.map(({ size }) => size).sort((one, other) => one - other));
        // A crash between publishing and tidying leaves partial tiles behind, which harms nobody.
        const without = (log: MemoryTileStorage) => log.sorted.filter(([path]) => !path.includes('.p/'));
        expect(without(storage)).toEqual(without(whole.storage));
        expect(await checkLog(storage, await published(storage))).toEqual({ entries: 700, findings: [] });
      }
    });

    it('goes on in other batches than before', async () => {
      const { writes } = await uninterrupted();
      for (let last = 1; last <= writes; last += 2) {
        const storage = new MemoryTileStorage();
        await expect(follow(new DyingStorage(storage, last, moment))).rejects.toThrow('the process died');
        const writer = (await storage.isEmpty())
          ? await LogWriter.create(storage, identity)
          : await LogWriter.open(storage, identity);
        const head = await writer.append(entries.slice(writer.head.size, 900));
        expect(isHonest(head)).toBe(true);
        expect(await checkLog(storage, head)).toEqual({ entries: 900, findings: [] });
      }
    });
  });

  function requireAllThere(storage: MemoryTileStorage, { size }: VerifiedCheckpoint): void {
    const signed = verifyCheckpoint(storage.paths.get(SIGNED_CHECKPOINT) ?? '', identity);
    expect(signed.size).toBeGreaterThanOrEqual(size);
    for (let index = 0; index * 256 < size; index++) {
      const width = Math.min(256, size - index * 256);
      const suffix = `${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
      expect([storage.paths.has(`tile/entries/${suffix}`), storage.paths.has(`tile/0/${suffix}`)]).toEqual([
        true,
        true,
      ]);
    }
  }

  it('stops after a failure rather than guess what reached the disk', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 3);
    const writer = await LogWriter.open(new DyingStorage(storage, 1, 'before'), identity);
    await expect(writer.append(entries.slice(3, 9))).rejects.toThrow('the process died');
    expect(await faultOfAsync(() => writer.append(entries.slice(3, 9)))).toBe('writer-stopped');
    expect(writer.head.size).toBe(3);
  });

  it('refuses other entries in the place of those it had begun to log', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 3);
    const writer = await LogWriter.open(new DyingStorage(storage, 3, 'after'), identity);
    await expect(writer.append(entries.slice(3, 300))).rejects.toThrow('the process died');
    const again = await LogWriter.open(storage, identity);
    const others = [Buffer.from('another history'), ...entries.slice(4, 300)];
    expect(await faultOfAsync(() => again.append(others))).toBe('resource-conflict');
    expect((await published(storage)).size).toBe(3);
    const honest = await LogWriter.open(storage, identity);
    expect(isHonest(await honest.append(entries.slice(3, 300)))).toBe(true);
  });
});

describe('a log somebody meddled with', () => {
  let storage: MemoryTileStorage;
  beforeEach(async () => {
    storage = new MemoryTileStorage();
    await logOf(storage, 100, 300);
  });
  const open = () => faultOfAsync(() => LogWriter.open(storage, identity));

  it('is not begun anew over what is there', async () => {
    expect(await faultOfAsync(() => LogWriter.create(storage, identity))).toBe('log-exists');
    storage.paths.delete(SIGNED_CHECKPOINT);
    storage.paths.delete(CHECKPOINT);
    expect(await open()).toBe('log-missing');
    expect(await faultOfAsync(() => LogWriter.create(storage, identity))).toBe('log-exists');
  });

  it('does not go on from an older head than the one published', async () => {
    const older = new MemoryTileStorage();
    await logOf(older, 100);
    storage.paths.set(SIGNED_CHECKPOINT, older.paths.get(SIGNED_CHECKPOINT) ?? new Uint8Array());
    expect(await open()).toBe('log-rolled-back');
  });

  it('does not go on beside another history of the same size', async () => {
    const root = treeHash([Buffer.from('fork')]);
    storage.paths.set(CHECKPOINT, Buffer.from(signCheckpoint({ origin: ORIGIN, size: 300, root }, [logKey])));
    expect(await open()).toBe('log-rolled-back');
  });

  it('does not go on with a head nobody signed, or of another log', async () => {
    storage.paths.set(
      SIGNED_CHECKPOINT,
      Buffer.from(
        signCheckpoint({ origin: ORIGIN, size: 300, root: treeHash(entries.slice(0, 300)) }, [keyOf(ORIGIN, 'x')]),
      ),
    );
    expect(await open()).toBe('note-unverified');
    storage.paths.set(
      SIGNED_CHECKPOINT,
      Buffer.from(signCheckpoint({ origin: 'other', size: 300, root: treeHash([]) }, [logKey])),
    );
    expect(await open()).toBe('checkpoint-of-another-log');
  });

  it.each(['tile/0/001.p/44', 'tile/1/000.p/1'])('does not go on with a changed %s', async (path) => {
    const bytes = Uint8Array.from(storage.paths.get(path) ?? []);
    bytes.set([(bytes[5] ?? 0) ^ 1], 5);
    storage.paths.set(path, bytes);
    expect(await open()).toBe('log-damaged');
  });

  it('does not go on without its right edge', async () => {
    storage.paths.delete('tile/0/001.p/44');
    expect(await open()).toBe('tile-missing');
    await logOf((storage = new MemoryTileStorage()), 300);
    storage.paths.delete('tile/entries/001.p/44');
    expect(await open()).toBe('bundle-missing');
  });

  it('is written by one process alone', async () => {
    const [one, other] = [await LogWriter.open(storage, identity), await LogWriter.open(storage, identity)];
    await one.append(entries.slice(300, 301));
    expect(await faultOfAsync(() => other.append(entries.slice(300, 302)))).toBe('log-moved');
    expect((await published(storage)).size).toBe(301);
  });

  it('tells storage trouble from a forgery', async () => {
    const writer = await LogWriter.open(new DyingStorage(storage, 1, 'before'), identity);
    await expect(writer.append(entries.slice(300, 301))).rejects.not.toBeInstanceOf(TransparencyError);
  });
});
