import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { ForeignLog, Misconfigured } from '../errors';

/** "SRRl" in ASCII: marks a SQLite file as a log of the Social Reuse Registry (https://www.sqlite.org/fileformat2.html §1.3.16). */
export const APPLICATION_ID = 0x5352526c;

/** Format of the file this code writes; a higher number is a file from newer code. */
export const FORMAT = 1;

const PAGE_BYTES = 8192;
const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/**
 * The log lets nothing happen to it but the next event, whichever program writes. REPLACE deletes without asking a delete trigger, so the
 * insert trigger is what forbids it: an event is taken only at the next position and the next revision of its stream.
 */
const SCHEMA = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER events_follow_each_other BEFORE INSERT ON events
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
      OR NEW.revision IS NOT (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream = NEW.stream)
    BEGIN SELECT RAISE(ABORT, 'an event comes after the last one, or not at all'); END;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
`;

/**
 * Makes an empty log unless there is a file already; the caller holds the writer's lock. It is made aside and moved into place, so that a
 * crash leaves either no log or a whole one.
 */
export function createLogFile(path: string): void {
  if (existsSync(path) && statSync(path).size > 0) return;
  if (existsSync(`${path}-wal`)) {
    throw new ForeignLog(
      `${path} is missing, but its write-ahead file ${path}-wal is there and may hold events. Put the log back beside it, or move that file away.`,
    );
  }
  const aside = `${path}.new`;
  for (const leftover of [aside, `${aside}-journal`, `${aside}-wal`, `${aside}-shm`]) rmSync(leftover, { force: true });
  const database = new Database(aside);
  database.pragma('synchronous = FULL');
  database.pragma(`page_size = ${PAGE_BYTES}`);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${FORMAT}`);
  database.exec(SCHEMA);
  database.pragma('journal_mode = WAL');
  database.close();
  renameSync(aside, path);
}

/** Makes the folder the log lies in. */
export function createLogFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new Misconfigured(`The folder of the event log ${path} cannot be made: ${reason(error)}.`);
  }
}

/**
 * Throws ForeignLog unless the file is a log of ours in a format this code knows. It looks at the file's first bytes alone, because
 * opening it with SQLite could already change a file that is not ours.
 */
export function checkLogFile(path: string): void {
  const header = readHeader(path);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new ForeignLog(
      `${path} is not an event log: it is no SQLite file. Name another path; this file was left as it is.`,
    );
  }
  if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw new ForeignLog(
      `${path} is a SQLite file of another program, not an event log. Name another path; this file was left as it is.`,
    );
  }
  const format = header.readUInt32BE(USER_VERSION_AT);
  if (format > FORMAT) {
    throw new ForeignLog(
      `${path} was written by a newer version (format ${format}, this one knows up to ${FORMAT}). Install the newer version; the file was left as it is.`,
    );
  }
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new Misconfigured(`The event log ${path} cannot be opened: ${reason(error)}.`);
  }
  try {
    readSync(file, header, 0, HEADER_BYTES, 0);
    return header;
  } catch (error) {
    throw new Misconfigured(`The event log ${path} cannot be read: ${reason(error)}.`);
  } finally {
    closeSync(file);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
