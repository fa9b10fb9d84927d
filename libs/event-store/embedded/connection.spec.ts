import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectForWriting } from './connection';

describe('the connection that writes the log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connection-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  // No test can cut the power; this is the setting on which surviving it rests (https://www.sqlite.org/pragma.html#pragma_synchronous).
  test('waits for the disk at every commit', () => {
    const database = connectForWriting(join(folder, 'log.sqlite'));
    const FULL = 2;
    expect(database.pragma('synchronous', { simple: true })).toBe(FULL);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });
});
