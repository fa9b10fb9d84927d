import type { NewEvent, RecordedEvent } from '#domain';
import type { Appended, ExpectedRevision, ReadStreamOptions } from '#event-store';
import { EventStore } from '#event-store';

/** A log that reads another one and keeps what is appended to itself: what a dry run writes to. */
export class Overlay extends EventStore {
  private readonly streams = new Map<string, RecordedEvent[]>();
  private appended = 0;

  constructor(private readonly below: EventStore) {
    super();
  }

  override async append(stream: string, events: readonly NewEvent[], _expected: ExpectedRevision): Promise<Appended> {
    const before = await this.readStream(stream);
    const head = await this.below.head();
    const recorded = events.map((event, place): RecordedEvent => {
      this.appended += 1;
      return { ...event, stream, revision: before.length + place, position: head + this.appended };
    });
    this.streams.set(stream, [...(this.streams.get(stream) ?? []), ...recorded]);
    const last = recorded.at(-1)!;
    return { revision: last.revision, position: last.position };
  }

  override async readStream(stream: string, _options?: ReadStreamOptions): Promise<RecordedEvent[]> {
    return [...(await this.below.readStream(stream)), ...(this.streams.get(stream) ?? [])];
  }

  override readAll(after: number, max: number): Promise<RecordedEvent[]> {
    return this.below.readAll(after, max);
  }

  override subscribe(...request: Parameters<EventStore['subscribe']>): AsyncIterable<RecordedEvent[]> {
    return this.below.subscribe(...request);
  }

  override head(): Promise<number> {
    return this.below.head();
  }

  override count(): Promise<number | undefined> {
    return this.below.count();
  }

  override async close(): Promise<void> {
    await this.below.close();
  }
}
