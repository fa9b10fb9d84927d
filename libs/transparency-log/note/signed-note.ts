import { fail } from '../error';
import { isWellFormed } from '../text';
import { fromBase64, toBase64 } from '../tree/hash';
import { isKeyName, keyIdOf, signText } from './key';
import type { NoteVerifier, SignatureFacts, SigningKey } from './key';

/** A note larger than this is refused unread. */
export const MAX_NOTE_BYTES = 1_000_000;

/** More signatures than this are refused. The specification asks for at least 16. */
export const MAX_SIGNATURES = 100;

const KEY_ID_BYTES = 4;
const LINE_START = '— ';

/** A signature line. What it says is a claim until a verifier has confirmed it. */
export interface SignatureLine {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A note taken apart, nothing verified. */
export interface UnverifiedNote {
  /** What was signed, with its last newline. Not to be believed yet. */
  readonly text: string;
  readonly lines: readonly SignatureLine[];
}

export interface VerifiedSignature extends SignatureFacts {
  readonly verifier: NoteVerifier;
}

/** A note that at least one known key has signed. */
export interface VerifiedNote {
  readonly text: string;
  /** One for each known key that signed; of several by one witness, the latest. */
  readonly signatures: readonly VerifiedSignature[];
}

/** Text, blank line, signature lines (C2SP signed-note). The text must end in a newline and be free of control characters. */
export function formatNote(text: string, lines: readonly SignatureLine[]): string {
  if (!text.endsWith('\n')) fail('note-not-text', 'the text of a note ends in a newline');
  const note = `${text}\n${lines.map(formatLine).join('')}`;
  parseNote(note);
  return note;
}

/** Ed25519 over the text as it stands. */
export function noteSignature(key: SigningKey, text: string): SignatureLine {
  return { name: key.name, keyId: keyIdOf(key.name, 'note', key.publicKey), signature: signText(key, text) };
}

/** Takes a note apart without trusting a word of it. */
export function parseNote(note: string | Uint8Array): UnverifiedNote {
  const whole = decode(note);
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0) fail('note-without-signatures', 'a note is a text, a blank line and signatures');
  const text = whole.slice(0, blank + 1);
  const signatures = whole.slice(blank + 2);
  if (signatures === '') fail('note-without-signatures', 'no signature follows the text');
  if (!signatures.endsWith('\n')) fail('note-signature-malformed', 'the last signature line does not end in a newline');
  const lines = signatures.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES)
    fail('note-too-many-signatures', `a note has at most ${MAX_SIGNATURES} signatures, not ${lines.length}`);
  return { text, lines: lines.map(parseLine) };
}

/**
 * The note's text, once a known key has signed it. Signatures of unknown keys are passed over, which is how witnesses join and keys change;
 * a false signature under a known key's name and id refuses the whole note.
 */
export function openNote(note: string | Uint8Array, known: readonly NoteVerifier[]): VerifiedNote {
  const { text, lines } = parseNote(note);
  const keys = byKey(known);
  const signatures = new Map<string, VerifiedSignature>();
  for (const line of lines) {
    const key = keyOf(line);
    const verifier = keys.get(key);
    if (verifier === undefined) continue;
    const facts = verifier.verify(text, line.signature);
    if (facts === undefined) fail('note-signature-invalid', `the signature of ${line.name} is not one of this text`);
    const before = signatures.get(key);
    if (before === undefined || (facts.time ?? 0) > (before.time ?? 0)) signatures.set(key, { verifier, ...facts });
  }
  if (signatures.size === 0) fail('note-unverified', `no known key signed this note; its signers: ${namesOf(lines)}`);
  return { text, signatures: [...signatures.values()] };
}

export function formatLine({ name, keyId, signature }: SignatureLine): string {
  const id = Buffer.alloc(KEY_ID_BYTES);
  id.writeUInt32BE(keyId);
  return `${LINE_START}${name} ${toBase64(Buffer.concat([id, signature]))}\n`;
}

/** A line without its newline. */
export function parseLine(line: string): SignatureLine {
  const [name = '', base64 = '', ...more] = line.startsWith(LINE_START) ? line.slice(LINE_START.length).split(' ') : [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || more.length > 0 || bytes === undefined || bytes.length <= KEY_ID_BYTES) {
    fail('note-signature-malformed', 'a signature line is written "— <name> <base64 of key id and signature>"');
  }
  return { name, keyId: Buffer.from(bytes).readUInt32BE(), signature: bytes.subarray(KEY_ID_BYTES) };
}

function decode(note: string | Uint8Array): string {
  const size = typeof note === 'string' ? Buffer.byteLength(note) : note.length;
  if (size > MAX_NOTE_BYTES) fail('note-too-large', `a note has at most ${MAX_NOTE_BYTES} bytes, not ${size}`);
  let text: string;
  try {
    text = typeof note === 'string' ? note : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note);
  } catch {
    fail('note-not-text', 'the note is not UTF-8');
  }
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (!isWellFormed(text) || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    fail('note-not-text', 'a note holds no control characters other than newlines');
  }
  return text;
}

function byKey(verifiers: readonly NoteVerifier[]): Map<string, NoteVerifier> {
  const keys = new Map<string, NoteVerifier>();
  for (const verifier of verifiers) {
    const other = keys.get(keyOf(verifier));
    if (other !== undefined && other.text !== verifier.text) {
      fail('key-ambiguous', `two different keys are called ${verifier.name} and share an id; remove one`);
    }
    keys.set(keyOf(verifier), verifier);
  }
  return keys;
}

const keyOf = ({ name, keyId }: { readonly name: string; readonly keyId: number }): string => `${keyId}+${name}`;

function namesOf(lines: readonly SignatureLine[]): string {
  return lines
    .slice(0, 5)
    .map(({ name }) => name)
    .join(', ');
}
