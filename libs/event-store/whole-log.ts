import type { RecordedEvent } from '#domain';
import type { EventStore } from './event-store';
import { START } from './event-store';

/** The whole log from its start to its present end, in batches. */
export async function* wholeLog(store: Pick<EventStore, 'head' | 'readAll'>): AsyncGenerator<RecordedEvent[]> {
  const head = await store.head();
  for (let position = START; position < head;) {
    const batch = await store.readAll(position, 1000);
    if (batch.length === 0) return;
    yield batch;
    position = batch.at(-1)!.position;
  }
}
