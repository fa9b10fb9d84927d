import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TransparencyError, parseLogKeys, signingKeyFromPkcs8, verifierOf } from '#transparency-log';
import type { LogIdentity, LogKey, SigningKey } from '#transparency-log';
import { NotaryError, codeOf } from './error';
import type { NotarySettings } from './settings';

/** The public keys of the log, one a line, beside its tiles. */
export const keysFileIn = (folder: string): string => join(folder, 'keys');
/** The tiles, in the paths they are served under. */
export const tilesFolderIn = (folder: string): string => join(folder, 'log');

/** What a log is called that nobody named. */
const UNNAMED = 'localhost/log';

/** A key that takes over lies beside the one in office (`rotation.ts`). */
export const nextKeyFile = (file: string): string => `${file}.next`;

/**
 * Who signs for the log. At the first start a key is made, if none is given, and its public half becomes the first line of the key list; from then on the list says what the log is called and which keys
 * speak for it. While a new key takes over, both sign. Throws NotaryError.
 */
export async function openIdentity({ folder, origin: named, key }: NotarySettings): Promise<LogIdentity> {
  const pem = 'pem' in key ? key.pem : await keyIn(key.file);
  const nextPem = 'pem' in key || (await read(nextKeyFile(key.file))) === undefined ? undefined : await keyIn(nextKeyFile(key.file)); // prettier-ignore
  const keys = await keysIn(folder);
  const known = keys[0]?.verifier.name;
  const origin = known ?? named ?? UNNAMED;
  if (named !== undefined && named !== origin)
    throw new NotaryError(
      `The transparency log in ${folder} is called "${origin}", and TRANSPARENCY_LOG_ORIGIN says "${named}". A log keeps its name: set the variable to that, or leave it out.`,
    );
  const signer = signerFrom(origin, pem);
  const verifier = verifierOf(signer, 'note');
  if (known === undefined) {
    await mkdir(folder, { recursive: true });
    await writeNew(keysFileIn(folder), `# Public keys of the transparency log ${origin}\n${verifier.text}\n`, 0o644);
    return { origin, signers: [signer], keys: [{ verifier }] };
  }
  const lineOf = (each: SigningKey): LogKey | undefined =>
    keys.find((one) => one.verifier.text === verifierOf(each, 'note').text);
  const signers = [signer, ...(nextPem === undefined ? [] : [signerFrom(origin, nextPem)])].filter((each) => {
    const own = lineOf(each);
    return own !== undefined && own.retiredAtSize === undefined;
  });
  if (signers.length === 0)
    throw new NotaryError(
      `The signing key is ${lineOf(signer) ? 'retired' : 'not'} in ${keysFileIn(folder)}. Give the key in office, or add the line\n${verifier.text}\nto the list and "until <size>" behind the key it replaces (docs/transparency-log.md).`,
    );
  return { origin, signers, keys };
}

/** The keys the list names; none where there is no list yet. Throws NotaryError. */
export async function keysIn(folder: string): Promise<LogKey[]> {
  const list = await read(keysFileIn(folder));
  return list === undefined ? [] : listed(list, keysFileIn(folder));
}

export function signerFrom(origin: string, pem: string): SigningKey {
  try {
    return signingKeyFromPkcs8(origin, pem);
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new NotaryError(`The signing key of the transparency log cannot be used: ${error.message}.`);
  }
}

function listed(text: string, path: string): LogKey[] {
  try {
    const keys = parseLogKeys(text);
    if (keys.length > 0) return keys;
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new NotaryError(`The key list ${path} cannot be read: ${error.message}.`);
  }
  throw new NotaryError(`The key list ${path} names no key. Bring it back from a backup.`);
}

/** The key in a file; made, for this user alone, where there is none. */
export async function keyIn(path: string): Promise<string> {
  const there = await read(path);
  if (there !== undefined) {
    if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0)
      throw new NotaryError(`The signing key ${path} can be read by other users. Run: chmod 600 ${path}`);
    return there;
  }
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await mkdir(dirname(path), { recursive: true });
  await writeNew(path, pem, 0o600);
  return pem;
}

export async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new NotaryError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whole or not at all, whenever it is cut off, and never over what is there. */
async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  const handle = await open(unfinished, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await link(unfinished, path);
  await rm(unfinished);
  await syncFolderOf(path);
}

/** Forces the names in a file's folder to disk. */
export async function syncFolderOf(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
