import { demand } from './refusal';

/** Sums without rounding. A double holds whole numbers exactly up to 2^53 - 1; beyond that a sum is refused, never rounded (rule 7). */
export function exactSum(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => {
    const more = sum + amount;
    demand(Number.isSafeInteger(more), 'amount-beyond-exact', { largest: Number.MAX_SAFE_INTEGER });
    return more;
  }, 0);
}

/** `value` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly value: number;
  /** From 0 to 6. */
  readonly scale: number;
}

const MOST_DECIMALS = 6;

/** The sum of decimals of different scales, in millionths. */
export function inMillionths(decimals: readonly Decimal[]): bigint {
  return decimals.reduce((sum, { value, scale }) => sum + BigInt(value) * 10n ** BigInt(MOST_DECIMALS - scale), 0n);
}
