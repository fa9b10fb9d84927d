import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './error';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * The last checkpoint of a day (UTC), beside the tiles; undefined for what is no day. Whoever has kept none of their own can begin with one of these. They prove nothing against who keeps them, and tell
 * everybody the same.
 */
export const checkpointFileOf = (folder: string, day: string): string | undefined =>
  DAY.test(day) ? join(folder, 'checkpoints', day) : undefined;

/** The days of which a checkpoint is kept, the latest first. */
export async function daysKeptIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(join(folder, 'checkpoints'));
    return names.filter((name) => DAY.test(name)).sort().reverse(); // prettier-ignore
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Keeps a checkpoint as the last of today. Readers see the one before or this one, whole. */
export async function keepOfToday(folder: string, note: string, now = new Date()): Promise<void> {
  const file = checkpointFileOf(folder, now.toISOString().slice(0, 10))!;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.unfinished`, note);
  await rename(`${file}.unfinished`, file);
}
