import type Database from 'better-sqlite3';
import type { Row, Value } from '../projection';

/** So many statements are kept ready; what was asked longest ago goes first. Questions with lists of parameters have as many forms as the lists have lengths. */
const KEPT = 300;

/** How a connection that only reads is asked. */
export interface Reading {
  query(sql: string, parameters: readonly Value[]): Row[];
  /** Another number after every commit of another connection, and never otherwise; costs a few microseconds. */
  version(): number;
}

/** Statements prepared once on the driver's own handle: by TypeORM's way a page of an asset took half as long again. */
export function sqliteReading(handle: Database.Database): Reading {
  const kept = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    const statement = kept.get(sql) ?? handle.prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    const [longestUnasked] = kept.keys();
    if (kept.size > KEPT && longestUnasked !== undefined) kept.delete(longestUnasked);
    return statement;
  };
  const versions = handle.prepare('PRAGMA data_version').pluck();
  return {
    query: (sql, parameters) => prepared(sql).all(parameters) as Row[],
    version: () => versions.get() as number,
  };
}
