import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { NewEvent, RecordedEvent } from '#domain';
import { admit } from '../admission';
import { Misconfigured, StoreUnavailable } from '../errors';
import type { Appended, ExpectedRevision, ReadStreamOptions, SubscribeOptions } from '../event-store';
import { EventStore } from '../event-store';
import { Growth } from '../growth';
import { connectForReading, connectForWriting } from './connection';
import { GroupCommit } from './group-commit';
import { checkLogFile, createLogFile, createLogFolder } from './log-file';
import { LogReader } from './log-reader';
import { LogWriter } from './log-writer';
import { storeError } from './sqlite-errors';
import { WriterLock } from './writer-lock';

export interface EmbeddedLogOptions {
  /** Opens beside the process that writes, takes no lock and refuses appends. The log must be there. */
  readonly readOnly?: boolean;
  /** The log refuses to grow beyond this (StoreFull), so that the disk keeps room for other things. */
  readonly maxBytes?: number;
}

/** How often a process that does not write looks whether the one that does has written. */
const POLL_MS = 100;
const BATCH = 512;

/**
 * Opens the log at `path`, and makes it (with its folder) unless it is there. Throws StoreLocked when another process writes to it,
 * ForeignLog when the file is not our log or is from a newer version, Misconfigured when it cannot be opened.
 */
export function openEmbeddedLog(path: string, options: EmbeddedLogOptions = {}): EmbeddedEventStore {
  if (options.readOnly) {
    if (!existsSync(path)) {
      throw new Misconfigured(
        `There is no event log at ${path} yet. Start the registry first: it makes the log, which this process only reads. Or name the file with EVENT_STORE_PATH.`,
      );
    }
    checkLogFile(path);
    return storeOn(connectForReading(path));
  }
  createLogFolder(path);
  const lock = WriterLock.take(path);
  try {
    createLogFile(path);
    checkLogFile(path);
    return storeOn(connectForWriting(path, options.maxBytes), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function storeOn(database: Database.Database, lock?: WriterLock): EmbeddedEventStore {
  try {
    return new EmbeddedEventStore(database, lock);
  } catch (error) {
    database.close();
    throw storeError(error, database.name);
  }
}

/** The log in one SQLite file, for one writing process and any number of reading ones. See `openEmbeddedLog`. */
export class EmbeddedEventStore extends EventStore {
  private readonly reader: LogReader;
  private readonly commits: GroupCommit | undefined;
  private readonly growth = new Growth();
  private readonly closing = new AbortController();

  /** Writes when it is given the writer's lock, and releases it in the end. */
  constructor(
    private readonly database: Database.Database,
    private readonly lock?: WriterLock,
  ) {
    super();
    this.reader = new LogReader(database);
    if (!lock) return;
    const writer = new LogWriter(database);
    this.commits = new GroupCommit((batch) => {
      const outcomes = writer.write(batch);
      this.growth.happened();
      return outcomes;
    });
  }

  override async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (!this.commits) throw new Misconfigured(`${this.database.name} was opened for reading only.`);
    return this.commits.add(admit(stream, events, expected));
  }

  override async readStream(stream: string, options: ReadStreamOptions = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const max = options.max ?? Number.MAX_SAFE_INTEGER;
    if (max <= 0) return [];
    return options.direction === 'backward'
      ? this.reader.readBackward(stream, options.from ?? Number.MAX_SAFE_INTEGER, max)
      : this.reader.readForward(stream, options.from ?? 0, max);
  }

  override async readAll(after: number, max: number): Promise<RecordedEvent[]> {
    this.assertOpen();
    return max <= 0 ? [] : this.reader.readAll(after, max);
  }

  override async *subscribe(after: number, options: SubscribeOptions): AsyncGenerator<RecordedEvent[]> {
    const ended = AbortSignal.any([options.signal, this.closing.signal]);
    let last = after;
    while (!ended.aborted) {
      const batch = this.reader.readAll(last, options.batchSize ?? BATCH);
      const end = batch.at(-1);
      if (end) {
        yield batch;
        last = end.position;
        // A subscriber that never waits for anything must not keep commands and requests waiting.
        await nextTurn();
      } else {
        await this.growth.next(ended, this.commits ? undefined : POLL_MS);
      }
    }
  }

  override async head(): Promise<number> {
    this.assertOpen();
    return this.reader.head();
  }

  /** Positions have no gaps here, so the last one is the count. */
  override async count(): Promise<number> {
    return Math.max(0, await this.head());
  }

  override async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.commits?.close();
    this.closing.abort();
    this.database.close();
    this.lock?.release();
  }

  private assertOpen(): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable('The event store is closed.');
  }
}
