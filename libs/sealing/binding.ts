import { createHash } from 'node:crypto';
import { fail } from './error';

/** Longest call, organisation or application id, in bytes of UTF-8. */
export const MAX_IDENTIFIER_BYTES = 256;

const SCHEME = 'social-reuse-registry/sealing/v1';

/**
 * Everything sealed is bound to where it belongs: HPKE's `info` names scheme, purpose and call, its `aad` the rest. Each part stands behind
 * its length, so that no two lists of parts give the same bytes.
 */
function bound(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}

const purpose = (name: string): Buffer => Buffer.from(`${SCHEME}/${name}`);

/** An id as bytes. Throws `identifier-malformed` when it is empty, too long or no well-formed text. */
function identifier(name: string, text: unknown): Buffer {
  if (typeof text !== 'string' || text === '' || /\p{Surrogate}/u.test(text))
    fail('identifier-malformed', `the ${name} id is no well-formed text`);
  const bytes = Buffer.from(text);
  if (bytes.length > MAX_IDENTIFIER_BYTES)
    fail('identifier-malformed', `the ${name} id has ${bytes.length} bytes, more than ${MAX_IDENTIFIER_BYTES}`);
  return bytes;
}

export const applicationInfo = (call: string): Buffer => bound(purpose('application'), identifier('call', call));

export const applicationAad = (organisation: string, application: string): Buffer =>
  bound(identifier('organisation', organisation), identifier('application', application));

export const shareInfo = (call: string): Buffer => bound(purpose('share'), identifier('call', call));

/** A share is good for one evaluator, one public key and one threshold. */
export const shareAad = (index: number, threshold: number, publicKey: Uint8Array): Buffer =>
  bound(Uint8Array.of(index), Uint8Array.of(threshold), publicKey);

/**
 * SHA-256 over purpose, call, index and share. It hides the share as long as shares cannot be guessed: each has the 256 bits of entropy of
 * the key.
 */
export const commitmentTo = (call: string, index: number, value: Uint8Array): Buffer =>
  createHash('sha256')
    .update(bound(purpose('commitment'), identifier('call', call), Uint8Array.of(index), value))
    .digest();

/** SHA-256 over all that a ceremony publishes. */
export const digestOf = (call: string, threshold: number, parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256')
    .update(bound(purpose('ceremony'), identifier('call', call), Uint8Array.of(threshold), ...parts))
    .digest();
