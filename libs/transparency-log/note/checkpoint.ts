import { fail } from '../error';
import { EMPTY_ROOT, hashFromBase64, sameHash, toBase64 } from '../tree/hash';
import { parseCount } from '../tree/size';
import type { TreeHead } from '../tree/verify';
import type { NoteVerifier, SigningKey } from './key';
import { parseVerifierKey } from './key';
import { formatNote, noteSignature, openNote } from './signed-note';
import type { VerifiedSignature } from './signed-note';

/** What a log says of itself at one moment (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** Names the log, for ever. */
  readonly origin: string;
  /** Lines after the third; no auditor can check them, so we write none. */
  readonly extensions: readonly string[];
}

/** A key of the log. One that was replaced stays here, so that what it signed can be verified. */
export interface LogKey {
  readonly verifier: NoteVerifier;
  /** The key signed no checkpoint of more entries than this. A larger one under it was made with a stolen key. */
  readonly retiredAtSize?: number;
}

/** Whom one trusts to speak for a log, and how many witnesses one asks for. */
export interface Trust {
  readonly origin: string;
  readonly keys: readonly LogKey[];
  readonly witnesses?: readonly NoteVerifier[];
  /** So many different witnesses must have cosigned; none when left out. */
  readonly quorum?: number;
}

export interface VerifiedCheckpoint extends Checkpoint {
  /** What was signed. */
  readonly text: string;
  readonly logSignatures: readonly VerifiedSignature[];
  readonly cosignatures: readonly VerifiedSignature[];
}

export function formatCheckpoint({
  origin,
  size,
  root,
  extensions = [],
}: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string {
  const text = [origin, String(size), toBase64(root), ...extensions, ''].join('\n');
  parseCheckpoint(text);
  return text;
}

/** Reads the text of a checkpoint. Says nothing about who wrote it: see `verifyCheckpoint`. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) fail('checkpoint-malformed', 'a checkpoint ends in a newline');
  const [origin = '', sizeText = '', rootText = '', ...extensions] = text.slice(0, -1).split('\n');
  if (origin === '' || sizeText === '' || rootText === '' || extensions.includes('')) {
    fail('checkpoint-malformed', 'a checkpoint has at least three lines, none of them empty: origin, size, root');
  }
  const size = parseCount(sizeText);
  if (size === undefined) fail('checkpoint-size-malformed', 'the second line of a checkpoint is the decimal size');
  const root = hashFromBase64(rootText);
  if (root === undefined) fail('checkpoint-root-malformed', 'the third line of a checkpoint is the base64 of 32 bytes');
  if (size === 0 && !sameHash(root, EMPTY_ROOT))
    fail('checkpoint-root-malformed', 'the root of an empty log is the hash of nothing');
  return { origin, size, root, extensions };
}

/** A checkpoint signed with each of the keys: more than one while a new key takes over. */
export function signCheckpoint(checkpoint: { origin: string } & TreeHead, keys: readonly SigningKey[]): string {
  const text = formatCheckpoint(checkpoint);
  return formatNote(
    text,
    keys.map((key) => noteSignature(key, text)),
  );
}

/** The checkpoint, once it is shown to be this log's, signed by a key in office, and cosigned by enough witnesses. */
export function verifyCheckpoint(
  note: string | Uint8Array,
  { origin, keys, witnesses = [], quorum = 0 }: Trust,
): VerifiedCheckpoint {
  const { text, signatures } = openNote(note, [...keys.map(({ verifier }) => verifier), ...witnesses]);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) {
    fail('checkpoint-of-another-log', `this checkpoint is of the log "${checkpoint.origin}", not of "${origin}"`);
  }
  const logSignatures = signatures.filter(({ verifier }) => keys.some((key) => key.verifier.text === verifier.text));
  if (logSignatures.length === 0)
    fail('checkpoint-not-signed-by-log', 'witnesses signed this checkpoint, but no key of the log');
  const inOffice = logSignatures.some(({ verifier }) =>
    keys.some(
      ({ verifier: { text: own }, retiredAtSize = Infinity }) =>
        own === verifier.text && checkpoint.size <= retiredAtSize,
    ),
  );
  if (!inOffice) {
    fail(
      'checkpoint-key-retired',
      `a checkpoint of ${checkpoint.size} entries is signed only by a key that had been replaced before`,
    );
  }
  const cosignatures = signatures.filter(({ verifier }) => verifier.kind === 'cosignature');
  const cosigners = countWitnesses(cosignatures);
  if (cosigners < quorum)
    fail('witnesses-too-few', `${cosigners} witnesses cosigned this checkpoint; ${quorum} are asked for`);
  return { ...checkpoint, text, logSignatures, cosignatures };
}

/** Neither one witness with two keys counts twice, nor one key under two names. */
function countWitnesses(cosignatures: readonly VerifiedSignature[]): number {
  const names = new Set(cosignatures.map(({ verifier }) => verifier.name));
  const keys = new Set(cosignatures.map(({ verifier }) => verifier.text.replace(/^[^+]*\+[^+]*/, '')));
  return Math.min(names.size, keys.size);
}

/** The log's keys from a text file: one vkey a line, a replaced one with ` until <size>`; `#` begins a comment. */
export function parseLogKeys(text: string): LogKey[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines.filter((line) => line !== '').map(parseLogKey);
}

function parseLogKey(line: string): LogKey {
  const [key = '', until, size = '', ...more] = line.split(/\s+/);
  const verifier = parseVerifierKey(key);
  if (verifier.kind !== 'note')
    fail('key-type-unsupported', `${verifier.name}: this is the key of a witness, not of a log`);
  if (until === undefined) return { verifier };
  const retiredAtSize = parseCount(size);
  if (until !== 'until' || retiredAtSize === undefined || more.length > 0) {
    fail('key-malformed', `${verifier.name}: after the key comes nothing, or "until" and a size`);
  }
  return { verifier, retiredAtSize };
}
