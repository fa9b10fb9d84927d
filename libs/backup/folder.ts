import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rmdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { BackupError, codeOf } from './error';
import type { KeptFile } from './manifest';

/** So many files are written, or looked at, at the same time; most of a write is waiting for the disk. */
const AT_ONCE = 8;

/** For this user alone: a backup holds what is not public. */
const PRIVATE = { file: 0o600, folder: 0o700 } as const;

/** Writes files below a folder, each forced to disk. */
export class Destination {
  private readonly made = new Set<string>();

  constructor(readonly folder: string) {}

  /** Writes a file anew, whatever was there; answers what it is. */
  async write(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, onBytes?: (bytes: number) => void): Promise<KeptFile> {
    const digest = createHash('sha256');
    let size = 0;
    await this.makeFolderOf(path);
    const handle = await open(join(this.folder, path), 'w', PRIVATE.file);
    try {
      for await (const chunk of chunks) {
        digest.update(chunk);
        size += chunk.length;
        await handle.writeFile(chunk);
        onBytes?.(chunk.length);
      }
      await handle.sync();
    } catch (error) {
      if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(codeOf(error)))) throw error;
      throw new BackupError(`There is no room for ${path} in ${this.folder}. Make room on the disk, or name a folder on another one.`, { cause: error });
    } finally {
      await handle.close();
    }
    return { path, size, sha256: digest.digest('hex') };
  } // prettier-ignore

  async makeFolderOf(path: string): Promise<void> {
    const folder = dirname(join(this.folder, path));
    if (this.made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: PRIVATE.folder });
    for (let each = folder; each.startsWith(this.folder) && !this.made.has(each); each = dirname(each)) this.made.add(each);
  } // prettier-ignore

  /** Forces the names of all that was written to disk. */
  async sync(): Promise<void> {
    for (const folder of this.made) await syncFolder(folder);
    await syncFolder(dirname(this.folder));
  }
}

/** Forces the names in a folder to disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder for this; its file systems journal the names themselves.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file as the manifest names it, by reading it. */
export async function keptFile(folder: string, path: string): Promise<KeptFile> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(join(folder, path)) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    size += chunk.length;
  }
  return { path, size, sha256: digest.digest('hex') };
}

/** Everything below a folder that is no folder, by its path with slashes; what is neither file nor folder is told apart. */
export async function* everythingIn(folder: string): AsyncGenerator<{ readonly path: string; readonly isFile: boolean }> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    yield { path: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'), isFile: entry.isFile() };
  }
} // prettier-ignore

/** Names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Takes away the folders below this one that hold nothing. */
export async function dropEmptyFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  for (const each of folders.sort((one, other) => other.length - one.length))
    await rmdir(each).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(String(codeOf(error)))) throw error;
    });
}

/** Does a task for each, some at a time; the first that fails ends it. */
export async function someAtATime<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  let batch: Item[] = [];
  const work = async (): Promise<void> => {
    // All have ended before one that failed is told of: nothing is written any more behind its back.
    const outcomes = await Promise.allSettled(batch.splice(0).map(task));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  };
  for await (const item of items) {
    batch = [...batch, item];
    if (batch.length >= AT_ONCE) await work();
  }
  await work();
}
