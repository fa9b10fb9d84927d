import { createHash } from 'node:crypto';
import { commitmentTo } from './binding';
import { readSealingKeys, readShare } from './ceremony';
import type { SealingKeys } from './ceremony';
import { fail } from './error';
import { publicKeyOf } from './hpke/x25519';
import { readPrivateKey, readPublicKey } from './key';

/** What the log calls this way of sealing. */
export const SEALING_SCHEME = 'seal1';

/**
 * Checks one opened share against what was committed to at the ceremony: whose it is. Throws a `text-…` code, `share-of-nobody`, `share-false` naming the
 * evaluator, and what `readSealingKeys` throws.
 */
export function checkShare(keys: SealingKeys, share: string): number {
  const { commitments } = readSealingKeys(keys);
  const { index, value } = readShare(share);
  const commitment = commitments[index - 1];
  if (commitment === undefined) fail('share-of-nobody', `the call has no evaluator ${index}`);
  if (!commitment.equals(commitmentTo(keys.call, index, value)))
    fail('share-false', `the share of evaluator ${index} is not the one dealt`, [index]);
  return index;
}

/** Whether a private key is that of a public key. Throws what `readPublicKey` and `readPrivateKey` throw. */
export const isKeyOf = (publicKey: string, privateKey: string): boolean =>
  publicKeyOf(readPrivateKey(privateKey)).equals(readPublicKey(publicKey));

/** SHA-256 of the 32 bytes of a released key, in hexadecimal. Throws what `readPrivateKey` throws. */
export const releasedKeyDigest = (privateKey: string): string =>
  createHash('sha256').update(readPrivateKey(privateKey)).digest('hex');
