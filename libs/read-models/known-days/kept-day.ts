import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isLegalDate } from '#domain';
import type { Instant, LegalDate, Profile } from '#domain';
import { ReadDatabase } from '../database/read-database';
import { ReadDatabaseError } from '../database/settings';
import { readLedger } from '../engine/ledger';
import { projectionsFor } from '../projections';
import { live, positionOf } from '../queries/tables';

/** What a read database that stopped at the end of a day says of itself. */
export interface DayNote {
  readonly day: LegalDate;
  /** Code of the jurisdiction it was made for. */
  readonly profile: string;
  /** Log position of the last entry recorded by the end of that day. */
  readonly position: number;
  /** Entries of the log up to there. */
  readonly entries: number;
  /** Ids of the first and the last public entry in it: they say of which log it is. */
  readonly first: string;
  readonly last: string;
  readonly madeAt: Instant;
}

/** A day that is kept, as the file lies there. */
export interface KeptDay {
  readonly day: LegalDate;
  readonly path: string;
  readonly bytes: number;
  /** Another file of the same name is another day to whoever has it open. */
  readonly made: string;
  /** Undefined for a file that cannot be used; `refused` says why, and what to do. */
  readonly note?: DayNote;
  readonly refused?: string;
}

/** Name of the table with the note; it is in no ledger, for no projection makes it. */
export const NOTE = 'known_day';

/** Where read databases of days of knowledge lie. Throws ReadDatabaseError. */
export function knownDaysFolderFrom(env: Readonly<Record<string, string | undefined>>, dataFolder: string): string {
  const named = env.KNOWN_DAYS_FOLDER;
  if (named === '')
    throw new ReadDatabaseError('KNOWN_DAYS_FOLDER is empty. Name a folder, or leave the variable out.');
  return resolve(named ?? join(dataFolder, 'known-days'));
}

export const fileOf = (folder: string, day: LegalDate): string => join(folder, `${day}.sqlite`);
/** While it is being made; whole files alone have the other name. */
export const unfinishedFileOf = (folder: string, day: LegalDate): string => join(folder, `${day}.unfinished`);

/** In one piece, and not yet safe on the disk. */
export const wholeFileOf = (folder: string, day: LegalDate): string => join(folder, `${day}.whole`);

const FILE = /^(\d{4}-\d\d-\d\d)\.sqlite$/;

/** The command with which the authority makes a day. */
export const commandFor = (day: LegalDate): string => `npm run auditor -- known-at ${day}`;

/** All days that are kept in a folder, the latest first, those that cannot be used among them; none where there is no folder. */
export async function keptDays(folder: string, profile: Profile): Promise<readonly KeptDay[]> {
  const days = (await namesIn(folder)).flatMap((name) => {
    const day = FILE.exec(name)?.[1];
    return day !== undefined && isLegalDate(day) ? [day] : [];
  });
  const found = await Promise.all(days.map((day) => keptDay(folder, day, profile)));
  return found.filter((each) => each !== undefined).sort((a, b) => (a.day < b.day ? 1 : -1));
}

/** One day; undefined where it is not kept. */
export async function keptDay(folder: string, day: LegalDate, profile: Profile): Promise<KeptDay | undefined> {
  const path = fileOf(folder, day);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const file = { day, path, bytes: found.size, made: `${found.ino}-${found.mtimeMs}` };
  try {
    return { ...file, note: await readNote(path, day, profile) };
  } catch (error) {
    return { ...file, refused: error instanceof Error ? error.message : String(error) };
  }
}

/** What a file says of itself. Throws ReadDatabaseError for one that this code cannot read right. */
async function readNote(path: string, day: LegalDate, profile: Profile): Promise<DayNote> {
  const again = `Make it again: ${commandFor(day)}`;
  let database: ReadDatabase | undefined;
  try {
    database = await ReadDatabase.openForReading({ kind: 'sqlite', path });
    const [row] = await database.query<Record<keyof DayNote, string | number>>(`SELECT * FROM ${NOTE}`);
    if (!row || row.day !== day) throw new ReadDatabaseError(`${path} is not of ${day}. ${again}`);
    if (row.profile !== profile.code)
      throw new ReadDatabaseError(`${path} was made for the profile ${row.profile}, not for ${profile.code}. ${again}`);
    const ledger = await readLedger(database);
    const other = projectionsFor(profile).find(
      ({ name, version }) => !ledger.some((each) => each.name === name && each.version === version && each.live),
    );
    if (other)
      throw new ReadDatabaseError(`${path} was made by another version of the program: it has no version ${other.version} of "${other.name}". ${again}`);
    return { ...row, position: Number(row.position), entries: Number(row.entries) } as DayNote;
  } catch (error) {
    if (error instanceof ReadDatabaseError && error.message.endsWith(again)) throw error;
    throw new ReadDatabaseError(`${path} is damaged or no read database of a day. ${again}`, { cause: error });
  } finally {
    await database?.close();
  }
} // prettier-ignore

/**
 * Whether a day was made of the log behind another read database: both know its first and its last public entry at the same positions. `not-yet` where that database has not come so far. Throws NotBuiltYet.
 */
export async function ofTheSameLog(
  { first, last, position }: DayNote,
  present: ReadDatabase,
  kept: ReadDatabase,
): Promise<boolean | 'not-yet'> {
  const placesIn = async (database: ReadDatabase): Promise<string> => {
    const { table } = await live(database, 'timeline');
    const sql = `SELECT id, position FROM ${table('timeline')} WHERE id IN (?, ?) ORDER BY position`;
    return JSON.stringify((await database.query(sql, [first, last])).map((row) => [row.id, Number(row.position)]));
  };
  if ((await positionOf(present)) < position) return 'not-yet';
  return (await placesIn(present)) === (await placesIn(kept));
}

/** Forgets a day, and what was begun of it. True where there was something. */
export async function forgetDay(folder: string, day: LegalDate): Promise<boolean> {
  const begun = await forgetUnfinished(folder, day);
  const whole = existsSync(fileOf(folder, day));
  await rm(fileOf(folder, day), { force: true });
  return begun || whole;
}

/** Forgets what was begun of a day. True where there was something. */
export async function forgetUnfinished(folder: string, day: LegalDate): Promise<boolean> {
  const path = unfinishedFileOf(folder, day);
  const there = existsSync(path);
  const parts = ['', '-wal', '-shm', '-journal'].map((ending) => path + ending);
  for (const each of [...parts, wholeFileOf(folder, day)]) await rm(each, { force: true });
  return there;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ReadDatabaseError(`The folder of the days of knowledge ${folder} cannot be read. Check who may, or name another with KNOWN_DAYS_FOLDER.`, { cause: error }); // prettier-ignore
  }
}
