import * as fc from 'fast-check';
import type { NewEvent } from '#domain';
import type { Appended, EventStore, ExpectedRevision } from '#event-store';
import { CorruptedRetry, WrongExpectedRevision } from '#event-store';
import { aStream, facts, idsOf } from '../facts';
import type { TheStore } from '../contract';

/** What a writer of the example does: appends of its own, or a repeat of one made before, perhaps with a changed tail. */
interface Attempt {
  readonly stream: number;
  /** How far the belief about the stream's end is from the truth at the start of the round. */
  readonly error: number;
  readonly events: number;
  readonly repeat: number | undefined;
  readonly changedTail: boolean;
}

interface Append {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  stream: fc.nat(2),
  error: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) }),
  events: fc.integer({ min: 1, max: 3 }),
  repeat: fc.option(fc.nat(), { nil: undefined }),
  changedTail: fc.boolean(),
});

/** Each round's attempts are made at once; the next round begins when all have been answered. */
const rounds = fc.array(fc.array(attempt, { minLength: 1, maxLength: 6 }), { maxLength: 8 });

/** One append tried twice in a round: refused while its stream is too short for it, accepted once the append between has made room. */
const refusedThenAccepted: Attempt[][] = [
  [{ stream: 1, error: 2, events: 1, repeat: undefined, changedTail: false }],
  [
    { stream: 0, error: 0, events: 1, repeat: 0, changedTail: false },
    { stream: 1, error: 0, events: 2, repeat: undefined, changedTail: false },
    { stream: 0, error: 0, events: 1, repeat: 0, changedTail: false },
  ],
];

export function racingContract(theStore: TheStore): void {
  test('under any race keeps what it acknowledged, in its place, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, (plan) => raceAgainstModel(theStore(), plan)),
      { numRuns: 25, examples: [[refusedThenAccepted]] },
    );
  });
}

async function raceAgainstModel(store: EventStore, plan: Attempt[][]): Promise<void> {
  const begin = await store.head();
  const streams = [aStream(), aStream(), aStream()];
  const model = new Map<string, string[]>(streams.map((stream) => [stream, []]));
  const made: Append[] = [];
  for (const round of plan) {
    const appends = round.map((one) => appendOf(one, streams, model, made));
    const answers = await Promise.allSettled(
      appends.map(({ stream, events, expected }) => store.append(stream, events, expected)),
    );
    for (const stream of streams) model.set(stream, idsOf(await store.readStream(stream)));
    const accepted = new Set(
      appends.flatMap((one, place) => (answers[place]?.status === 'fulfilled' ? firstOf(one) : [])),
    );
    for (const [place, answer] of answers.entries()) {
      const append = appends[place];
      if (!append) continue;
      if (answer.status === 'fulfilled') checkAcknowledged(append, answer.value, model);
      else if (!(answer.reason instanceof WrongExpectedRevision && accepted.has(firstOf(append)))) {
        // What was refused may have been accepted when tried again in the same round: then it stands there, and rightly.
        checkRefused(append, answer.reason, model);
      }
    }
    made.push(...appends);
  }
  await checkLog(store, begin, model, made);
}

function appendOf(
  { stream, error, events, repeat, changedTail }: Attempt,
  streams: string[],
  model: Map<string, string[]>,
  made: Append[],
): Append {
  const earlier = repeat === undefined ? undefined : made[repeat % Math.max(1, made.length)];
  if (earlier) {
    const kept = earlier.events.slice(0, 1);
    return changedTail ? { ...earlier, events: [...kept, ...facts(events)] } : earlier;
  }
  const name = streams[stream] ?? '';
  const expected = (model.get(name)?.length ?? 0) - 1 + error;
  return { stream: name, events: facts(events), expected: expected < 0 ? 'no-stream' : expected };
}

function placeOf({ stream, expected, events }: Append, model: Map<string, string[]>): (string | undefined)[] {
  const first = expected === 'no-stream' ? 0 : expected + 1;
  return events.map((_, place) => model.get(stream)?.[first + place]);
}

function firstOf({ events }: Append): string {
  return events[0]?.id ?? '';
}

function checkAcknowledged(append: Append, { revision }: Appended, model: Map<string, string[]>): void {
  expect(placeOf(append, model)).toEqual(idsOf(append.events));
  expect(revision).toBe((append.expected === 'no-stream' ? -1 : append.expected) + append.events.length);
}

function checkRefused(append: Append, reason: unknown, model: Map<string, string[]>): void {
  const found = placeOf(append, model);
  expect(found).not.toEqual(idsOf(append.events));
  if (reason instanceof CorruptedRetry) {
    expect(found[0]).toBe(append.events[0]?.id);
    return;
  }
  expect(reason).toBeInstanceOf(WrongExpectedRevision);
  expect(found[0]).not.toBe(append.events[0]?.id);
}

async function checkLog(store: EventStore, begin: number, model: Map<string, string[]>, made: Append[]): Promise<void> {
  const log = await store.readAll(begin, 1000);
  for (const [stream, ids] of model) {
    const inLog = log.filter((event) => event.stream === stream);
    expect(idsOf(inLog)).toEqual(ids);
    expect(inLog.map(({ revision }) => revision)).toEqual(ids.map((_, place) => place));
    expect(inLog).toEqual(await store.readStream(stream));
  }
  const sent = new Set(made.flatMap(({ events }) => idsOf(events)));
  expect(log.every(({ id }) => sent.has(id))).toBe(true);
  expect(log).toHaveLength([...model.values()].reduce((sum, ids) => sum + ids.length, 0));
}
