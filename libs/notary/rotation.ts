import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { FilesystemTileStorage, SIGNED_CHECKPOINT, verifyCheckpoint, verifierOf } from '#transparency-log';
import type { LogKey } from '#transparency-log';
import { NotaryError } from './error';
import { keyIn, keysFileIn, keysIn, nextKeyFile, read, signerFrom, syncFolderOf, tilesFolderIn } from './identity';
import type { NotarySettings } from './settings';

/** How the keys of a log stand. */
export interface KeysOfLog {
  readonly origin: string;
  /** The one in office. */
  readonly current: string;
  /** The one that takes over; undefined where none does. */
  readonly next?: string;
  /** Entries under the last checkpoint, and whether both keys signed it. */
  readonly size: number;
  readonly signedByNext: boolean;
  readonly keys: readonly LogKey[];
}

export async function keysOf(settings: NotarySettings): Promise<KeysOfLog> {
  const { folder } = settings;
  const keys = await keysIn(folder);
  const origin = keys[0]?.verifier.name;
  if (origin === undefined) throw new NotaryError(`There is no key list in ${folder}. Start the notary once; it makes the first key.`);
  const { file } = fileOf(settings);
  const [pem, nextPem] = [await read(file), await read(nextKeyFile(file))];
  if (pem === undefined) throw new NotaryError(`The signing key ${file} is not there. Run this where the notary has it.`);
  const inOffice = (text: string): string | undefined => {
    const { text: key } = verifierOf(signerFrom(origin, text), 'note');
    return keys.some(({ verifier, retiredAtSize }) => verifier.text === key && retiredAtSize === undefined) ? key : undefined;
  };
  const [current, next] = [inOffice(pem), nextPem === undefined ? undefined : inOffice(nextPem)];
  if (current === undefined && next === undefined) throw new NotaryError(`The signing key ${file} is not in office in ${keysFileIn(folder)}. Give the notary the key that is.`);
  const note = await FilesystemTileStorage.reader(tilesFolderIn(folder)).read(SIGNED_CHECKPOINT);
  if (note === undefined) throw new NotaryError(`There is no log in ${folder} yet. Start the notary once.`);
  const { size, logSignatures } = verifyCheckpoint(note, { origin, keys });
  return {
    origin,
    current: current ?? next!,
    ...(next !== undefined && { next }),
    size,
    signedByNext: logSignatures.some(({ verifier }) => verifier.text === next),
    keys,
  };
} // prettier-ignore

/**
 * Makes a new key beside the one in office and puts it into the key list: from its next start the notary signs with both, so that whoever knows one of them can follow. A second call finds what the first
 * one made. Throws NotaryError.
 */
export async function beginRotation(settings: NotarySettings): Promise<KeysOfLog> {
  const { origin, next } = await keysOf(settings);
  if (next === undefined) {
    const { file } = fileOf(settings);
    const made = verifierOf(signerFrom(origin, await keyIn(nextKeyFile(file))), 'note').text;
    const path = keysFileIn(settings.folder);
    const list = await readFile(path, 'utf8');
    if (!lines(list).some((line) => keyOn(line) === made)) await replaced(path, `${list.trimEnd()}\n${made}\n`);
  }
  return keysOf(settings);
}

/**
 * Retires the old key at the size of the last checkpoint, once both have signed it: the list says `until <size>`, and the new key takes the place of the old one, which is gone. A running notary may go on
 * signing with both until it is started anew. Throws NotaryError.
 */
export async function endRotation(settings: NotarySettings): Promise<KeysOfLog> {
  const { origin, current, next, size, signedByNext } = await keysOf(settings);
  const { file } = fileOf(settings);
  if (next === undefined) throw new NotaryError('No new key is there to take over. Make one with "auditor log-key rotate".');
  if (!signedByNext)
    throw new NotaryError(`The last checkpoint, of ${size} entries, is signed by the old key alone. Start the notary anew; it signs the next entry with both. Retire the old key when auditors and witnesses have the new key list.`);
  const old = verifierOf(signerFrom(origin, await keyIn(file)), 'note').text;
  const path = keysFileIn(settings.folder);
  const list = await readFile(path, 'utf8');
  // A call that was cut off may have written the list already; then the new key is the current one.
  if (current === old && old !== next)
    await replaced(path, lines(list).map((line) => (keyOn(line) === old ? `${old} until ${size}` : line)).join('\n'));
  await rename(nextKeyFile(file), file);
  await syncFolderOf(file);
  return keysOf(settings);
} // prettier-ignore

const lines = (list: string): string[] => list.split('\n');
const keyOn = (line: string): string | undefined => line.replace(/#.*/, '').trim().split(/\s+/)[0];

function fileOf({ key }: NotarySettings): { readonly file: string } {
  if ('file' in key) return key;
  throw new NotaryError(
    'The signing key is given as a text (TRANSPARENCY_LOG_KEY), which no program here can replace. Put it into a file (TRANSPARENCY_LOG_KEY_FILE), for the notary too.',
  );
}

/** Whole, and on disk when it resolves: the list is what the log is called and who speaks for it. */
async function replaced(path: string, content: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  const handle = await open(unfinished, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
  await syncFolderOf(path);
}
