import { createHash, hash } from 'node:crypto';
import { fail } from '../error';
import { canonicalJson } from './canonical-json';

/** Salts of one length, so that no two (salt, value) pairs are the same bytes. */
export const SALT_BYTES = 32;

/** Stands in a leaf for a value the public may not see. Without the salt it says nothing, even about a value that can be guessed. */
export interface Commitment {
  /** SHA-256(salt ‖ canonical JSON of the value), lower-case hex. */
  readonly committed: string;
}

/**
 * Binds the log to a value without showing it. Whoever is later given value and salt can check both. The salt must be unpredictable and
 * kept as long as the value may have to be proven; destroying it is erasure.
 */
export function commitTo(value: unknown, salt: Uint8Array): Commitment {
  if (salt.length !== SALT_BYTES) fail('not-canonical', `a salt has ${SALT_BYTES} bytes, not ${salt.length}`);
  return { committed: digestOf(salt, canonicalJson(value)) };
}

const input = Buffer.alloc(SALT_BYTES + 0x1000);

/** By a one-shot hash where it fits: every event has some of these, and the object that `createHash` makes costs more than the hashing. */
function digestOf(salt: Uint8Array, text: string): string {
  if (SALT_BYTES + 3 * text.length > input.length) return createHash('sha256').update(salt).update(text).digest('hex');
  input.set(salt);
  return hash('sha256', input.subarray(0, SALT_BYTES + input.write(text, SALT_BYTES)), 'hex');
}

/** Whether this value and salt are those committed to. */
export function opensCommitment({ committed }: Commitment, value: unknown, salt: Uint8Array): boolean {
  return commitTo(value, salt).committed === committed;
}
