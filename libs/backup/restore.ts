import Database from 'better-sqlite3';
import { createReadStream } from 'node:fs';
import { appendFile, chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { missing } from './copy';
import { BackupError, codeOf } from './error';
import { Destination, everythingIn, namesIn, someAtATime, syncFolder } from './folder';
import { MANIFEST } from './manifest';
import type { KeptFile, Manifest } from './manifest';
import { RESTORES } from './plan';
import { takeSoleUse } from './sole-use';
import { UNFINISHED, manifestIn } from './take';
import type { BackupProgress } from './take';

export interface RestoreRequest {
  readonly backup: string;
  /** The data folder that is to be: not there yet, or empty. */
  readonly to: string;
  /**
   * Looks at what was brought back, while it still lies aside, and mends what has to be; throws where it may not be used. What it answers is written down with the restore, for good.
   */
  readonly judge: (folder: string, manifest: Manifest) => Promise<object>;
  readonly onProgress?: (progress: BackupProgress) => void;
}

/**
 * Brings a backup back as a data folder: whole and judged, or not at all. It is put together in a folder aside, which gets its name in one step at the end; interrupted anywhere, the same call begins anew.
 * Throws BackupError.
 */
export async function restoreBackup({ backup, to, judge, onProgress }: RestoreRequest): Promise<Manifest> {
  const manifest = await manifestIn(backup);
  await requireWhole(backup, manifest);
  await requireNew(to);
  const aside = `${to}.restoring`;
  await mkdir(dirname(to), { recursive: true });
  const begun = (await stat(`${aside}.lock`).catch(missing)) !== undefined;
  if (!begun && (await namesIn(aside)).length > 0) throw new BackupError(`${aside} is in the way. Look what it is, and move it elsewhere.`);
  const sole = takeSoleUse(`${aside}.lock`, aside);
  try {
    await rm(aside, { recursive: true, force: true });
    const destination = new Destination(aside);
    await destination.makeFolderOf(MANIFEST);
    await copyAll(backup, destination, manifest, onProgress);
    await requireSoundDatabases(aside, manifest);
    const found = await judge(aside, manifest);
    await settleDatabases(aside, manifest);
    const line = { restoredAt: new Date().toISOString(), backupOf: manifest.begunAt, log: manifest.log, ...found };
    await appendFile(join(aside, RESTORES), `${JSON.stringify(line)}\n`);
    await openUp(aside);
    await destination.sync();
    await put(aside, to);
    sole.release();
    await rm(`${aside}.lock`, { force: true });
    return manifest;
  } finally {
    sole.release();
  }
} // prettier-ignore

/** Every file of the manifest is there with its size, and no other. */
async function requireWhole(folder: string, { files }: Manifest): Promise<void> {
  const expected = new Map(files.map((file) => [file.path, file]));
  for await (const { path, isFile } of everythingIn(folder)) {
    if (path === MANIFEST || path === UNFINISHED) continue;
    const file = expected.get(path);
    if (!file) throw new BackupError(`${path} lies in the backup and is not in its manifest: somebody put it there. Look what it is, and take it away or take another backup.`);
    if (!isFile) throw new BackupError(`${path} in the backup is no file. Take another backup.`);
    const { size } = await stat(join(folder, path));
    if (size !== file.size)
      throw new BackupError(`${path} in the backup has ${size} bytes instead of ${file.size}: it was ${size < file.size ? 'cut off' : 'added to'}. Take another backup.`);
    expected.delete(path);
  }
  const [lost] = expected.keys();
  if (lost !== undefined)
    throw new BackupError(`${lost} is missing from the backup${expected.size > 1 ? `, and ${expected.size - 1} more files` : ''}. Take another backup.`);
} // prettier-ignore

async function requireNew(to: string): Promise<void> {
  const names = await readdir(to).catch((error: unknown) => {
    if (codeOf(error) === 'ENOTDIR') throw new BackupError(`${to} is a file. Name the data folder that is to be.`);
    return missing(error);
  });
  if (names === undefined) return;
  if (names.length > 0) throw new BackupError(`${to} is not empty, and a backup is never put over anything. Name a new folder with --data, or move this one away.`);
  if ((await stat(to)).dev !== (await stat(dirname(to))).dev)
    throw new BackupError(`${to} is a disk of its own and cannot be put in place in one step. Restore into a folder on it, such as ${join(to, 'data')}, and set REGISTRY_DATA to that.`);
} // prettier-ignore

/** Compared with the manifest while it is copied: what is judged is what was compared. */
async function copyAll(
  backup: string,
  to: Destination,
  { files }: Manifest,
  onProgress?: RestoreRequest['onProgress'],
): Promise<void> {
  const of = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  await someAtATime(files, async ({ path, sha256 }: KeptFile) => {
    const copy = await to.write(path, createReadStream(join(backup, path)) as AsyncIterable<Buffer>, (more) =>
      onProgress?.({ what: path, bytes: (bytes += more), of }),
    );
    if (copy.sha256 !== sha256)
      throw new BackupError(`${path} in the backup is not what was written: its SHA-256 differs from the manifest's. Take another backup.`);
  });
} // prettier-ignore

const databasesOf = ({ files }: Manifest): readonly string[] =>
  files.map(({ path }) => path).filter((path) => path.endsWith('.sqlite'));

/** What was copied bit by bit may have been broken where it lay. */
async function requireSoundDatabases(folder: string, manifest: Manifest): Promise<void> {
  for (const path of databasesOf(manifest)) {
    let found: unknown;
    try {
      const database = new Database(join(folder, path));
      try {
        found = database.pragma('quick_check(1)', { simple: true });
      } finally {
        database.close();
      }
    } catch (error) {
      found = error instanceof Error ? error.message : error;
    }
    if (found !== 'ok')
      throw new BackupError(`${path} was broken already when the backup was taken: ${String(found)}. Take an earlier backup.`);
  }
} // prettier-ignore

/** The files beside a database belong to who has it open. */
async function settleDatabases(folder: string, manifest: Manifest): Promise<void> {
  for (const path of databasesOf(manifest)) {
    const database = new Database(join(folder, path));
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    for (const beside of ['-wal', '-shm']) await rm(join(folder, `${path}${beside}`), { force: true });
    const handle = await open(join(folder, path), 'r+');
    await handle.sync();
    await handle.close();
  }
}

/** As the programs that write them would have made them: others may read what is published, the shelves are for a group, the rest stays private. */
async function openUp(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const shelf = path.startsWith(join(folder, 'files'));
    const published = path.startsWith(join(folder, 'transparency-log')) && !path.endsWith('.key');
    if (shelf) await chmod(path, entry.isDirectory() ? 0o750 : 0o640);
    else if (published) await chmod(path, entry.isDirectory() ? 0o755 : 0o644);
  }
}

async function put(aside: string, to: string): Promise<void> {
  try {
    await rename(aside, to);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EBUSY', 'EXDEV'].includes(String(codeOf(error)))) throw error;
    throw new BackupError(`${basename(to)} cannot be put in place: something was put there meanwhile. Look at ${to}, and run the restore again.`, { cause: error });
  }
  await syncFolder(dirname(to));
} // prettier-ignore
