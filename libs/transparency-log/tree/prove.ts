import { fail } from '../error';
import { EMPTY_ROOT, nodeHash } from './hash';
import type { Hash } from './hash';
import { half, isCount, isOdd, splitOf } from './size';

/** Gives the root of the complete subtree of 2^height leaves, the `index`-th of its height. */
export type NodeReader = (height: number, index: number) => Promise<Hash>;

/** Root of the tree of the first `size` leaves (RFC 9162 §2.1.1). */
export async function rootOf(size: number, node: NodeReader): Promise<Hash> {
  return size === 0 ? EMPTY_ROOT : rangeRoot(0, size, node);
}

/** The hashes that lead from the `index`-th leaf to the root of the first `size` leaves (RFC 9162 §2.1.3.1), the leaf's sibling first. */
export async function inclusionProof(index: number, size: number, node: NodeReader): Promise<Hash[]> {
  if (!isCount(size)) fail('size-malformed', `${String(size)} is no tree size: whole numbers from 0`);
  if (!isCount(index)) fail('index-malformed', `${String(index)} is no index: whole numbers from 0`);
  if (index >= size) fail('index-beyond-tree', `entry ${index} is not in a tree of ${size} entries`);
  const proof: Hash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      proof.unshift(await rangeRoot(middle, end, node));
      end = middle;
    } else {
      proof.unshift(await rangeRoot(start, middle, node));
      start = middle;
    }
  }
  return proof;
}

/** The hashes that show the first `older` leaves to be the beginning of the first `newer` ones (RFC 9162 §2.1.4.1). */
export async function consistencyProof(older: number, newer: number, node: NodeReader): Promise<Hash[]> {
  for (const size of [older, newer]) {
    if (!isCount(size)) fail('size-malformed', `${String(size)} is no tree size: whole numbers from 0`);
  }
  if (older > newer) fail('tree-shrank', `a tree of ${newer} entries does not begin with one of ${older}`);
  if (older === 0 || older === newer) return [];
  const proof: Hash[] = [];
  let [start, end] = [0, newer];
  while (older < end) {
    const middle = start + splitOf(end - start);
    if (older <= middle) {
      proof.unshift(await rangeRoot(middle, end, node));
      end = middle;
    } else {
      proof.unshift(await rangeRoot(start, middle, node));
      start = middle;
    }
  }
  // What remains ends where the older tree ends. When it is the whole older tree, the verifier has its root already.
  return start === 0 ? proof : [await rangeRoot(start, end, node), ...proof];
}

/** Root over the leaves from `start` to before `end`, as the tree's own splits cut them. */
async function rangeRoot(start: number, end: number, node: NodeReader): Promise<Hash> {
  const height = heightOfComplete(end - start);
  if (height !== undefined) return node(height, start / (end - start));
  const middle = start + splitOf(end - start);
  return nodeHash(await rangeRoot(start, middle, node), await rangeRoot(middle, end, node));
}

/** The height of a complete tree of that many leaves; undefined when no tree of that many is complete. */
function heightOfComplete(leaves: number): number | undefined {
  let height = 0;
  let count = leaves;
  for (; !isOdd(count); count = half(count)) height += 1;
  return count === 1 ? height : undefined;
}
