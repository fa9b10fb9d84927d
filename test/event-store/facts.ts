import { randomUUID } from 'node:crypto';
import type { EventMetadata, JsonObject, NewEvent } from '#domain';

/** A fact as a command would hand it to the store; name only what matters to the example. */
export function aFact(fact: Partial<NewEvent> = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'AssetSeized',
    version: 1,
    data: { authority: 'Tribunale di Palermo', kind: 'real-estate' },
    metadata: someMetadata(),
    ...fact,
  };
}

export function facts(count: number, data: (place: number) => JsonObject = (place) => ({ place })): NewEvent[] {
  return Array.from({ length: count }, (_, place) => aFact({ data: data(place) }));
}

export function someMetadata(metadata: Partial<EventMetadata> = {}): EventMetadata {
  return {
    occurredOn: '2019-02-03',
    recordedAt: '2026-01-02T03:04:05.006Z',
    actor: { subject: 'officer-17', agency: 'ANBSC', role: 'officer' },
    source: { kind: 'api' },
    commandId: randomUUID(),
    commandDigest: 'ulUnK3rVmYt8cUhJ2vCD5A',
    correlationId: randomUUID(),
    causationId: randomUUID(),
    ...metadata,
  };
}

/** A stream no other example uses, so that one server can serve them all. */
export function aStream(): string {
  return `asset-${randomUUID()}`;
}

export const idsOf = (events: readonly NewEvent[]): string[] => events.map(({ id }) => id);
