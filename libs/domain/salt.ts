import { createHmac } from 'node:crypto';

/** A part of a stored event: a field of its data or of its metadata. */
export type EventPath = `data.${string}` | `metadata.${string}`;

/** An event's salt, and so that of each of its parts, has 32 bytes (base64url in the envelope). */
export const EVENT_SALT_BYTES = 32;

/**
 * The salt of one part of an event: HMAC-SHA-256 of the part's path under the event's own salt, so that opening one part says nothing of the others. Undefined for an event that was written before
 * events had salts.
 */
export function partSalt(salt: string | undefined, path: EventPath): Uint8Array | undefined {
  const secret = salt === undefined ? undefined : Buffer.from(salt, 'base64url');
  return secret?.length === EVENT_SALT_BYTES ? createHmac('sha256', secret).update(path).digest() : undefined;
}
