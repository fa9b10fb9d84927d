import type { JsonObject, RecordedEvent } from '#domain';
import { MAX_APPEND_BYTES, START } from '#event-store';
import { aFact, aStream, facts, idsOf, someMetadata } from '../facts';
import type { TheStore } from '../contract';

const awkward: [string, JsonObject][] = [
  ['letters of many scripts', { it: 'Città è già', ar: 'مصادرة', zh: '没收', emoji: '👩‍👩‍👧 🏚️', combined: 'e\u0301' }],
  ['characters that break naive writers', { text: '"\\/\b\f\n\r\t\u0000\u001f\u2028\u2029\ufeff' }],
  ['half a surrogate pair', { text: '\ud83d' }],
  ['numbers at the edges', { numbers: [0, 0.1, -1.5e-300, 1e21, Number.MAX_SAFE_INTEGER, 5e-324] }],
  ['nothing at all', {}],
  ['empty and nested things', { list: [], object: {}, text: '', deep: { deeper: [[null, true], { no: false }] } }],
  ['a key that looks like a prototype', JSON.parse('{"__proto__":{"a":1},"constructor":2}') as JsonObject],
];

export function readContract(theStore: TheStore): void {
  const revisions = (events: readonly RecordedEvent[]) => events.map(({ revision }) => revision);

  describe('reading', () => {
    test('finds an unknown stream empty, in both directions', async () => {
      expect(await theStore().readStream(aStream())).toEqual([]);
      expect(await theStore().readStream(aStream(), { direction: 'backward' })).toEqual([]);
    });

    test('gives back the whole envelope', async () => {
      const stream = aStream();
      const source = { kind: 'import', file: 'elenco.csv', row: 7, digest: 'ab'.repeat(32) } as const;
      const event = aFact({ version: 3, type: 'AssetValued', metadata: someMetadata({ occurredOn: null, source }) });
      const { position } = await theStore().append(stream, [event], 'no-stream');
      expect(await theStore().readStream(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
    });

    test.each(awkward)('gives back %s as they were, to the byte', async (_, data) => {
      const stream = aStream();
      await theStore().append(stream, [aFact({ data })], 'no-stream');
      const [event] = await theStore().readStream(stream);
      expect(JSON.stringify(event?.data)).toBe(JSON.stringify(data));
    });

    test('gives back an event of nearly the greatest size as it was', async () => {
      const stream = aStream();
      const data = { text: 'è'.repeat(MAX_APPEND_BYTES / 2 - 1024) };
      await theStore().append(stream, [aFact({ data })], 'no-stream');
      expect((await theStore().readStream(stream))[0]?.data.text === data.text).toBe(true);
    });

    test('reads a stream longer than any one answer from a server', async () => {
      const stream = aStream();
      await theStore().append(stream, facts(700), 'no-stream');
      await theStore().append(stream, facts(700), 699);
      expect(revisions(await theStore().readStream(stream))).toEqual(Array.from({ length: 1400 }, (_, place) => place));
    });

    test.each([
      ['from a revision', { from: 2 }, [2, 3, 4]],
      ['so many', { max: 2 }, [0, 1]],
      ['so many from a revision', { from: 1, max: 3 }, [1, 2, 3]],
      ['none', { max: 0 }, []],
      ['from beyond the end', { from: 9 }, []],
      ['backward from the end', { direction: 'backward' }, [4, 3, 2, 1, 0]],
      ['the last', { direction: 'backward', max: 1 }, [4]],
      ['backward from a revision', { direction: 'backward', from: 2 }, [2, 1, 0]],
      ['so many backward from a revision', { direction: 'backward', from: 3, max: 2 }, [3, 2]],
      ['backward from beyond the end', { direction: 'backward', from: 99, max: 2 }, [4, 3]],
      ['backward from before the beginning', { direction: 'backward', from: -1 }, []],
    ] as const)('reads a stream %s', async (_, options, expected) => {
      const stream = aStream();
      await theStore().append(stream, facts(5), 'no-stream');
      expect(revisions(await theStore().readStream(stream, options))).toEqual(expected);
    });

    test('keeps streams apart whose names begin alike', async () => {
      const stream = aStream();
      await theStore().append(`${stream}1`, facts(2), 'no-stream');
      await theStore().append(stream, facts(1), 'no-stream');
      expect(await theStore().readStream(stream)).toHaveLength(1);
    });
  });

  describe('reading the whole log', () => {
    test('gives the events of all streams in the order of their positions', async () => {
      const after = await theStore().head();
      const [one, other] = [aStream(), aStream()];
      await theStore().append(one, facts(2), 'no-stream');
      await theStore().append(other, facts(2), 'no-stream');
      await theStore().append(one, facts(1), 1);
      const all = await theStore().readAll(after, 100);
      expect(all.map(({ stream, revision }) => [stream, revision])).toEqual([
        [one, 0],
        [one, 1],
        [other, 0],
        [other, 1],
        [one, 2],
      ]);
      const positions = all.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    });

    test('gives the same events as reading the stream', async () => {
      const after = await theStore().head();
      const stream = aStream();
      await theStore().append(stream, facts(5), 'no-stream');
      expect(await theStore().readAll(after, 100)).toEqual(await theStore().readStream(stream));
    });

    test('in pages gives each event once', async () => {
      let after = await theStore().head();
      const events = facts(25);
      for (const [place, event] of events.entries()) {
        await theStore().append(aStream(), [event, ...facts(place % 3)], 'no-stream');
      }
      const read: RecordedEvent[] = [];
      for (;;) {
        const page = await theStore().readAll(after, 7);
        expect(page.length).toBeLessThanOrEqual(7);
        if (page.length === 0) break;
        read.push(...page);
        after = page.at(-1)?.position ?? after;
      }
      expect(idsOf(read).filter((id) => idsOf(events).includes(id))).toEqual(idsOf(events));
      expect(new Set(idsOf(read)).size).toBe(read.length);
      expect(read).toHaveLength(49);
    });

    test('from the start begins with the first event there is', async () => {
      await theStore().append(aStream(), facts(2), 'no-stream');
      const [first] = await theStore().readAll(START, 1);
      expect(first?.revision).toBe(0);
    });

    test('is at its end after the head', async () => {
      const { position } = await theStore().append(aStream(), facts(2), 'no-stream');
      expect(await theStore().head()).toBe(position);
      expect(await theStore().readAll(position, 10)).toEqual([]);
    });
  });
}
