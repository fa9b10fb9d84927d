import type { Actor, Erased, EventMetadata, LegalDate, NewEvent, Source } from './event';

/** Who recorded an entry. An import or a process is no person: nobody looked, so it is never the second pair of eyes (rule 6). */
export interface Recorder extends Actor {
  readonly person: boolean;
}

/** A fact as it stands in its stream: in a dossier corrected where a correction names it, and absent where it was annulled. */
export interface Entry {
  /** The id of the event that recorded it. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly occurredOn: LegalDate | null;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Names of the personal fields it had until they were erased: a rule that asks for one takes it for given. */
  readonly erased?: readonly string[];
  /** The salt of its event; the public does not see it either. */
  readonly salt?: string;
  /** Who recorded it; the public does not see it, so a public fold has none. Rules, which run for the agency alone, always do. */
  readonly recordedBy?: Recorder;
}

/** What a rule or a fold may know of an entry beside its data. */
export type EntryFacts = Pick<Entry, 'id' | 'occurredOn' | 'recordedAt' | 'recordedBy' | 'erased'>;

/** As much of an event as a fold needs; what the public may see is enough. */
export type Fact = Pick<NewEvent, 'id' | 'type' | 'version' | 'data'> & {
  readonly metadata: Pick<EventMetadata, 'occurredOn' | 'recordedAt'> & {
    readonly source?: Source;
    readonly salt?: string;
    readonly actor?: Omit<Actor, 'subject'> & Partial<Actor>;
  };
  readonly erased?: readonly Pick<Erased, 'field'>[];
};

export const entryOf = ({ id, type, version, data, metadata, erased }: Fact): Entry => ({
  id,
  type,
  version,
  data,
  occurredOn: metadata.occurredOn,
  recordedAt: metadata.recordedAt,
  ...(metadata.salt !== undefined && { salt: metadata.salt }),
  ...(erased && { erased: erased.map(({ field }) => field) }),
  ...(isNamed(metadata.actor) && { recordedBy: { ...metadata.actor, person: byPerson(metadata.source) } }),
});

const byPerson = (source: Source | undefined): boolean => source?.kind === 'form' || source?.kind === 'api';
const isNamed = (actor: Partial<Actor> | undefined): actor is Actor => actor?.subject !== undefined;

/** Whether two entries were recorded by one person. One whose recorder is not known counts as another's. */
export function samePerson(one: Actor | undefined, other: Actor | undefined): boolean {
  return one !== undefined && one.subject === other?.subject && one.agency === other.agency;
}
