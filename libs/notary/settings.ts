import { join, resolve } from 'node:path';
import { NotaryError } from './error';
import { witnessesFrom } from './witness-settings';
import type { WitnessAddress } from './witness-settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the transparency log lies and who signs for it. */
export interface NotarySettings {
  /** Holds the tiles in `log`, to be published, and the public keys in `keys`. */
  readonly folder: string;
  /** Named at the log's birth, for ever; what is given later must be the same. Undefined: the one the keys name. */
  readonly origin?: string;
  /** The signing key: a text (PKCS#8 PEM), or a file, made at the first start where it is not there. */
  readonly key: { readonly pem: string } | { readonly file: string };
  /** An entry that is not in a published checkpoint after so many seconds is an alarm. */
  readonly maxDelaySeconds: number;
  /** Who cosigns its checkpoints; nobody when left out. */
  readonly witnesses?: readonly WitnessAddress[];
  /** A witness that has not cosigned for so many seconds is an alarm; two hours when left out. */
  readonly witnessMaxSilenceSeconds?: number;
}

const OURS = /^TRANSPARENCY_LOG/;
const NAMES = [
  'TRANSPARENCY_LOG', 'TRANSPARENCY_LOG_FOLDER', 'TRANSPARENCY_LOG_ORIGIN', 'TRANSPARENCY_LOG_KEY', 'TRANSPARENCY_LOG_KEY_FILE', 'TRANSPARENCY_LOG_MAX_DELAY_SECONDS',
  'TRANSPARENCY_LOG_WITNESSES', 'TRANSPARENCY_LOG_WITNESS_MAX_SILENCE_SECONDS',
]; // prettier-ignore

/** A name as in C2SP tlog-checkpoint: no spaces, no plus sign. */
const ORIGIN = /^[!-*,-~]{1,200}$/;

/** Reads TRANSPARENCY_LOG…; undefined where it is off. Throws NotaryError naming the variable that is wrong. */
export function notarySettingsFromEnv(env: Environment, dataFolder: string): NotarySettings | undefined {
  const unknown = Object.keys(env).find((name) => OURS.test(name) && !NAMES.includes(name));
  if (unknown !== undefined) throw new NotaryError(`${unknown} is not a setting. Use one of: ${NAMES.join(', ')}.`);
  const { TRANSPARENCY_LOG: kept = 'on', TRANSPARENCY_LOG_ORIGIN: origin, TRANSPARENCY_LOG_KEY: pem } = env;
  if (kept !== 'on' && kept !== 'off') throw new NotaryError(`TRANSPARENCY_LOG is "${kept}"; use "on" or "off".`);
  if (kept === 'off') return undefined;
  if (origin !== undefined && !ORIGIN.test(origin))
    throw new NotaryError(
      `TRANSPARENCY_LOG_ORIGIN is "${origin}"; give a name without spaces and plus signs, best the log's address without https://.`,
    );
  return {
    folder: transparencyLogFolderFrom(env, dataFolder),
    ...(origin !== undefined && { origin }),
    key: pem === undefined ? { file: resolve(env.TRANSPARENCY_LOG_KEY_FILE ?? join(dataFolder, 'transparency-log.key')) } : { pem },
    maxDelaySeconds: secondsIn(env, 'TRANSPARENCY_LOG_MAX_DELAY_SECONDS', 60),
    witnessMaxSilenceSeconds: secondsIn(env, 'TRANSPARENCY_LOG_WITNESS_MAX_SILENCE_SECONDS', 7200),
    ...(env.TRANSPARENCY_LOG_WITNESSES !== undefined && { witnesses: witnessesFrom(env.TRANSPARENCY_LOG_WITNESSES) }),
  };
} // prettier-ignore

function secondsIn(env: Environment, name: string, usual: number): number {
  const seconds = env[name] ?? String(usual);
  if (!/^[1-9]\d{0,5}$/.test(seconds))
    throw new NotaryError(`${name} is "${seconds}"; give whole seconds from 1 to 999999.`);
  return Number(seconds);
}

/** The folder of the log alone, for those who read it. */
export const transparencyLogFolderFrom = (env: Environment, dataFolder: string): string =>
  resolve(env.TRANSPARENCY_LOG_FOLDER ?? join(dataFolder, 'transparency-log'));
