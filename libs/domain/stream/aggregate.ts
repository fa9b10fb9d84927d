import { decided, noTail, tailAfter } from '../decision';
import type { Circumstances, Command, Decision, Tail } from '../decision';
import { entryOf } from '../entry';
import type { Entry } from '../entry';
import type { Actor, LegalDate, NewEvent, RecordedEvent } from '../event';
import { demand } from '../refusal';
import { shapeErrors } from '../schema/definition';
import type { EventDefinition } from '../schema/definition';
import { upcast } from '../schema/upcast';
import { surroundingsOf } from '../surroundings';
import type { Consulted, StreamKind, StreamName } from '../surroundings';
import type { StreamAct } from './act';

/** An event type with its place in the house. */
export interface CatalogueEntry {
  readonly definition: EventDefinition;
  readonly stream: StreamKind;
  /** The chapter of its kind of stream. */
  readonly chapter: string;
  readonly command: string;
}

/** One kind of stream: what can be recorded in it, what it folds to, and its law. All of it is pure. */
export interface Aggregate<Situation extends Tail, State> {
  readonly kind: StreamKind;
  /** Its path in the API, plural. */
  readonly collection: string;
  /** Commands that open a stream; the first is the usual one. */
  readonly openings: readonly string[];
  /** By command name. */
  readonly commands: ReadonlyMap<string, CatalogueEntry>;
  readonly empty: Situation;
  readonly stateOf: (situation: Situation) => State | undefined;
  /** Throws UnknownEvent; accepts every event the log holds, whatever today's rules say. */
  readonly evolve: (situation: Situation, recorded: RecordedEvent) => Situation;
  /** All events of a stream at once: what `evolve` gives one by one. */
  readonly replay: (recorded: readonly RecordedEvent[]) => Situation;
  /** The other streams a decision on the command asks for; none when it has not the right shape and will be refused for that. */
  readonly consults: (command: Command, actor: Actor, situation: Situation) => readonly StreamName[];
  readonly decide: (
    command: Command,
    situation: Situation,
    circumstances: Circumstances,
    consulted: Consulted,
  ) => Decision;
}

/** A stream whose order is the order of recording, and its end. */
export interface Course<State> extends Tail {
  /** Undefined before the entry that opens it. */
  readonly state: State | undefined;
  /** When it was opened; null where that is not known. */
  readonly openedOn: LegalDate | null;
}

/**
 * A kind of stream that is recorded as it happens: an entry comes after all before it, whatever its date, and nothing behind it is judged again. Dossiers, which are
 * about the past, have a law of their own (asset/decide.ts).
 */
export function aggregate<State>(
  kind: StreamKind,
  collection: string,
  chapters: Readonly<Record<string, readonly StreamAct<State>[]>>,
): Aggregate<Course<State>, State> {
  const acts = Object.values(chapters).flat();
  const byType = new Map(acts.map((act) => [act.event.type, act]));
  const byCommand = new Map(acts.map((act) => [act.command, act]));
  const empty: Course<State> = { ...noTail, state: undefined, openedOn: null };
  const evolve = (course: Course<State>, recorded: RecordedEvent): Course<State> => {
    const act = byType.get(recorded.type);
    const entry = entryOf(upcast(recorded, act?.event));
    const state = act ? act.evolve(course.state, entry.data as never, entry) : course.state;
    const openedOn = act?.opens ? entry.occurredOn : course.openedOn;
    return { ...tailAfter(course, recorded, act?.event), state, openedOn };
  };
  return {
    kind,
    collection,
    openings: acts.filter(({ opens }) => opens).map(({ command }) => command),
    commands: commandsOf(kind, chapters),
    empty,
    stateOf: ({ state }) => state,
    evolve,
    replay: (recorded) => recorded.reduce(evolve, empty),
    consults: ({ name, data }, actor, { state }) => consultedBy(byCommand.get(name), data, actor, state),
    decide: (command, course, circumstances, consulted) =>
      decided(command, byCommand.get(command.name)?.event, course, circumstances, (event) =>
        admit(event, byType.get(event.type), course, circumstances, consulted),
      ),
  };
}

function admit<State>(
  event: NewEvent,
  act: StreamAct<State> | undefined,
  { state, openedOn, personal }: Course<State>,
  circumstances: Circumstances,
  consulted: Consulted,
): void {
  if (!act) return;
  const entry: Entry = entryOf(event);
  demand(!act.opens || state === undefined, 'already-opened', { openedOn });
  demand(act.opens || state !== undefined, 'not-opened');
  demand(openedOn === null || entry.occurredOn === null || entry.occurredOn >= openedOn, 'before-opening', {
    occurredOn: entry.occurredOn,
    openedOn,
  });
  act.admit(entry.data as never, state, entry);
  act.judge(entry.data as never, state, surroundingsOf(circumstances, consulted, personal), entry);
}

/** The streams an act consults for data from outside, which may have any shape. */
export function consultedBy(
  act:
    | (Pick<StreamAct<unknown>, 'event'> & {
        readonly consults?: (data: never, actor: Actor, state: never) => readonly StreamName[];
      })
    | undefined,
  data: Command['data'],
  actor: Actor,
  state: unknown,
): readonly StreamName[] {
  if (!act?.consults || shapeErrors(act.event.asked, data).length > 0) return [];
  return act.consults(data as never, actor, state as never);
}

/** The commands of a kind of stream with their events and chapters. */
export function commandsOf(
  stream: StreamKind,
  chapters: Readonly<Record<string, readonly { readonly command: string; readonly event: EventDefinition }[]>>,
): ReadonlyMap<string, CatalogueEntry> {
  return new Map(
    Object.entries(chapters).flatMap(([chapter, acts]) =>
      acts.map(({ command, event }) => [command, { definition: event, stream, chapter, command }] as const),
    ),
  );
}
