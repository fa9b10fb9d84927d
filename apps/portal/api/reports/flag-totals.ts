import type { Static } from '@sinclair/typebox';
import { flagCounts, positionOf } from '#read-models';
import type { ReportFilters } from '#read-models';
import { KeptAnswers } from '../../kept-answers';
import type { Reading } from '../../reading';
import type { Division } from './filters';
import type { flagTotalSchema } from './schemas/flags';

/** How many red flags there are, as the API says it. */
export type FlagTotal = Static<typeof flagTotalSchema>;

const kept = new WeakMap<Reading, KeptAnswers<FlagTotal[]>>();

/** The hits of today, counted anew only where something was written since. Throws NotBuiltYet. */
export async function flagTotals(reading: Reading, filters: ReportFilters, division?: Division): Promise<FlagTotal[]> {
  const answers = kept.get(reading) ?? new KeptAnswers<FlagTotal[]>();
  kept.set(reading, answers);
  const today = reading.today();
  const by = division === 'region' ? division : undefined;
  const question = JSON.stringify([filters.region, filters.rule, by, today]);
  const position = await positionOf(reading.database);
  const ask = async (): Promise<FlagTotal[]> =>
    (await flagCounts(reading.database, filters, today, by)).map(({ code, name, rule, hits }) => ({
      code: code || null,
      name: name || null,
      rule,
      hits,
    }));
  return (await answers.to(question, position, ask, position)).answer;
}

export const flagTotalColumns = ['code', 'name', 'rule', 'hits'] as const;
