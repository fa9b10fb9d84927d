import type { JsonObject, RecordedEvent } from '#domain';
import { CLASSIFICATION, current, events } from '#domain';

/** An event as everyone may see it: public fields alone, and of the actor only the office, never the person. */
export interface PublicEvent extends Omit<RecordedEvent, 'metadata'> {
  readonly metadata: Omit<RecordedEvent['metadata'], 'actor' | 'commandId' | 'commandDigest'> & {
    readonly actor: { readonly agency: string; readonly role: string };
  };
  /** Names of the fields that were left out. */
  readonly withheld: readonly string[];
}

const publicFields: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...events].map(([type, { definition }]) => {
    const fields = Object.entries(definition.data.properties);
    return [type, new Set(fields.filter(([, schema]) => schema[CLASSIFICATION] === 'public').map(([name]) => name))];
  }),
);

/**
 * The public gate: the one way from the log to anything the public may read. Decided by the schema of the event type alone; a field
 * that is not declared public does not pass. The event comes out in its current version. Throws UnknownEvent.
 */
export function publicEvent(recorded: RecordedEvent): PublicEvent {
  const event = current(recorded);
  const { actor, commandId: _id, commandDigest: _digest, ...metadata } = event.metadata;
  const open = publicFields.get(event.type);
  const withheld = Object.keys(event.data).filter((field) => !open?.has(field));
  return {
    ...event,
    data: withheld.length === 0 ? event.data : without(event.data, withheld),
    metadata: { ...metadata, actor: { agency: actor.agency, role: actor.role } },
    withheld,
  };
}

function without(data: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([field]) => !fields.includes(field)));
}
