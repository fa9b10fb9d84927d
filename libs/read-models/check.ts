import type { RecordedEvent } from '#domain';
import type { ReadDatabase } from './database/read-database';
import { asItLies, countersIn, isPacked } from './database/packed';
import { rowsWithKeys } from './database/dialect';
import { fold } from './engine/fold';
import { physicalName, readLedger } from './engine/ledger';
import type { Progress } from './engine/ledger';
import { Spool, partOf } from './engine/spool';
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

/** So many events' worth of states are held in memory at a time; a longer log is put aside in parts by their keys. */
const EVENTS_A_PART = 100_000;
/** Of so many keys the stored rows are asked for at a time. */
const KEYS_AT_ONCE = 1000;

/**
 * Rebuilds every projection in memory from the log and compares it row by row with what is stored. Each is compared at its own checkpoint, so that a
 * projector may run meanwhile as long as nothing new is written. `log` gives the whole log anew each time it is called; the memory needed does not grow
 * with it, and the time grows with it alone. A projection's rows must have its key in the first column of their own.
 */
export async function check(
  database: ReadDatabase,
  projections: readonly Projection[],
  log: () => AsyncIterable<readonly RecordedEvent[]>,
  eventsAPart = EVENTS_A_PART,
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
    results.push(await checked(database, projection, log, progress, eventsAPart));
  }
  return results;
}

async function checked(
  database: ReadDatabase,
  projection: Projection,
  log: () => AsyncIterable<readonly RecordedEvent[]>,
  { checkpoint, applied }: Progress,
  eventsAPart: number,
): Promise<CheckedProjection> {
  const { name, tallies = [] } = projection;
  const counters = tallies.map((tally) => ({ tally, cells: new Map<string, Record<string, Value>>() }));
  const views = projection.tables.map((view) => ({ ...view, found: new Found(database, projection, view.table) }));
  const drift: Drift[] = [];
  let rows = 0;
  const parts = await Parts.of(
    projection,
    log(),
    checkpoint,
    applied > eventsAPart ? eventsAPart : undefined,
    database.folder,
  );
  try {
    if (parts.failure !== undefined) return { name, rows: 0, drift: [], failure: parts.failure };
    for (const states of parts.states()) {
      if (typeof states === 'string') return { name, rows: 0, drift: [], failure: states };
      for (const state of states.values())
        for (const { tally, cells } of counters) addUp(cells, tally, tally.of(state));
      for (const { table, rows: rowsOf, found } of views) {
        const wanted = new Map<string, Row>();
        for (const state of states.values()) for (const row of rowsOf(state)) wanted.set(keyOf(table, row), row);
        rows += wanted.size;
        drift.push(...(await compare(projection, table, wanted, found.of([...states.keys()]))));
      }
    }
    for (const { table, found } of views)
      for (const row of await found.others(parts))
        drift.push({ projection: name, table: table.name, key: keyOf(table, row), what: 'surplus' });
  } finally {
    parts.close();
  }
  for (const { tally, cells } of counters) {
    const stored = storedCounters(database, tally.table, physicalName(tally.table.name, projection.version));
    rows += cells.size;
    drift.push(...(await compare(projection, tally.table, cells, stored)));
  }
  return { name, rows, drift: drift.slice(0, LISTED) };
}

type States = ReadonlyMap<string, unknown>;

/** The states of a projection at a checkpoint, in parts that are small enough for the memory. */
class Parts {
  private constructor(
    private readonly projection: Projection,
    /** Why the log could not be gone through. */
    readonly failure: string | undefined,
    private readonly whole: States | undefined,
    private readonly spool: Spool<readonly [key: string, event: RecordedEvent]> | undefined,
    private readonly size = 0,
  ) {}

  /** Of a short log, and of states that are made of one another, all at once. Without a `size` all is one part. */
  static async of(
    projection: Projection,
    log: AsyncIterable<readonly RecordedEvent[]>,
    checkpoint: number,
    size: number | undefined,
    folder: string | undefined,
  ): Promise<Parts> {
    if (size === undefined || projection.readsBeside) {
      const states = await folded(projection, log, checkpoint);
      return typeof states === 'string'
        ? new Parts(projection, states, undefined, undefined)
        : new Parts(projection, undefined, states, undefined);
    }
    const spool = new Spool<readonly [string, RecordedEvent]>(folder);
    try {
      for await (const events of upTo(log, checkpoint))
        for (const event of events) for (const key of projection.keysOf(event)) spool.add(key, [key, event]);
      return new Parts(projection, undefined, undefined, spool, size);
    } catch (error) {
      spool.close();
      throw error;
    }
  }

  *states(): Generator<States | string> {
    if (this.whole) yield this.whole;
    for (const items of this.items()) yield statesOf(this.projection, items);
  }

  /** The keys, part by part, with what says whether a key would lie in that part. */
  *keys(): Generator<{ readonly keys: ReadonlySet<string>; readonly isOf: (key: string) => boolean }> {
    if (this.whole) yield { keys: new Set(this.whole.keys()), isOf: () => true };
    let number = 0;
    for (const items of this.items()) {
      const part = number;
      yield { keys: new Set(items.map(([key]) => key)), isOf: (key) => partOf(key, this.parts) === part };
      number += 1;
    }
  }

  private get parts(): number {
    return this.spool ? this.spool.partsOf(this.size) : 1;
  }

  private *items(): Generator<readonly (readonly [string, RecordedEvent])[]> {
    if (this.spool) for (const { items } of this.spool.parts(this.parts)) yield items;
  }

  close(): void {
    this.spool?.close();
  }
}

function statesOf(projection: Projection, items: readonly (readonly [string, RecordedEvent])[]): States | string {
  const states = new Map<string, unknown>();
  for (const [key, event] of items) {
    try {
      states.set(
        key,
        projection.apply(states.get(key), event, key, () => undefined),
      );
    } catch (error) {
      return `Event ${event.id} cannot be taken: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return states;
}

async function* upTo(
  log: AsyncIterable<readonly RecordedEvent[]>,
  checkpoint: number,
): AsyncGenerator<readonly RecordedEvent[]> {
  for await (const batch of log) {
    const events = batch.filter(({ position }) => position <= checkpoint);
    yield events;
    if (events.length < batch.length) return;
  }
}

async function folded(
  projection: Projection,
  log: AsyncIterable<readonly RecordedEvent[]>,
  checkpoint: number,
): Promise<States | string> {
  const states = new Map<string, unknown>();
  for await (const events of upTo(log, checkpoint)) {
    const after = fold(projection, states, events);
    for (const [key, state] of after.states) states.set(key, state);
    if (after.poison) return `Event ${after.poison.event.id} cannot be taken: ${after.poison.reason}`;
  }
  return states;
}

/** The stored rows of a table, asked for by the keys of states; what nobody asked for is surplus. */
class Found {
  private seen = 0;
  private readonly physical: string;

  constructor(
    private readonly database: ReadDatabase,
    { version }: Projection,
    private readonly table: Table,
  ) {
    this.physical = physicalName(table.name, version);
  }

  async *of(keys: readonly string[]): AsyncGenerator<Row> {
    for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
      const some = keys.slice(from, from + KEYS_AT_ONCE);
      const { sql, parameters } = rowsWithKeys(this.database.dialect, this.table, this.physical, some);
      const rows = await this.database.query<Row>(sql, parameters);
      this.seen += rows.length;
      yield* rows;
    }
  }

  /** Rows of keys that the log knows nothing of, as many as are listed at most. Without any, none is looked for. */
  async others(parts: Parts): Promise<Row[]> {
    const [counted] = await this.database.query<{ n: number }>(`SELECT count(*) AS n FROM ${this.physical}`);
    const more = Math.min(LISTED, Number(counted?.n) - this.seen);
    const [first] = this.table.key;
    const others: Row[] = [];
    for (const { keys, isOf } of parts.keys()) {
      if (others.length >= more) break;
      for await (const row of storedRows(this.database, this.table, this.physical)) {
        const key = String(row[first!]);
        if (isOf(key) && !keys.has(key)) others.push(row);
        if (others.length >= more) break;
      }
    }
    return others;
  }
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
): Promise<Drift[]> {
  const place = { projection: projection.name, table: table.name };
  const drift: Drift[] = [];
  for await (const stored of storedRowsOfTable) {
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
