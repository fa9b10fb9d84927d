import { readFile } from 'node:fs/promises';
import { keysFileIn, tilesFolderIn } from '#notary';
import { CHECKPOINT, FilesystemTileStorage, TileSource, parseLogKeys, parsePath } from '#transparency-log';
import type { Trust } from '#transparency-log';
import { WrongRequest } from './log';

/** The text of a file the auditor named. Throws WrongRequest. */
export async function fileAt(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new WrongRequest(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The text of the key list: that which the auditor names, or the one beside the log. Throws WrongRequest. */
export async function keysFrom(log: string, keys: string | undefined): Promise<string> {
  if (keys !== undefined) return fileAt(keys);
  if (!isAddress(log)) return fileAt(keysFileIn(log));
  const bytes = await fetched(`${log.replace(/\/$/, '')}/keys`);
  if (bytes === undefined) throw new WrongRequest(`${log} publishes no keys. Give those you trust with --keys FILE.`);
  return Buffer.from(bytes).toString('utf8');
}

/** Whom a key list trusts to speak for the log. Throws WrongRequest. */
export function trustFrom(list: string): Trust {
  const keys = parseLogKeys(list);
  const origin = keys[0]?.verifier.name;
  if (origin === undefined) throw new WrongRequest('The key list names no key. Give the one you were given with the log: --keys FILE.');
  return { origin, keys };
} // prettier-ignore

/** The tiles of a log, by its folder or the address it is published under. */
export const tilesAt = (log: string): TileSource =>
  isAddress(log) ? new PublishedTiles(log) : FilesystemTileStorage.reader(tilesFolderIn(log));

/** The latest checkpoint, not verified. Throws WrongRequest where there is none. */
export async function checkpointAt(log: string, source: TileSource): Promise<string> {
  const note = await source.read(CHECKPOINT);
  if (note === undefined) throw new WrongRequest(`There is no transparency log at ${log}: it has no checkpoint.`);
  return Buffer.from(note).toString('utf8');
}

const isAddress = (log: string): boolean => /^https?:\/\//.test(log);

/** A log as it is published; what is asked for is a resource of a log and nothing else. */
class PublishedTiles extends TileSource {
  constructor(private readonly address: string) {
    super();
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    if (path !== CHECKPOINT && parsePath(path) === undefined) return undefined;
    return fetched(`${this.address.replace(/\/$/, '')}/${path}`);
  }
}

const MOST_BYTES = 32 * 1024 * 1024;

async function fetched(url: string): Promise<Uint8Array | undefined> {
  let answer: Response;
  try {
    answer = await fetch(url);
  } catch (error) {
    throw new WrongRequest(`${url} does not answer (${error instanceof Error ? error.message : String(error)}). Check the address.`);
  }
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new WrongRequest(`${url} answered ${answer.status}. Try again, or take a copy of the log's folder.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length > MOST_BYTES) throw new WrongRequest(`${url} is larger than anything in a log.`);
  return bytes;
} // prettier-ignore
