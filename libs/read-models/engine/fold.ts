import type { RecordedEvent } from '#domain';
import type { Projection, Row, Table, Tally } from '../projection';

/** An event that a projection could not take. It stops there; nothing is skipped. */
export interface Poison {
  readonly event: RecordedEvent;
  readonly reason: string;
}

/** What a batch does to a projection's tables. */
export interface Changes {
  readonly states: ReadonlyMap<string, unknown>;
  readonly upserts: ReadonlyMap<Table, readonly Row[]>;
  readonly removals: ReadonlyMap<Table, readonly Row[]>;
  /** Differences to add to the counters of each table of them. */
  readonly tallied: ReadonlyMap<Tally<unknown>, readonly Row[]>;
  /** How many events were taken: all, or those before the poison. */
  readonly taken: number;
  readonly poison?: Poison;
}

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

/** Folds a batch into the states it touches and says what changes. Pure. `before` holds the states of the touched keys that exist. */
export function fold(
  projection: Projection,
  before: ReadonlyMap<string, unknown>,
  events: readonly RecordedEvent[],
): Changes {
  const states = new Map<string, unknown>();
  let taken = 0;
  let poison: Poison | undefined;
  for (const event of events) {
    try {
      const next = projection
        .keysOf(event)
        .map((key): [string, unknown] => [key, projection.apply(states.get(key) ?? before.get(key), event, key)]);
      for (const [key, state] of next) states.set(key, state);
    } catch (error) {
      poison = { event, reason: error instanceof Error ? error.message : String(error) };
      break;
    }
    taken += 1;
  }
  return {
    ...rowChanges(projection, before, states),
    tallied: new Map((projection.tallies ?? []).map((tally) => [tally, tallyChanges(tally, before, states)])),
    states,
    taken,
    ...(poison && { poison }),
  };
}

function rowChanges(
  { tables }: Projection,
  before: ReadonlyMap<string, unknown>,
  states: ReadonlyMap<string, unknown>,
): Pick<Changes, 'upserts' | 'removals'> {
  const upserts = new Map<Table, Row[]>();
  const removals = new Map<Table, Row[]>();
  for (const { table, rows } of tables) {
    const written: Row[] = [];
    const removed: Row[] = [];
    for (const [key, state] of states) {
      const earlier = before.get(key);
      if (earlier === undefined) {
        written.push(...rows(state));
        continue;
      }
      const old = new Map(rows(earlier).map((row) => [keyOf(table, row), row]));
      for (const row of rows(state)) {
        const name = keyOf(table, row);
        const same = old.get(name);
        old.delete(name);
        if (!same || Object.keys(table.columns).some((column) => same[column] !== row[column])) written.push(row);
      }
      removed.push(...old.values());
    }
    upserts.set(table, written);
    removals.set(table, removed);
  }
  return { upserts, removals };
}

const keyOf = (table: Table, row: Row): string => JSON.stringify(table.key.map((column) => row[column]));

function tallyChanges(
  tally: Tally<unknown>,
  before: ReadonlyMap<string, unknown>,
  states: ReadonlyMap<string, unknown>,
): Row[] {
  const cells = new Map<string, Record<string, string | number | null>>();
  const add = (row: Row, sign: 1 | -1): void => {
    const name = keyOf(tally.table, row);
    const cell = cells.get(name);
    if (!cell) {
      cells.set(name, { ...row, ...Object.fromEntries(tally.sums.map((sum) => [sum, sign * Number(row[sum])])) });
      return;
    }
    for (const sum of tally.sums) cell[sum] = Number(cell[sum]) + sign * Number(row[sum]);
  };
  for (const [key, state] of states) {
    const earlier = before.get(key);
    if (earlier !== undefined) for (const row of tally.of(earlier)) add(row, -1);
    for (const row of tally.of(state)) add(row, 1);
  }
  return [...cells.values()].filter((cell) => tally.sums.some((sum) => cell[sum] !== 0));
}
