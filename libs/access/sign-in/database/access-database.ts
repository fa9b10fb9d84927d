import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import type { EntitySchema, ObjectLiteral, Repository } from 'typeorm';
import { AccessError } from '../error';
import type { AccessDatabaseSettings } from '../settings';
import { entities } from './entities';
import { migrations } from './migrations';

const SCHEMA = 'access';

/**
 * The database of sign-in through TypeORM. What must not be half done or done twice is one statement each, with its condition in it, so that it holds
 * between processes and on both databases without a transaction.
 */
export class AccessDatabase {
  private constructor(private readonly source: DataSource) {}

  /** Opens and brings the tables up to date. Throws AccessError. */
  static async open(settings: AccessDatabaseSettings): Promise<AccessDatabase> {
    const source = new DataSource(optionsOf(settings));
    try {
      await source.initialize();
      if (settings.kind === 'postgres') await source.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
      await refuseNewer(source);
      await source.runMigrations();
      // Digests and names are nobody else's to read on a shared machine; SQLite gives its side files the same mode.
      if (settings.kind === 'sqlite') chmodSync(settings.path, 0o600);
    } catch (error) {
      if (source.isInitialized) await source.destroy();
      throw error instanceof AccessError ? error : new AccessError(cannotOpen(settings, error), { cause: error });
    }
    return new AccessDatabase(source);
  }

  rows<Entity extends ObjectLiteral>(of: EntitySchema<Entity>): Repository<Entity> {
    return this.source.getRepository(of);
  }

  /** Runs a statement with parameters written as `?` and a table's name as `{name}`; answers the rows it returns. */
  async returning<Row>(sql: string, parameters: readonly (string | number)[]): Promise<Row[]> {
    const postgres = this.source.options.type === 'postgres';
    let place = 0;
    const native = sql
      .replace(/\{(\w+)\}/g, (_, table: string) => (postgres ? `${SCHEMA}.${table}` : table))
      .replace(/\?/g, () => (postgres ? `$${(place += 1)}` : '?'));
    return this.source.query<Row[]>(native, [...parameters]);
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

function optionsOf(settings: AccessDatabaseSettings): ConstructorParameters<typeof DataSource>[0] {
  if (settings.kind === 'postgres') {
    return { type: 'postgres', url: settings.url, schema: SCHEMA, entities, migrations, extra: { max: 6 } };
  }
  mkdirSync(dirname(settings.path), { recursive: true });
  return {
    type: 'better-sqlite3',
    database: settings.path,
    entities,
    migrations,
    prepareDatabase: (database: unknown) => {
      const handle = database as Database.Database;
      handle.pragma('journal_mode = WAL');
      // A used code or a revoked token must stay so after a power cut.
      handle.pragma('synchronous = FULL');
      handle.pragma('busy_timeout = 5000');
      // A secret that was deleted is overwritten.
      handle.pragma('secure_delete = ON');
    },
  };
}

async function refuseNewer(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    const table = source.options.type === 'postgres' ? `${SCHEMA}.migrations` : 'migrations';
    if (!(await runner.hasTable(table))) return;
    const done = (await runner.query(`SELECT name FROM ${table}`)) as { name: string }[];
    const known = new Set(source.migrations.map(({ name }) => name));
    const unknown = done.find(({ name }) => !known.has(name));
    if (unknown) {
      throw new AccessError(
        `The access database was made by a newer version (migration ${unknown.name}). Run that version, or restore the backup made before it.`,
      );
    }
  } finally {
    await runner.release();
  }
}

/** The address of PostgreSQL is not repeated: it holds a password. */
function cannotOpen(settings: AccessDatabaseSettings, error: unknown): string {
  const reasons = error instanceof AggregateError ? error.errors : [error];
  const reason = reasons.map((each) => (each instanceof Error ? each.message : String(each))).join(', ');
  return settings.kind === 'postgres'
    ? `The access database (ACCESS_DATABASE_URL) cannot be opened: ${reason}. Start PostgreSQL, or correct address, user and password in ACCESS_DATABASE_URL.`
    : `The access database ${settings.path} cannot be opened: ${reason}. Its folder must be one that this user can write to: name another one with ACCESS_DATABASE_PATH or REGISTRY_DATA.`;
}
