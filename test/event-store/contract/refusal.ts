import type { JsonObject, JsonValue, NewEvent } from '#domain';
import { EventRefused, MAX_APPEND_BYTES } from '#event-store';
import { aFact, aStream, facts } from '../facts';
import type { TheStore } from '../contract';

/** What the types forbid and a mistake brings all the same. */
const smuggled = (value: unknown): JsonObject => ({ value: value as JsonValue });

function cycle(): JsonObject {
  const data: Record<string, unknown> = {};
  data.itself = data;
  return data as JsonObject;
}

const unstorable: [string, Partial<NewEvent>, RegExp][] = [
  ['a BigInt', { data: smuggled(1n) }, /cannot be written as JSON/],
  ['a cycle', { data: cycle() }, /cannot be written as JSON/],
  ['not a number', { data: smuggled(NaN) }, /data\.value is NaN/],
  ['infinity inside a list', { data: smuggled([1, Infinity]) }, /data\.value\[1\] is Infinity/],
  ['a Date', { data: smuggled(new Date(0)) }, /data\.value is not a plain object/],
  ['a function', { data: smuggled(() => 1) }, /data\.value is a function/],
  ['a hole in a list', { data: smuggled([undefined]) }, /data\.value\[0\] is a undefined/],
  ['a list instead of an object', { data: [] as unknown as JsonObject }, /data of AssetSeized is no object/],
  ['an id that is no UUID', { id: 'one' }, /"one" is not a UUID/],
  ['an id in capitals', { id: 'A987FBC9-4BED-4078-8F07-9141BA07C9F3' }, /not a UUID in lower case/],
  ['the nil id', { id: '00000000-0000-0000-0000-000000000000' }, /not a UUID/],
  ['a system type', { type: '$metadata' }, /no event type/],
  ['no type', { type: '' }, /no event type/],
  ['a version below 1', { version: 0 }, /versions count from 1/],
  ['metadata without an actor', { metadata: {} as NewEvent['metadata'] }, /metadata of AssetSeized lacks/],
];

export function refusalContract(theStore: TheStore): void {
  describe('refusing what would not come back as it went in', () => {
    test.each(unstorable)('takes no event with %s, nor anything beside it', async (_, flaw, message) => {
      const stream = aStream();
      const append = theStore().append(stream, [aFact(), aFact(flaw)], 'no-stream');
      await expect(append).rejects.toThrow(EventRefused);
      await expect(append).rejects.toThrow(message);
      expect(await theStore().readStream(stream)).toEqual([]);
    });

    test('takes no append larger than a server does', async () => {
      const half = { text: 'x'.repeat(MAX_APPEND_BYTES / 2) };
      const append = theStore().append(
        aStream(),
        facts(2, () => half),
        'no-stream',
      );
      await expect(append).rejects.toThrow(/more than 1048576\. Attach large content as a document/);
    });

    test.each(['', '$all', 'asset 1', 'x'.repeat(256), 'bene-à'])('takes no stream named "%s"', async (stream) => {
      await expect(theStore().append(stream, facts(1), 'no-stream')).rejects.toThrow(/no stream name/);
    });

    test.each([-1, 0.5, NaN])('takes no expected revision %d', async (expected) => {
      await expect(theStore().append(aStream(), facts(1), expected)).rejects.toThrow(/expected revision/);
    });

    test('takes no append without events', async () => {
      await expect(theStore().append(aStream(), [], 'no-stream')).rejects.toThrow(/at least one event/);
    });

    test('takes no append with one id twice', async () => {
      const event = aFact();
      await expect(theStore().append(aStream(), [event, event], 'no-stream')).rejects.toThrow(/same id/);
    });

    test('goes on after a refusal', async () => {
      const stream = aStream();
      await expect(theStore().append(stream, [aFact({ data: smuggled(1n) })], 'no-stream')).rejects.toThrow();
      await expect(theStore().append(stream, facts(1), 'no-stream')).resolves.toMatchObject({ revision: 0 });
    });
  });
}
