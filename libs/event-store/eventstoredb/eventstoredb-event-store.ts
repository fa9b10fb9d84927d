import type { NewEvent, RecordedEvent } from '#domain';
import { admit } from '../admission';
import { EventStoreError, StoreUnavailable } from '../errors';
import type { Appended, ExpectedRevision, ReadStreamOptions, SubscribeOptions } from '../event-store';
import { EventStore } from '../event-store';
import { parseConnectionString } from './connection-string';
import type { Connection } from './connection-string';
import { meaningOf, reasonOf } from './failures';
import { follow } from './following';
import { LogAppends } from './log-appends';
import { LogClient } from './log-client';
import { LogReads } from './log-reads';
import { DEFAULT_PATIENCE, Pauses } from './patience';
import type { Patience } from './patience';

/** Tells the operator what the store is waiting for. */
export type OnNotice = (message: string) => void;

export interface EventStoreDbOptions {
  readonly onNotice?: OnNotice;
  readonly patience?: Partial<Patience>;
}

const BATCH = 512;

/**
 * Opens the log on an EventStoreDB or KurrentDB server or cluster, waiting a bounded time for it to be there. Throws Misconfigured for a
 * connection string that cannot work, StoreUnavailable when the server does not answer in time, ForeignLog when others write there too.
 */
export async function openEventStoreDbLog(
  connectionString: string,
  options: EventStoreDbOptions = {},
): Promise<EventStore> {
  const store = new EventStoreDbEventStore(parseConnectionString(connectionString), options);
  try {
    await store.untilThere();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

class EventStoreDbEventStore extends EventStore {
  private readonly client: LogClient;
  private readonly reads: LogReads;
  private readonly appends: LogAppends;
  private readonly patience: Patience;
  private readonly notice: OnNotice;
  private readonly where: string;
  private readonly closing = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(connection: Connection, { patience, onNotice }: EventStoreDbOptions) {
    super();
    this.where = `EventStoreDB at ${connection.where}`;
    this.patience = { ...DEFAULT_PATIENCE, ...patience };
    this.notice = onNotice ?? (() => undefined);
    this.client = new LogClient(connection);
    this.reads = new LogReads(this.client, this.patience.answerMs);
    this.appends = new LogAppends(this.client, this.reads, this.patience.answerMs);
  }

  /** Resolves once the server answers and what it holds is ours. */
  async untilThere(): Promise<void> {
    await this.persist(() => this.reads.head(), {
      giveUpMs: this.patience.startMs,
      trouble: (reason) => `Waiting for ${this.where}: ${reason}`,
      end: (reason) =>
        `${this.where} did not answer within ${this.patience.startMs / 1000} s (${reason}). Start the server, or correct EVENTSTOREDB_URL.`,
    });
  }

  override async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.persist(this.appends.prepare(admit(stream, events, expected)), {
      giveUpMs: this.patience.giveUpMs,
      trouble: (reason) => `${this.where} did not say whether it wrote to ${stream}, asking again: ${reason}`,
      end: (reason) =>
        `${this.where} did not say within ${this.patience.giveUpMs / 1000} s whether it wrote to ${stream} (${reason}). Send the same again: its ids keep it from being written twice.`,
    });
  }

  override async readStream(stream: string, options: ReadStreamOptions = {}): Promise<RecordedEvent[]> {
    const { direction, from, max = Number.MAX_SAFE_INTEGER } = options;
    if (max <= 0 || (direction === 'backward' && from !== undefined && from < 0)) return this.nothing();
    return this.read(() =>
      direction === 'backward'
        ? this.reads.backward(stream, from, max)
        : this.reads.forward(stream, Math.max(0, from ?? 0), max),
    );
  }

  override async readAll(after: number, max: number): Promise<RecordedEvent[]> {
    return max <= 0 ? this.nothing() : this.read(() => this.reads.all(after, max));
  }

  /** A lost connection, and a subscription the server ends, are taken up again after the last batch given. */
  override async *subscribe(
    after: number,
    { signal, batchSize = BATCH }: SubscribeOptions,
  ): AsyncGenerator<RecordedEvent[]> {
    const ended = AbortSignal.any([signal, this.closing.signal]);
    const { answerMs } = this.patience;
    const options = { batchSize, answerMs, signal: ended, head: () => this.reads.head() };
    const pauses = new Pauses(this.patience);
    let last = after;
    while (!ended.aborted) {
      let reason = 'the server ended the subscription';
      try {
        for await (const batch of follow(this.client, last, options)) {
          yield batch;
          last = batch.at(-1)?.position ?? last;
          pauses.reset();
        }
      } catch (error) {
        const meaning = meaningOf(error);
        if (meaning instanceof EventStoreError) throw meaning;
        reason = reasonOf(error);
      }
      if (ended.aborted) return;
      this.notice(`Following ${this.where} was interrupted after position ${last}, resuming: ${reason}`);
      await pauses.take(ended);
    }
  }

  override async head(): Promise<number> {
    return this.read(() => this.reads.head());
  }

  /** The server does not count. */
  override async count(): Promise<undefined> {
    return undefined;
  }

  override async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.underWay);
    await this.client.end();
  }

  private nothing(): RecordedEvent[] {
    this.assertOpen();
    return [];
  }

  private read<T>(attempt: () => Promise<T>): Promise<T> {
    return this.persist(attempt, {
      giveUpMs: this.patience.giveUpMs,
      trouble: (reason) => `${this.where} did not answer, asking again: ${reason}`,
      end: (reason) =>
        `${this.where} did not answer within ${this.patience.giveUpMs / 1000} s (${reason}). Check the server, then try again.`,
    });
  }

  private persist<T>(attempt: () => Promise<T>, words: Words): Promise<T> {
    const done = this.retry(attempt, words);
    this.underWay.add(done);
    const over = () => this.underWay.delete(done);
    done.then(over, over);
    return done;
  }

  /** Tries until there is an answer to rely on, or patience ends; when the store closes, the try under way is the last. */
  private async retry<T>(attempt: () => Promise<T>, { giveUpMs, trouble, end }: Words): Promise<T> {
    this.assertOpen();
    const pauses = new Pauses(this.patience);
    const deadline = performance.now() + giveUpMs;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const meaning = meaningOf(error);
        if (meaning instanceof EventStoreError) throw meaning;
        if (this.closing.signal.aborted || performance.now() >= deadline) {
          throw new StoreUnavailable(end(reasonOf(error)), { cause: error });
        }
        this.notice(trouble(reasonOf(error)));
        await pauses.take(this.closing.signal);
      }
    }
  }

  private assertOpen(): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable('The event store is closed; nothing was written.');
  }
}

interface Words {
  readonly giveUpMs: number;
  /** To the operator, at each retry. */
  readonly trouble: (reason: string) => string;
  /** To the caller, when patience ends. */
  readonly end: (reason: string) => string;
}
