import { endOf } from '#domain';
import type { LegalDate, RecordedEvent } from '#domain';
import { EventStore, START } from '#event-store';
import type { Appended, SubscribeOptions } from '#event-store';
import { ReadDatabaseError } from '../database/settings';

/** How far the log had come by the end of a day. */
export interface Extent {
  /** Position of the last entry recorded by then; START where there was none. */
  readonly position: number;
  readonly entries: number;
  /** Ids of the first entry of the log and of that last one. */
  readonly first: string;
  readonly last: string;
}

const BATCH = 1000;

/**
 * How far the log had come by the end of a day (UTC, as everywhere in `knownAt`): everything before the first entry that was recorded later. Always a beginning of the log, so that no stream has a gap; an entry whose
 * clock lagged behind midnight, and that came after one recorded past it, belongs to the next day.
 */
export async function logBy(store: Pick<EventStore, 'readAll'>, day: LegalDate): Promise<Extent> {
  const end = endOf(day);
  let extent: Extent = { position: START, entries: 0, first: '', last: '' };
  for (;;) {
    const batch = await store.readAll(extent.position, BATCH);
    const later = batch.findIndex(({ metadata }) => metadata.recordedAt > end);
    const by = later === -1 ? batch : batch.slice(0, later);
    const last = by.at(-1);
    if (last) {
      const first = extent.first || by[0]!.id;
      extent = { position: last.position, entries: extent.entries + by.length, first, last: last.id };
    }
    if (later !== -1 || batch.length === 0) return extent;
  }
}

/** The beginning of a log, as a log of its own that nothing comes after. */
export class LogUntil extends EventStore {
  constructor(
    private readonly log: EventStore,
    private readonly extent: Extent,
  ) {
    super();
  }

  append(): Promise<Appended> {
    throw new ReadDatabaseError('The past of a log is not written to.');
  }

  async readStream(...asked: Parameters<EventStore['readStream']>): Promise<RecordedEvent[]> {
    return this.within(await this.log.readStream(...asked));
  }

  async readAll(after: number, max: number): Promise<RecordedEvent[]> {
    return after >= this.extent.position ? [] : this.within(await this.log.readAll(after, max));
  }

  async *subscribe(after: number, { signal, batchSize = BATCH }: SubscribeOptions): AsyncGenerator<RecordedEvent[]> {
    for (let from = after; !signal.aborted;) {
      const batch = await this.readAll(from, batchSize);
      if (batch.length === 0) return;
      yield batch;
      from = batch.at(-1)!.position;
    }
  }

  head(): Promise<number> {
    return Promise.resolve(this.extent.position);
  }

  count(): Promise<number> {
    return Promise.resolve(this.extent.entries);
  }

  /** The log belongs to whoever opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  private within(events: readonly RecordedEvent[]): RecordedEvent[] {
    return events.filter(({ position }) => position <= this.extent.position);
  }
}
