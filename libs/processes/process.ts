import { derivedUuid } from '#domain';
import type { Instant, JsonObject, LegalDate, Organisation, OrganisationId, RecordedEvent, StreamName } from '#domain';

/** What a notice tells of; each has its words in libs/web/i18n under `notice`. */
export const noticeKinds = [
  'deadline-passed', 'agreement-ending', 'agreement-expired', 'visit-overdue', 'report-overdue', 'need-unmet',
  'call-closing', 'call-closed', 'answer-overdue', 'thread-escalated', 'recommendation-overdue',
  'command-refused',
] as const; // prettier-ignore
export type NoticeKind = (typeof noticeKinds)[number];

/** Whom a notice concerns, by what it is about: an address book says who is told (notices/address-book.ts). */
export interface About {
  /** Code of the authority that has to act. */
  readonly agency: string;
  readonly asset?: string;
  /** Official codes of the region, province and municipality in which the asset lies. */
  readonly areas?: readonly string[];
  readonly call?: string;
  readonly dialogue?: string;
}

interface Occasion {
  /** Derived from the process and its occasion: the same input event or the same deadline gives the same id, whenever and however often it is asked. */
  readonly id: string;
  /** From when on it is due. Follows from the state alone: UTC with milliseconds, so that instants are compared as text. */
  readonly at: Instant;
}

/** Something to be told to people, once. `facts` hold public fields alone. */
export interface Notice extends Occasion {
  readonly kind: 'notice';
  readonly notice: NoticeKind;
  readonly about: About;
  readonly facts: JsonObject;
}

/** Something to be recorded, once; the domain decides whether it may be. */
export interface Wish extends Occasion {
  readonly kind: 'command';
  readonly stream: StreamName;
  readonly command: string;
  readonly occurredOn: LegalDate;
  /** The organisation whose state `data` needs; asked when the command is sent. */
  readonly organisation?: OrganisationId;
  readonly data: (organisation: Organisation | undefined) => JsonObject;
  /** Who is told where the domain refuses it. */
  readonly about: About;
}

export type Effect = Notice | Wish;

/**
 * A process manager: a pure fold of the log into one state per key, and what each state asks for. Nothing in it knows of clocks, databases or mail. `plan` gives all
 * effects of a state with the instant from which each is due, those of the past included: what was carried out already is known by its id, and what the plan no
 * longer holds is no longer wanted. When fold or plan change their meaning, `version` goes up and the states are built anew; ids must stay.
 */
export interface Process<State = unknown> {
  readonly name: string;
  readonly version: number;
  /** The keys an event touches; none when it does not concern the process. */
  readonly keysOf: (event: RecordedEvent) => readonly string[];
  /** Throws on an event that must not be passed over; the process then stops before it. */
  readonly apply: (state: State | undefined, event: RecordedEvent, key: string) => State;
  readonly plan: (state: State, key: string) => readonly Effect[];
}

/** Forgets the type of the state: the engine keeps states as JSON and hands each back to its own process. */
export function process<State>(parts: Process<State>): Process {
  return parts as Process;
}

/** The id of an effect of a process, from its name and the occasion. */
export const effectId = (name: string, ...occasion: readonly (string | number)[]): string =>
  derivedUuid('process', name, ...occasion);

/** What a state asks for at an instant, and when it asks for something further if nothing happens. Pure. */
export function due(
  { plan }: Pick<Process, 'plan'>,
  state: unknown,
  key: string,
  now: Instant,
): { readonly effects: readonly Effect[]; readonly wakeAt: Instant | null } {
  const planned = plan(state, key);
  const later = planned
    .map(({ at }) => at)
    .filter((at) => at > now)
    .sort();
  return { effects: planned.filter(({ at }) => at <= now), wakeAt: later[0] ?? null };
}
