import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { Misconfigured, StoreLocked } from '../errors';
import { isSqliteError } from './sqlite-errors';

/**
 * Lets one process at a time write to a log. The lock is the operating system's, held through a SQLite file beside the log, so it ends with
 * the process however that ends. A note beside it says who holds it, for people.
 */
export class WriterLock {
  /** A lock that nobody refers to any more would be closed, and so let go of, when memory is tidied. */
  private static readonly held = new Set<WriterLock>();

  private constructor(
    private readonly database: Database.Database,
    private readonly note: string,
  ) {}

  /** Throws StoreLocked, naming the holder, when another process (or another store in this one) writes to the log. */
  static take(path: string): WriterLock {
    const note = `${path}.writer`;
    const database = openLock(`${path}.lock`);
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (!isSqliteError(error) || !error.code.startsWith('SQLITE_BUSY')) throw error;
      throw new StoreLocked(
        `${path} is being written by ${holder(note)}. Only one process may write to an embedded log: stop that one first, or open the log for reading only.`,
      );
    }
    writeFileSync(note, `process ${process.pid} on ${hostname()} since ${startOfProcess()}\n`);
    const lock = new WriterLock(database, note);
    WriterLock.held.add(lock);
    return lock;
  }

  release(): void {
    rmSync(this.note, { force: true });
    this.database.close();
    WriterLock.held.delete(this);
  }
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (error) {
    throw new Misconfigured(
      `The writer's lock ${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}. The folder of the event log must be writable.`,
    );
  }
}

function holder(note: string): string {
  try {
    return readFileSync(note, 'utf8').trim();
  } catch {
    return 'another process';
  }
}

function startOfProcess(): string {
  return new Date(Date.now() - Math.round(process.uptime() * 1000)).toISOString();
}
