/**
 * How long something takes when not everything has happened yet: the product-limit estimate of Kaplan and Meier (Journal of the American Statistical Association 53,
 * 1958, 457–481). Pure, and without any notion of what is waited for.
 */

/** So many waits of the same length: those that ended with what was waited for, and those of which no more is known than that they lasted so long. */
export interface Waits {
  /** Whole days, 0 or more. */
  readonly days: number;
  readonly reached: number;
  /** Censored: still waiting on the day of the question, or out of reach since. */
  readonly censored: number;
}

/** The curve after a length at which something was reached. */
export interface Step {
  readonly days: number;
  /** How many had waited so long: with those censored after exactly so many days, as is the convention. */
  readonly atRisk: number;
  readonly reached: number;
  /** Share that is still waiting after so many days, from 0 to 1. */
  readonly waiting: number;
  /** Bounds of `waiting` at 95 %; null where the variance is not defined: when nobody is left. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A length with its bounds at 95 %; a bound is null where the curve's does not come down to one half. */
export interface Median {
  readonly days: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface WaitingCurve {
  readonly waits: number;
  readonly reached: number;
  readonly censored: number;
  readonly steps: readonly Step[];
  /** The first length after which half or fewer are still waiting; null while more than half are. */
  readonly median: Median | null;
  /** The longest wait there is, ended or not: nothing is known beyond it. */
  readonly longest: number;
}

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The curve of these waits, in any order; lengths may come several times. Variance by Greenwood's formula, bounds by the log-log transformation, which keeps them between 0 and 1;
 * bounds of the median by those of the curve (Brookmeyer and Crowley, Biometrics 38, 1982, 29–41). Throws RangeError where a number is none of a wait's.
 */
export function waitingCurve(waits: Iterable<Waits>): WaitingCurve {
  const lengths = merged(waits);
  const total = lengths.reduce((sum, { reached, censored }) => sum + reached + censored, 0);
  const steps: Step[] = [];
  let atRisk = total;
  let waiting = 1;
  let greenwood = 0;
  for (const { days, reached, censored } of lengths) {
    if (reached > 0) {
      waiting = reached === atRisk ? 0 : waiting * (1 - reached / atRisk);
      greenwood += reached / (atRisk * (atRisk - reached));
      steps.push({ days, atRisk, reached, waiting, ...boundsOf(waiting, greenwood) });
    }
    atRisk -= reached + censored;
  }
  const reached = lengths.reduce((sum, each) => sum + each.reached, 0);
  return {
    waits: total,
    reached,
    censored: total - reached,
    steps,
    median: medianOf(steps),
    longest: lengths.at(-1)?.days ?? 0,
  };
}

/** One for each length, the shortest first. */
function merged(waits: Iterable<Waits>): Waits[] {
  const byLength = new Map<number, { reached: number; censored: number }>();
  for (const { days, reached, censored } of waits) {
    for (const number of [days, reached, censored]) {
      if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`A wait cannot be made of ${number}.`);
    }
    const known = byLength.get(days) ?? { reached: 0, censored: 0 };
    byLength.set(days, { reached: known.reached + reached, censored: known.censored + censored });
  }
  return [...byLength]
    .map(([days, counts]) => ({ days, ...counts }))
    .filter(({ reached, censored }) => reached + censored > 0)
    .sort((a, b) => a.days - b.days);
}

function boundsOf(waiting: number, greenwood: number): Pick<Step, 'low' | 'high'> {
  if (waiting === 0) return { low: null, high: null };
  const spread = (Z * Math.sqrt(greenwood)) / Math.log(waiting);
  return { low: waiting ** Math.exp(-spread), high: waiting ** Math.exp(spread) };
}

const HALF = 0.5;
/** Products of shares are not exact: 2/3 times 3/4 is to count as one half. */
const ROUNDING = 1e-9;

function medianOf(steps: readonly Step[]): Median | null {
  const downTo = (of: (step: Step) => number | null): number | null =>
    steps.find((step) => (of(step) ?? Infinity) <= HALF + ROUNDING)?.days ?? null;
  const days = downTo(({ waiting }) => waiting);
  return days === null ? null : { days, low: downTo(({ low }) => low), high: downTo(({ high }) => high) };
}

/** The share still waiting after so many days; null beyond the longest wait, of which nothing is known. */
export function stillWaiting({ steps, longest }: Pick<WaitingCurve, 'steps' | 'longest'>, days: number): number | null {
  if (days > longest) return null;
  return steps.findLast((step) => step.days <= days)?.waiting ?? 1;
}
