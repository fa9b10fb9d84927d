import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { types } from 'pg';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Row, Table, Value } from '../projection';
import { addedTo, asItLies, emptyRows, isEmpty, isPacked } from './packed';
import type { PackedTable } from './packed';
import { postgres, rowsWithKeys, sqlite } from './dialect';
import type { Dialect } from './dialect';
import { migrations } from './migrations';
import { ReadDatabaseError } from './settings';
import type { ReadDatabaseSettings } from './settings';
import { sqliteReading } from './sqlite-reading';
import type { Reading } from './sqlite-reading';

// Whole numbers here are positions, counts and minor units, all within 2^53; the driver would hand them out as text.
types.setTypeParser(types.builtins.INT8, Number);

/** Rows written at once; keeps single statements of moderate size on both databases. */
const CHUNK = 2000;

/** One transaction on the read models. */
export interface Transaction {
  /** Ends a SELECT whose rows nobody else may change until the transaction ends. */
  readonly forUpdate: '' | 'FOR UPDATE';
  query<Result = Row>(sql: string, parameters?: readonly Value[]): Promise<Result[]>;
  /** Rows of `table` whose first key column is among `keys`. */
  select(table: Table, physicalName: string, keys: readonly string[]): Promise<Row[]>;
  /** Writes rows, replacing those with the same key. */
  upsert(table: Table, physicalName: string, rows: readonly Row[]): Promise<void>;
  /** Adds the columns named in `sums` to the rows with the same key; a row of which nothing is left then goes. */
  add(table: Table, physicalName: string, rows: readonly Row[], sums: readonly string[]): Promise<void>;
  remove(table: Table, physicalName: string, rows: readonly Row[]): Promise<void>;
}

/**
 * The database of the read models through TypeORM. For writing there is one connection at a time on SQLite; readers have connections of their
 * own, so that a page never waits for a batch.
 */
export class ReadDatabase {
  private last: Promise<unknown> = Promise.resolve();
  private onHandle: Writing | undefined;
  private readonly reading: Reading | undefined;

  private constructor(
    readonly source: DataSource,
    readonly dialect: Dialect,
    private readonly readOnly: boolean,
    /** The folder in which a SQLite file lies. */
    readonly folder?: string,
  ) {
    if (readOnly && dialect.name === 'sqlite') this.reading = sqliteReading(handleOf(source));
  }

  /** Opens for the projector and brings the schema up to date. Throws ReadDatabaseError. */
  static async openForWriting(settings: ReadDatabaseSettings): Promise<ReadDatabase> {
    const database = await ReadDatabase.open(settings, false);
    try {
      await refuseNewer(database.source);
      await database.source.runMigrations();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  /** Opens for pages and API: reads only. The projector must have made the database. Throws ReadDatabaseError. */
  static openForReading(settings: ReadDatabaseSettings): Promise<ReadDatabase> {
    return ReadDatabase.open(settings, true);
  }

  private static async open(settings: ReadDatabaseSettings, readOnly: boolean): Promise<ReadDatabase> {
    try {
      const source = new DataSource(optionsOf(settings, readOnly));
      await source.initialize();
      return settings.kind === 'sqlite'
        ? new ReadDatabase(source, sqlite, readOnly, dirname(settings.path))
        : new ReadDatabase(source, postgres, readOnly);
    } catch (error) {
      throw new ReadDatabaseError(cannotOpen(settings, readOnly, error), { cause: error });
    }
  }

  /** Names what the database holds: another after every commit. Undefined where only asking anew can tell. */
  version(): number | undefined {
    return this.reading?.version();
  }

  async query<Result = Row>(sql: string, parameters: readonly Value[] = []): Promise<Result[]> {
    if (this.reading) return this.reading.query(sql, parameters) as Result[];
    return this.source.query(this.dialect.native(sql), [...parameters]);
  }

  /** Runs a task in one transaction; on SQLite one task after another, for they share a connection. */
  async transaction<Result>(task: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    if (this.readOnly) throw new ReadDatabaseError('This connection only reads.');
    if (this.dialect.name === 'postgres') {
      return this.source.transaction((manager) => task(transactionOn(manager, this.dialect)));
    }
    const run = () => this.onSqlite(task);
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /**
   * By hand and not by TypeORM, which counts transactions itself: after one that SQLite ended on its own, as it does on a full disk, TypeORM takes the
   * next for a part of it, and nothing is ever committed again.
   */
  private async onSqlite<Result>(task: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const handle = handleOf(this.source);
    this.onHandle ??= sqliteWriting(handle);
    handle.exec('BEGIN IMMEDIATE');
    try {
      const result = await task(transactionOn(this.source.manager, this.dialect, this.onHandle));
      handle.exec('COMMIT');
      return result;
    } catch (error) {
      if (handle.inTransaction) handle.exec('ROLLBACK');
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.last;
    if (this.source.isInitialized) await this.source.destroy();
  }
}

function optionsOf(settings: ReadDatabaseSettings, readOnly: boolean): ConstructorParameters<typeof DataSource>[0] {
  if (settings.kind === 'postgres') {
    return {
      type: 'postgres',
      url: settings.url,
      migrations,
      migrationsTransactionMode: 'each',
      extra: {
        max: readOnly ? 8 : 4,
        // What is lost at a power cut follows from the log and is applied again: rows and checkpoint go back together.
        ...(!readOnly && { options: '-c synchronous_commit=off' }),
      },
    };
  }
  if (!readOnly) mkdirSync(dirname(settings.path), { recursive: true });
  return {
    type: 'better-sqlite3',
    database: settings.path,
    readonly: readOnly,
    migrations,
    prepareDatabase: (database: unknown) => {
      const handle = database as Database.Database;
      if (readOnly) handle.pragma('mmap_size = 1073741824');
      else {
        handle.pragma('page_size = 8192');
        handle.pragma('journal_mode = WAL');
        // Pages a build touches again and again go into the file once for many batches.
        handle.pragma('wal_autocheckpoint = 16384');
      }
      // What is lost at a power cut follows from the log and is applied again: rows and checkpoint go back together.
      handle.pragma('synchronous = NORMAL');
      handle.pragma('cache_size = -65536');
      handle.pragma('busy_timeout = 5000');
    },
  };
}

async function refuseNewer(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return;
    const done = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
    const known = new Set(migrations.map((migration) => migration.name));
    const unknown = done.find(({ name }) => !known.has(name));
    if (!unknown) return;
    throw new ReadDatabaseError(
      `The database of the read models was made by a newer version (migration ${unknown.name}). Run that version, or name an empty database: all in it follows from the log.`,
    );
  } finally {
    await runner.release();
  }
}

/** Why the database cannot be opened, and what to do. The address of PostgreSQL is not repeated: it holds a password. */
function cannotOpen(settings: ReadDatabaseSettings, readOnly: boolean, error: unknown): string {
  const reason = messageOf(error);
  if (settings.kind === 'postgres') {
    return `The database of the read models (READ_DATABASE_URL) cannot be opened: ${reason}. Start PostgreSQL, or correct address, user and password in READ_DATABASE_URL.`;
  }
  const advice = readOnly
    ? 'The projector makes it: start that first, or name the file with READ_DATABASE_PATH'
    : 'Its folder must be one that this user can write to: name another one with READ_DATABASE_PATH or REGISTRY_DATA';
  return `The database of the read models ${settings.path} cannot be opened: ${reason}. ${advice}.`;
}

/** A host name with several addresses fails with one error for each, and none of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/** The driver's own connection under TypeORM. */
function handleOf(source: DataSource): Database.Database {
  return (source.driver as unknown as { databaseConnection: Database.Database }).databaseConnection;
}

function transactionOn(manager: EntityManager, dialect: Dialect, onHandle?: Writing): Transaction {
  const query = <Result>(sql: string, parameters: readonly Value[] = []): Promise<Result[]> =>
    manager.query(dialect.native(sql), [...parameters]);
  const write = onHandle ?? postgresWriting(query);
  return {
    forUpdate: dialect.name === 'postgres' ? 'FOR UPDATE' : '',
    query,
    ...write,
    add: (table, physicalName, rows, sums) =>
      isPacked(table) ? addPacked(write, table, physicalName, rows) : write.add(table, physicalName, rows, sums),
    select: (table, physicalName, keys) => {
      const { sql, parameters } = rowsWithKeys(dialect, table, physicalName, keys);
      return query(sql, parameters);
    },
  };
}

function upsertTail({ columns, key }: Table, physicalName: string, sums: readonly string[]): string {
  const others = Object.keys(columns).filter((column) => !key.includes(column));
  if (others.length === 0) return `ON CONFLICT (${key.join(', ')}) DO NOTHING`;
  const sets = others.map((column) =>
    sums.includes(column)
      ? `${column} = ${physicalName}.${column} + excluded.${column}`
      : `${column} = excluded.${column}`,
  );
  return `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${sets.join(', ')}`;
}

interface Writing extends Pick<Transaction, 'upsert' | 'add' | 'remove'> {
  /** The rows with the keys of these, where they are there. */
  same(table: Table, physicalName: string, rows: readonly Row[]): Promise<Row[]>;
}

/** Who else adds to the same rows meanwhile moves the checkpoint too, and then one of the two keeps nothing (see takeBatch). */
async function addPacked(
  write: Writing,
  table: PackedTable,
  physicalName: string,
  differences: readonly Row[],
): Promise<void> {
  const lying = asItLies(table);
  const empty = emptyRows(table, differences);
  const rows = addedTo(table, [...empty, ...(await write.same(lying, physicalName, empty))], differences);
  await write.upsert(
    lying,
    physicalName,
    rows.filter((row) => !isEmpty(row)),
  );
  await write.remove(lying, physicalName, rows.filter(isEmpty));
}

/** Cells from which something was taken: of them alone nothing may be left. */
const lessened = (rows: readonly Row[], sums: readonly string[]): Row[] =>
  rows.filter((row) => sums.some((sum) => Number(row[sum]) < 0));

/** One prepared statement run for each row on the driver's own handle: TypeORM's way costs ten times as much a row. There are three for each table, and they are kept. */
function sqliteWriting(handle: Database.Database): Writing {
  const kept = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    const statement = kept.get(sql) ?? handle.prepare(sql);
    kept.set(sql, statement);
    return statement;
  };
  const upsert = (table: Table, physicalName: string, rows: readonly Row[], sums: readonly string[]): void => {
    const columns = Object.keys(table.columns);
    const places = columns.map(() => '?').join(', ');
    const tail = upsertTail(table, physicalName, sums);
    const statement = prepared(`INSERT INTO ${physicalName} (${columns.join(', ')}) VALUES (${places}) ${tail}`);
    const values = new Array<Value>(columns.length);
    for (const row of rows) {
      for (let place = 0; place < columns.length; place += 1) values[place] = row[columns[place]!] ?? null;
      statement.run(values);
    }
  };
  const remove = (table: Table, physicalName: string, rows: readonly Row[], empty: readonly string[]): void => {
    const conditions = [...table.key.map((column) => `${column} = ?`), ...empty.map((sum) => `${sum} = 0`)];
    const statement = prepared(`DELETE FROM ${physicalName} WHERE ${conditions.join(' AND ')}`);
    for (const row of rows) statement.run(table.key.map((column) => row[column] ?? null));
  };
  return {
    upsert: async (table, physicalName, rows) => upsert(table, physicalName, rows, []),
    add: async (table, physicalName, rows, sums) => {
      upsert(table, physicalName, rows, sums);
      remove(table, physicalName, lessened(rows, sums), sums);
    },
    remove: async (table, physicalName, rows) => remove(table, physicalName, rows, []),
    same: async (table, physicalName, rows) => {
      const conditions = table.key.map((column) => `${column} = ?`).join(' AND ');
      const statement = prepared(`SELECT * FROM ${physicalName} WHERE ${conditions}`);
      return rows.flatMap((row) => statement.all(table.key.map((column) => row[column] ?? null)) as Row[]);
    },
  };
}

/** All rows of a chunk as one JSON parameter of a statement that never changes. */
function postgresWriting(query: Transaction['query']): Writing {
  const types = { text: 'text', integer: 'bigint', real: 'double precision' } as const;
  const typed = (table: Table, names: readonly string[]) =>
    names.map((name) => `${name} ${types[table.columns[name]!.type]}`).join(', ');
  const inChunks = async (sql: string, rows: readonly Row[]): Promise<void> => {
    for (let from = 0; from < rows.length; from += CHUNK)
      await query(sql, [JSON.stringify(rows.slice(from, from + CHUNK))]);
  };
  const upsert = (table: Table, physicalName: string, rows: readonly Row[], sums: readonly string[]): Promise<void> => {
    const columns = Object.keys(table.columns);
    const sql =
      `INSERT INTO ${physicalName} (${columns.join(', ')}) ` +
      `SELECT ${columns.join(', ')} FROM json_to_recordset(?::json) AS r(${typed(table, columns)}) ${upsertTail(table, physicalName, sums)}`;
    return inChunks(sql, rows);
  };
  const remove = (
    table: Table,
    physicalName: string,
    rows: readonly Row[],
    empty: readonly string[],
  ): Promise<void> => {
    const conditions = [
      ...table.key.map((column) => `t.${column} = r.${column}`),
      ...empty.map((sum) => `t.${sum} = 0`),
    ];
    const sql = `DELETE FROM ${physicalName} t USING json_to_recordset(?::json) AS r(${typed(table, table.key)}) WHERE ${conditions.join(' AND ')}`;
    return inChunks(sql, rows);
  };
  return {
    upsert: (table, physicalName, rows) => upsert(table, physicalName, rows, []),
    add: async (table, physicalName, rows, sums) => {
      await upsert(table, physicalName, rows, sums);
      await remove(table, physicalName, lessened(rows, sums), sums);
    },
    remove: (table, physicalName, rows) => remove(table, physicalName, rows, []),
    same: async (table, physicalName, rows) => {
      const keys = table.key.map((column) => `t.${column} = r.${column}`).join(' AND ');
      return query(
        `SELECT t.* FROM ${physicalName} t JOIN json_to_recordset(?::json) AS r(${typed(table, table.key)}) ON ${keys}`,
        [JSON.stringify(rows)],
      );
    },
  };
}
