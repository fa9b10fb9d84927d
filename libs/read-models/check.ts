import type { RecordedEvent } from '#domain';
import type { ReadDatabase } from './database/read-database';
import { fold } from './engine/fold';
import { physicalName, readLedger } from './engine/ledger';
import { viewsOf } from './projection';
import type { Projection, Row, Table, Value } from './projection';

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

/**
 * Rebuilds every projection in memory from the log and compares it row by row with what is stored. Each is compared at its own checkpoint, so that a
 * projector may run meanwhile as long as nothing new is written. The whole of one projection is held in memory at a time.
 */
export async function check(
  database: ReadDatabase,
  projections: readonly Projection[],
  log: () => AsyncIterable<readonly RecordedEvent[]>,
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
    const expected = await rebuilt(projection, log(), progress.checkpoint);
    if (typeof expected === 'string') {
      results.push({ name: projection.name, rows: 0, drift: [], failure: expected });
      continue;
    }
    const drift: Drift[] = [];
    let rows = 0;
    for (const table of viewsOf(projection)) {
      const wanted = expected.get(table.name) ?? new Map<string, Row>();
      rows += wanted.size;
      drift.push(...(await compare(database, projection, table, wanted)));
    }
    results.push({ name: projection.name, rows, drift: drift.slice(0, LISTED) });
  }
  return results;
}

async function rebuilt(
  projection: Projection,
  log: AsyncIterable<readonly RecordedEvent[]>,
  checkpoint: number,
): Promise<Map<string, Map<string, Row>> | string> {
  const states = new Map<string, unknown>();
  for await (const batch of log) {
    const events = batch.filter(({ position }) => position <= checkpoint);
    const changes = fold({ ...projection, tables: [] }, states, events);
    for (const [key, state] of changes.states) states.set(key, state);
    if (changes.poison) return `Event ${changes.poison.event.id} cannot be taken: ${changes.poison.reason}`;
    if (events.length < batch.length) break;
  }
  const tables = new Map<string, Map<string, Row>>();
  for (const { table, rows } of projection.tables) {
    tables.set(
      table.name,
      new Map([...states.values()].flatMap((state) => rows(state)).map((row) => [keyOf(table, row), row])),
    );
  }
  if (projection.tally) tables.set(projection.tally.table.name, tallied(projection.tally, states.values()));
  return tables;
}

function tallied({ table, sums, of }: NonNullable<Projection['tally']>, states: Iterable<unknown>): Map<string, Row> {
  const cells = new Map<string, Record<string, Value>>();
  for (const state of states) {
    for (const row of of(state)) {
      const cell = cells.get(keyOf(table, row));
      if (!cell) cells.set(keyOf(table, row), { ...row });
      else for (const sum of sums) cell[sum] = Number(cell[sum]) + Number(row[sum]);
    }
  }
  return cells;
}

async function compare(
  database: ReadDatabase,
  projection: Projection,
  table: Table,
  wanted: Map<string, Row>,
): Promise<Drift[]> {
  const place = { projection: projection.name, table: table.name };
  const drift: Drift[] = [];
  for await (const stored of storedRows(database, table, physicalName(table.name, projection.version))) {
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
