import { commandIn, noCommands, withCommand } from './command-index';
import type { CommandIndex } from './command-index';
import type { Actor, EventMetadata, Instant, JsonObject, LegalDate, NewEvent, RecordedEvent, Source } from './event';
import { derivedUuid } from './ids';
import { dateOf } from './legal-date';
import type { Profile } from './profiles/profile';
import { Refused, demand, refusal } from './refusal';
import type { Refusal } from './refusal';
import { shapeErrors } from './schema/definition';
import type { EventDefinition } from './schema/definition';
import { personalDataIn } from './schema/personal-data';
import { trailAfter } from './stream/personal-trail';
import type { PersonalTrail } from './stream/personal-trail';

/** A wish to record something in a stream. `name` is one of the commands of its kind of stream. */
export interface Command {
  readonly name: string;
  readonly occurredOn: LegalDate | null;
  readonly data: JsonObject;
}

/** What a decision needs from outside: the clock, the signed-in person, the command's identity. */
export interface Circumstances {
  /** Which stream of its kind the entry is for: its name without the kind, such as a registry id. */
  readonly id: string;
  readonly now: Instant;
  readonly profile: Profile;
  readonly actor: Actor;
  readonly source: Source;
  /** Derived from who sent it and its idempotency key. */
  readonly commandId: string;
  /** Digest of what the command says. */
  readonly commandDigest: string;
  readonly correlationId: string;
  /** What the registry computed for the entry, where its type asks for that; left out where nobody records anything, such as in a form. */
  readonly computed?: JsonObject;
}

export type Decision =
  | { readonly kind: 'accepted'; readonly events: readonly NewEvent[] }
  /** The same command was recorded before: nothing to append, the same answer again. */
  | { readonly kind: 'repeated'; readonly revision: number; readonly position: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Where a stream ends, and what is needed to write after that end. Every kind of stream keeps it. */
export interface Tail {
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
  readonly lastRecordedAt: Instant | undefined;
  /** The agency that opened the stream and keeps it; undefined before the first event. */
  readonly keeper: string | undefined;
  /** The commands that led here. */
  readonly commands: CommandIndex;
  /** Which of its entries hold something personal; undefined while none does. */
  readonly personal: PersonalTrail | undefined;
}

export const noTail: Tail = {
  revision: -1,
  lastRecordedAt: undefined,
  keeper: undefined,
  commands: noCommands,
  personal: undefined,
};

/** As much of an event as the end of its stream is told by; a fold of what others may see may not know who recorded it. */
type Ending = Pick<RecordedEvent, 'id' | 'data' | 'erased' | 'unsealed' | 'revision' | 'position'> & {
  readonly metadata: Omit<EventMetadata, 'actor'> & { readonly actor?: Pick<Actor, 'agency'> & Partial<Actor> };
};

/** The end of a stream after one more event; its definition says what of it is personal. */
export function tailAfter(
  { keeper, commands: before, personal }: Tail,
  event: Ending,
  definition: EventDefinition | undefined,
): Tail {
  const { revision, position, metadata } = event;
  const commands = withCommand(before, metadata.commandId, { digest: metadata.commandDigest, revision, position });
  return {
    revision,
    lastRecordedAt: metadata.recordedAt,
    keeper: keeper ?? metadata.actor?.agency,
    commands,
    personal: trailAfter(personal, event, definition),
  };
}

/**
 * The frame of every decision: a repeated command is known again, the entry has the shape its type asks for, and `admit`, the law of the
 * stream, has the last word by throwing Refused. `completed` adds to what was said what the registry fills in itself.
 */
export function decided(
  command: Command,
  definition: EventDefinition | undefined,
  tail: Tail,
  circumstances: Circumstances,
  admit: (event: NewEvent) => void,
  completed: (data: JsonObject) => JsonObject = (data) => data,
): Decision {
  const before = commandIn(tail.commands, circumstances.commandId);
  if (before) {
    return before.digest === circumstances.commandDigest
      ? { kind: 'repeated', revision: before.revision, position: before.position }
      : { kind: 'refused', refusal: refusal('key-reused') };
  }
  try {
    wellFormed(command, definition, circumstances);
    const event = eventOf({ ...command, data: completed(command.data) }, definition, tail, circumstances);
    admit(event);
    return { kind: 'accepted', events: [event] };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusal: error.refusal };
    throw error;
  }
}

/** Shape, date and personal data: all that can be said without the stream. */
function wellFormed(
  { name, occurredOn, data }: Command,
  definition: EventDefinition | undefined,
  { now, profile, source, computed }: Circumstances,
): asserts definition is EventDefinition {
  demand(definition !== undefined, 'malformed-entry', {
    errors: [{ pointer: '/name', detail: `Unknown command ${name}.` }],
  });
  const errors = shapeErrors(definition.asked, data).map(({ pointer, detail }) => ({
    pointer,
    detail: isFilledIn(definition, pointer) ? 'The registry fills this field in. Leave it out.' : detail,
  }));
  demand(errors.length === 0, 'malformed-entry', { errors });
  const computing = computed ? shapeErrors(definition.data, { ...data, ...computed }) : [];
  if (computing[0]) throw new Error(`What was computed does not fit: ${computing[0].pointer} ${computing[0].detail}`);
  const found = personalDataIn(definition, data, profile);
  demand(found === undefined, 'personal-data-in-public-field', { ...found });
  demand(occurredOn !== null || source.kind === 'import', 'date-needed');
  const today = dateOf(now, profile.timeZone);
  demand(occurredOn === null || occurredOn <= today, 'in-the-future', { occurredOn, today });
}

const isFilledIn = ({ data, asked }: EventDefinition, pointer: string): boolean => {
  const [, field = ''] = pointer.split('/');
  return Object.hasOwn(data.properties, field) && !Object.hasOwn(asked.properties, field);
};

/** The id of the event that a command is recorded as, known beforehand to whoever knows at which revision it falls. */
export const entryIdOf = (commandId: string, revision: number): string => derivedUuid(commandId, revision);

function eventOf(
  { occurredOn, data }: Command,
  { type, version }: EventDefinition,
  { lastRecordedAt, revision }: Tail,
  { now, actor, source, commandId, commandDigest, correlationId, computed }: Circumstances,
): NewEvent {
  // Clocks of several machines differ; what is written after must never seem to be written before.
  const recordedAt = lastRecordedAt !== undefined && lastRecordedAt > now ? lastRecordedAt : now;
  return {
    id: entryIdOf(commandId, revision + 1),
    type,
    version,
    data: computed ? { ...data, ...computed } : data,
    metadata: {
      occurredOn,
      recordedAt,
      actor,
      source,
      commandId,
      commandDigest,
      correlationId,
      causationId: commandId,
    },
  };
}
