import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';
import { readLeaf } from '#transparency-log';
import type { LeafSubject, ReadLeaf } from '#transparency-log';
import { differencesFrom } from './same';

/** How an event store can differ from what was logged. */
export type StoreFindingCode = 'event-altered' | 'event-missing' | 'event-moved' | 'event-not-logged';

export interface StoreFinding {
  readonly code: StoreFindingCode;
  /** Index of the entry in the transparency log; undefined for an event that is in none. */
  readonly index?: number;
  readonly event: string;
  readonly stream: string;
  readonly revision: number;
  /** A sentence for a person. */
  readonly message: string;
}

export interface ComparisonResult {
  readonly findings: readonly StoreFinding[];
  /** Events of the store that came after the last entry: not yet under the checkpoint. */
  readonly newer: number;
}

const PAGE = 1000;
/** More findings, or more events that wait for their entry, are not kept. */
const MOST = 1000;

/**
 * Holds an event store against the entries of its transparency log, one after the other. What differs is named: an event that was altered, that is gone, that stands in another place, that was slipped in.
 * Memory does not grow with the log.
 */
export function compareWithStore(store: EventStore, after = START): {
  /** Answers a promise only where it has to read on or to look for something: one for each entry would take longer than the comparison. */
  entry(entry: Uint8Array, index: number): Promise<void> | void;
  finish(): Promise<ComparisonResult>;
} {
  const stored = new Lookahead(store, after);
  const findings: StoreFinding[] = [];
  /** Passed over in the store, and not yet met in the log. */
  const unmatched = new Map<string, RecordedEvent>();
  const find = (code: StoreFindingCode, { id, stream, revision }: Pick<RecordedEvent, 'id' | 'stream' | 'revision'>, message: string, index?: number): void => {
    if (findings.length < MOST) findings.push({ code, event: id, stream, revision, message, ...(index !== undefined && { index }) });
  };
  const sameAsLogged = (event: RecordedEvent, entry: Uint8Array, index: number, logged: ReadLeaf): void => {
    const paths = differencesFrom(entry, event, logged);
    if (paths.length > 0) find('event-altered', event, `${place(event)} is not as it was logged (entry ${index}): ${paths.join(', ')}.`, index);
  };
  const held = (next: RecordedEvent | undefined, entry: Uint8Array, index: number): Promise<void> | void => {
    const logged = readLeaf(entry);
    if (next?.id !== logged.id) return lookedFor(next, entry, index, logged);
    stored.take();
    sameAsLogged(next, entry, index, logged);
  };
  /** The entry is not of the event that comes next in the store. */
  const lookedFor = async (next: RecordedEvent | undefined, entry: Uint8Array, index: number, logged: ReadLeaf): Promise<void> => {
    const passed = unmatched.get(logged.id);
    if (passed) {
      unmatched.delete(logged.id);
      find('event-moved', passed, `${place(passed)} stands in another place of the store than entry ${index} says: the order was changed.`, index);
      return sameAsLogged(passed, entry, index, logged);
    }
    const [there] = await store.readStream(logged.stream, { from: logged.revision, max: 1 });
    if (there?.id !== logged.id || (next !== undefined && there.position < next.position)) {
      find('event-missing', logged, `${place(logged)} was logged (entry ${index}) and ${missing(there, logged)}.`, index);
      return;
    }
    // What comes before it in the store was logged later, or never.
    for (let before = await stored.peek(); before && before.id !== logged.id; before = await stored.peek()) {
      stored.take();
      if (unmatched.size < MOST) unmatched.set(before.id, before);
    }
    stored.take();
    sameAsLogged(there, entry, index, logged);
  };

  return {
    entry: (entry, index) => stored.atHand ? held(stored.atHand, entry, index) : stored.peek().then((next) => held(next, entry, index)),
    async finish() {
      for (const event of unmatched.values())
        find('event-not-logged', event, `${place(event)} is in the store, before events that were logged, and was never logged: it was slipped in.`);
      let newer = 0;
      for (; await stored.peek(); newer += 1) stored.take();
      return { findings, newer };
    },
  };
} // prettier-ignore

const place = ({ stream, revision, type, id }: Pick<LeafSubject, 'stream' | 'revision' | 'type' | 'id'>): string =>
  `${type} ${id} (${stream}, revision ${revision})`;

const missing = (there: RecordedEvent | undefined, logged: LeafSubject): string =>
  there === undefined
    ? 'is gone from the store'
    : there.id === logged.id
      ? 'is met in the store a second time'
      : `another event, ${there.id}, stands in its place`;

/** The store in its own order, a page at a time. */
class Lookahead {
  private page: readonly RecordedEvent[] = [];
  private at = 0;

  constructor(
    private readonly store: EventStore,
    private after: number,
  ) {}

  /** The next event, where its page was read already. */
  get atHand(): RecordedEvent | undefined {
    return this.page[this.at];
  }

  async peek(): Promise<RecordedEvent | undefined> {
    if (this.at >= this.page.length) {
      this.page = await this.store.readAll(this.after, PAGE);
      this.at = 0;
      this.after = this.page.at(-1)?.position ?? this.after;
    }
    return this.page[this.at];
  }

  take(): void {
    this.at += 1;
  }
}
