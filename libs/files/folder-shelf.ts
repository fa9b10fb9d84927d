import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FileError, refuse } from './error';
import { Shelf, digestOf, isDigest, requireDigest } from './shelf';
import type { ListedFile, StoredFile } from './shelf';

/** How much a shelf takes, in bytes. */
export interface ShelfLimits {
  /** The largest file. */
  readonly file: number;
  /** All files together. */
  readonly shelf: number;
}

/** Files being written; on the same file system as the rest, and cleared at the next start. */
const UNFINISHED = '.unfinished';

/**
 * A shelf in a folder: `ab/cd/abcd…`. Each file is written beside, forced to disk, and only then given its name, by a link that fails where the
 * name is taken; the name is forced to disk as well. Whatever is killed or loses power in between leaves no half file under a name.
 */
export class FolderShelf extends Shelf {
  private used = 0;

  private constructor(
    private readonly folder: string,
    private readonly limits: ShelfLimits,
  ) {
    super();
  }

  /** For the one process that writes: makes the folder, clears what a crash left unfinished, and counts what is there. */
  static async open(folder: string, limits: ShelfLimits): Promise<FolderShelf> {
    const shelf = new FolderShelf(resolve(folder), limits);
    await rm(join(shelf.folder, UNFINISHED), { recursive: true, force: true });
    await makeFolder(join(shelf.folder, UNFINISHED));
    for await (const { size } of shelf.list()) shelf.used += size;
    return shelf;
  }

  /** For a process that only reads; the folder may be read-only, and may not be there yet. It takes nothing. */
  static reader(folder: string): FolderShelf {
    return new FolderShelf(resolve(folder), { file: 0, shelf: 0 });
  }

  async put(bytes: Uint8Array): Promise<StoredFile> {
    const file = { sha256: digestOf(bytes), size: bytes.length };
    if (file.size === 0) refuse('file-empty', 'The file is empty. Choose the file again.');
    const { file: most } = this.limits;
    if (file.size > most) refuse('file-too-large', `The file has ${file.size} bytes; at most ${most} are taken.`);
    if ((await this.sizeOf(file.sha256)) !== undefined) return this.again(file);
    // Taken before it is written, so that files written at the same time do not go beyond the limit together.
    if (this.used + file.size > this.limits.shelf)
      refuse('shelf-full', 'There is no room for more files of this class. Those who run the registry can allow more.');
    this.used += file.size;
    try {
      if (!(await this.write(file.sha256, bytes))) this.used -= file.size;
    } catch (error) {
      this.used -= file.size;
      throw noRoom(error);
    }
    return file;
  }

  async read(sha256: string): Promise<Buffer | undefined> {
    const bytes = await orMissing(readFile(this.pathOf(sha256)));
    if (bytes !== undefined && digestOf(bytes) !== sha256)
      refuse('file-damaged', `The file ${sha256} is not what its name says. Bring it back from a backup.`);
    return bytes;
  }

  async sizeOf(sha256: string): Promise<number | undefined> {
    return (await orMissing(stat(this.pathOf(sha256))))?.size;
  }

  async remove(sha256: string): Promise<void> {
    const path = this.pathOf(sha256);
    const size = await this.sizeOf(sha256);
    if (size === undefined) return;
    await rm(path, { force: true });
    await syncFolder(dirname(path));
    this.used -= size;
  }

  async *list(): AsyncGenerator<ListedFile> {
    const names = (await orMissing(readdir(this.folder, { recursive: true }))) ?? [];
    for (const name of names) {
      const sha256 = name.slice(-64);
      if (!isDigest(sha256) || join(this.folder, name) !== this.pathOf(sha256)) continue;
      const found = await orMissing(stat(this.pathOf(sha256)));
      if (found) yield { sha256, size: found.size, since: found.mtime };
    }
  }

  /**
   * A file that is there stays as it is; but it must be what its name says, may not have reached the disk before a crash, and was put there
   * just now as far as those are concerned who throw away what is old.
   */
  private async again(file: StoredFile): Promise<StoredFile> {
    const path = this.pathOf(file.sha256);
    await this.read(file.sha256);
    await utimes(path, new Date(), new Date());
    await syncFolder(dirname(path));
    return file;
  }

  /** False when another request put the same file there meanwhile. */
  private async write(sha256: string, bytes: Uint8Array): Promise<boolean> {
    const path = this.pathOf(sha256);
    const unfinished = join(this.folder, UNFINISHED, randomUUID());
    try {
      const handle = await open(unfinished, 'wx', 0o640);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await makeFolder(dirname(path));
      const named = await link(unfinished, path).then(
        () => true,
        (error: unknown) => (codeOf(error) === 'EEXIST' ? false : Promise.reject(error as Error)),
      );
      await syncFolder(dirname(path));
      return named;
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  private pathOf(sha256: string): string {
    requireDigest(sha256);
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

/** Makes the folder and those above it, and forces the new names to disk. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o750 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder for this; its file systems journal the names themselves.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orMissing<Result>(look: Promise<Result>): Promise<Result | undefined> {
  try {
    return await look;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function noRoom(error: unknown): unknown {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error))
    ? new FileError('disk-full', 'The disk has no room for the file. Nothing was kept of it; send it again later.', {
        cause: error,
      })
    : error;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
