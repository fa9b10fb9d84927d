import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LegalDate, Profile } from '#domain';
import type { EventStore } from '#event-store';
import { START } from '#event-store';
import { ReadDatabase } from '../database/read-database';
import { ReadDatabaseError } from '../database/settings';
import { physicalName, readLedger } from '../engine/ledger';
import { ProjectionRunner } from '../engine/runner';
import { stateTable } from '../projection';
import { projectionsFor } from '../projections';
import { NotBuiltYet, live } from '../queries/tables';
import { NOTE, fileOf, forgetUnfinished, keptDay, unfinishedFileOf, wholeFileOf } from './kept-day';
import type { KeptDay } from './kept-day';
import { LogUntil, logBy } from './log-by';
import type { Extent } from './log-by';

export interface Making {
  readonly folder: string;
  readonly day: LegalDate;
  /** The day it is (UTC): a day is made when it is over. */
  readonly today: LegalDate;
  readonly profile: Profile;
  /** Told of everything an operator should see. */
  readonly onNotice?: (notice: string) => void;
  /** Told after each batch how many of the entries are taken. */
  readonly onProgress?: (entries: number, of: number) => void;
  /** Asks to stop; what was made until then is gone on with by the next call. */
  readonly signal?: AbortSignal;
}

/**
 * Makes the read database that stopped at the last entry recorded by the end of a day: every projection, built from the log as it had come by then, in one SQLite file. The file has its name when it is whole, and
 * not before; after an interruption the next call goes on where it was, unless the log or the program is another by then. Throws ReadDatabaseError.
 */
export async function makeDay(store: EventStore, making: Making): Promise<KeptDay> {
  const { folder, day, today, profile, signal } = making;
  if (day >= today)
    throw new ReadDatabaseError(`${day} is not over (UTC): what is known may still grow. Ask again tomorrow.`);
  const extent = await logBy(store, day);
  if (extent.position === START)
    throw new ReadDatabaseError(`Nothing had been recorded by the end of ${day}: there is nothing to keep.`);
  await mkdir(folder, { recursive: true });
  const database = await begun(making, extent);
  try {
    await built(database, store, extent, making);
    signal?.throwIfAborted();
    await finish(database, extent, making);
  } finally {
    await database.close();
  }
  await inPlace(wholeFileOf(folder, day), fileOf(folder, day));
  await forgetUnfinished(folder, day);
  const kept = await keptDay(folder, day, profile);
  if (kept?.note) return kept;
  throw new ReadDatabaseError(kept?.refused ?? `${fileOf(folder, day)} is gone again.`);
}

/** What is being made: of which day, of which log, by which program. Whoever finds something else begins anew. */
function markOf({ day, profile }: Making, { first, last, position, entries }: Extent): string {
  const versions = projectionsFor(profile).map(({ name, version }) => [name, version]);
  return createHash('sha256')
    .update(JSON.stringify([day, profile.code, versions, first, last, position, entries]))
    .digest('hex');
}

async function begun(making: Making, extent: Extent): Promise<ReadDatabase> {
  const { folder, day } = making;
  const path = unfinishedFileOf(folder, day);
  const mark = markOf(making, extent);
  if (existsSync(path)) {
    const found = await openedWith(path, mark);
    if (found) return found;
    await forgetUnfinished(folder, day);
  }
  const database = await ReadDatabase.openForWriting({ kind: 'sqlite', path });
  await database.query('CREATE TABLE being_made (mark TEXT NOT NULL)');
  await database.query('INSERT INTO being_made (mark) VALUES (?)', [mark]);
  return database;
}

/** The unfinished file, where it is of what is to be made now. */
async function openedWith(path: string, mark: string): Promise<ReadDatabase | undefined> {
  let database: ReadDatabase | undefined;
  try {
    database = await ReadDatabase.openForWriting({ kind: 'sqlite', path });
    const [row] = await database.query<{ mark: string }>('SELECT mark FROM being_made');
    if (row?.mark === mark) return database;
  } catch {
    // Cut off before it said what it is of, or damaged: made anew.
  }
  await database?.close();
  return undefined;
}

async function built(database: ReadDatabase, store: EventStore, extent: Extent, making: Making): Promise<void> {
  const { profile, onNotice, onProgress, signal } = making;
  const runner = new ProjectionRunner(new LogUntil(store, extent), database, projectionsFor(profile), {
    ...(onNotice && { onNotice }),
    onBatch: () => onProgress?.(Math.min(...runner.progress().map(({ applied }) => applied)), extent.entries),
  });
  await runner.start();
  try {
    while (!signal?.aborted && !(await runner.reached(extent.position, 1000)));
  } finally {
    await runner.stop();
  }
  const stopped = runner.progress().find((progress) => progress.stopped);
  if (stopped)
    throw new ReadDatabaseError(
      `"${stopped.name}" stopped before event ${stopped.stopped?.event}: ${stopped.stopped?.reason}`,
    );
}

/** What only the engine needs goes, the note says what it is, and all is written once more into one piece: a file without a journal, which can be read where nobody may write. */
async function finish(database: ReadDatabase, extent: Extent, { folder, day, profile }: Making): Promise<void> {
  const short = (await readLedger(database)).find(
    ({ applied, checkpoint, live: isLive }) => !isLive || applied !== extent.entries || checkpoint !== extent.position,
  );
  if (short)
    throw new ReadDatabaseError(
      `"${short.name}" has taken ${short.applied} entries where the log held ${extent.entries} by the end of ${day}.`,
    );
  const { table } = await live(database, 'timeline');
  const [ends] = await database.query<{ first: string; last: string }>(
    `SELECT (SELECT id FROM ${table('timeline')} ORDER BY position LIMIT 1) AS first, (SELECT id FROM ${table('timeline')} ORDER BY position DESC LIMIT 1) AS last`,
  );
  if (!ends?.first) throw new NotBuiltYet('timeline');
  const note = [day, profile.code, extent.position, extent.entries, ends.first, ends.last, new Date().toISOString()];
  await database.query(`DROP TABLE IF EXISTS ${NOTE}`);
  await database.query(
    `CREATE TABLE ${NOTE} (day TEXT NOT NULL, profile TEXT NOT NULL, position INTEGER NOT NULL, entries INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, madeAt TEXT NOT NULL)`,
  );
  await database.query(`INSERT INTO ${NOTE} VALUES (?, ?, ?, ?, ?, ?, ?)`, note);
  for (const projection of projectionsFor(profile)) {
    if (projection.stateIn) continue;
    await database.query(`DROP TABLE IF EXISTS ${physicalName(stateTable(projection).name, projection.version)}`);
  }
  await rm(wholeFileOf(folder, day), { force: true });
  await database.query('VACUUM INTO ?', [wholeFileOf(folder, day)]);
}

/** Whole, on disk, and then under its name. */
async function inPlace(made: string, whole: string): Promise<void> {
  const file = await open(made, 'r+');
  await file.sync();
  await file.close();
  await rename(made, whole);
  if (process.platform === 'win32') return;
  const folder = await open(dirname(whole), 'r');
  await folder.sync();
  await folder.close();
}
