import type { Static } from '@sinclair/typebox';
import { flagCounts } from '#read-models';
import type { ReportFilters } from '#read-models';
import type { Reading } from '../../reading';
import { askedOnce } from './asked';
import type { Division } from './filters';
import type { flagTotalSchema } from './schemas/flags';

/** How many red flags there are, as the API says it. */
export type FlagTotal = Static<typeof flagTotalSchema>;

/** The hits of today, counted anew only where something was written since. Throws NotBuiltYet. */
export function flagTotals(reading: Reading, filters: ReportFilters, division?: Division): Promise<FlagTotal[]> {
  const today = reading.today();
  const by = division === 'region' ? division : undefined;
  return askedOnce(reading, ['flags', filters.region, filters.rule, by, today], async () =>
    (await flagCounts(reading.database, filters, today, by)).map(({ code, name, rule, hits }) => ({
      code: code || null,
      name: name || null,
      rule,
      hits,
    })),
  );
}

export const flagTotalColumns = ['code', 'name', 'rule', 'hits'] as const;
