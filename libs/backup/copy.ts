import Database from 'better-sqlite3';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError, FolderShelf } from '#files';
import { checkpointFileOf, daysKeptIn, keysFileIn, tilesFolderIn } from '#notary';
import {
  CHECKPOINT,
  FilesystemTileStorage,
  SIGNED_CHECKPOINT,
  WITNESSED_CHECKPOINT,
  parseLogKeys,
  resourcesOf,
  sameHash,
  verifyCheckpoint,
} from '#transparency-log';
import { BackupError, codeOf } from './error';
import { keptFile, namesIn, someAtATime } from './folder';
import type { Destination } from './folder';
import type { KeptFile } from './manifest';
import { TRANSPARENCY_LOG } from './plan';

/** Pages moved between two looks at other work. */
const PAGES = 512;
const BUSY_TIMEOUT_MS = 5000;

export type OnBytes = (bytes: number) => void;

/**
 * Copies a SQLite database as it is at one moment, while others write to it. The read transaction keeps that moment: without it SQLite would begin anew after each write of another process, and never end
 * beside a busy one.
 */
export async function copyDatabase(from: string, to: Destination, path: string, onBytes?: OnBytes): Promise<KeptFile> {
  const target = join(to.folder, path);
  await to.makeFolderOf(path);
  for (const leftover of ['', '-journal', '-wal', '-shm']) await rm(`${target}${leftover}`, { force: true });
  // Made here first, for this user alone: SQLite would make it readable for others.
  await to.write(path, []);
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    const pageBytes = Number(source.pragma('page_size', { simple: true }));
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    let copied = 0;
    await source.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        onBytes?.((totalPages - remainingPages - copied) * pageBytes);
        copied = totalPages - remainingPages;
        return PAGES;
      },
    });
    source.exec('COMMIT');
  } catch (error) {
    const code = String(codeOf(error));
    if (!code.startsWith('SQLITE_')) throw error;
    throw new BackupError(
      `${from} cannot be copied to ${target} (${code}: ${error instanceof Error ? error.message : ''}). ${code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR') ? 'Make room on the disk, or name a folder on another one.' : 'Look whether both can be read and written.'}`,
      { cause: error },
    );
  } finally {
    source.close();
  }
  return keptFile(to.folder, path);
}

/** The files of a shelf that the copy does not have yet; answers those that are damaged where they lie, which are left out. */
export async function copyShelf(
  from: string,
  to: Destination,
  path: string,
  known: Map<string, KeptFile>,
  onBytes?: OnBytes,
): Promise<readonly string[]> {
  const shelf = FolderShelf.reader(from);
  const damaged: string[] = [];
  await someAtATime(shelf.list(), async ({ sha256 }) => {
    const place = `${path}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    if (known.has(place)) return;
    // From a run that was interrupted.
    const there = await keptFile(to.folder, place).catch(missing);
    const file = there?.sha256 === sha256 ? there : await copied(sha256, place);
    if (file) known.set(place, file);
    if (file) onBytes?.(file.size);
  });
  return damaged;

  async function copied(sha256: string, place: string): Promise<KeptFile | undefined> {
    try {
      const bytes = await shelf.read(sha256);
      // Taken away since it was listed: no entry of the log names it any more.
      return bytes && (await to.write(place, [bytes]));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      damaged.push(`${path}: ${error.message}`);
      return undefined;
    }
  }
}

/**
 * The last checkpoint that was signed and what it covers; answers its text. What is signed meanwhile is left for the next backup. Undefined where there is no log. Throws BackupError where the log's own
 * keys do not vouch for it, and TransparencyError where something of it is missing.
 */
export async function copyTransparencyLog(from: string, to: Destination, files: Map<string, KeptFile>): Promise<string | undefined> {
  const list = await readFile(keysFileIn(from)).catch(missing);
  const source = FilesystemTileStorage.reader(tilesFolderIn(from));
  // In this order: what is signed comes before what is published, so the second is never behind the first.
  const published = await source.read(CHECKPOINT);
  const signed = await source.read(SIGNED_CHECKPOINT);
  // A log that has a name and was not begun yet: its name is kept.
  const begun = signed !== undefined || (await namesIn(tilesFolderIn(from))).some((name) => !name.startsWith('.'));
  if (!begun && list !== undefined) files.set(`${TRANSPARENCY_LOG}/keys`, await to.write(`${TRANSPARENCY_LOG}/keys`, [list]));
  if (!begun) return undefined;
  if (list === undefined || signed === undefined)
    throw new BackupError(`The transparency log in ${from} has lost its ${list === undefined ? 'list of keys' : 'memory of what it signed'}. Bring it back from an earlier backup first.`);
  const keys = parseLogKeys(list.toString('utf8'));
  const trust = { origin: keys[0]?.verifier.name ?? '', keys };
  const head = verifyCheckpoint(signed, trust);
  const shown = published && verifyCheckpoint(published, trust);
  const keep = async (path: string, bytes: Uint8Array): Promise<void> => {
    const place = `${TRANSPARENCY_LOG}/${path}`;
    files.set(place, await to.write(place, [bytes]));
  };
  await someAtATime(resourcesOf(source, head.size), ([path, bytes]) => keep(`log/${path}`, bytes));
  await keep('keys', list);
  await keep(`log/${SIGNED_CHECKPOINT}`, signed);
  // The published one bears cosignatures; where it is of an earlier size, publishing the signed one is what the log was about to do.
  const same = shown?.size === head.size && sameHash(shown.root, head.root);
  await keep(`log/${CHECKPOINT}`, same ? published! : signed);
  // What others were told of it before: as much as the copy can show that it grew out of.
  const covered = (note: Uint8Array): boolean => Number(Buffer.from(note).toString('utf8').split('\n')[1]) <= head.size;
  const witnessed = await source.read(WITNESSED_CHECKPOINT);
  if (witnessed && covered(witnessed)) await keep(`log/${WITNESSED_CHECKPOINT}`, witnessed);
  for (const day of await daysKeptIn(from)) {
    const note = await readFile(checkpointFileOf(from, day)!);
    if (covered(note)) await keep(`checkpoints/${day}`, note);
  }
  return Buffer.from(signed).toString('utf8');
} // prettier-ignore

/** A file as it is; undefined where there is none. */
export async function copyFile(from: string, to: Destination, path: string): Promise<KeptFile | undefined> {
  if ((await stat(from).catch(missing)) === undefined) return undefined;
  return to.write(path, createReadStream(from) as AsyncIterable<Buffer>);
}

export function missing(error: unknown): undefined {
  if (['ENOENT', 'ENOTDIR'].includes(String(codeOf(error)))) return undefined;
  throw error;
}
