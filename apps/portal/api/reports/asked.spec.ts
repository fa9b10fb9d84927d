import { generic } from '#domain';
import type { ReadDatabase } from '#read-models';
import { Reading } from '../../reading';
import { askedOnce, named } from './asked';

/** A read database that has come so far, and nothing else. */
class Position {
  now = 7;
  readonly database = {
    // Only asking anew can tell whether it has come further.
    version: () => undefined,
    query: () => Promise.resolve([{ name: 'register', version: 1, live: 1, applied: this.now, checkpoint: this.now }]),
  } as unknown as ReadDatabase;
}

describe('what the counters of a report say', () => {
  let position: Position;
  let reading: Reading;
  let asked: number;
  const parts = (count: number) => (): Promise<number[]> => {
    asked += 1;
    return Promise.resolve(Array.from({ length: count }, () => asked));
  };

  beforeEach(() => {
    position = new Position();
    reading = new Reading(position.database, generic);
    asked = 0;
  });

  it('is asked anew only where something was written, however soon', async () => {
    const question = ['money', named({ region: '19', year: '2024' })];
    expect(await askedOnce(reading, question, parts(1))).toEqual([1]);
    expect(await askedOnce(reading, ['money', named({ year: '2024', region: '19' })], parts(1))).toEqual([1]);
    position.now = 8;
    expect(await askedOnce(reading, question, parts(1))).toEqual([2]);
  });

  it('is another thing under other filters, of another division, and to another portal', async () => {
    await askedOnce(reading, ['money', named({ year: '2024' })], parts(1));
    await askedOnce(reading, ['money', named({ year: '2024' }), 'region'], parts(1));
    await askedOnce(reading, ['money', named({ year: '2023' })], parts(1));
    await askedOnce(new Reading(position.database, generic), ['money', named({ year: '2024' })], parts(1));
    expect(asked).toBe(4);
  });

  it('is not kept where it has too many parts', async () => {
    await askedOnce(reading, ['money'], parts(2001));
    expect(await askedOnce(reading, ['money'], parts(2000))).toHaveLength(2000);
    await askedOnce(reading, ['money'], parts(2000));
    expect(asked).toBe(2);
    const cells = async () => ({ cells: await parts(2001)() });
    await askedOnce(reading, ['stock'], cells);
    await askedOnce(reading, ['stock'], cells);
    expect(asked).toBe(4);
  });
});
