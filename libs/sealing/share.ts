import { commitmentTo, shareAad, shareInfo } from './binding';
import { AEAD, indexed, readSealingKeys, readShare } from './ceremony';
import type { SealingKeys } from './ceremony';
import { fail } from './error';
import { openBase } from './hpke/base-mode';
import { publicKeyOf } from './hpke/x25519';
import { readPrivateKey } from './key';
import { interpolate } from './shamir/secret-sharing';
import type { Point } from './shamir/secret-sharing';
import { writeText } from './text';
import type { SealText } from './text';

export interface ShareOpening {
  readonly keys: SealingKeys;
  /** Which evaluator, 1 to n. */
  readonly evaluator: number;
  /** The evaluator's own. */
  readonly privateKey: string;
}

/**
 * An evaluator's share, on the evaluator's machine. Done once before the call opens it proves that the share can be given later; it is given
 * to the others only after the deadline.
 *
 * Throws `share-of-nobody` for a number without evaluator, `share-unreadable` when the private key is not that evaluator's or anything the
 * share is bound to (call, number, threshold, public key) is not as dealt, `share-false` when it is not the share committed to, and what
 * `readSealingKeys` and `readPrivateKey` throw.
 */
export function openShare({ keys, evaluator, privateKey }: ShareOpening): SealText<'share'> {
  const { publicKey, encryptedShares, commitments } = readSealingKeys(keys);
  const sealed = encryptedShares[evaluator - 1];
  if (sealed === undefined) fail('share-of-nobody', `the call has no evaluator ${evaluator}`);
  const binding = { info: shareInfo(keys.call), aad: shareAad(evaluator, keys.threshold, publicKey) };
  const value = openBase(AEAD, readPrivateKey(privateKey), binding, sealed);
  if (value === undefined)
    fail('share-unreadable', `this private key does not open the share of evaluator ${evaluator}`, [evaluator]);
  if (isFalse(keys.call, commitments, { index: evaluator, value }))
    fail('share-false', `evaluator ${evaluator} was dealt another share than was committed to`, [evaluator]);
  return writeText('share', indexed(evaluator, value));
}

export interface Combination {
  readonly keys: SealingKeys;
  /** `threshold` shares or more, in any order. */
  readonly shares: readonly string[];
}

/**
 * The call's private key, which opens every application to it. Every share given is checked, also beyond the threshold.
 *
 * Throws `shares-malformed` when they are no list, `share-twice`, `share-of-nobody`, `share-false` naming in `evaluators` all whose share is
 * not the one committed to (leave them out and combine the rest), `shares-too-few`, `combined-key-wrong` when the true shares do not give
 * the private key of the call's public key, that is when the ceremony dealt falsely, and what `readSealingKeys` throws.
 */
export function combineShares({ keys, shares }: Combination): SealText<'private-key'> {
  const { publicKey, commitments } = readSealingKeys(keys);
  if (!Array.isArray(shares)) fail('shares-malformed', 'shares come as a list');
  const points = shares.map(readShare);
  const indexes = points.map(({ index }) => index);
  const twice = indexes.filter((index, place) => indexes.indexOf(index) !== place);
  if (twice.length > 0) fail('share-twice', `there is more than one share of evaluators ${twice.join(', ')}`, twice);
  const nobodys = indexes.filter((index) => commitments[index - 1] === undefined);
  if (nobodys.length > 0) fail('share-of-nobody', `the call has no evaluators ${nobodys.join(', ')}`, nobodys);
  const liars = points.filter((point) => isFalse(keys.call, commitments, point)).map(({ index }) => index);
  if (liars.length > 0) fail('share-false', `the shares of evaluators ${liars.join(', ')} are not those dealt`, liars);
  if (points.length < keys.threshold)
    fail('shares-too-few', `${keys.threshold} shares open the call, ${points.length} were given`);
  const privateKey = interpolate(points.slice(0, keys.threshold));
  if (!publicKeyOf(privateKey).equals(publicKey))
    fail('combined-key-wrong', 'the shares are those committed to, but they do not give the key of this call');
  return writeText('private-key', privateKey);
}

function isFalse(call: string, commitments: readonly Buffer[], { index, value }: Point): boolean {
  return commitments[index - 1]?.equals(commitmentTo(call, index, value)) !== true;
}
