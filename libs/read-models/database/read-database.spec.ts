import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadDatabase } from './read-database';
import type { Transaction } from './read-database';

describe('the database of the read models on SQLite', () => {
  let folder: string;
  let writing: ReadDatabase;
  let reading: ReadDatabase;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-database-'));
    const settings = { kind: 'sqlite', path: join(folder, 'read.sqlite') } as const;
    writing = await ReadDatabase.openForWriting(settings);
    reading = await ReadDatabase.openForReading(settings);
    await writing.query('CREATE TABLE words (word TEXT)');
  });
  afterEach(async () => {
    await reading.close();
    await writing.close();
    await rm(folder, { recursive: true });
  });

  const write = (word: string) => (transaction: Transaction) =>
    transaction.query('INSERT INTO words VALUES (?)', [word]);
  const words = async (): Promise<string[]> =>
    (await reading.query<{ word: string }>('SELECT word FROM words')).map(({ word }) => word);

  it('commits again after a transaction that SQLite ended on its own, as on a full disk, and another that failed', async () => {
    const ended = async (transaction: Transaction): Promise<void> => {
      await write('lost')(transaction);
      await transaction.query('ROLLBACK');
    };
    // Not `toThrow`: the driver's errors come from whichever test file loaded it first, and are no errors of this one's realm.
    await expect(writing.transaction(ended)).rejects.toMatchObject({
      message: expect.stringContaining('no transaction is active') as string,
    });
    await expect(writing.transaction(() => Promise.reject(new Error('still full')))).rejects.toThrow('still full');
    await writing.transaction(write('first'));
    await writing.transaction(write('second'));
    expect(await words()).toEqual(['first', 'second']);
  });

  it('takes nothing of a transaction that fails, and goes on with the next', async () => {
    const failing = async (transaction: Transaction): Promise<void> => {
      await write('lost')(transaction);
      throw new Error('no');
    };
    const outcomes = await Promise.allSettled([writing.transaction(failing), writing.transaction(write('kept'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await words()).toEqual(['kept']);
  });

  it('has another version after each commit of another connection, and the same until then', async () => {
    const before = reading.version();
    await words();
    expect(reading.version()).toBe(before);
    await writing.transaction(write('new'));
    const after = reading.version();
    expect(after).not.toBe(before);
    expect(reading.version()).toBe(after);
    expect(writing.version()).toBeUndefined();
  });

  it('answers from a table that was made anew since it was asked of first', async () => {
    await writing.transaction(write('old'));
    expect(await words()).toEqual(['old']);
    await writing.query('DROP TABLE words');
    await expect(words()).rejects.toMatchObject({ message: 'no such table: words' });
    await writing.query('CREATE TABLE words (number INTEGER, word TEXT)');
    await writing.query('INSERT INTO words VALUES (?, ?)', [1, 'new']);
    expect(await reading.query('SELECT * FROM words')).toEqual([{ number: 1, word: 'new' }]);
    expect(await words()).toEqual(['new']);
  });
});
