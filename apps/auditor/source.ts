import { readFile } from 'node:fs/promises';
import { keysFileIn, tilesFolderIn } from '#notary';
import { CHECKPOINT, FilesystemTileStorage, TileSource, parseLogKeys, parsePath } from '#transparency-log';
import type { Trust } from '#transparency-log';
import { WrongRequest } from './log';

/** Nothing in a log is larger. */
const MOST_BYTES = 32 * 1024 * 1024;
const PATIENCE_MS = 30_000;

const isAddress = (log: string): boolean => /^https?:\/\//.test(log);
const within = (address: string, path: string): string => `${address.replace(/\/$/, '')}/${path}`;

/** A log cannot be reached just now; nothing is known about it. */
export class LogAway extends WrongRequest {}

/** The resources of a transparency log: in its folder, or under the address it is published under. */
export const sourceOf = (log: string): TileSource =>
  isAddress(log) ? new PublishedTiles(log) : FilesystemTileStorage.reader(tilesFolderIn(log));

/** The key list beside a log; undefined where it publishes none. */
export async function keysBeside(log: string): Promise<string | undefined> {
  if (!isAddress(log)) return fileIfThere(keysFileIn(log));
  const bytes = await fetched(within(log, 'keys'));
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** The key list the auditor names, or the one beside the log. Throws WrongRequest. */
export async function keysFrom(log: string, keys: string | undefined): Promise<string> {
  const list = keys === undefined ? await keysBeside(log) : await fileAt(keys);
  if (list === undefined) throw new WrongRequest(`There are no keys at ${log}. Give those you trust with --keys FILE.`);
  return list;
}

/** Whom a key list trusts to speak for the log. Throws WrongRequest. */
export function trustFrom(list: string): Trust {
  const keys = parseLogKeys(list);
  const origin = keys[0]?.verifier.name;
  if (origin === undefined)
    throw new WrongRequest('The key list names no key. Give the one you were given with the log: --keys FILE.');
  return { origin, keys };
}

/** The latest checkpoint, not verified. Throws WrongRequest where there is none. */
export async function checkpointAt(log: string, source: TileSource): Promise<string> {
  const note = await source.read(CHECKPOINT);
  if (note === undefined) throw new WrongRequest(`There is no transparency log at ${log}: it has no checkpoint.`);
  return Buffer.from(note).toString('utf8');
}

/** A file the auditor named. Throws WrongRequest. */
export async function fileAt(path: string): Promise<string> {
  const text = await fileIfThere(path);
  if (text === undefined) throw new WrongRequest(`${path} is not there. Check the name.`);
  return text;
}

/** The text of a file; undefined where there is none. Throws WrongRequest where it cannot be read. */
export async function fileIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new WrongRequest(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A log as it is published; what is asked for is a resource of a log and nothing else. */
class PublishedTiles extends TileSource {
  constructor(private readonly address: string) {
    super();
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    if (path !== CHECKPOINT && parsePath(path) === undefined) return undefined;
    return fetched(within(this.address, path));
  }
}

async function fetched(url: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new LogAway(`${url} answered ${answer.status}. Try again, or take a copy of the log's folder.`);
    return await bodyOf(answer, url);
  } catch (error) {
    if (error instanceof WrongRequest) throw error;
    throw new LogAway(`${url} does not answer (${error instanceof Error ? error.message : String(error)}). Check the address.`);
  }
} // prettier-ignore

/** Reads no further than anything in a log is long. */
async function bodyOf({ body }: Response, url: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new WrongRequest(`${url} is larger than anything in a log.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
