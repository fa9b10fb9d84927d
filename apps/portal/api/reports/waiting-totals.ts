import type { Static } from '@sinclair/typebox';
import { milestones } from '#domain';
import type { LegalDate } from '#domain';
import { waitsOf } from '#read-models';
import type { ReportFilters } from '#read-models';
import type { Reading } from '../../reading';
import { askedOnce } from './asked';
import type { Division } from './filters';
import type { waitingTotalSchema } from './schemas/waiting';

/** How long assets wait, as the API gives it. */

export type WaitingTotal = Static<typeof waitingTotalSchema>;
type TableRow = Readonly<Record<string, string | number | null>>;

/** The waits of today, asked anew only where something was written since. */
export function waitsAsked(reading: Reading, filters: ReportFilters, by?: Division): Promise<WaitingTotal[]> {
  const today = reading.today();
  return askedOnce(reading, ['waiting', filters.region, filters.kind, by, today], () =>
    waitingTotals({ database: reading.database, today }, filters, by),
  );
}

/** One line for each milestone in each part of the division. Region and kind choose; the other filters are the list's own. Throws NotBuiltYet. */
export async function waitingTotals(
  { database, today }: Pick<Reading, 'database'> & { readonly today: LegalDate },
  { region, kind }: ReportFilters,
  division?: Division,
): Promise<WaitingTotal[]> {
  const by = division === 'region' || division === 'kind' ? division : undefined;
  const chosen = { ...(region !== undefined && { region }), ...(kind !== undefined && { kind }) };
  const each = await Promise.all(
    milestones.map(async (milestone) => {
      const question = { milestone, ...chosen, ...(by && { by }), today };
      const scopes = await waitsOf(database, question);
      return scopes.map(({ code, name, outcomes, curve }): WaitingTotal => {
        const { median, longest, steps } = curve;
        const assets = curve.waits + outcomes.undated;
        const part = { code: code || null, name: name || null };
        const divided = by === undefined ? { code: null, name: null } : part;
        return { ...divided, milestone, assets, ...outcomes, median, longest, steps: [...steps] };
      });
    }),
  );
  return each.flat();
}

export const waitingTotalColumns = [
  'code', 'name', 'milestone', 'assets', 'reached', 'open', 'left', 'undated', 'median_days', 'median_low', 'median_high', 'longest',
] as const; // prettier-ignore
export const waitingTotalRow = ({ steps: _, median, ...total }: WaitingTotal): TableRow => ({
  ...total,
  median_days: median?.days ?? null,
  median_low: median?.low ?? null,
  median_high: median?.high ?? null,
});

export const curveColumns = ['milestone', 'days', 'at_risk', 'reached', 'waiting', 'low', 'high'] as const;
/** The steps of the curves, one a row. */
export const curveRows = (totals: readonly WaitingTotal[]): TableRow[] =>
  totals.flatMap(({ milestone, steps }) =>
    steps.map(({ days, atRisk, reached, waiting, low, high }) => ({
      milestone,
      days,
      at_risk: atRisk,
      reached,
      waiting: rounded(waiting),
      low: low === null ? null : rounded(low),
      high: high === null ? null : rounded(high),
    })),
  );

/** Six digits say all that there is to know of a share, and are the same on every machine. */
const rounded = (share: number): number => Math.round(share * 1_000_000) / 1_000_000;
