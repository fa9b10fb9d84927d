import Database from 'better-sqlite3';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf, takeBackup } from '#backup';
import { digestOf } from '#files';
import { copyDatabase } from '../../libs/backup/copy';
import { Destination } from '../../libs/backup/folder';
import { registryIn } from './data-folder';
import type { Registry } from './data-folder';

describe('while others write', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'while-written-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('a database is copied as it is at one moment, however busy it is', async () => {
    const path = join(home, 'busy.sqlite');
    const writer = new Database(path);
    writer.pragma('journal_mode = WAL');
    writer.exec('CREATE TABLE lines (number INTEGER, filler TEXT)');
    const insert = writer.prepare('INSERT INTO lines VALUES (?, ?)');
    let written = 0;
    const more = (count: number): void =>
      writer.transaction(() => {
        for (let each = 0; each < count; each += 1) insert.run((written += 1), 'x'.repeat(900));
      })();
    more(20_000);
    let looks = 0;
    await copyDatabase(path, new Destination(join(home, 'copy')), 'busy.sqlite', () => {
      looks += 1;
      more(50);
    });
    writer.close();
    const copy = new Database(join(home, 'copy', 'busy.sqlite'));
    const found = copy.prepare('SELECT count(*) AS lines, max(number) AS last FROM lines').get();
    expect([looks > 5, found, copy.pragma('integrity_check', { simple: true })]).toEqual([true, { lines: 20_000, last: 20_000 }, 'ok']); // prettier-ignore
    copy.close();
  }, 60_000);

  describe('a backup of the shelves', () => {
    let registry: Registry;
    beforeEach(async () => {
      registry = await registryIn(join(home, 'data'));
      await registry.record(3);
    });
    afterEach(() => registry.close());

    /** Does something before or after the log is copied, and while the other parts are. */
    async function taken(when: 'before' | 'after', happens: () => void): Promise<string[]> {
      const { data } = registry;
      const steps = planOf({ log: join(data, 'events.sqlite'), files: join(data, 'files'), keys: {}, restores: 'none' }, false); // prettier-ignore
      const visited: string[] = [];
      const manifest = await takeBackup({
        folder: join(home, 'backup'),
        steps,
        withKeys: false,
        onProgress: ({ what }) => {
          // Told at the beginning of a part, before anything of it is copied.
          if (visited.at(-1) === what) return;
          visited.push(what);
          if (visited.at(when === 'before' ? -1 : -2) === 'events.sqlite') happens();
        },
      });
      return manifest.files.map(({ path }) => path);
    }
    const placeOf = (bytes: Buffer): string => {
      const sha256 = digestOf(bytes);
      return `files/sealed/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    };

    it('has a ciphertext that is thrown away after the log was copied, which names it', async () => {
      const bytes = Buffer.from('withdrawn meanwhile');
      await registry.files.sealed.put(bytes);
      const files = await taken('after', () => rmSync(join(registry.data, placeOf(bytes))));
      expect(files).toContain(placeOf(bytes));
    });

    it('has a file that was handed in after the shelves were first looked at', async () => {
      const bytes = Buffer.from('handed in meanwhile');
      const files = await taken('before', () => {
        const path = join(registry.data, placeOf(bytes));
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, bytes);
      });
      expect(files).toContain(placeOf(bytes));
    });
  });
});
