import { EMPTY_ROOT, nodeHash } from './hash';
import type { Hash } from './hash';
import { completeSubtrees, half, isOdd } from './size';

/** Told of every node that becomes complete, children before parents. */
export type NodeListener = (height: number, hash: Hash) => void;

/**
 * The little one must remember of a Merkle tree to let it grow: the roots of its complete subtrees, at most one for each height. Growing by
 * a leaf costs one or two hashes on average, the root at any moment as many as the size has bits.
 */
export class CompactRange {
  private constructor(
    private leaves: number,
    /** By height; undefined where the size has no bit set. */
    private readonly roots: (Hash | undefined)[],
  ) {}

  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /** From the roots of the size's complete subtrees, in the order of `completeSubtrees`. */
  static of(size: number, hashes: readonly Hash[]): CompactRange {
    const subtrees = completeSubtrees(size);
    if (subtrees.length !== hashes.length) {
      throw new RangeError(`a tree of ${size} leaves has ${subtrees.length} complete subtrees, not ${hashes.length}`);
    }
    const roots: (Hash | undefined)[] = [];
    for (const [place, { height }] of subtrees.entries()) roots[height] = hashes[place];
    return new CompactRange(size, roots);
  }

  get size(): number {
    return this.leaves;
  }

  append(leaf: Hash, completed?: NodeListener): void {
    let hash = leaf;
    let height = 0;
    completed?.(height, hash);
    for (let count = this.leaves; isOdd(count); count = half(count)) {
      const left = this.roots[height];
      if (left === undefined) throw new RangeError(`no subtree of height ${height} in a tree of ${this.leaves} leaves`);
      hash = nodeHash(left, hash);
      this.roots[height] = undefined;
      height += 1;
      completed?.(height, hash);
    }
    this.roots[height] = hash;
    this.leaves += 1;
  }

  /** Root of the whole tree (RFC 9162 §2.1.1). */
  root(): Hash {
    let root: Hash | undefined;
    for (const hash of this.roots) {
      if (hash !== undefined) root = root === undefined ? hash : nodeHash(hash, root);
    }
    return root ?? EMPTY_ROOT;
  }
}
