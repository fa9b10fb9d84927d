import type { RecordedEvent } from '#domain';
import type { EventStore } from '#event-store';

/** Follows the log and keeps what it is given. */
export class Follower {
  readonly events: RecordedEvent[] = [];
  readonly batches: number[] = [];
  /** Settles when the subscription has ended. */
  readonly ended: Promise<void>;
  private waiting: { count: number; resolve: () => void }[] = [];

  constructor(store: EventStore, after: number, signal: AbortSignal, batchSize?: number) {
    this.ended = this.follow(store.subscribe(after, { signal, ...(batchSize === undefined ? {} : { batchSize }) }));
  }

  /** Resolves once so many events have come, or the subscription has ended. */
  async reached(count: number): Promise<void> {
    const enough = new Promise<void>((resolve) => {
      if (this.events.length >= count) resolve();
      else this.waiting.push({ count, resolve });
    });
    await Promise.race([enough, this.ended]);
  }

  private async follow(batches: AsyncIterable<RecordedEvent[]>): Promise<void> {
    for await (const batch of batches) {
      this.batches.push(batch.length);
      this.events.push(...batch);
      for (const { count, resolve } of this.waiting) if (this.events.length >= count) resolve();
    }
  }
}
