// Sizes and indexes are numbers up to 2^53 - 1. JavaScript's bit operators stop at 32 bits, so none is used on them.

/** A number of leaves, or the place of one: a whole number from 0 up to `Number.MAX_SAFE_INTEGER`. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A count as checkpoints and proofs write it: decimal, no sign, no leading zero. Undefined for anything else, also for what is too large. */
export function parseCount(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const count = Number(text);
  return isCount(count) ? count : undefined;
}

export const isOdd = (count: number): boolean => count % 2 === 1;
export const half = (count: number): number => Math.floor(count / 2);

/** The largest power of two smaller than `size`: where a tree of two or more leaves splits (RFC 9162 §2.1.1). */
export function splitOf(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** A subtree of 2^height leaves; the `index`-th of its height, so its first leaf is `index * 2^height`. */
export interface Subtree {
  readonly height: number;
  readonly index: number;
}

/** The complete subtrees a tree of this size is made of, the largest and leftmost first: one for each bit set. */
export function completeSubtrees(size: number): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let height = 0, count = size; count > 0; height++, count = half(count)) {
    if (isOdd(count)) subtrees.unshift({ height, index: count - 1 });
  }
  return subtrees;
}
