import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TransparencyError, Witness, parseLogKeys, signingKeyFromPkcs8, verifierOf } from '#transparency-log';
import type { SigningKey, Trust } from '#transparency-log';
import { WrongRequest } from '../log';
import { fileAt } from '../source';
import { WitnessFile } from './memory';

export interface OpenWitness {
  readonly witness: Witness;
  readonly memory: WitnessFile;
  /** Its public key, for the logs and the readers that trust it. */
  readonly key: string;
  readonly origins: readonly string[];
}

/**
 * Opens the witness in a folder: its key (`key.pem`, for this user alone) and its memory (`cosigned.sqlite`). Both are made at the first start and belong together for ever: a key without its memory would
 * cosign a second history, and is refused. Throws WrongRequest.
 */
export async function openWitness(folder: string, name: string | undefined, keyLists: readonly string[]): Promise<OpenWitness> {
  const logs = await Promise.all(keyLists.map(trustIn));
  const twice = logs.find(({ origin }, at) => logs.findIndex((other) => other.origin === origin) !== at);
  if (twice) throw new WrongRequest(`Two key lists are of the log "${twice.origin}". Put its keys into one.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [keyFile, memoryFile] = [join(folder, 'key.pem'), join(folder, 'cosigned.sqlite')];
  const [hasKey, hasMemory] = [existsSync(keyFile), existsSync(memoryFile)];
  if (hasKey && !hasMemory)
    throw new WrongRequest(`${keyFile} is there and what it cosigned, ${memoryFile}, is not. Bring that back from a backup; if it is lost, begin a new witness with a new key in another folder, and tell those who trust the old one.`);
  const memory = WitnessFile.open(memoryFile);
  try {
    const known = memory.key;
    if (known !== undefined && !hasKey) throw new WrongRequest(`The key of this witness, ${keyFile}, is gone. Bring it back from a backup.`);
    const named = known?.split('+')[0] ?? name;
    if (named === undefined) throw new WrongRequest('Give the new witness a name with --name, best the address it will have, without https://.');
    if (name !== undefined && name !== named) throw new WrongRequest(`The witness in ${folder} is called "${named}". A witness keeps its name: leave --name out, or begin another one in another folder.`);
    if (!hasKey) await makeKey(keyFile, named);
    const key = keyIn(keyFile, named);
    const verifier = verifierOf(key, 'cosignature').text;
    if (known !== undefined && known !== verifier) throw new WrongRequest(`${keyFile} is not the key of this witness, ${known}. Bring it back from a backup.`);
    // From here on it may cosign; a start that was cut off before has given nobody anything.
    if (known === undefined) memory.belongTo(verifier);
    return { witness: new Witness(key, logs, memory), memory, key: verifier, origins: logs.map(({ origin }) => origin) };
  } catch (error) {
    memory.close();
    throw error;
  }
} // prettier-ignore

async function trustIn(path: string): Promise<Trust> {
  try {
    const keys = parseLogKeys(await fileAt(path));
    const origin = keys[0]?.verifier.name;
    if (origin !== undefined) return { origin, keys };
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new WrongRequest(`The key list ${path} cannot be read: ${error.message}.`);
  }
  throw new WrongRequest(`The key list ${path} names no key.`);
}

async function makeKey(path: string, name: string): Promise<void> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  usable(name, pem);
  const unfinished = `${path}.${randomUUID()}`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(pem);
    await file.sync();
  } finally {
    await file.close();
  }
  // Whole or not at all, and never over another key.
  await link(unfinished, path);
  await rm(unfinished);
}

function keyIn(path: string, name: string): SigningKey {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new WrongRequest(`The key ${path} can be read by other users. Run: chmod 600 ${path}`);
  return usable(name, readFileSync(path, 'utf8'));
}

function usable(name: string, pem: string): SigningKey {
  try {
    return signingKeyFromPkcs8(name, pem);
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new WrongRequest(`The key of the witness cannot be used: ${error.message}.`);
  }
}
