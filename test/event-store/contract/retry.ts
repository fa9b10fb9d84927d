import { CorruptedRetry, WrongExpectedRevision } from '#event-store';
import { aFact, aStream, facts, idsOf } from '../facts';
import type { TheStore } from '../contract';

export function retryContract(theStore: TheStore): void {
  describe('repeating an append', () => {
    test('gives the same answer and writes nothing', async () => {
      const stream = aStream();
      const events = facts(3);
      const first = await theStore().append(stream, events, 'no-stream');
      expect(await theStore().append(stream, events, 'no-stream')).toEqual(first);
      expect(idsOf(await theStore().readStream(stream))).toEqual(idsOf(events));
    });

    test('gives the same answer after others have written on', async () => {
      const stream = aStream();
      await theStore().append(stream, facts(1), 'no-stream');
      const events = facts(2);
      const first = await theStore().append(stream, events, 0);
      await theStore().append(stream, facts(4), 2);
      expect(await theStore().append(stream, events, 0)).toEqual(first);
      expect(await theStore().readStream(stream)).toHaveLength(7);
    });

    test('gives the same answer when both are sent at once', async () => {
      const stream = aStream();
      const events = facts(2);
      const [first, ...others] = await Promise.all(
        Array.from({ length: 5 }, () => theStore().append(stream, events, 'no-stream')),
      );
      for (const other of others) expect(other).toEqual(first);
      expect(await theStore().readStream(stream)).toHaveLength(2);
    });

    test('keeps what was written first, though the repeat says something else', async () => {
      const stream = aStream();
      const event = aFact({ data: { said: 'first' } });
      await theStore().append(stream, [event], 'no-stream');
      await theStore().append(stream, [{ ...event, data: { said: 'later' } }], 'no-stream');
      expect((await theStore().readStream(stream)).map(({ data }) => data)).toEqual([{ said: 'first' }]);
    });

    test('at another place is a conflict', async () => {
      const stream = aStream();
      const events = facts(2);
      await theStore().append(stream, events, 'no-stream');
      await theStore().append(stream, facts(1), 1);
      await expect(theStore().append(stream, events, 0)).rejects.toThrow(WrongExpectedRevision);
    });

    test('with a first event known and a later one different is a corrupted retry', async () => {
      const stream = aStream();
      const [first, second] = [aFact(), aFact()];
      await theStore().append(stream, [first, second], 'no-stream');
      await expect(theStore().append(stream, [first, aFact()], 'no-stream')).rejects.toThrow(CorruptedRetry);
      expect(idsOf(await theStore().readStream(stream))).toEqual([first.id, second.id]);
    });

    test('with more events than the first time is a corrupted retry', async () => {
      const stream = aStream();
      const first = aFact();
      await theStore().append(stream, [first], 'no-stream');
      await expect(theStore().append(stream, [first, aFact()], 'no-stream')).rejects.toThrow(CorruptedRetry);
      expect(await theStore().readStream(stream)).toHaveLength(1);
    });

    test('with a first event unknown and a later one known is a conflict', async () => {
      const stream = aStream();
      const [first, second] = [aFact(), aFact()];
      await theStore().append(stream, [first, second], 'no-stream');
      await expect(theStore().append(stream, [aFact(), second], 'no-stream')).rejects.toThrow(WrongExpectedRevision);
    });

    test('in another stream is another append', async () => {
      const [one, other] = [aStream(), aStream()];
      const events = facts(1);
      await theStore().append(one, events, 'no-stream');
      await theStore().append(other, events, 'no-stream');
      expect(idsOf(await theStore().readStream(other))).toEqual(idsOf(events));
    });
  });
}
