import type { JsonValue } from '#domain';
import { canonicalBytes } from '#transparency-log';
import { decrypt, encrypt } from './aead';

/** How a personal value lies in the log. A type and not an interface, so that it is JSON to the compiler too. */
export type Box = {
  readonly sealed: 1;
  /** Names the data key; says nothing about it. */
  readonly key: string;
  /** Nonce, ciphertext and tag, base64url. */
  readonly box: string;
};

/** Where a value stands; a box opens there and nowhere else. */
export interface Place {
  readonly id: string;
  readonly type: string;
  readonly field: string;
}

const BASE64URL = /^[A-Za-z0-9_-]+$/;
const aboutOf = ({ id, type, field }: Place): string => `${id}\n${type}\n${field}`;

/** Throws TransparencyError `not-canonical` for what JSON cannot carry. */
export function sealed(value: JsonValue, place: Place, keyId: string, key: Uint8Array): Box {
  return { sealed: 1, key: keyId, box: encrypt(key, canonicalBytes(value), aboutOf(place)).toString('base64url') };
}

/** A box as a text, for where the envelope asks for one: `~`, the key's name, a dot, the box. */
export function sealedText(value: string, place: Place, keyId: string, key: Uint8Array): string {
  return `~${keyId}.${sealed(value, place, keyId, key).box}`;
}

const BOX_TEXT = /^~([0-9a-f-]{36})\.([A-Za-z0-9_-]+)$/;

/** The box in a text; undefined where the text is none. */
export function boxIn(text: string): Box | undefined {
  const [, key, box] = BOX_TEXT.exec(text) ?? [];
  return key === undefined || box === undefined ? undefined : { sealed: 1, key, box };
}

export function isBox(value: unknown): value is Box {
  if (typeof value !== 'object' || value === null) return false;
  const { sealed, key, box, ...others } = value as Readonly<Record<string, unknown>>;
  const named = sealed === 1 && typeof key === 'string' && typeof box === 'string' && BASE64URL.test(box);
  return named && Object.keys(others).length === 0;
}

/** The value in a box; undefined when it was changed, moved from another place, or sealed with another key. */
export function valueIn({ box }: Box, place: Place, key: Uint8Array): { readonly value: JsonValue } | undefined {
  const bytes = Buffer.from(box, 'base64url');
  // One text for one box: the last character may carry bits that decoding drops.
  if (bytes.toString('base64url') !== box) return undefined;
  const plain = decrypt(key, bytes, aboutOf(place));
  return plain && { value: JSON.parse(plain.toString('utf8')) as JsonValue };
}
