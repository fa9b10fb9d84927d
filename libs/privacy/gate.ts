import type { JsonObject, RecordedEvent } from '#domain';
import { CLASSIFICATION, current, events, isOpenKind } from '#domain';

/** An event as everyone may see it: public fields alone, and of the actor only the office, never the person. */
export interface PublicEvent extends Omit<RecordedEvent, 'metadata'> {
  /** No ids of commands or requests: who knows how they are derived could try out persons and keys until one fits. */
  readonly metadata: Pick<RecordedEvent['metadata'], 'occurredOn' | 'recordedAt' | 'source'> & {
    readonly actor: { readonly agency: string; readonly role: string };
  };
  /** Names of the fields that were left out. */
  readonly withheld: readonly string[];
}

/** As much of an event as the public gate reads; what has come through it goes through it again. */
export type PublicPart = Omit<PublicEvent, 'withheld'>;

const publicFields: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...events].map(([type, { definition }]) => {
    const fields = Object.entries(definition.data.properties);
    return [type, new Set(fields.filter(([, schema]) => schema[CLASSIFICATION] === 'public').map(([name]) => name))];
  }),
);

/** An event of which the public does not even learn that it is there: who may use the registry is nobody's business but the agencies'. */
export class NotForThePublic extends Error {
  constructor(type: string) {
    super(`${type} is in a kind of stream that the public does not see; pass over it, or ask forThePublic first.`);
    this.name = 'NotForThePublic';
  }
}

/** Whether anything of an event may be shown to the public. Whoever goes through the whole log asks this first. */
export function forThePublic({ type }: Pick<RecordedEvent, 'type'>): boolean {
  const kind = events.get(type)?.stream;
  return kind === undefined || isOpenKind(kind);
}

/** Every projection of a batch asks for the same events. */
const opened = new WeakMap<PublicPart, PublicEvent>();

/**
 * The public gate: the one way from the log to anything the public may read. Decided by the schema of the event type alone; a field
 * that is not declared public does not pass. The event comes out in its current version. Throws UnknownEvent, and NotForThePublic for the
 * kinds of streams that are closed as a whole.
 */
export function publicEvent(recorded: PublicPart): PublicEvent {
  const known = opened.get(recorded);
  if (known) return known;
  const { id, stream, revision, position, type, version, data, metadata } = current(recorded);
  if (!forThePublic(recorded)) throw new NotForThePublic(type);
  const { occurredOn, recordedAt, source, actor } = metadata;
  const open = publicFields.get(type);
  const withheld = Object.keys(data).filter((field) => !open?.has(field));
  // Named one by one: what an envelope may hold tomorrow does not pass unasked.
  const result: PublicEvent = {
    id,
    stream,
    revision,
    position,
    type,
    version,
    data: withheld.length === 0 ? data : without(data, withheld),
    metadata: { occurredOn, recordedAt, source, actor: { agency: actor.agency, role: actor.role } },
    withheld,
  };
  opened.set(recorded, result);
  return result;
}

function without(data: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([field]) => !fields.includes(field)));
}
