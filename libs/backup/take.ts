import { existsSync, statSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmbeddedLog } from '#event-store';
import { copyDatabase, copyFile, copyShelf, copyTransparencyLog, missing } from './copy';
import { BackupError } from './error';
import { Destination, dropEmptyFolders, everythingIn, namesIn, syncFolder } from './folder';
import { MANIFEST, readManifest, writtenManifest } from './manifest';
import type { KeptFile, Manifest } from './manifest';
import type { Step } from './plan';
import { takeSoleUse } from './sole-use';

/** Lies in a backup that is being made, or was interrupted. */
export const UNFINISHED = 'UNFINISHED';

export interface BackupProgress {
  /** What is being copied. */
  readonly what: string;
  /** Bytes copied so far, and to be copied as far as is known. */
  readonly bytes: number;
  readonly of: number;
}

export interface BackupRequest {
  readonly folder: string;
  readonly steps: readonly Step[];
  readonly withKeys: boolean;
  /** What the settings name and a backup of this kind cannot hold. */
  readonly leftOut?: readonly string[];
  readonly onProgress?: (progress: BackupProgress) => void;
}

/**
 * Copies the parts of a registry, one after the other in the order given, while it runs. The manifest comes last: until then the folder holds no backup, and the same call begins anew, with what needs no
 * second copy. Throws BackupError.
 */
export async function takeBackup({ folder, steps, withKeys, leftOut = [], onProgress }: BackupRequest): Promise<Manifest> {
  await requirePlace(folder, steps);
  const to = new Destination(folder);
  await to.makeFolderOf(UNFINISHED);
  const sole = takeSoleUse(join(folder, UNFINISHED), `the backup in ${folder}`);
  try {
    const begunAt = new Date().toISOString();
    const files = new Map<string, KeptFile>();
    const missed: string[] = [...leftOut];
    const damaged = new Set<string>();
    const of = sizeOf(steps);
    let bytes = 0;
    let log: Manifest['log'] = null;
    let checkpoint: string | null = null;
    for (const step of steps) {
      const tell = (more: number): void => onProgress?.({ what: step.path, bytes: (bytes += more), of: Math.max(of, bytes) });
      tell(0);
      switch (step.kind) {
        case 'database': {
          if (!existsSync(step.from)) {
            if (step.needed) throw new BackupError(`There is no ${step.from}: nothing to back up. Name the data folder with --data.`);
            missed.push(`${step.path}: there is none at ${step.from}.`);
            break;
          }
          files.set(step.path, await copyDatabase(step.from, to, step.path, tell));
          if (step.log) log = await endOfLog(join(folder, step.path));
          break;
        }
        case 'transparency-log':
          checkpoint = (await copyTransparencyLog(step.from, to, files)) ?? null;
          if (checkpoint === null) missed.push(`${step.path}: none was begun in ${step.from}.`);
          break;
        case 'shelf':
          for (const each of await copyShelf(step.from, to, step.path, files, tell)) damaged.add(each);
          break;
        case 'file': {
          const file = await copyFile(step.from, to, step.path);
          if (file) files.set(step.path, file);
          break;
        }
      }
    }
    await dropStrays(folder, files);
    await to.sync();
    const finishedAt = new Date().toISOString();
    const manifest = { begunAt, finishedAt, log, checkpoint, withKeys, leftOut: missed, damaged: [...damaged], files: [...files.values()].sort(byPath) };
    await finish(folder, manifest);
    sole.release();
    await rm(join(folder, UNFINISHED), { force: true });
    return manifest;
  } finally {
    sole.release();
  }
} // prettier-ignore

/** The manifest of a folder. Throws BackupError where it holds none, or a damaged one. */
export async function manifestIn(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(missing);
  if (text !== undefined) return readManifest(text);
  const names = await namesIn(folder);
  throw new BackupError(
    names.includes(UNFINISHED)
      ? `${folder} holds no backup: one was begun there and not finished. Take another one, or run "auditor backup ${folder}" again.`
      : `${folder} holds no backup: it has no ${MANIFEST}.`,
  );
}

/** An empty folder, or one in which a backup was interrupted; and outside of what is copied. */
async function requirePlace(folder: string, steps: readonly Step[]): Promise<void> {
  const inside = steps.find(({ kind, from }) => kind !== 'database' && kind !== 'file' && `${folder}/`.startsWith(`${from}/`));
  if (inside) throw new BackupError(`${folder} lies within ${inside.from}, which is to be copied. Name a folder elsewhere, best on another disk.`);
  const names = await namesIn(folder);
  if (names.includes(MANIFEST)) throw new BackupError(`${folder} holds a backup already, and none is ever written over. Name another folder.`);
  if (names.length > 0 && !names.includes(UNFINISHED))
    throw new BackupError(`${folder} is not empty, and no backup was begun there. Name a new folder.`);
} // prettier-ignore

function sizeOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { kind, from }) => sum + (kind === 'database' && existsSync(from) ? statSync(from).size : 0), 0);
} // prettier-ignore

/** By opening the copy, which also shows that it is a log. */
async function endOfLog(path: string): Promise<Manifest['log']> {
  const store = openEmbeddedLog(path, { readOnly: true });
  try {
    const head = await store.head();
    const [last] = await store.readAll(head - 1, 1);
    return last ? { position: last.position, event: last.id } : null;
  } finally {
    await store.close();
    // Nobody writes to a copy: these hold nothing.
    for (const beside of ['-wal', '-shm']) await rm(`${path}${beside}`, { force: true });
  }
}

/** What an interrupted run left and this one has no use for. */
async function dropStrays(folder: string, files: ReadonlyMap<string, KeptFile>): Promise<void> {
  for await (const { path } of everythingIn(folder))
    if (path !== UNFINISHED && !files.has(path)) await rm(join(folder, path));
  await dropEmptyFolders(folder);
}

async function finish(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, MANIFEST);
  const handle = await open(`${path}.next`, 'w', 0o600);
  try {
    await handle.writeFile(writtenManifest(manifest));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.next`, path);
  await syncFolder(folder);
}

const byPath = ({ path: one }: KeptFile, { path: other }: KeptFile): number => (one < other ? -1 : 1);
