import { createHmac, hash } from 'node:crypto';

/** A part of a stored event: a field of its data or of its metadata. */
export type EventPath = `data.${string}` | `metadata.${string}`;

/** An event's salt, and so that of each of its parts, has 32 bytes (base64url in the envelope). */
export const EVENT_SALT_BYTES = 32;

/**
 * The salt of one part of an event: HMAC-SHA-256 of the part's path under the event's own salt, so that opening one part says nothing of the others. Undefined for an event that was written before
 * events had salts.
 */
export function partSalt(salt: string | undefined, path: EventPath): Uint8Array | undefined {
  return salt !== undefined && isUnder(salt) ? hmac(path) : undefined;
}

/** Bytes of a SHA-256 block. */
const BLOCK = 64;
const HASH = 32;
const inner = Buffer.alloc(BLOCK + 0x400);
const outer = Buffer.alloc(BLOCK + HASH);
/** The key that the two blocks are under, and the salt it stands in: the parts of an event are asked for one after the other. */
let key: Buffer = Buffer.alloc(0);
let under: string | undefined;

/** Puts the two blocks under the key in a salt; false where it is none. */
function isUnder(salt: string): boolean {
  if (salt === under) return true;
  const secret = Buffer.from(salt, 'base64url');
  if (secret.length !== EVENT_SALT_BYTES) return false;
  for (let at = 0; at < BLOCK; at += 1) {
    const byte = secret[at] ?? 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  [key, under] = [secret, salt];
  return true;
}

/**
 * HMAC-SHA-256 (RFC 2104) by two one-shot hashes: every event has two of these at least, and the object that `createHmac` makes costs three times as much as the hashing.
 */
function hmac(text: string): Uint8Array {
  if (BLOCK + 3 * text.length > inner.length) return createHmac('sha256', key).update(text).digest();
  const first = hash('sha256', inner.subarray(0, BLOCK + inner.write(text, BLOCK)), 'binary');
  outer.write(first, BLOCK, 'binary');
  return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
}
