import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fail } from '../error';
import { isWellFormed } from '../text';
import { fromBase64, toBase64 } from '../tree/hash';

/** What a key signs: notes as they stand (C2SP signed-note), or checkpoints with a time, as witnesses do (C2SP tlog-cosignature). */
export type SignatureKind = 'note' | 'cosignature';

/** The byte a kind has in key texts and key ids. Another algorithm, ML-DSA-44 for instance, would be another entry. */
const TYPE_BYTES: Readonly<Record<SignatureKind, number>> = { note: 0x01, cosignature: 0x04 };

const KEY_BYTES = 32;
const SECRET_PREFIX = 'PRIVATE+KEY+';

/** DER of PKCS#8 and SPKI for Ed25519 up to the 32 bytes of the key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** What a signature line carries, once verified. */
export interface SignatureFacts {
  /** Seconds since 1970, where the signature is a cosignature. */
  readonly time?: number;
}

/** A public key one trusts. `text` is its vkey. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: number;
  readonly kind: SignatureKind;
  readonly text: string;
  /** The facts of a good signature of this text; undefined for any other bytes. */
  verify(text: string, signature: Uint8Array): SignatureFacts | undefined;
}

/** A private key. Ed25519 alone (RFC 8032). */
export interface SigningKey {
  readonly name: string;
  readonly key: KeyObject;
  /** The 32 bytes of the public key. */
  readonly publicKey: Uint8Array;
}

/**
 * A private key in PKCS#8 PEM, as `openssl genpkey -algorithm ed25519` writes it. Line breaks may be written `\n`, as in an environment
 * variable. Throws `key-malformed` without repeating any of the text.
 */
export function signingKeyFromPkcs8(name: string, pem: string, passphrase?: string): SigningKey {
  requireName(name);
  let key: KeyObject;
  try {
    key = createPrivateKey({
      key: pem.replaceAll('\\n', '\n'),
      format: 'pem',
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  } catch {
    fail(
      'key-malformed',
      `the private key of ${name} is no readable PKCS#8 PEM ("-----BEGIN PRIVATE KEY-----"), or its passphrase is wrong`,
    );
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    fail(
      'key-type-unsupported',
      `the private key of ${name} is of type ${key.asymmetricKeyType}; make one with "openssl genpkey -algorithm ed25519"`,
    );
  }
  return signingKey(name, key);
}

/** A private key as Go's sumdb tools write it: `PRIVATE+KEY+<name>+<id>+<base64(0x01 ‖ seed)>`. */
export function signingKeyFromText(text: string): SigningKey {
  const parts = text.startsWith(SECRET_PREFIX) ? splitKey(text.slice(SECRET_PREFIX.length)) : undefined;
  if (parts === undefined || parts.material.length !== 1 + KEY_BYTES) {
    fail('key-malformed', `a private key is written ${SECRET_PREFIX}<name>+<8 hex digits>+<base64>`);
  }
  if (parts.material[0] !== TYPE_BYTES.note)
    fail('key-type-unsupported', `the private key of ${parts.name} is not of Ed25519`);
  const seed = parts.material.subarray(1);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const found = signingKey(parts.name, key);
  if (keyIdOf(found.name, 'note', found.publicKey) !== parts.keyId) {
    fail('key-id-mismatch', `the id in the private key of ${found.name} is not that of the key`);
  }
  return found;
}

/** The inverse of `signingKeyFromText`. Secret. */
export function formatSigningKey({ name, key, publicKey }: SigningKey): string {
  const seed = key.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length);
  return `${SECRET_PREFIX}${name}+${hexId(keyIdOf(name, 'note', publicKey))}+${toBase64(Buffer.concat([Uint8Array.of(TYPE_BYTES.note), seed]))}`;
}

/** A public key written `<name>+<id>+<base64(type ‖ key)>`, a vkey: of a log (type 0x01) or of a witness (type 0x04). */
export function parseVerifierKey(text: string): NoteVerifier {
  const parts = splitKey(text);
  if (parts === undefined) fail('key-malformed', 'a public key is written <name>+<8 hex digits>+<base64>');
  const [type] = parts.material;
  const kind = type === TYPE_BYTES.note ? 'note' : type === TYPE_BYTES.cosignature ? 'cosignature' : undefined;
  if (kind === undefined)
    fail('key-type-unsupported', `the public key of ${parts.name} is of type ${type}; Ed25519 is 1 or 4`);
  if (parts.material.length !== 1 + KEY_BYTES)
    fail('key-malformed', `the public key of ${parts.name} has not ${KEY_BYTES} bytes`);
  const verifier = verifierFor(parts.name, kind, parts.material.subarray(1));
  if (verifier.keyId !== parts.keyId)
    fail('key-id-mismatch', `the id in the public key of ${parts.name} is not that of the key`);
  return verifier;
}

/** The public half, for notes or for cosignatures. One key must not serve for both (C2SP signed-note). */
export function verifierOf({ name, publicKey }: SigningKey, kind: SignatureKind): NoteVerifier {
  return verifierFor(name, kind, publicKey);
}

/** First four bytes of SHA-256(name ‖ newline ‖ type ‖ public key). It names a key; it proves nothing. */
export function keyIdOf(name: string, kind: SignatureKind, publicKey: Uint8Array): number {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(TYPE_BYTES[kind]))
    .update(publicKey)
    .digest()
    .readUInt32BE(0);
}

/** A key name as it stands in signature lines: not empty, without spaces, plus signs and control characters. */
export function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return name.length > 0 && !/[\s+\u0000-\u001f\u007f\u0085]/u.test(name) && isWellFormed(name);
}

/** What a cosignature signs: its time, then the checkpoint's text. */
export function cosignedText(time: number, text: string): string {
  return `cosignature/v1\ntime ${time}\n${text}`;
}

/** A signature as it stands in a line, without the key id. */
export function signText(key: SigningKey, text: string): Uint8Array {
  return sign(null, Buffer.from(text), key.key);
}

function signingKey(name: string, key: KeyObject): SigningKey {
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  return { name, key, publicKey };
}

function verifierFor(name: string, kind: SignatureKind, publicKey: Uint8Array): NoteVerifier {
  const keyId = keyIdOf(name, kind, publicKey);
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  const holds = (text: string, signature: Uint8Array): boolean => verify(null, Buffer.from(text), key, signature);
  return {
    name,
    keyId,
    kind,
    text: `${name}+${hexId(keyId)}+${toBase64(Buffer.concat([Uint8Array.of(TYPE_BYTES[kind]), publicKey]))}`,
    verify:
      kind === 'note' ? (text, signature) => (holds(text, signature) ? {} : undefined) : cosignatureVerifier(holds),
  };
}

/** A cosignature is its time, a big-endian uint64, before the signature. */
function cosignatureVerifier(holds: (text: string, signature: Uint8Array) => boolean): NoteVerifier['verify'] {
  const TIME_BYTES = 8;
  return (text, bytes) => {
    if (bytes.length <= TIME_BYTES) return undefined;
    const time = Number(Buffer.from(bytes.subarray(0, TIME_BYTES)).readBigUInt64BE());
    if (!Number.isSafeInteger(time)) return undefined;
    return holds(cosignedText(time, text), bytes.subarray(TIME_BYTES)) ? { time } : undefined;
  };
}

function splitKey(text: string): { name: string; keyId: number; material: Uint8Array } | undefined {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  const [, name = '', id = '', base64 = ''] = found ?? [];
  const material = fromBase64(base64);
  if (!found || !isKeyName(name) || material === undefined) return undefined;
  return { name, keyId: Number.parseInt(id, 16), material };
}

function requireName(name: string): void {
  if (!isKeyName(name)) fail('key-malformed', `"${name}" is no key name: not empty, no spaces, no "+"`);
}

const hexId = (id: number): string => id.toString(16).padStart(8, '0');
