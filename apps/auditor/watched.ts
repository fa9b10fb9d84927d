import { randomUUID } from 'node:crypto';
import { open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WrongRequest } from './log';
import { fileIfThere } from './source';

/** What a watcher remembers of a log from one look to the next. */
export interface Watched {
  readonly origin: string;
  /** The key list it trusts. */
  readonly keys: string;
  readonly size: number;
  /** The last good checkpoint, as signed. */
  readonly checkpoint: string;
  /** When it was seen, and when the log was first seen to be so long, in milliseconds since 1970. */
  readonly seenAt: number;
  readonly grewAt: number;
}

/** Undefined before the first look. Throws WrongRequest where the file is none of a watcher's. */
export async function watchedIn(path: string): Promise<Watched | undefined> {
  const text = await fileIfThere(path);
  if (text === undefined) return undefined;
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    found = undefined;
  }
  if (isWatched(found)) return found;
  throw new WrongRequest(`${path} is no state file of a watcher. Name another file; if it was one, bring it back from a backup, for it is what the log is held against.`);
} // prettier-ignore

/** Durable when it resolves, and never half a file. */
export async function keepWatched(path: string, watched: Watched): Promise<void> {
  await replaceFile(path, `${JSON.stringify(watched, undefined, 2)}\n`);
}

/** A note that proves an alarm, in a file of its own beside the state. The first one of each kind stays. */
export async function keepEvidence(state: string, code: string, note: string): Promise<string> {
  const path = `${state}.${code}`;
  await writeFile(path, note, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return path;
}

async function replaceFile(path: string, content: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  const handle = await open(unfinished, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isWatched(value: unknown): value is Watched {
  if (typeof value !== 'object' || value === null) return false;
  const { origin, keys, checkpoint, size, seenAt, grewAt } = value as Readonly<Record<string, unknown>>;
  return [origin, keys, checkpoint].every((each) => typeof each === 'string') && [size, seenAt, grewAt].every((each) => Number.isSafeInteger(each));
} // prettier-ignore
