import type { Money } from '../language/money';

const goingBack: ReadonlySet<string> = new Set(['AllocationReduced', 'CommitmentReduced', 'PaymentReversed']);

/** The amount of a movement, negative where money goes back the way it came. */
export const signed = (type: string, { minor, currency }: Money): Money => ({
  minor: goingBack.has(type) ? -minor : minor,
  currency,
});
