import { join } from 'node:path';
import { FolderShelf } from './folder-shelf';
import type { ShelfLimits } from './folder-shelf';
import type { Shelf } from './shelf';

/** Who may have a file: everybody; officers and auditors; nobody before a call is opened. */
export const fileClasses = ['public', 'restricted', 'sealed'] as const;
export type FileClass = (typeof fileClasses)[number];

/** The three shelves, apart from one another, so that a process can be given one of them and nothing else. */
export type Files = Readonly<Record<FileClass, Shelf>>;

const MiB = 1024 * 1024;

/** The largest document or photo, in bytes. */
export const MAX_DOCUMENT_BYTES = 25 * MiB;

/** A sealed application has at most 8 MiB and what sealing adds (docs/decisions/010-sealed-applications.md). */
const MAX_SEALED_BYTES = 9 * MiB;

/** Opens the shelves in a folder for the one process that writes them. `quota` is what each may hold, in bytes. */
export async function openFiles(folder: string, quota: number): Promise<Files> {
  const opened = (name: FileClass, file: number): Promise<Shelf> => {
    const limits: ShelfLimits = { file, shelf: quota };
    return FolderShelf.open(join(folder, name), limits);
  };
  return {
    public: await opened('public', MAX_DOCUMENT_BYTES),
    restricted: await opened('restricted', MAX_DOCUMENT_BYTES),
    sealed: await opened('sealed', MAX_SEALED_BYTES),
  };
}

/** The folder of one class below the folder of all. */
export const folderOf = (folder: string, name: FileClass): string => join(folder, name);
