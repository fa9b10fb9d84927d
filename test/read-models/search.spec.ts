import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ReadDatabase } from '#read-models';
import type { Table } from '#read-models';

const table: Table = {
  name: 'found',
  columns: { id: { type: 'text' }, words: { type: 'text' } },
  key: ['id'],
  searchable: 'words',
};

describe('the two ways to search on SQLite', () => {
  let folder: string;
  let database: ReadDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'search-'));
    database = await ReadDatabase.openForWriting({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    for (const sql of database.dialect.createTable(table, 'found_v1')) await database.query(sql);
    for (const sql of database.dialect.createIndexes(table, 'found_v1')) await database.query(sql);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('find the same rows', async () => {
    const { dialect } = database;
    const letters = fc.constantFrom(...'aabà-');
    const word = fc
      .array(letters, { minLength: 1, maxLength: 4 })
      .map((all) => all.join(''))
      .filter((text) => /[\p{L}\p{N}]/u.test(text));
    const rows = fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 30 });
    let matched = 0;
    await fc.assert(
      fc.asyncProperty(rows, fc.array(word, { minLength: 1, maxLength: 2 }), async (texts, asked) => {
        await database.query('DELETE FROM found_v1');
        // As the register keeps them: without marks, so that both ways compare letters alone.
        const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
        for (const [place, each] of texts.entries())
          await database.query('INSERT INTO found_v1 (id, words) VALUES (?, ?)', [
            String(place),
            plain(each.join(' ')),
          ]);
        const words = asked.map(plain);
        const idsBy = async ({ sql, parameters }: { sql: string; parameters: readonly (string | number | null)[] }) =>
          (await database.query<{ id: string }>(`SELECT id FROM found_v1 WHERE ${sql} ORDER BY id`, parameters)).map(
            ({ id }) => id,
          );
        const byIndex = await idsBy(dialect.search(table, 'found_v1', words));
        expect(await idsBy(dialect.inOrder!.where(table, words))).toEqual(byIndex);
        matched += byIndex.length;
      }),
      { numRuns: 150 },
    );
    expect(matched).toBeGreaterThan(100);
  });
});
