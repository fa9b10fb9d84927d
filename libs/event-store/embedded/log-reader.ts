import type Database from 'better-sqlite3';
import type { RecordedEvent } from '#domain';
import { isEventMetadata, isJsonObject } from '../envelope';
import { CorruptLog } from '../errors';
import { START } from '../event-store';
import { storeError } from './sqlite-errors';

type Row = [number, string, number, string, string, number, string, string];

const COLUMNS = 'position, stream, revision, id, type, version, data, metadata';

/** Reads events, checking each: a damaged one throws CorruptLog with its position. */
export class LogReader {
  private readonly after: Database.Statement<[number, number], Row>;
  private readonly forward: Database.Statement<[string, number, number], Row>;
  private readonly backward: Database.Statement<[string, number, number], Row>;
  private readonly last: Database.Statement<[], number | null>;

  constructor(private readonly database: Database.Database) {
    const events = `SELECT ${COLUMNS} FROM events`;
    this.after = database
      .prepare<[number, number], Row>(`${events} WHERE position > ? ORDER BY position LIMIT ?`)
      .raw();
    this.forward = database
      .prepare<[string, number, number], Row>(`${events} WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`)
      .raw();
    this.backward = database
      .prepare<[string, number, number], Row>(
        `${events} WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
      )
      .raw();
    this.last = database.prepare<[], number | null>('SELECT max(position) FROM events').pluck();
  }

  readAll(after: number, max: number): RecordedEvent[] {
    return this.events(() => this.after.all(after, max));
  }

  readForward(stream: string, from: number, max: number): RecordedEvent[] {
    return this.events(() => this.forward.all(stream, from, max));
  }

  readBackward(stream: string, from: number, max: number): RecordedEvent[] {
    return this.events(() => this.backward.all(stream, from, max));
  }

  head(): number {
    try {
      return this.last.get() ?? START;
    } catch (error) {
      throw storeError(error, this.database.name);
    }
  }

  private events(query: () => Row[]): RecordedEvent[] {
    let rows: Row[];
    try {
      rows = query();
    } catch (error) {
      throw storeError(error, this.database.name);
    }
    return rows.map((row) => this.event(row));
  }

  private event([position, stream, revision, id, type, version, dataText, metadataText]: Row): RecordedEvent {
    let data: unknown;
    let metadata: unknown;
    try {
      data = JSON.parse(dataText);
      metadata = JSON.parse(metadataText);
    } catch (error) {
      throw this.damaged(position, error);
    }
    if (!isJsonObject(data) || !isEventMetadata(metadata)) throw this.damaged(position);
    return { id, type, version, data, metadata, stream, revision, position };
  }

  private damaged(position: number, cause?: unknown): CorruptLog {
    return new CorruptLog(
      `The event at position ${position} of ${this.database.name} is damaged. Stop the registry, run "PRAGMA integrity_check" on the file, and put back a backup.`,
      { cause },
    );
  }
}
