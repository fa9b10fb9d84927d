import { createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KEY_BYTES, decrypt, encrypt } from './aead';
import { KeysError } from './error';

/** The key that data keys are wrapped with: the place for a key management service, which never gives it out. */
export abstract class MasterKey {
  /** Tells one master key from another, and says nothing about either. */
  abstract readonly name: string;
  abstract wrap(key: Uint8Array, keyId: string): Promise<Uint8Array>;
  /** Undefined when it was wrapped with another master key, under another id, or damaged. */
  abstract unwrap(wrapped: Uint8Array, keyId: string): Promise<Uint8Array | undefined>;
}

/** A master key held in memory. */
export class LocalMasterKey extends MasterKey {
  override readonly name: string;

  constructor(private readonly key: Uint8Array) {
    super();
    if (key.length !== KEY_BYTES) throw new KeysError('wrong-setting', `A master key has ${KEY_BYTES} bytes.`);
    this.name = createHmac('sha256', key).update('name of a master key').digest('hex').slice(0, 16);
  }

  override async wrap(key: Uint8Array, keyId: string): Promise<Uint8Array> {
    return encrypt(this.key, key, aboutOf(keyId));
  }

  override async unwrap(wrapped: Uint8Array, keyId: string): Promise<Uint8Array | undefined> {
    return decrypt(this.key, wrapped, aboutOf(keyId));
  }
}

const aboutOf = (keyId: string): string => `data key\n${keyId}`;
const HEX = /^[0-9a-f]{64}$/i;

/**
 * Makes a master key in a file that only this user may read, and leaves one that is there. It is whole and on disk before any key is wrapped with it, whatever is killed or loses power. Throws KeysError.
 */
export function makeMasterKey(file: string): void {
  const unfinished = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) return;
    writeFileSync(unfinished, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    try {
      // Of two that make one at once the first wins, and the second reads it.
      linkSync(unfinished, file);
      flushed(dirname(file));
    } finally {
      rmSync(unfinished);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new KeysError(
        'wrong-setting',
        `The master key ${file} cannot be made: ${(error as Error).message}. Give this user leave to write there, or name another one with PERSON_KEYS_MASTER_FILE.`,
        { cause: error },
      );
  }
}

/** A name in a folder is on disk only when the folder is. */
function flushed(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Where the master key comes from: 64 hexadecimal digits, or a file that is made at the first start. */
export type MasterKeySetting = { readonly hex: string } | { readonly file: string };

/** Throws KeysError where it is no key, or others may read its file. */
export function masterKeyFrom(setting: MasterKeySetting): MasterKey {
  if ('hex' in setting) {
    if (HEX.test(setting.hex)) return new LocalMasterKey(Buffer.from(setting.hex, 'hex'));
    throw new KeysError('wrong-setting', 'The master key must be 64 hexadecimal digits; make one with: openssl rand -hex 32');
  }
  const { file } = setting;
  makeMasterKey(file);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new KeysError('wrong-setting', `The master key ${file} can be read by other users. Run: chmod 600 ${file}`);
  const hex = readFileSync(file, 'utf8').trim();
  if (HEX.test(hex)) return new LocalMasterKey(Buffer.from(hex, 'hex'));
  throw new KeysError(
    'wrong-setting',
    `The master key ${file} is not 64 hexadecimal digits. Put back its backup; without it no personal data can be read.`,
  );
} // prettier-ignore
