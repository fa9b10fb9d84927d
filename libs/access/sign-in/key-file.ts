import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AccessError } from './error';
import { AccessKey } from './secrets';

const KEY = /^[0-9a-f]{64}$/i;

/** A key written as 64 hexadecimal digits; undefined where it is not. */
export const keyFrom = (text: string): AccessKey | undefined =>
  KEY.test(text.trim()) ? new AccessKey(Buffer.from(text.trim(), 'hex')) : undefined;

/** Reads the key file, or makes it at the first run, for this user's eyes alone. Throws AccessError where others may read it, or it holds no key. */
export function keyInFile(path: string): AccessKey {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new AccessError(`The key of sign-in ${path} can be read by other users. Run: chmod 600 ${path}`);
  }
  const key = keyFrom(readFileSync(path, 'utf8'));
  if (key) return key;
  throw new AccessError(
    `The key of sign-in ${path} is not 64 hexadecimal digits. Restore it from a backup; without it, everybody must set up their second factor anew.`,
  );
}
