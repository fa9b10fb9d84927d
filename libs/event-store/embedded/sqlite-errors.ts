import { CorruptLog, StoreFull, StoreUnavailable } from '../errors';

/**
 * True for an error of SQLite. Told by its form and not by its class: the native part of the driver keeps the class it was first given, which is another one
 * when the driver is loaded twice in a process.
 */
export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_')
  );
}

/** SQLite's error in the port's words, with what to do. Any other error comes back as it was. */
export function storeError(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  const [, kind] = error.code.split('_');
  switch (kind) {
    case 'FULL':
      return new StoreFull(
        `The event log ${path} cannot grow: the disk is full, or the size allowed for the log is reached. Nothing was written. Make room, then send again.`,
        { cause: error },
      );
    case 'CORRUPT':
    case 'NOTADB':
    case 'ERROR':
      return new CorruptLog(
        `The event log ${path} is damaged (${error.message}). Stop the registry, run "PRAGMA integrity_check" on the file, and put back a backup.`,
        { cause: error },
      );
    case 'IOERR':
      return new StoreUnavailable(
        `The disk refused to read or write the event log ${path} (${error.code}). Nothing was written. Check the disk and its quota, then send again.`,
        { cause: error },
      );
    case 'BUSY':
    case 'LOCKED':
      return new StoreUnavailable(
        `Another program keeps the event log ${path} locked. Nothing was written. Close that program, then send again.`,
        { cause: error },
      );
    default:
      return new StoreUnavailable(
        `The event log ${path} cannot be used (${error.code}: ${error.message}). Nothing was written.`,
        { cause: error },
      );
  }
}
