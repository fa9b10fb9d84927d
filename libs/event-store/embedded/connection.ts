import Database from 'better-sqlite3';
import { Misconfigured } from '../errors';
import { isSqliteError } from './sqlite-errors';

const CACHE_KIB = 64 * 1024;
/** Pages in the write-ahead file before they are moved into the log: fewer, larger moves than SQLite's default of 1000. */
const CHECKPOINT_PAGES = 8000;
const BUSY_TIMEOUT_MS = 5000;

/** The connection of the one process that writes. It refuses to let the file grow beyond `maxBytes`, if given. */
export function connectForWriting(path: string, maxBytes?: number): Database.Database {
  return connecting(path, () => {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    database.pragma('journal_mode = WAL');
    // better-sqlite3's default for WAL is NORMAL, which can lose acknowledged events when the power fails.
    database.pragma('synchronous = FULL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    if (maxBytes !== undefined) {
      const pageBytes = Number(database.pragma('page_size', { simple: true }));
      database.pragma(`max_page_count = ${Math.max(1, Math.floor(maxBytes / pageBytes))}`);
    }
    return database;
  });
}

/** A connection beside the process that writes, if one does. */
export function connectForReading(path: string): Database.Database {
  return connecting(path, () => {
    const database = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    // The first look at the file is where SQLite finds out what it cannot open.
    database.pragma('user_version');
    return database;
  });
}

function connecting(path: string, connect: () => Database.Database): Database.Database {
  try {
    return connect();
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    throw new Misconfigured(
      `The event log ${path} cannot be opened (${error.code}: ${error.message}). The file, its folder and the files ${path}-wal and ${path}-shm must be writable.`,
    );
  }
}
