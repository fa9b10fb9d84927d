import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../error';
import { CHECKPOINT, SIGNED_CHECKPOINT, parsePath } from './path';
import { TileStorage } from './tile-storage';

/** Files being written. On the same file system as the rest, so that a rename is one step; cleared at the next start. */
const UNFINISHED = '.unfinished';

/**
 * A log in a folder, in the very paths it is served under: any static web server can publish it, `.unfinished` and `signed-checkpoint`
 * aside. Each file is written beside, forced to disk, renamed, and the rename forced to disk, so power loss leaves it whole or absent.
 */
export class FilesystemTileStorage extends TileStorage {
  private constructor(private readonly folder: string) {
    super();
  }

  /** Makes the folder if need be, and clears what a crash left unfinished. */
  static async open(folder: string): Promise<FilesystemTileStorage> {
    const storage = new FilesystemTileStorage(resolve(folder));
    await rm(join(storage.folder, UNFINISHED), { recursive: true, force: true });
    await makeFolder(join(storage.folder, UNFINISHED));
    return storage;
  }

  /** Looks only; the folder may be read-only. */
  static reader(folder: string): FilesystemTileStorage {
    return new FilesystemTileStorage(resolve(folder));
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.fileOf(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async isEmpty(): Promise<boolean> {
    const names = await readdir(this.folder);
    return names.every((name) => name === UNFINISHED);
  }

  async writeOnce(path: string, bytes: Uint8Array): Promise<void> {
    const there = await this.read(path);
    if (there === undefined) return this.put(path, bytes);
    if (Buffer.compare(there, bytes) !== 0) {
      fail(
        'resource-conflict',
        `${path} is there with other content. The entries now given differ from those once logged: find out which of the two stores was changed`,
      );
    }
    // It may have been renamed just before a crash and not have reached the disk by itself.
    await syncFolder(dirname(this.fileOf(path)));
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.put(path, bytes);
  }

  async dropPartials(fullPath: string): Promise<void> {
    await rm(`${this.fileOf(fullPath)}.p`, { recursive: true, force: true });
  }

  private async put(path: string, bytes: Uint8Array): Promise<void> {
    const file = this.fileOf(path);
    const unfinished = join(this.folder, UNFINISHED, randomUUID());
    const handle = await open(unfinished, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await makeFolder(dirname(file));
    await rename(unfinished, file);
    await syncFolder(dirname(file));
  }

  private fileOf(path: string): string {
    if (path !== CHECKPOINT && path !== SIGNED_CHECKPOINT && parsePath(path) === undefined) {
      fail('path-malformed', `"${path}" names no resource of a log`);
    }
    return join(this.folder, path);
  }
}

/** Makes the folder and those above it, and forces the new names to disk. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
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

function isMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  // ENOTDIR: asked for a part of something that is a file.
  return code === 'ENOENT' || code === 'ENOTDIR';
}
