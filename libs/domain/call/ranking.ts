import { hash } from 'node:crypto';
import { applicationsAt } from './call';
import type { Application, Call, Criterion, Evaluator } from './call';

/** A fraction in lowest terms, as digits: exact, whatever its size. */
export interface Fraction {
  readonly numerator: string;
  readonly denominator: string;
}

/** One admitted application in the order of merit. */
export interface Ranked {
  readonly application: string;
  /** The points of all active evaluators together, in the order of the call's criteria. */
  readonly points: readonly { readonly criterion: string; readonly sum: number }[];
  /** The sum over the criteria of weight × mean share of the maximum. */
  readonly weightedTotal: Fraction;
}

/** Evaluators whose scores count: those who declared no interest. */
export const activeEvaluators = ({ evaluators }: Call): readonly Evaluator[] =>
  evaluators.filter(({ recused }) => !recused);

/** The score an award still waits for; undefined when every admitted application has points on every criterion by every active evaluator. */
export function missingScore(call: Call): { application: string; criterion: string; evaluator: string } | undefined {
  const points = pointsGiven(call);
  for (const { id: application } of applicationsAt(call, 'admitted'))
    for (const { code: criterion } of call.criteria)
      for (const { id: evaluator } of activeEvaluators(call))
        if (!points.has(placeOf(application, criterion, evaluator))) return { application, criterion, evaluator };
  return undefined;
}

/**
 * The order of merit, from the scores alone and without rounding: the best total first, ties in the order the call states. It follows from which scores stand, not from
 * the order in which they were given. Asks for a complete fold; a public one holds no scores. Law 241/1990 art. 12; legislative decree 117/2017 art. 55.
 */
export function rankingOf(call: Call): readonly Ranked[] {
  const evaluators = activeEvaluators(call);
  const given = pointsGiven(call);
  const sumOf = (application: string, criterion: string): number =>
    evaluators.reduce((sum, { id }) => sum + (given.get(placeOf(application, criterion, id)) ?? 0), 0);
  const scale = call.criteria.reduce((common, { maximum }) => leastCommonMultiple(common, BigInt(maximum)), 1n);
  const denominator = scale * BigInt(Math.max(1, evaluators.length));
  return applicationsAt(call, 'admitted')
    .map((application, place) => {
      const points = call.criteria.map(({ code }) => ({ criterion: code, sum: sumOf(application.id, code) }));
      const weighted = call.criteria.reduce(
        (total, criterion, at) => total + worth(criterion, points[at]?.sum ?? 0, scale),
        0n,
      );
      return { application, place, points, weighted };
    })
    .sort((one, other) => sign(other.weighted - one.weighted) || tie(call, one, other))
    .map(({ application, points, weighted }) => ({
      application: application.id,
      points,
      weightedTotal: inLowestTerms(weighted, denominator),
    }));
}

/** Weight × sum / maximum, times the common multiple of the maxima: a whole number. */
const worth = ({ weight, maximum }: Criterion, sum: number, scale: bigint): bigint =>
  BigInt(weight) * BigInt(sum) * (scale / BigInt(maximum));

const placeOf = (application: string, criterion: string, evaluator: string): string =>
  `${application} ${criterion} ${evaluator}`;

/** The points by their place in the table of applications, criteria and evaluators; codes and ids hold no blank. */
const pointsGiven = ({ scores }: Call): ReadonlyMap<string, number> =>
  new Map(
    scores.map(({ application, criterion, evaluator, points }) => [placeOf(application, criterion, evaluator), points]),
  );

interface Placed {
  readonly application: Application;
  /** Its place among the admitted ones in the order of submission. */
  readonly place: number;
}

function tie({ tieBreak, releasedKey = '' }: Call, one: Placed, other: Placed): number {
  switch (tieBreak) {
    case 'earliest':
      return one.place - other.place;
    case 'draw':
      return lot(releasedKey, one) < lot(releasedKey, other) ? -1 : 1;
  }
}

/** What an application draws: SHA-256 of the seed and its id, which anybody can compute again. The lowest comes first. */
const lot = (seed: string, { application }: Placed): string => hash('sha256', `${seed} ${application.id}`, 'hex');

const sign = (difference: bigint): number => (difference > 0n ? 1 : difference < 0n ? -1 : 0);

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestCommonDivisor(other, one % other);
}

const leastCommonMultiple = (one: bigint, other: bigint): bigint => (one / greatestCommonDivisor(one, other)) * other;

function inLowestTerms(numerator: bigint, denominator: bigint): Fraction {
  const common = greatestCommonDivisor(numerator, denominator);
  return { numerator: String(numerator / common), denominator: String(denominator / common) };
}
