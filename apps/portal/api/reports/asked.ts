import type { LegalDate } from '#domain';
import { positionOf, stock, stockOfArea } from '#read-models';
import type { AreaPath, ReportFilters } from '#read-models';
import { KeptAnswers } from '../../kept-answers';
import type { Reading } from '../../reading';
import type { Division } from './filters';
import { assignedTotals, moneyTotals, supportTotals, useTotals } from './totals';
import type { AssignedTotal, MoneyTotal, SupportTotal, UseTotal } from './totals';

/** So many answers are kept, and none with more parts: together some dozens of mebibytes at most. */
const KEPT_QUESTIONS = 200;
const KEPT_PARTS = 2000;

const kept = new WeakMap<Reading, KeptAnswers<unknown>>();

/**
 * What the counters of a report say is the same on every page of its list and in every language: asked anew only where something was written since. The question must name all that the answer hangs on but the log
 * position, the day as well where it is one. Who is given the answer must not change it. Throws what asking throws.
 */
export async function askedOnce<Answer>(
  reading: Reading,
  question: readonly unknown[],
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const answers = kept.get(reading) ?? new KeptAnswers<unknown>(undefined, KEPT_QUESTIONS);
  kept.set(reading, answers);
  const name = JSON.stringify(question);
  const position = await positionOf(reading.database);
  const { answer } = await answers.to(name, position, ask, position);
  if (partsIn(answer) > KEPT_PARTS) answers.forget(name);
  return answer as Answer;
}

const partsIn = (answer: unknown): number => {
  const parts = (answer as { readonly cells?: unknown } | null)?.cells ?? answer;
  return Array.isArray(parts) ? parts.length : 1;
};

/** The same filters in the same order, however an address has them. */
export const named = (filters: ReportFilters): readonly (readonly [string, string | undefined])[] =>
  Object.entries(filters).sort(([one], [other]) => (one < other ? -1 : 1));

/** The stock of the country and of an area, today's or of a day, kept. Throw NotBuiltYet. */
export const stockAsked = (reading: Reading, asOf?: LegalDate): ReturnType<typeof stock> =>
  askedOnce(reading, ['stock', asOf], () => stock(reading.database, asOf));

export const areaStockAsked = (reading: Reading, path: AreaPath, asOf?: LegalDate): ReturnType<typeof stockOfArea> =>
  askedOnce(reading, ['stock', path.map(({ code }) => code), asOf], () => stockOfArea(reading.database, path, asOf));

/** Sums of the chapters' reports, kept. Throw NotBuiltYet. */
export const moneyAsked = (reading: Reading, filters: ReportFilters, by?: Division): Promise<MoneyTotal[]> =>
  askedOnce(reading, ['money', named(filters), by], () => moneyTotals(reading.database, filters, by));

export function supportAsked(reading: Reading, filters: ReportFilters, by?: Division): Promise<SupportTotal[]> {
  const day: LegalDate = filters.asOf ?? reading.today();
  return askedOnce(reading, ['support', named(filters), by, day], () =>
    supportTotals(reading.database, filters, day, by),
  );
}

export const useAsked = (reading: Reading, filters: ReportFilters, by?: Division): Promise<UseTotal[]> =>
  askedOnce(reading, ['use', named(filters), by], () => useTotals(reading.database, filters, by));

export const assignedAsked = (reading: Reading, filters: ReportFilters, by?: Division): Promise<AssignedTotal[]> =>
  askedOnce(reading, ['assigned', named(filters), by], () => assignedTotals(reading.database, filters, by));
