import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginning } from '../../apps/standalone/scenario/beginning';
import { keptBook } from '../../apps/standalone/scenario/kept-book';

describe('a scenario that was broken off', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    path = join(folder, 'scenario.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds what it kept, and makes nothing anew that it has', async () => {
    await expect(keptBook(path).keep('chance', () => Promise.resolve([1, 'two']))).resolves.toEqual([1, 'two']);
    const again = keptBook(path);
    expect([again.has('chance'), again.has('other')]).toEqual([true, false]);
    await expect(again.keep('chance', () => 'something else')).resolves.toEqual([1, 'two']);
  });

  it('makes one thing for all who ask for it at the same time', async () => {
    const book = keptBook(path);
    let made = 0;
    const ask = () => book.keep('deadline', () => Promise.resolve((made += 1)));
    await expect(Promise.all([ask(), ask(), ask()])).resolves.toEqual([1, 1, 1]);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(2);
  });

  it('takes a line that was cut off as never written, and goes on behind the last whole one', async () => {
    await keptBook(path).keep('città', () => 'è');
    await appendFile(path, '["cut o');
    const again = keptBook(path);
    await again.keep('next', () => 2);
    const third = keptBook(path);
    await expect(third.keep('città', () => 'new')).resolves.toBe('è');
    await expect(third.keep('next', () => 'new')).resolves.toBe(2);
  });

  it('keeps nothing that could not be made', async () => {
    const book = keptBook(path);
    await expect(book.keep('receipt', () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    await expect(book.keep('receipt', () => 'taken')).resolves.toBe('taken');
  });

  it('is for nobody else to read: it holds the keys of its calls', async () => {
    keptBook(path);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('goes on from the day and the assets it began with, and does not become another one', async () => {
    const begun = { until: '2026-06-01', assets: [{ id: 'a', kind: 'company', phase: 'seized', since: '2012-01-09' }] };
    const asked = { seed: '1', scale: 10 };
    await beginning(keptBook(path), asked, () => Promise.resolve(begun));
    const later = () => Promise.resolve({ until: '2026-06-02', assets: [] });
    await expect(beginning(keptBook(path), asked, later)).resolves.toMatchObject(begun);
    await expect(beginning(keptBook(path), { seed: '1', scale: 100 }, later)).rejects.toThrow(
      'REGISTRY_DATA is a folder with a scenario of --scale 10 --seed 1.',
    );
  });
});
