import type { NewEvent, RecordedEvent } from '#domain';

/** The place before the first event of the log. */
export const START = -1;

/** What the writer believes about the stream's end: no such stream yet, or its last event's revision. */
export type ExpectedRevision = 'no-stream' | number;

export interface Appended {
  /** Revision of the last event of this append. */
  readonly revision: number;
  /** Position of the last event of this append. */
  readonly position: number;
}

export interface ReadStreamOptions {
  /** First revision to read; forward from 0, backward from the end, when left out. */
  readonly from?: number;
  /** At most so many events; all of them when left out. */
  readonly max?: number;
  readonly direction?: 'forward' | 'backward';
}

export interface SubscribeOptions {
  /** Ends the subscription; the iteration then finishes without an error. */
  readonly signal: AbortSignal;
  /** At most so many events a batch. */
  readonly batchSize?: number;
}

/**
 * The log: streams of immutable events with one global order. Adapters keep the same promises, told by one contract suite:
 *
 * - `append` is atomic and durable when it resolves; on `WrongExpectedRevision` nothing was written.
 * - The same ids at the same place succeed again with the same answer, whatever came after them; a first id equal and a later one
 *   different is a `CorruptedRetry`.
 * - `readAll` and `subscribe` give every event exactly once and in the order of positions; what was read once never changes.
 */
export abstract class EventStore {
  /**
   * Writes all events or none, after the revision expected. Throws WrongExpectedRevision, CorruptedRetry, EventRefused, StoreFull, or
   * StoreUnavailable when the outcome is unknown; the same append may then be repeated.
   */
  abstract append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;

  /** An unknown stream reads as empty. */
  abstract readStream(stream: string, options?: ReadStreamOptions): Promise<RecordedEvent[]>;

  /** Up to `max` events with a position greater than `after`, in order. Empty at the end of the log. */
  abstract readAll(after: number, max: number): Promise<RecordedEvent[]>;

  /**
   * Every event with a position greater than `after`: first the past, then the present as it comes. Batches are never empty. It survives
   * a lost connection by resuming after the last batch it gave, and ends when the signal aborts or the store closes.
   */
  abstract subscribe(after: number, options: SubscribeOptions): AsyncIterable<RecordedEvent[]>;

  /** Position of the log's last event, or START when it is empty. */
  abstract head(): Promise<number>;

  /** Number of events in the log, if the store knows it cheaply. */
  abstract count(): Promise<number | undefined>;

  /** Releases connections, files and locks; pending appends settle first, subscriptions end without an error. May be called twice. */
  abstract close(): Promise<void>;
}
