import type { Erased, Instant, JsonObject } from '../event';
import type { EventDefinition } from '../schema/definition';

interface Held {
  readonly entry: string;
  readonly subject: EventDefinition['subject'];
  /** Whether it lies in the log under a key, so that it can be erased. */
  readonly sealed: boolean;
  /** The person who recorded it; undefined for a process and an import. */
  readonly by: string | undefined;
  readonly older: PersonalTrail | undefined;
}

interface Gone {
  /** The entry whose personal data are gone; those of the whole stream's person where that was whose they are. */
  readonly of: string;
  readonly at: Instant;
  readonly older: PersonalTrail | undefined;
}

/**
 * Which entries of a stream hold something personal, and which of that was erased, the latest first. A list that grows at its head: most streams hold one or none, and an account with thousands of
 * readings must not be copied for each.
 */
export type PersonalTrail = Held | Gone;

/** As much of an event as tells whether it holds something personal. */
interface Holder {
  readonly id: string;
  readonly data: JsonObject;
  readonly erased?: readonly Pick<Erased, 'field'>[];
  readonly unsealed?: boolean;
  readonly metadata: {
    readonly recordedAt: Instant;
    readonly actor?: { readonly subject?: string };
    readonly source?: { readonly kind: string };
  };
}

/** The trail after one more event in the version it was recorded in. */
export function trailAfter(
  trail: PersonalTrail | undefined,
  { id, data, erased = [], unsealed, metadata }: Holder,
  definition: Pick<EventDefinition, 'personal' | 'subject' | 'erases'> | undefined,
): PersonalTrail | undefined {
  if (!definition) return trail;
  if (definition.erases)
    return { of: typeof data.entry === 'string' ? data.entry : '', at: metadata.recordedAt, older: trail };
  // What nothing personal is in is nearly everything: it must cost nothing.
  if (definition.personal.length === 0) return trail;
  const holds = erased.length > 0 || definition.personal.some((field) => data[field] !== undefined);
  if (!holds) return trail;
  const person = metadata.source?.kind === 'form' || metadata.source?.kind === 'api';
  const by = person ? metadata.actor?.subject : undefined;
  return { entry: id, subject: definition.subject, sealed: unsealed !== true, by, older: trail };
}

function* links(trail: PersonalTrail | undefined): Iterable<PersonalTrail> {
  for (let link = trail; link; link = link.older) yield link;
}

export type Personal =
  | { readonly kind: 'none' }
  | { readonly kind: 'erased'; readonly at: Instant }
  | ({ readonly kind: 'held' } & Pick<Held, 'subject' | 'sealed' | 'by'>);

/** What there is of the personal data of an entry. */
export function personalIn(trail: PersonalTrail | undefined, entry: string): Personal {
  const held = new Map<string, Held>();
  const gone: Gone[] = [];
  for (const link of links(trail)) {
    if ('of' in link) gone.push(link);
    else held.set(link.entry, link);
  }
  const found = held.get(entry);
  if (!found) return { kind: 'none' };
  const erasure = gone.find(
    ({ of }) => of === entry || (found.subject === 'stream' && held.get(of)?.subject === 'stream'),
  );
  if (erasure) return { kind: 'erased', at: erasure.at };
  const { subject, sealed, by } = found;
  return { kind: 'held', subject, sealed, by };
}
