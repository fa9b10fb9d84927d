import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import type { EventStore } from '#event-store';
import { START, WrongExpectedRevision, openEmbeddedLog } from '#event-store';
import type { Child } from '../child-process';
import { startProgram } from '../child-process';
import { aFact } from './facts';
import type { Acknowledged, Attempt } from './kill-writer';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 40);

/** The longest a writer works before it is killed; from nothing, so that some die before their first append. */
const LONGEST_LIFE_MS = 80;

describe('a writer killed in the middle of its work', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kill-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test(
    `leaves every acknowledged event in its place, exactly once (${ROUNDS} times)`,
    async () => {
      const path = join(folder, 'log.sqlite');
      const acknowledged: Acknowledged[] = [];
      const log = new CheckedLog();
      for (let round = 0; round < ROUNDS; round += 1) {
        const child = startProgram('test/event-store/kill-writer.ts', [path]);
        if (round % 4 !== 0) await child.line(/^!/);
        await after(Math.random() * LONGEST_LIFE_MS);
        await child.kill();
        const said = whatItSaid(child);
        // The lock died with the writer: the log opens for the next one at once.
        const store = openEmbeddedLog(path);
        await log.readOn(store);
        for (const one of said.acknowledged) log.expectAt(one);
        for (const one of said.unknown) acknowledged.push(...(await sendAgain(store, one)));
        await log.readOn(store);
        await store.close();
        acknowledged.push(...said.acknowledged);
      }
      const store = openEmbeddedLog(path, { readOnly: true });
      const whole = new CheckedLog();
      await whole.readOn(store);
      for (const one of acknowledged) whole.expectAt(one);
      expect(await store.count()).toBe(whole.size);
      await store.close();
      expect(acknowledged.length).toBeGreaterThan(ROUNDS);
    },
    60_000 + ROUNDS * 1_000,
  );
});

function whatItSaid(child: Child): { acknowledged: Acknowledged[]; unknown: Attempt[] } {
  const of = (mark: string): unknown[] =>
    child.lines.filter((line) => line.startsWith(mark)).map((line): unknown => JSON.parse(line.slice(1)));
  const acknowledged = of('!') as Acknowledged[];
  const known = new Set(acknowledged.flatMap(({ ids }) => ids));
  return { acknowledged, unknown: (of('?') as Attempt[]).filter(({ ids }) => !known.has(ids[0] ?? '')) };
}

/** What a client does that got no answer: the same append again. It is in the log now, or another one is in its place. */
async function sendAgain(store: EventStore, attempt: Attempt): Promise<Acknowledged[]> {
  const events = attempt.ids.map((id) => aFact({ id }));
  try {
    return [{ ...attempt, ...(await store.append(attempt.stream, events, attempt.expected)) }];
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return [];
    throw error;
  }
}

/** Reads a log from its start to its end, and knows what a log must be. */
class CheckedLog {
  private readonly places = new Map<string, RecordedEvent>();
  private readonly ends = new Map<string, number>();
  private last = START;

  get size(): number {
    return this.places.size;
  }

  async readOn(store: EventStore): Promise<void> {
    for (;;) {
      const batch = await store.readAll(this.last, 1000);
      for (const event of batch) {
        if (event.position !== Math.max(1, this.last + 1)) throw new Error(`a gap before position ${event.position}`);
        if (event.revision !== (this.ends.get(event.stream) ?? -1) + 1) throw new Error(`a gap in ${event.stream}`);
        if (this.places.has(event.id)) throw new Error(`the event ${event.id} is there twice`);
        this.places.set(event.id, event);
        this.ends.set(event.stream, event.revision);
        this.last = event.position;
      }
      if (batch.length === 0) return;
    }
  }

  expectAt({ stream, ids, revision, position }: Acknowledged): void {
    const found = ids.map((id) => this.places.get(id));
    expect(found.map((event) => event?.stream)).toEqual(ids.map(() => stream));
    expect(found.map((event) => event?.revision)).toEqual(ids.map((_, place) => revision - ids.length + 1 + place));
    expect(found.at(-1)?.position).toBe(position);
  }
}
