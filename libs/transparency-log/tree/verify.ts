import { fail } from '../error';
import { EMPTY_ROOT, HASH_BYTES, nodeHash, sameHash } from './hash';
import type { Hash } from './hash';
import { half, isCount, isOdd } from './size';

/** No tree that can be numbered is higher, so no honest proof is longer. */
const MAX_PROOF_HASHES = 64;

/** A tree's size and root: what a checkpoint says. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/**
 * Throws unless the proof shows that the leaf with this hash is the `index`-th of the tree (RFC 9162 §2.1.3.2). Every argument may come from
 * an adversary; only the head must come from a checkpoint that was verified.
 */
export function verifyInclusion(index: number, leaf: Hash, proof: readonly Hash[], head: TreeHead): void {
  requireHead(head);
  if (!isCount(index)) fail('index-malformed', `${String(index)} is no index: whole numbers from 0`);
  if (index >= head.size) fail('index-beyond-tree', `entry ${index} cannot be in a tree of ${head.size} entries`);
  requireHashes([leaf]);
  requireProof(proof);

  let place = index;
  let last = head.size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0)
      fail('proof-too-long', `a proof of entry ${index} in ${head.size} has fewer than ${proof.length} hashes`);
    if (isOdd(place) || place === last) {
      hash = nodeHash(sibling, hash);
      // The rightmost node has no sibling on the levels where it is an even one.
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0)
    fail('proof-too-short', `a proof of entry ${index} in ${head.size} has more than ${proof.length} hashes`);
  if (!sameHash(hash, head.root))
    fail('root-mismatch', `entry ${index} is not in the tree of ${head.size} with this root`);
}

/**
 * Throws unless the proof shows that the newer tree begins with every leaf of the older one, unchanged and in order (RFC 9162 §2.1.4.2).
 * From the empty tree everything follows: its proof is empty, and its root must be the empty root.
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): void {
  requireHead(older);
  requireHead(newer);
  requireProof(proof);
  if (older.size > newer.size) fail('tree-shrank', `a tree of ${older.size} cannot be older than one of ${newer.size}`);
  if (older.size === newer.size || older.size === 0) {
    if (proof.length > 0) fail('proof-needless', `from ${older.size} to ${newer.size} the proof has no hashes`);
    if (older.size === newer.size && !sameHash(older.root, newer.root)) {
      fail('root-mismatch', `two different trees of ${older.size} entries: the log has forked`);
    }
    return;
  }

  let place = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  // An older tree that is complete is itself the first node; its root need not be sent.
  const complete = place === 0;
  const [first, ...rest] = complete ? [older.root, ...proof] : proof;
  if (first === undefined) fail('proof-too-short', `a proof from ${older.size} to ${newer.size} has at least one hash`);
  let [oldHash, newHash] = [first, first];
  for (const sibling of rest) {
    if (last === 0)
      fail('proof-too-long', `a proof from ${older.size} to ${newer.size} has fewer than ${proof.length} hashes`);
    if (isOdd(place) || place === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0)
    fail('proof-too-short', `a proof from ${older.size} to ${newer.size} has more than ${proof.length} hashes`);
  if (!sameHash(oldHash, older.root)) fail('old-root-mismatch', `the proof does not lead to the tree of ${older.size}`);
  if (!sameHash(newHash, newer.root))
    fail('root-mismatch', `the tree of ${newer.size} does not begin with that of ${older.size}`);
}

function requireHead({ size, root }: TreeHead): void {
  if (!isCount(size)) fail('size-malformed', `${String(size)} is no tree size: whole numbers from 0`);
  requireHashes([root]);
  if (size === 0 && !sameHash(root, EMPTY_ROOT))
    fail('empty-root-wrong', 'a tree without entries has the hash of nothing as its root');
}

function requireProof(proof: readonly Hash[]): void {
  if (proof.length > MAX_PROOF_HASHES) fail('proof-too-long', `no proof has more than ${MAX_PROOF_HASHES} hashes`);
  requireHashes(proof);
}

function requireHashes(hashes: readonly Hash[]): void {
  for (const hash of hashes) {
    if (!(hash instanceof Uint8Array) || hash.length !== HASH_BYTES)
      fail('hash-malformed', `a hash has ${HASH_BYTES} bytes`);
  }
}
