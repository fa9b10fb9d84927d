import type { EntryFacts } from '../entry';
import type { Actor } from '../event';
import type { DataOf, EventDefinition } from '../schema/definition';
import type { StreamName, Surroundings } from '../surroundings';

/** One thing that can be recorded in a stream: the event it becomes, the rules it must pass, and what it changes. */
export interface StreamAct<State> {
  /** The command that records it, an imperative in kebab case; also its path in the API. */
  readonly command: string;
  readonly event: EventDefinition;
  /** It opens the stream and is the first entry in it; every other act needs an opened stream. */
  readonly opens: boolean;
  /** The other streams `judge` asks for. Pure; asked only with data of the right shape. */
  readonly consults?: (data: never, actor: Actor) => readonly StreamName[];
  /** Rules on the stream alone. Throws Refused. */
  readonly admit: (data: never, state: State | undefined, entry: EntryFacts) => void;
  /** Rules on the stream and what surrounds it. Throws Refused. */
  readonly judge: (data: never, state: State | undefined, surroundings: Surroundings, entry: EntryFacts) => void;
  readonly evolve: (state: State | undefined, data: never, entry: EntryFacts) => State;
}

type Data<D extends EventDefinition> = DataOf<D>;

/** The acts of one kind of stream: `act` adds to a stream, `opening` opens one. The data is typed by the event's schema. */
export function actsOf<State>() {
  return {
    act: <D extends EventDefinition>(
      command: string,
      event: D,
      rules: {
        consults?: (data: Data<D>, actor: Actor) => readonly StreamName[];
        admit?: (data: Data<D>, state: State, entry: EntryFacts) => void;
        judge?: (data: Data<D>, state: State, surroundings: Surroundings, entry: EntryFacts) => void;
        evolve?: (state: State, data: Data<D>, entry: EntryFacts) => State;
      } = {},
    ): StreamAct<State> => {
      const { consults, admit, judge, evolve } = rules;
      return {
        command,
        event,
        opens: false,
        ...(consults && { consults }),
        admit: (data, state, entry) => admit?.(data, opened(state), entry),
        judge: (data, state, surroundings, entry) => judge?.(data, opened(state), surroundings, entry),
        evolve: (state, data, entry) => (evolve ? evolve(opened(state), data, entry) : opened(state)),
      };
    },

    opening: <D extends EventDefinition>(
      command: string,
      event: D,
      rules: {
        consults?: (data: Data<D>, actor: Actor) => readonly StreamName[];
        admit?: (data: Data<D>, entry: EntryFacts) => void;
        judge?: (data: Data<D>, surroundings: Surroundings, entry: EntryFacts) => void;
        evolve: (data: Data<D>, entry: EntryFacts) => State;
      },
    ): StreamAct<State> => {
      const { consults, admit, judge, evolve } = rules;
      return {
        command,
        event,
        opens: true,
        ...(consults && { consults }),
        admit: (data, _, entry) => admit?.(data, entry),
        judge: (data, _, surroundings, entry) => judge?.(data, surroundings, entry),
        evolve: (_, data, entry) => evolve(data, entry),
      };
    },
  };
}

/** The aggregate lets no other act than an opening one see an empty stream; a log in which one stands first is not ours. */
function opened<State>(state: State | undefined): State {
  if (state === undefined) throw new Error('The stream does not begin with an entry that opens it.');
  return state;
}
