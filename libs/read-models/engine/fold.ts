import type { RecordedEvent } from '#domain';
import type { Projection, Row, Table, Tally, Value } from '../projection';

/** An event that a projection could not take. It stops there; nothing is skipped. */
export interface Poison {
  readonly event: RecordedEvent;
  readonly reason: string;
}

/** What a batch makes of the states it touches. */
export interface Folded {
  readonly states: ReadonlyMap<string, unknown>;
  /** How many events were taken: all, or those before the poison. */
  readonly taken: number;
  readonly poison?: Poison;
}

/** A part of what new states do to a projection's tables. */
export interface Changes {
  readonly states: readonly (readonly [key: string, state: unknown])[];
  readonly upserts: ReadonlyMap<Table, readonly Row[]>;
  readonly removals: ReadonlyMap<Table, readonly Row[]>;
  /** Differences to add to the counters of each table of them. */
  readonly tallied: ReadonlyMap<Tally<unknown>, readonly Row[]>;
}

/** So many states' rows are made before they are written: few enough to be forgotten before they are taken for things that stay. */
const PART = 128;

/** The keys a batch touches of which something may be known already. */
export function keysIn({ keysOf, begins }: Projection, events: readonly RecordedEvent[]): string[] {
  const touched = new Set<string>();
  const begun = new Set<string>();
  for (const event of events) {
    for (const key of keysOf(event)) {
      if (begins?.(event, key)) begun.add(key);
      else if (!begun.has(key)) touched.add(key);
    }
  }
  return [...touched];
}

/** Folds a batch into the states it touches. Pure. `before` holds the states of the touched keys that exist. */
export function fold(
  projection: Projection,
  before: ReadonlyMap<string, unknown>,
  events: readonly RecordedEvent[],
): Folded {
  const states = new Map<string, unknown>();
  const stateOf = (key: string): unknown => states.get(key) ?? before.get(key);
  let taken = 0;
  let poison: Poison | undefined;
  for (const event of events) {
    try {
      const next = projection
        .keysOf(event)
        .map((key): [string, unknown] => [key, projection.apply(stateOf(key), event, key, stateOf)]);
      for (const [key, state] of next) states.set(key, state);
    } catch (error) {
      poison = { event, reason: error instanceof Error ? error.message : String(error) };
      break;
    }
    taken += 1;
  }
  return { states, taken, ...(poison && { poison }) };
}

type Cells = Map<string, Record<string, Value>>;

/**
 * What the states of a batch change, part by part: first rows, at the end all that is to be added to counters. A row belongs to one state alone, so that it is all the same in which part it comes. From state to
 * state, and not from table to table: what several tables make of one is made once and soon forgotten (see ofLast).
 */
export function* changesOf(
  { tables, tallies = [] }: Projection,
  before: ReadonlyMap<string, unknown>,
  states: ReadonlyMap<string, unknown>,
): Generator<Changes> {
  const counters = tallies
    .filter((tally) => !sourceOf(tally, tallies))
    .map((tally) => ({ tally, cells: new Map() as Cells }));
  const all = [...states];
  for (let from = 0; from < all.length; from += PART) {
    const part = all.slice(from, from + PART);
    const views = tables.map((view) => ({ ...view, written: [] as Row[], removed: [] as Row[] }));
    for (const [key, state] of part) {
      const earlier = before.get(key);
      const known = earlier === undefined ? [] : tables.map(({ rows }) => rows(earlier));
      if (earlier !== undefined) for (const { tally, cells } of counters) addUp(cells, tally, tally.of(earlier), -1);
      for (const [place, { table, rows, written, removed }] of views.entries())
        compare(table, known[place] ?? [], rows(state), written, removed);
      for (const { tally, cells } of counters) addUp(cells, tally, tally.of(state), 1);
    }
    yield {
      states: part,
      upserts: new Map(views.map(({ table, written }) => [table, written])),
      removals: new Map(views.map(({ table, removed }) => [table, removed])),
      tallied: new Map(),
    };
  }
  const tallied = new Map(counters.map(({ tally, cells }) => [tally, whatIsLeft(cells, tally)]));
  for (const tally of [...tallies].sort((one, other) => other.table.key.length - one.table.key.length)) {
    const source = sourceOf(tally, tallies);
    if (!source) continue;
    const cells: Cells = new Map();
    addUp(cells, tally, tallied.get(source)!, 1);
    tallied.set(tally, whatIsLeft(cells, tally));
  }
  yield { states: [], upserts: new Map(), removals: new Map(), tallied };
}

/**
 * Counters of the same with more dimensions, those with the fewest of them: what they gained and lost in a batch says what these did, and there is far less of it than there are rows of states. So counters with fewer
 * dimensions cost next to nothing, where one function tells both.
 */
const sourceOf = (
  { table: { key }, sums, of }: Tally<unknown>,
  tallies: readonly Tally<unknown>[],
): Tally<unknown> | undefined =>
  tallies
    .filter(
      (other) =>
        other.of === of &&
        other.table.key.length > key.length &&
        [...key, ...sums].every((column) => column in other.table.columns),
    )
    .sort((one, other) => one.table.key.length - other.table.key.length)[0];

/** Sorts what became of the rows of a key into those to be written and those to be removed. */
function compare(table: Table, old: readonly Row[], now: readonly Row[], written: Row[], removed: Row[]): void {
  if (old.length === 0) {
    written.push(...now);
    return;
  }
  const columns = Object.keys(table.columns);
  const left = new Map(old.map((row) => [nameOf(table, row), row]));
  for (const row of now) {
    const name = nameOf(table, row);
    const same = left.get(name);
    left.delete(name);
    if (!same || columns.some((column) => same[column] !== row[column])) written.push(row);
  }
  removed.push(...left.values());
}

/** The values of the key, parted by what no text holds (see schema/plain-text.ts). */
function nameOf({ key }: Table, row: Row): string {
  let name = '';
  for (const column of key) name += `${row[column]}\0`;
  return name;
}

function addUp(cells: Cells, { table, sums }: Tally<unknown>, rows: readonly Row[], sign: 1 | -1): void {
  for (const row of rows) {
    const name = nameOf(table, row);
    let cell = cells.get(name);
    if (!cell) {
      cell = {};
      for (const column of table.key) cell[column] = row[column] ?? null;
      for (const sum of sums) cell[sum] = 0;
      cells.set(name, cell);
    }
    for (const sum of sums) cell[sum] = Number(cell[sum]) + sign * Number(row[sum]);
  }
}

const whatIsLeft = (cells: Cells, { sums }: Tally<unknown>): Row[] =>
  [...cells.values()].filter((cell) => sums.some((sum) => cell[sum] !== 0));
