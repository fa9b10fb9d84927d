import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import {
  CHECKPOINT,
  FilesystemTileStorage,
  LogWriter,
  TreeReader,
  checkLog,
  verifyCheckpoint,
  verifyConsistency,
} from '#transparency-log';
import type { TreeHead } from '#transparency-log';
import { startProgram } from '../child-process';
import { entriesUpTo, identity } from './logs';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 8);

/** The longest a writer works before it is killed; from nothing, so that some die at their first write. */
const LONGEST_LIFE_MS = 200;

describe('a log in a folder whose writer is killed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kill-log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it(
    `never loses, forks or damages what it published (${ROUNDS} times)`,
    async () => {
      let seen: TreeHead | undefined;
      for (let round = 0; round < ROUNDS; round += 1) {
        const child = startProgram('test/transparency-log/kill-writer.ts', [folder]);
        await child.line(/^[0-9]+$/);
        await after(Math.random() * LONGEST_LIFE_MS);
        await child.kill();
        const said = Math.max(...child.lines.map(Number));

        const found = FilesystemTileStorage.reader(folder);
        const published = verifyCheckpoint((await found.read(CHECKPOINT)) ?? '', identity);
        expect(published.size).toBeGreaterThanOrEqual(said);
        expect((await checkLog(found, published)).findings).toEqual([]);
        if (seen)
          verifyConsistency(seen, published, await new TreeReader(found, published.size).consistencyProof(seen.size));

        // The next writer gives the same entries again, in other batches, and none is refused.
        const writer = await LogWriter.open(await FilesystemTileStorage.open(folder), identity);
        const { size } = writer.head;
        seen = await writer.append(entriesUpTo(size + 321, size));
        expect((await checkLog(found, seen)).findings).toEqual([]);
      }
    },
    60_000 + ROUNDS * 3_000,
  );
});
