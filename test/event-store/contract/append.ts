import type { Appended } from '#event-store';
import { WrongExpectedRevision } from '#event-store';
import { aFact, aStream, facts, idsOf } from '../facts';
import type { TheStore } from '../contract';

export function appendContract(theStore: TheStore): void {
  describe('appending', () => {
    test('numbers the events of a stream from 0, without gaps', async () => {
      const stream = aStream();
      await theStore().append(stream, facts(2), 'no-stream');
      await theStore().append(stream, facts(3), 1);
      const revisions = (await theStore().readStream(stream)).map(({ revision }) => revision);
      expect(revisions).toEqual([0, 1, 2, 3, 4]);
    });

    test('answers with the place of the last event', async () => {
      const stream = aStream();
      const appended = await theStore().append(stream, facts(3), 'no-stream');
      const last = (await theStore().readStream(stream)).at(-1);
      expect(appended).toEqual({ revision: 2, position: last?.position });
    });

    test('gives each event a greater position than the one before, across streams', async () => {
      const [one, other] = [aStream(), aStream()];
      const answers = [
        await theStore().append(one, facts(2), 'no-stream'),
        await theStore().append(other, facts(2), 'no-stream'),
        await theStore().append(one, facts(1), 1),
      ];
      const positions = answers.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect(new Set(positions).size).toBe(3);
    });

    test('refuses to begin a stream that exists, and says where it ends', async () => {
      const stream = aStream();
      await theStore().append(stream, facts(3), 'no-stream');
      await expect(theStore().append(stream, facts(1), 'no-stream')).rejects.toMatchObject({
        code: 'wrong-expected-revision',
        stream,
        expected: 'no-stream',
        actual: 2,
      });
    });

    test('refuses to continue a stream that does not exist', async () => {
      const stream = aStream();
      await expect(theStore().append(stream, facts(1), 4)).rejects.toMatchObject({
        code: 'wrong-expected-revision',
        expected: 4,
        actual: 'no-stream',
      });
    });

    test.each([
      ['behind', 1],
      ['ahead of', 3],
    ])('refuses an expected revision %s the end of the stream', async (_, expected) => {
      const stream = aStream();
      await theStore().append(stream, facts(3), 'no-stream');
      await expect(theStore().append(stream, facts(1), expected)).rejects.toMatchObject({
        code: 'wrong-expected-revision',
        expected,
        actual: 2,
      });
    });

    test('writes nothing of an append it refuses', async () => {
      const stream = aStream();
      const first = facts(1);
      await theStore().append(stream, first, 'no-stream');
      const before = await theStore().head();
      await expect(theStore().append(stream, facts(3), 'no-stream')).rejects.toThrow(WrongExpectedRevision);
      expect(idsOf(await theStore().readStream(stream))).toEqual(idsOf(first));
      expect(await theStore().readAll(before, 10)).toEqual([]);
    });

    test('lets exactly one of many writers begin a stream, and tells the others where it ends', async () => {
      const stream = aStream();
      const settled = await race(20, () => theStore().append(stream, facts(2), 'no-stream'));
      expect(settled.won).toHaveLength(1);
      expect(settled.lost).toHaveLength(19);
      for (const error of settled.lost) expect(error).toMatchObject({ code: 'wrong-expected-revision', actual: 1 });
    });

    test('lets exactly one of many writers continue a stream, and tells the others where it ends', async () => {
      const stream = aStream();
      await theStore().append(stream, facts(1), 'no-stream');
      const settled = await race(20, () => theStore().append(stream, [aFact()], 0));
      expect(settled.won).toEqual([expect.objectContaining({ revision: 1 })]);
      for (const error of settled.lost) expect(error).toMatchObject({ code: 'wrong-expected-revision', actual: 1 });
    });

    test('takes appends to many streams at once', async () => {
      const streams = Array.from({ length: 300 }, aStream);
      await Promise.all(streams.map((stream) => theStore().append(stream, facts(2), 'no-stream')));
      const lengths = await Promise.all(streams.map(async (stream) => (await theStore().readStream(stream)).length));
      expect(new Set(lengths)).toEqual(new Set([2]));
    });
  });
}

async function race(writers: number, append: () => Promise<Appended>) {
  const settled = await Promise.allSettled(Array.from({ length: writers }, append));
  return {
    won: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    lost: settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : [])),
  };
}
