import type { RecordedEvent } from '#domain';
import type { ReadDatabase } from './database/read-database';
import { asItLies, countersIn, isPacked } from './database/packed';
import { fold } from './engine/fold';
import { physicalName, readLedger } from './engine/ledger';
import type { Progress } from './engine/ledger';
import type { Projection, Row, Table, Tally, Value } from './projection';

/** One row that is not what the log says. */
export interface Drift {
  readonly projection: string;
  readonly table: string;
  /** The row's key, as JSON. */
  readonly key: string;
  readonly what: 'missing' | 'surplus' | 'different';
  /** For a different row: the columns, with what the log says and what is stored. */
  readonly columns?: readonly { readonly name: string; readonly expected: Value; readonly stored: Value }[];
}

export interface CheckedProjection {
  readonly name: string;
  readonly rows: number;
  readonly drift: readonly Drift[];
  /** Why it could not be compared. */
  readonly failure?: string;
}

/** So many differences are listed for each projection; more are counted by none. */
const LISTED = 100;

/** So many events' worth of states are held in memory at a time; a longer log is read several times, each time for other keys. */
const EVENTS_A_PASS = 100_000;

/**
 * Rebuilds every projection in memory from the log and compares it row by row with what is stored. Each is compared at its own checkpoint, so that a
 * projector may run meanwhile as long as nothing new is written. `log` gives the whole log anew each time it is called; the memory needed does not grow
 * with it. A projection's rows must have its key in the first column of their own.
 */
export async function check(
  database: ReadDatabase,
  projections: readonly Projection[],
  log: () => AsyncIterable<readonly RecordedEvent[]>,
  eventsAPass = EVENTS_A_PASS,
): Promise<CheckedProjection[]> {
  const ledger = await readLedger(database);
  const results: CheckedProjection[] = [];
  for (const projection of projections) {
    const progress = ledger.find(
      ({ name, version, live }) => name === projection.name && version === projection.version && live,
    );
    if (!progress) {
      results.push({
        name: projection.name,
        rows: 0,
        drift: [],
        failure: 'No version of it is live in this database.',
      });
      continue;
    }
    results.push(await checked(database, projection, log, progress, eventsAPass));
  }
  return results;
}

async function checked(
  database: ReadDatabase,
  projection: Projection,
  log: () => AsyncIterable<readonly RecordedEvent[]>,
  { checkpoint, applied }: Progress,
  eventsAPass: number,
): Promise<CheckedProjection> {
  const passes = projection.readsBeside ? 1 : Math.max(1, Math.ceil(applied / eventsAPass));
  const { name, tallies = [] } = projection;
  const counters = tallies.map((tally) => ({ tally, cells: new Map<string, Record<string, Value>>() }));
  const drift: Drift[] = [];
  let rows = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const states = await rebuilt(projection, log(), checkpoint, (key) => partOf(key, passes) === pass);
    if (typeof states === 'string') return { name, rows: 0, drift: [], failure: states };
    const views = projection.tables.map((view) => ({ ...view, wanted: new Map<string, Row>() }));
    for (const state of states.values()) {
      for (const { table, rows: rowsOf, wanted } of views)
        for (const row of rowsOf(state)) wanted.set(keyOf(table, row), row);
      for (const { tally, cells } of counters) addUp(cells, tally, tally.of(state));
    }
    for (const { table, wanted } of views) {
      rows += wanted.size;
      const stored = storedRows(database, table, physicalName(table.name, projection.version));
      const mine = (row: Row): boolean => partOf(String(row[table.key[0]!]), passes) === pass;
      drift.push(...(await compare(projection, table, wanted, stored, mine)));
    }
  }
  for (const { tally, cells } of counters) {
    const stored = storedCounters(database, tally.table, physicalName(tally.table.name, projection.version));
    rows += cells.size;
    drift.push(...(await compare(projection, tally.table, cells, stored, () => true)));
  }
  return { name, rows, drift: drift.slice(0, LISTED) };
}

/** Spreads keys evenly over so many parts (FNV-1a). */
function partOf(key: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < key.length; place += 1) hash = Math.imul(hash ^ key.charCodeAt(place), 0x01000193);
  return (hash >>> 0) % parts;
}

async function rebuilt(
  projection: Projection,
  log: AsyncIterable<readonly RecordedEvent[]>,
  checkpoint: number,
  concerns: (key: string) => boolean,
): Promise<Map<string, unknown> | string> {
  const states = new Map<string, unknown>();
  const part: Projection = {
    ...projection,
    keysOf: (event) => projection.keysOf(event).filter((key) => concerns(key)),
  };
  for await (const batch of log) {
    const events = batch.filter(({ position }) => position <= checkpoint);
    const folded = fold(part, states, events);
    for (const [key, state] of folded.states) states.set(key, state);
    if (folded.poison) return `Event ${folded.poison.event.id} cannot be taken: ${folded.poison.reason}`;
    if (events.length < batch.length) break;
  }
  return states;
}

function addUp(cells: Map<string, Record<string, Value>>, { table, sums }: Tally<unknown>, rows: readonly Row[]): void {
  for (const row of rows) {
    const cell = cells.get(keyOf(table, row));
    if (!cell) cells.set(keyOf(table, row), { ...row });
    else for (const sum of sums) cell[sum] = Number(cell[sum]) + Number(row[sum]);
  }
}

async function compare(
  projection: Projection,
  table: Table,
  wanted: Map<string, Row>,
  storedRowsOfTable: AsyncIterable<Row>,
  mine: (row: Row) => boolean,
): Promise<Drift[]> {
  const place = { projection: projection.name, table: table.name };
  const drift: Drift[] = [];
  for await (const stored of storedRowsOfTable) {
    if (!mine(stored)) continue;
    const key = keyOf(table, stored);
    const expected = wanted.get(key);
    wanted.delete(key);
    if (!expected) drift.push({ ...place, key, what: 'surplus' });
    else {
      const columns = Object.keys(table.columns)
        .map((name) => ({ name, expected: expected[name] ?? null, stored: stored[name] ?? null }))
        .filter((column) => column.expected !== column.stored);
      if (columns.length > 0) drift.push({ ...place, key, what: 'different', columns });
    }
  }
  for (const key of wanted.keys()) drift.push({ ...place, key, what: 'missing' });
  return drift;
}

async function* storedCounters(database: ReadDatabase, table: Table, physical: string): AsyncGenerator<Row> {
  const rows = storedRows(database, asItLies(table), physical);
  for await (const row of rows) yield* isPacked(table) ? countersIn(table, row) : [row];
}

const PAGE = 5000;

async function* storedRows(database: ReadDatabase, { key, columns }: Table, physical: string): AsyncGenerator<Row> {
  const order = key.join(', ');
  const names = Object.keys(columns).join(', ');
  let last: Row | undefined;
  for (;;) {
    const from: Row | undefined = last;
    const where = from ? `WHERE (${order}) > (${key.map(() => '?').join(', ')})` : '';
    const rows: Row[] = await database.query<Row>(
      `SELECT ${names} FROM ${physical} ${where} ORDER BY ${order} LIMIT ${PAGE}`,
      from ? key.map((column) => from[column] ?? null) : [],
    );
    yield* rows;
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

const keyOf = (table: Table, row: Row): string => JSON.stringify(table.key.map((column) => row[column]));
