import type Database from 'better-sqlite3';
import type { AdmittedAppend } from '../admission';
import { CorruptedRetry, WrongExpectedRevision } from '../errors';
import type { Appended } from '../event-store';
import { isSqliteError, storeError } from './sqlite-errors';
import type { Outcome } from './group-commit';

type EventColumns = [string, number, string, string, number, string, string];

/**
 * Writes batches of appends, each batch in one transaction. The table's own triggers decide whether an append follows its stream: an event
 * that does not is refused alone and the rest of the batch goes on.
 */
export class LogWriter {
  private readonly begin: Database.Statement<[]>;
  private readonly commit: Database.Statement<[]>;
  private readonly rollback: Database.Statement<[]>;
  private readonly lastPosition: Database.Statement<[], number>;
  private readonly lastRevision: Database.Statement<[string], number | null>;
  private readonly idAt: Database.Statement<[string, number], [string, number]>;
  private readonly insert: Database.Statement<[number, ...EventColumns]>;

  constructor(private readonly database: Database.Database) {
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.commit = database.prepare('COMMIT');
    this.rollback = database.prepare('ROLLBACK');
    this.lastPosition = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck();
    this.lastRevision = database
      .prepare<[string], number | null>('SELECT max(revision) FROM events WHERE stream = ?')
      .pluck();
    this.idAt = database
      .prepare<[string, number], [string, number]>('SELECT id, position FROM events WHERE stream = ? AND revision = ?')
      .raw();
    this.insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  }

  /** On disk when it returns. Throws StoreFull, StoreUnavailable or CorruptLog, and then nothing of the batch was written. */
  write(batch: readonly AdmittedAppend[]): Outcome[] {
    try {
      this.begin.run();
      let last = this.lastPosition.get() ?? 0;
      const outcomes = batch.map((append) => {
        const outcome = this.append(append, last);
        if (!(outcome instanceof Error)) last = Math.max(last, outcome.position);
        return outcome;
      });
      this.commit.run();
      return outcomes;
    } catch (error) {
      // SQLite rolls back by itself on some errors and leaves it to us on others.
      if (this.database.inTransaction) this.rollback.run();
      throw storeError(error, this.database.name);
    }
  }

  private append(append: AdmittedAppend, last: number): Outcome {
    const { stream, firstRevision, events } = append;
    for (const [place, event] of events.entries()) {
      const { id, type, version, data, metadata } = event;
      try {
        this.insert.run(last + 1 + place, stream, firstRevision + place, id, type, version, data, metadata);
      } catch (error) {
        // Only the first can be out of place: the others follow what this transaction has just written.
        if (place === 0 && isRefusedByTrigger(error)) return this.outcomeOutOfPlace(append);
        throw error;
      }
    }
    return { revision: firstRevision + events.length - 1, position: last + events.length };
  }

  /** Either this very append was made before, and the answer is the same as then, or somebody else stands at its place. */
  private outcomeOutOfPlace({ stream, expected, firstRevision, events }: AdmittedAppend): Outcome {
    let appended: Appended | undefined;
    for (const [place, { id }] of events.entries()) {
      const revision = firstRevision + place;
      const [foundId, position] = this.idAt.get(stream, revision) ?? [];
      if (foundId !== id || position === undefined) {
        if (place > 0) return new CorruptedRetry(stream);
        return new WrongExpectedRevision(stream, expected, this.lastRevision.get(stream) ?? 'no-stream');
      }
      appended = { revision, position };
    }
    return appended ?? new WrongExpectedRevision(stream, expected, 'no-stream');
  }
}

function isRefusedByTrigger(error: unknown): boolean {
  return isSqliteError(error) && error.code === 'SQLITE_CONSTRAINT_TRIGGER';
}
