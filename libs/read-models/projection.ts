import { asItLies } from './database/packed';
import type { RecordedEvent } from '#domain';

/** What a column holds: text, a whole number (at most 2^53), or a floating point number. */
export type ColumnType = 'text' | 'integer' | 'real';

export interface Column {
  readonly type: ColumnType;
  readonly nullable?: boolean;
}

export interface Table {
  /** The name readers use; each version of a projection has tables of its own behind it. */
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  /** Columns of each further index; with ` DESC` behind one that falls where the others rise. */
  readonly indexes?: readonly (readonly string[])[];
  /** The same for columns that are null in most rows: only rows whose first column is not null are in the index. */
  readonly sparse?: readonly (readonly string[])[];
  /** A text column whose words can be searched by their beginnings. */
  readonly searchable?: string;
  /** For counters that are asked for many at a time: how they lie together (see database/packed.ts). */
  readonly packed?: Packed;
}

/** So many counters, neighbours along a column of whole numbers that is part of the key, lie in one row. */
export interface Packed {
  readonly along: string;
  readonly span: number;
}

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** A table whose rows follow from the state of one key. */
export interface TableView<State> {
  readonly table: Table;
  readonly rows: (state: State) => readonly Row[];
}

/** Counters that follow from the states of all keys: dimensions, and whole numbers that add up. */
export interface Tally<State> {
  readonly table: Table;
  /** The columns that add up; the others name the cell. */
  readonly sums: readonly string[];
  readonly of: (state: State) => readonly Row[];
}

/**
 * A projection: a pure fold of the log into one state per key, and rows that follow from the states. Nothing in it knows of batches,
 * databases or time. When fold or rows change their meaning, `version` goes up and the engine builds the new one beside the old one.
 */
export interface Projection<State = unknown> {
  readonly name: string;
  readonly version: number;
  /** The keys an event touches; none when it does not concern the projection. */
  readonly keysOf: (event: RecordedEvent) => readonly string[];
  /** True where nothing can be known of the key before this event; then nothing is looked up. Left out: never. */
  readonly begins?: (event: RecordedEvent, key: string) => boolean;
  /**
   * Throws on an event that must not be passed over; the projection then stops before it. `beside` gives the state of another key that the event touches, as it was before the event: only for a projection
   * that says `readsBeside`.
   */
  readonly apply: (
    state: State | undefined,
    event: RecordedEvent,
    key: string,
    beside: (key: string) => State | undefined,
  ) => State;
  /** All keys that an event touches belong to the event's stream, and to no other: then it may be built stream by stream, which is quicker (see engine/gathering.ts). Not with `readsBeside`. */
  readonly alongStreams?: true;
  /** Its states are made of one another, so that who builds it anew to check it holds all of them at a time: for few and small ones. */
  readonly readsBeside?: true;
  readonly tables: readonly TableView<State>[];
  /** The table whose one row of a key is the key's state, so that no other copy of it is kept. Its first key column holds the key. */
  readonly stateIn?: Table;
  readonly tallies?: readonly Tally<State>[];
}

/**
 * What several tables and tallies make of a state is made once: whoever goes from state to state asks all of them about one before the next. Kept beside every state of a batch, it would be most of what lies in memory.
 */
export function ofLast<State extends object, Made>(make: (state: State) => Made): (state: State) => Made {
  let last: { readonly state: State; readonly made: Made } | undefined;
  return (state) => {
    if (last?.state !== state) last = { state, made: make(state) };
    return last.made;
  };
}

/** Forgets the type of the state: the engine keeps states as JSON and hands each back to its own projection. */
export function projection<State>(parts: Projection<State>): Projection {
  return parts as Projection;
}

/** The tables that follow from the states of a projection. */
export function viewsOf({ tables, tallies = [] }: Projection): Table[] {
  return [...tables, ...tallies].map(({ table }) => table);
}

/** Every table of a projection as it lies in the database, with the one its states are kept in. */
export function tablesOf(projection: Projection): Table[] {
  const views = viewsOf(projection).map(asItLies);
  return projection.stateIn ? views : [stateTable(projection), ...views];
}

/** Where the states of a projection are kept between batches. */
export function stateTable({ name, stateIn }: Projection): Table {
  return (
    stateIn ?? { name: `${name}_state`, columns: { key: { type: 'text' }, state: { type: 'text' } }, key: ['key'] }
  );
}
