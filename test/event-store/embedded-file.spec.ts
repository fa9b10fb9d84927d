import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EmbeddedEventStore, EmbeddedLogOptions } from '#event-store';
import { EventStoreError, START, openEmbeddedLog } from '#event-store';
import { startProgram } from '../child-process';
import { aFact, aStream, facts, idsOf } from './facts';
import { Follower } from './follower';

describe('the file of an embedded log', () => {
  let folder: string;
  let path: string;
  const opened: EmbeddedEventStore[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-'));
    path = join(folder, 'data', 'events.sqlite');
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(folder, { recursive: true });
  });

  function open(options?: EmbeddedLogOptions, at = path): EmbeddedEventStore {
    const store = openEmbeddedLog(at, options);
    opened.push(store);
    return store;
  }

  /** As somebody with a SQLite shell would. */
  function byHand<T>(work: (database: Database.Database) => T): T {
    const database = new Database(path);
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  test('keeps what was appended, and its count, from one opening to the next', async () => {
    const stream = aStream();
    const events = facts(3);
    const first = open();
    const appended = await first.append(stream, events, 'no-stream');
    await first.close();
    const again = open();
    expect(idsOf(await again.readStream(stream))).toEqual(idsOf(events));
    expect(await again.head()).toBe(appended.position);
    expect(await again.count()).toBe(3);
    expect(await again.append(stream, events, 'no-stream')).toEqual(appended);
  });

  test('numbers positions 1, 2, 3 … without gaps, also after refusals', async () => {
    const store = open();
    const stream = aStream();
    await Promise.allSettled(Array.from({ length: 30 }, () => store.append(stream, facts(2), 'no-stream')));
    await Promise.allSettled(Array.from({ length: 30 }, () => store.append(aStream(), facts(2), 'no-stream')));
    const positions = (await store.readAll(START, 1000)).map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 62 }, (_, place) => place + 1));
  });

  test('writes appends of many callers with few commits', async () => {
    const store = open();
    await Promise.all(Array.from({ length: 500 }, () => store.append(aStream(), facts(1), 'no-stream')));
    // Each commit of its own would leave at least one page of 8192 bytes in the write-ahead file.
    expect((await readFile(`${path}-wal`)).length).toBeLessThan((500 * 8192) / 4);
  });

  describe('written to by hand', () => {
    beforeEach(async () => {
      const store = open();
      await store.append('asset-1', facts(2), 'no-stream');
      await store.append('asset-2', facts(1), 'no-stream');
      await store.close();
    });

    const values = (position: number | null, stream: string, revision: number) =>
      `(${position}, '${stream}', ${revision}, 'id', 'type', 1, '{}', '{}')`;

    test.each([
      ['an update', `UPDATE events SET data = '{}' WHERE position = 1`],
      ['a deletion', `DELETE FROM events WHERE position = 3`],
      ['a replacement of an event by its position', `REPLACE INTO events VALUES ${values(2, 'asset-1', 1)}`],
      ['a replacement of an event by its revision', `REPLACE INTO events VALUES ${values(4, 'asset-1', 1)}`],
      ['an insertion that replaces', `INSERT OR REPLACE INTO events VALUES ${values(3, 'asset-9', 0)}`],
      ['an upsert', `INSERT INTO events VALUES ${values(1, 'asset-1', 0)} ON CONFLICT DO UPDATE SET data = '{}'`],
      ['an event at an old position', `INSERT INTO events VALUES ${values(0, 'asset-9', 0)}`],
      ['an event that leaves a gap', `INSERT INTO events VALUES ${values(5, 'asset-9', 0)}`],
      ['an event without a position', `INSERT INTO events VALUES ${values(null, 'asset-9', 0)}`],
      ['a revision that leaves a gap', `INSERT INTO events VALUES ${values(4, 'asset-1', 3)}`],
    ])('forbids %s', (_, statement) => {
      const before = byHand((database) => database.prepare('SELECT * FROM events').all());
      expect(() => byHand((database) => database.exec(statement))).toThrow(/never|after the last one/);
      expect(byHand((database) => database.prepare('SELECT * FROM events').all())).toEqual(before);
    });

    test.each([
      ['data that is no JSON', `UPDATE events SET data = '{' WHERE position = 2`],
      ['data that is no object', `UPDATE events SET data = '[]' WHERE position = 2`],
      ['metadata without an actor', `UPDATE events SET metadata = json_remove(metadata, '$.actor') WHERE position = 2`],
    ])('stops a reader at %s, naming the position and what to do', async (_, damage) => {
      byHand((database) => database.exec(`DROP TRIGGER events_are_never_changed; ${damage}`));
      const store = open({ readOnly: true });
      const message = /event at position 2 of .* is damaged\. .*integrity_check.* backup/;
      expect(await store.readAll(START, 1)).toHaveLength(1);
      await expect(store.readAll(START, 10)).rejects.toMatchObject({ code: 'corrupt-log' });
      await expect(store.readStream('asset-1')).rejects.toThrow(message);
      await expect(new Follower(store, START, new AbortController().signal).ended).rejects.toThrow(message);
    });

    test('is refused when its table is gone', () => {
      byHand((database) => database.exec('DROP TABLE events'));
      expect(codeOf(() => open())).toBe('corrupt-log');
      expect(() => open({ readOnly: true })).toThrow(/no such table/);
    });
  });

  describe('that is not our log', () => {
    const digest = async (file: string) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');

    async function expectRefusedUntouched(reason: RegExp): Promise<void> {
      const before = await digest(path);
      expect(codeOf(() => open())).toBe('foreign-log');
      expect(() => open()).toThrow(reason);
      expect(() => open({ readOnly: true })).toThrow(reason);
      expect(await digest(path)).toBe(before);
      expect((await readdir(folder)).filter((name) => /wal|shm|journal/.test(name))).toEqual([]);
    }

    beforeEach(() => {
      path = join(folder, 'events.sqlite');
    });

    test('is refused and left as it was: another kind of file', async () => {
      await writeFile(path, 'Lista dei beni confiscati, 2018\n');
      await expectRefusedUntouched(/is no SQLite file. Name another path; this file was left as it is/);
    });

    test('is refused and left as it was: the database of another program', async () => {
      byHand((database) => database.exec('CREATE TABLE customers (name TEXT)'));
      await expectRefusedUntouched(/SQLite file of another program/);
    });

    test('is refused and left as it was: a log of a newer version', async () => {
      await open().close();
      byHand((database) => database.pragma('user_version = 2'));
      await expectRefusedUntouched(/written by a newer version \(format 2, this one knows up to 1\)/);
    });

    test('is refused when the log is missing and its write-ahead file is not', async () => {
      await writeFile(`${path}-wal`, 'events that wait for their log');
      expect(() => open()).toThrow(/Put the log back beside it, or move that file away/);
      expect(await readFile(`${path}-wal`, 'utf8')).toBe('events that wait for their log');
    });

    test('is refused when it is a folder, or in a file, or missing where it is only read', async () => {
      expect(() => open({}, folder)).toThrow(/cannot be read: .*EISDIR/);
      await writeFile(join(folder, 'file'), '');
      expect(() => open({}, join(folder, 'file', 'events.sqlite'))).toThrow(
        /folder of the event log .* cannot be made/,
      );
      expect(codeOf(() => open({ readOnly: true }))).toBe('misconfigured');
      expect(existsSync(path)).toBe(false);
    });

    test('is taken for a new log when it is empty', async () => {
      await writeFile(path, '');
      await expect(open().append(aStream(), facts(1), 'no-stream')).resolves.toMatchObject({ position: 1 });
    });
  });

  describe('held by a writer', () => {
    test('refuses a second one in the same process', () => {
      open();
      expect(codeOf(() => open())).toBe('store-locked');
    });

    test('refuses a writer in another process, names the holder, and is free when that one is killed', async () => {
      const holder = startProgram('test/event-store/lock-holder.ts', [path]);
      await holder.line(/open/);
      expect(codeOf(() => open())).toBe('store-locked');
      expect(() => open()).toThrow(
        new RegExp(`is being written by process ${holder.pid} on .* since \\d{4}-.*Z\\. Only one process`),
      );
      await holder.kill();
      await expect(open().append(aStream(), facts(1), 'no-stream')).resolves.toMatchObject({ position: 1 });
    });

    test('is read beside it, and followed', async () => {
      const writer = open();
      await writer.append(aStream(), facts(2), 'no-stream');
      const reader = open({ readOnly: true });
      expect(await reader.count()).toBe(2);
      const abort = new AbortController();
      const follower = new Follower(reader, START, abort.signal);
      await writer.append(aStream(), facts(3), 'no-stream');
      await follower.reached(5);
      await writer.append(aStream(), facts(1), 'no-stream');
      await follower.reached(6);
      abort.abort();
      await follower.ended;
      expect(idsOf(follower.events)).toEqual(idsOf(await writer.readAll(START, 10)));
      await expect(reader.append(aStream(), facts(1), 'no-stream')).rejects.toThrow(/opened for reading only/);
    });

    test('is read after the writer was killed, with what it had acknowledged', async () => {
      const writer = startProgram('test/event-store/kill-writer.ts', [path]);
      await writer.line(/^!/);
      await writer.kill();
      const acknowledged = writer.lines.filter((line) => line.startsWith('!')).length;
      expect(await open({ readOnly: true }).count()).toBeGreaterThanOrEqual(acknowledged);
    });

    test('is not harmed when somebody removes the lock and a second writer comes', async () => {
      const first = open();
      await first.append('asset-1', facts(1), 'no-stream');
      await rename(`${path}.lock`, `${path}.removed`);
      const second = open();
      await second.append('asset-1', facts(2), 0);
      await expect(first.append('asset-1', facts(1), 0)).rejects.toMatchObject({ actual: 2 });
      await expect(first.append('asset-1', facts(1), 2)).resolves.toEqual({ revision: 3, position: 4 });
    });
  });

  describe('without room to grow', () => {
    test('takes whole appends or nothing, goes on reading, and goes on writing once there is room', async () => {
      const tight = open({ maxBytes: 400_000 });
      const acknowledged: string[] = [];
      let full: unknown;
      while (!full) {
        const appends = Array.from({ length: 20 }, async () => {
          const events = [aFact(), aFact({ data: { text: 'x'.repeat(2000) } })];
          await tight.append(aStream(), events, 'no-stream');
          acknowledged.push(...idsOf(events));
        });
        const settled = await Promise.allSettled(appends);
        full = settled.find((one) => one.status === 'rejected')?.reason;
      }
      expect(full).toMatchObject({ code: 'store-full' });
      expect(idsOf(await tight.readAll(START, 1000))).toEqual(acknowledged);
      await expect(tight.append(aStream(), facts(500), 'no-stream')).rejects.toThrow(/Make room, then send again/);
      await tight.close();
      const roomy = open();
      expect(await roomy.count()).toBe(acknowledged.length);
      await expect(roomy.append(aStream(), facts(2), 'no-stream')).resolves.toMatchObject({
        position: acknowledged.length + 2,
      });
    });

    test('loses nothing acknowledged when the operating system refuses to write', async () => {
      const tight = startProgram('test/event-store/tight-writer.ts', [path], { shell: `trap '' XFSZ; ulimit -f 600` });
      const { code, output, errors } = await tight.exit;
      expect({ code, errors }).toEqual({ code: 3, errors: '' });
      expect(output).toMatch(/^store-(full|unavailable): .*Nothing was written/m);
      expect(output).toMatch(/still read: 1$/m);
      const places = [...output.matchAll(/^! (\S+) (\d+)$/gm)];
      const roomy = open();
      expect(await roomy.count()).toBe(places.length * 2);
      for (const [, stream, position] of places) {
        const [last] = await roomy.readStream(stream ?? '', { direction: 'backward', max: 1 });
        expect(last).toMatchObject({ revision: 1, position: Number(position) });
      }
      await expect(roomy.append(aStream(), facts(1), 'no-stream')).resolves.toMatchObject({ revision: 0 });
    });
  });
});

/** The code a refusal carries. */
function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof EventStoreError ? error.code : error;
  }
}
