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

/** What the curve comes to. */
export interface WaitingSummary {
  readonly waits: number;
  readonly reached: number;
  readonly censored: number;
  /** The first length after which half or fewer are still waiting; null while more than half are. */
  readonly median: Median | null;
  /** The longest wait there is, ended or not: nothing is known beyond it. */
  readonly longest: number;
}

export interface WaitingCurve extends WaitingSummary {
  readonly steps: readonly Step[];
}

/** Waits by their lengths, the shortest first and each length once: at the same place of each list what there is of one length. */
export interface Lengths {
  readonly days: readonly number[];
  readonly reached: readonly number[];
  readonly censored: readonly number[];
}

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** The curve of these waits, in any order; lengths may come several times. Throws RangeError where a number is none of a wait's. */
export const waitingCurve = (waits: Iterable<Waits>): WaitingCurve => curveOf(lengthsOf(waits));

/**
 * The curve of waits in order. Variance by Greenwood's formula, bounds by the log-log transformation, which keeps them between 0 and 1; bounds of the median by those of the curve
 * (Brookmeyer and Crowley, Biometrics 38, 1982, 29–41).
 */
export function curveOf(lengths: Lengths): WaitingCurve {
  const steps: Step[] = [];
  walk(lengths, (step, greenwood) => {
    steps.push({ ...step, ...boundsOf(step.waiting, greenwood) });
    return true;
  });
  return { ...summaryOf(lengths), steps };
}

/** The same without its steps, in a fraction of the time: for those who compare many. */
export function summaryOf(lengths: Lengths): WaitingSummary {
  const [reached, censored] = [sumOf(lengths.reached), sumOf(lengths.censored)];
  const median = medianOf(lengths);
  return { waits: reached + censored, reached, censored, median, longest: lengths.days.at(-1) ?? 0 };
}

/** Waits in order; lengths may come several times. Throws RangeError where a number is none of a wait's. */
export function lengthsOf(waits: Iterable<Waits>): Lengths {
  const byLength = new Map<number, { reached: number; censored: number }>();
  for (const { days, reached, censored } of waits) {
    for (const number of [days, reached, censored]) {
      if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`A wait cannot be made of ${number}.`);
    }
    const known = byLength.get(days) ?? { reached: 0, censored: 0 };
    byLength.set(days, { reached: known.reached + reached, censored: known.censored + censored });
  }
  const counted = [...byLength]
    .filter(([, { reached, censored }]) => reached + censored > 0)
    .sort(([one], [other]) => one - other);
  return {
    days: counted.map(([days]) => days),
    reached: counted.map(([, { reached }]) => reached),
    censored: counted.map(([, { censored }]) => censored),
  };
}

/** Waits in order, from lists in which each stands at its length. */
export function lengthsAlong(reached: ArrayLike<number>, censored: ArrayLike<number>): Lengths {
  const lengths = { days: [] as number[], reached: [] as number[], censored: [] as number[] };
  for (let days = 0; days < Math.max(reached.length, censored.length); days += 1) {
    const [ended, open] = [reached[days] ?? 0, censored[days] ?? 0];
    if (ended + open === 0) continue;
    lengths.days.push(days);
    lengths.reached.push(ended);
    lengths.censored.push(open);
  }
  return lengths;
}

/** Goes through the lengths at which something was reached, for as long as `seen` says so, with Greenwood's sum beside each. */
function walk(
  { days, reached, censored }: Lengths,
  seen: (step: Omit<Step, 'low' | 'high'>, greenwood: number) => boolean,
): void {
  let atRisk = sumOf(reached) + sumOf(censored);
  let waiting = 1;
  let greenwood = 0;
  for (let place = 0; place < days.length; place += 1) {
    const ended = reached[place]!;
    if (ended > 0) {
      waiting = ended === atRisk ? 0 : waiting * (1 - ended / atRisk);
      greenwood += ended / (atRisk * (atRisk - ended));
      if (!seen({ days: days[place]!, atRisk, reached: ended, waiting }, greenwood)) return;
    }
    atRisk -= ended + censored[place]!;
  }
}

function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

function boundsOf(waiting: number, greenwood: number): Pick<Step, 'low' | 'high'> {
  if (waiting === 0) return { low: null, high: null };
  const spread = (Z * Math.sqrt(greenwood)) / Math.log(waiting);
  return { low: waiting ** Math.exp(-spread), high: waiting ** Math.exp(spread) };
}

const HALF = 0.5;
/** Products of shares are not exact: 2/3 times 3/4 is to count as one half. */
const ROUNDING = 1e-9;

const isDownToHalf = (share: number | null): boolean => share !== null && share <= HALF + ROUNDING;

function medianOf(lengths: Lengths): Median | null {
  let median: number | null = null;
  let low: number | null = null;
  let high: number | null = null;
  walk(lengths, ({ days, waiting }, greenwood) => {
    if (isDownToHalf(waiting)) median ??= days;
    // The upper bound is not down to half before the curve is, and bounds cost more than all the rest.
    if (low !== null && median === null) return true;
    const bounds = boundsOf(waiting, greenwood);
    if (isDownToHalf(bounds.low)) low ??= days;
    if (isDownToHalf(bounds.high)) high ??= days;
    return median === null || low === null || high === null;
  });
  return median === null ? null : { days: median, low, high };
}

/** The share still waiting after so many days; null beyond the longest wait, of which nothing is known. */
export function stillWaiting({ steps, longest }: Pick<WaitingCurve, 'steps' | 'longest'>, days: number): number | null {
  if (days > longest) return null;
  return steps.findLast((step) => step.days <= days)?.waiting ?? 1;
}
