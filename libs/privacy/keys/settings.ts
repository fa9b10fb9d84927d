import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeysError } from './error';
import type { KeyStore } from './key-store';
import { masterKeyFrom } from './master-key';
import type { MasterKeySetting } from './master-key';
import { openSqliteKeyStore } from './sqlite-key-store';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the keys of persons lie, and what they are wrapped with. */
export interface PersonKeysSettings {
  readonly path: string;
  readonly master: MasterKeySetting;
}

const OURS = /^PERSON_KEYS/;
const NAMES = ['PERSON_KEYS_PATH', 'PERSON_KEYS_MASTER', 'PERSON_KEYS_MASTER_FILE'];

/** Reads PERSON_KEYS…; throws KeysError naming the variable that is wrong. */
export function personKeysSettingsFromEnv(env: Environment, dataFolder: string): PersonKeysSettings {
  const unknown = Object.keys(env).find((name) => OURS.test(name) && !NAMES.includes(name));
  if (unknown !== undefined)
    throw new KeysError('wrong-setting', `${unknown} is not a setting. Use one of: ${NAMES.join(', ')}.`);
  const { PERSON_KEYS_PATH: path, PERSON_KEYS_MASTER: hex, PERSON_KEYS_MASTER_FILE: file } = env;
  if (hex !== undefined && file !== undefined)
    throw new KeysError(
      'wrong-setting',
      'Both PERSON_KEYS_MASTER and PERSON_KEYS_MASTER_FILE are given. Give one of them.',
    );
  return {
    path: resolve(path ?? join(dataFolder, 'person-keys.sqlite')),
    master: hex === undefined ? { file: resolve(file ?? join(dataFolder, 'person-keys.key')) } : { hex },
  };
}

/** Opens the key store, made at the first start together with its master key. Throws KeysError. */
export async function openPersonKeys({ path, master }: PersonKeysSettings): Promise<KeyStore> {
  // A new one would open nothing, and would be taken for the right one by whoever looks for it.
  if ('file' in master && existsSync(path) && !existsSync(master.file))
    throw new KeysError(
      'wrong-master-key',
      `The keys of persons lie in ${path}, and the master key they are wrapped with is not in ${master.file}. Put it there; it is in no backup of the rest.`,
    );
  return openSqliteKeyStore(path, masterKeyFrom(master));
}
