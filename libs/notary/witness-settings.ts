import { readFileSync } from 'node:fs';
import { TransparencyError, parseVerifierKey } from '#transparency-log';
import type { NoteVerifier } from '#transparency-log';
import { NotaryError } from './error';

/** A witness who is asked to cosign each checkpoint. */
export interface WitnessAddress {
  readonly verifier: NoteVerifier;
  /** Its submission prefix (C2SP tlog-witness): `/add-checkpoint` is put behind it. */
  readonly url: string;
}

const MOST = 16;
const NAME = 'TRANSPARENCY_LOG_WITNESSES';
const SHAPE = '[{"name": "witness.example/w1", "key": "witness.example/w1+…", "url": "https://witness.example"}]';

/** Reads the setting: a JSON list, or the path of a file that holds one. Throws NotaryError that says what is wrong. */
export function witnessesFrom(setting: string): WitnessAddress[] {
  const text = setting.trimStart().startsWith('[') ? setting : contentOf(setting);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new NotaryError(`${NAME} is no JSON. Give a list, or a file that holds one: ${SHAPE}.`);
  }
  if (!Array.isArray(list) || list.length > MOST)
    throw new NotaryError(`${NAME} is no list of at most ${MOST} witnesses. Give ${SHAPE}.`);
  const witnesses = list.map(witnessFrom);
  for (const [at, { verifier }] of witnesses.entries())
    if (witnesses.findIndex((other) => other.verifier.name === verifier.name) !== at)
      throw new NotaryError(`${NAME} names ${verifier.name} twice. Name each witness once.`);
  return witnesses;
}

function witnessFrom(value: unknown, at: number): WitnessAddress {
  const { name, key, url, ...more } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const where = `${NAME}, witness ${at + 1}`;
  if (typeof name !== 'string' || typeof key !== 'string' || typeof url !== 'string' || Object.keys(more).length > 0)
    throw new NotaryError(`${where}: give exactly name, key and url, as in ${SHAPE}.`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || /[?#]/.test(url))
    throw new NotaryError(`${where}: "${url}" is no address. Give its submission prefix, https://…, without a query.`);
  return { verifier: verifierFrom(key, name, where), url: url.replace(/\/$/, '') };
} // prettier-ignore

function verifierFrom(key: string, name: string, where: string): NoteVerifier {
  let verifier: NoteVerifier;
  try {
    verifier = parseVerifierKey(key);
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new NotaryError(`${where}: ${error.message}.`);
  }
  if (verifier.kind !== 'cosignature')
    throw new NotaryError(`${where}: this is the key of a log. Give the witness's key for cosignatures.`);
  if (verifier.name !== name) throw new NotaryError(`${where}: the key is that of "${verifier.name}", not of "${name}".`);
  return verifier;
} // prettier-ignore

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new NotaryError(`${NAME}: the file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
} // prettier-ignore
