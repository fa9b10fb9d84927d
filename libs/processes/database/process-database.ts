import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { migrations } from './migrations';
import { ProcessesError } from './settings';
import type { ProcessDatabaseSettings } from './settings';

export type Value = string | number | null;

/** Runs SQL with `?` for its parameters. */
export type Query = <Result>(sql: string, parameters?: readonly Value[]) => Promise<Result[]>;

/** The database of the processes and of the outbox through TypeORM: on SQLite one transaction after another on one connection. */
export class ProcessDatabase {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly settings: ProcessDatabaseSettings,
    private readonly source: DataSource,
  ) {}

  /** Opens the database and brings its schema up to date; `now` is written down as its birth where it is new. Throws ProcessesError. */
  static async open(settings: ProcessDatabaseSettings, now: string): Promise<ProcessDatabase> {
    const source = new DataSource(optionsOf(settings));
    try {
      if (settings.kind === 'sqlite') mkdirSync(dirname(settings.path), { recursive: true });
      await source.initialize();
      await source.runMigrations();
      const database = new ProcessDatabase(settings, source);
      await database.transaction(async (query) => {
        const [known] = await query('SELECT born FROM outbox');
        if (known === undefined) await query('INSERT INTO outbox (born) VALUES (?)', [now]);
      });
      return database;
    } catch (error) {
      if (source.isInitialized) await source.destroy();
      const where = settings.kind === 'sqlite' ? `The file ${settings.path}` : 'The server of PROCESS_DATABASE_URL';
      throw new ProcessesError(
        `${where} cannot be opened for the process managers: ${messageOf(error)}. Check the settings PROCESS_DATABASE…, or set PROCESSES_RUN to off.`,
        { cause: error },
      );
    }
  }

  readonly query: Query = (sql, parameters = []) => this.source.query(this.native(sql), [...parameters]);

  /** All or nothing. */
  async transaction<Result>(task: (query: Query) => Promise<Result>): Promise<Result> {
    if (this.settings.kind === 'postgres')
      return this.source.transaction((manager) =>
        task((sql, parameters = []) => manager.query(this.native(sql), [...parameters])),
      );
    const run = () => this.onSqlite(task);
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** By hand: TypeORM counts transactions itself, and loses count where SQLite ends one on its own, as on a full disk. */
  private async onSqlite<Result>(task: (query: Query) => Promise<Result>): Promise<Result> {
    const handle = handleOf(this.source);
    handle.exec('BEGIN IMMEDIATE');
    try {
      const result = await task(this.query);
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

  private native(sql: string): string {
    if (this.settings.kind === 'sqlite') return sql;
    let place = 0;
    return sql.replace(/\?/g, () => `$${(place += 1)}`);
  }
}

/** Inserts rows, many at once; `tail` says what becomes of one that is there. */
export async function insert(
  query: Query,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  tail: string,
): Promise<void> {
  const places = `(${columns.map(() => '?').join(', ')})`;
  for (let from = 0; from < rows.length; from += 200) {
    const chunk = rows.slice(from, from + 200);
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${chunk.map(() => places).join(', ')} ${tail}`;
    await query(sql, chunk.flat());
  }
}

/** A host name with several addresses fails with one error for each, and none of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

const handleOf = (source: DataSource): Database.Database =>
  (source.driver as unknown as { databaseConnection: Database.Database }).databaseConnection;

/** Beside those of the read models, should both ever lie in one database. */
const migrationsTableName = 'process_migrations';

function optionsOf(settings: ProcessDatabaseSettings): ConstructorParameters<typeof DataSource>[0] {
  if (settings.kind === 'postgres')
    return {
      type: 'postgres',
      url: settings.url,
      migrations,
      migrationsTableName,
      migrationsTransactionMode: 'each',
      extra: { max: 4 },
    };
  return {
    type: 'better-sqlite3',
    database: settings.path,
    migrations,
    migrationsTableName,
    prepareDatabase: (database: unknown) => {
      const handle = database as Database.Database;
      handle.pragma('journal_mode = WAL');
      // What is marked as sent must stay so through a power cut, or it would be sent again.
      handle.pragma('synchronous = FULL');
      handle.pragma('busy_timeout = 5000');
    },
  };
}
