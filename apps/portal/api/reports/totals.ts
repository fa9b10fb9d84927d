import type { Static } from '@sinclair/typebox';
import { useMeasures } from '#domain';
import type { LegalDate } from '#domain';
import { completenessScores, fromLimbs, moneyStages, reportTotals, sumColumns } from '#read-models';
import type { ReadDatabase, ReportFilters, Row } from '#read-models';
import { decimal } from '#web';
import { minorDigits } from '../resources';
import { divisions } from './filters';
import type { Division } from './filters';
import type { assignedTotalSchema } from './schemas/assigned';
import type { moneyTotalSchema } from './schemas/money';
import type { supportTotalSchema } from './schemas/support';
import type { useTotalSchema } from './schemas/use';

/** What the chapters' counters add up to, together or divided by a dimension. */

export type MoneyTotal = Static<typeof moneyTotalSchema>;
export type SupportTotal = Static<typeof supportTotalSchema>;
export type UseTotal = Static<typeof useTotalSchema>;
export type AssignedTotal = Static<typeof assignedTotalSchema>;

interface Divided {
  readonly code: string | null;
  readonly name: string | null;
}

const columnsOf = (by: Division | undefined): readonly string[] => (by === undefined ? [] : divisions[by]);

function dividedBy(row: Row, by: Division | undefined): Divided {
  const [code, name] = columnsOf(by);
  const at = (column: string | undefined): string | null =>
    column === undefined ? null : String(row[column] ?? '') || null;
  return { code: at(code), name: at(name) };
}

/** The rows of one division together, in the order in which they came; undivided there is one sum, of nothing if need be. */
function grouped(rows: readonly Row[], by: Division | undefined): [Divided, Row[]][] {
  if (by === undefined) return [[{ code: null, name: null }, [...rows]]];
  const groups = new Map<string, [Divided, Row[]]>();
  for (const row of rows) {
    const divided = dividedBy(row, by);
    const key = JSON.stringify(divided);
    const group = groups.get(key) ?? [divided, []];
    group[1].push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const sum = (rows: readonly Row[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);

/** One line for each currency, in each part of the division. Throws NotBuiltYet. */
export async function moneyTotals(
  database: ReadDatabase,
  filters: ReportFilters,
  by?: Division,
): Promise<MoneyTotal[]> {
  const rows = await reportTotals(database, 'money', filters, [...columnsOf(by), 'currency']);
  return rows
    .filter((row) => row.currency)
    .map((row) => ({
      ...dividedBy(row, by),
      currency: String(row.currency),
      movements: Number(row.movements),
      allocated: String(fromLimbs(row, 'allocated')),
      committed: String(fromLimbs(row, 'committed')),
      approved: String(fromLimbs(row, 'approved')),
      paid: String(fromLimbs(row, 'paid')),
    }));
}

/** `day`: the one on which what runs is counted. Throws NotBuiltYet. */
export async function supportTotals(
  database: ReadDatabase,
  filters: ReportFilters,
  day: LegalDate,
  by?: Division,
): Promise<SupportTotal[]> {
  const kinds = [...columnsOf(by), 'type', 'status', 'currency', 'from_day', 'until_day'];
  const rows = await reportTotals(database, 'support', filters, [...new Set(kinds)]);
  return grouped(rows, by)
    .map(([divided, all]) => ({ ...divided, ...supportTotal(all, day) }))
    .filter(({ needs, pledges }) => by === undefined || needs + pledges > 0);
}

function supportTotal(rows: readonly Row[], day: LegalDate): Omit<SupportTotal, 'code' | 'name'> {
  const needs = rows.filter(({ type }) => type === 'need');
  const pledges = rows.filter(({ type }) => type === 'pledge');
  const count = (of: readonly Row[], ...statuses: readonly string[]): number =>
    sum(statuses.length === 0 ? of : of.filter(({ status }) => statuses.includes(String(status))), 'items');
  const accepted = count(pledges, 'accepted', 'fulfilled');
  const fulfilled = count(pledges, 'fulfilled');
  const running = pledges.filter(
    ({ from_day: from, until_day: until }) =>
      (from || until) && (!until || String(until) >= day) && (!from || String(from) <= day),
  );
  const currencies = [...new Set(rows.map(({ currency }) => String(currency)))].filter(Boolean).sort();
  const exact = (of: readonly Row[], currency: string, name: string): string =>
    String(of.filter((row) => row.currency === currency).reduce((total, row) => total + fromLimbs(row, name), 0n));
  const standing = pledges.filter(({ status }) => status !== 'declined' && status !== 'withdrawn');
  return {
    needs: count(needs),
    needsMet: count(needs, 'met'),
    pledges: count(pledges),
    screened: sum(pledges, 'screened'),
    passed: sum(pledges, 'passed'),
    accepted,
    declined: count(pledges, 'declined'),
    withdrawn: count(pledges, 'withdrawn'),
    fulfilled,
    running: sum(running, 'items'),
    fulfilment: accepted === 0 ? null : fulfilled / accepted,
    money: currencies.map((currency) => ({
      currency,
      needed: exact(needs, currency, 'asked'),
      pledged: exact(standing, currency, 'asked'),
      delivered: exact(pledges, currency, 'delivered'),
    })),
  };
}

/** Throws NotBuiltYet. */
export async function useTotals(database: ReadDatabase, filters: ReportFilters, by?: Division): Promise<UseTotal[]> {
  const rows = await reportTotals(database, 'use', filters, [...columnsOf(by), 'type', 'what']);
  return grouped(rows, by).map(([divided, all]) => ({ ...divided, ...useTotal(all) }));
}

function useTotal(rows: readonly Row[]): Omit<UseTotal, 'code' | 'name'> {
  const of = (type: string, what?: string): Row[] =>
    rows.filter((row) => row.type === type && (what === undefined || row.what === what));
  const reports = of('report');
  const counts = useMeasures.map((measure) => {
    const [summed, counted] = sumColumns(measure);
    const known = sum(reports, counted);
    return [measure, { sum: known === 0 ? null : sum(reports, summed), reports: known }] as const;
  });
  return {
    reports: sum(reports, 'records'),
    visits: {
      'in-use': sum(of('visit', 'in-use'), 'records'),
      'partly-used': sum(of('visit', 'partly-used'), 'records'),
      'not-used': sum(of('visit', 'not-used'), 'records'),
    },
    nonUse: sum(of('non-use'), 'records'),
    activities: Object.fromEntries(of('activity').map((row) => [String(row.what), Number(row.records)])),
    counts: Object.fromEntries(counts),
  };
}

const parts = {
  completeness: 'whole',
  consistency_score: 'consistency',
  destination_score: 'destination',
  use_score: 'use',
  holder_score: 'holder',
} as const;

/** Throws NotBuiltYet. */
export async function assignedTotals(
  database: ReadDatabase,
  filters: ReportFilters,
  by?: Division,
): Promise<AssignedTotal[]> {
  const rows = await reportTotals(database, 'assigned', filters, columnsOf(by));
  return rows
    .filter((row) => by === undefined || Number(row.assets) > 0)
    .map((row) => {
      const [assets, heldByThirdParties] = [Number(row.assets), Number(row.held_assets)];
      const mean = (score: (typeof completenessScores)[number]): number | null => {
        const among = score === 'holder_score' ? heldByThirdParties : assets;
        return among === 0 ? null : Math.floor((10 * Number(row[score])) / among) / 10;
      };
      const means = completenessScores.map((score) => [parts[score], mean(score)]);
      const completeness = Object.fromEntries(means) as AssignedTotal['completeness'];
      return { ...dividedBy(row, by), assets, heldByThirdParties, completeness };
    });
}

type TableRow = Readonly<Record<string, string | number | null>>;

export const moneyTotalColumns = ['code', 'name', 'currency', 'movements', ...moneyStages] as const;
export function moneyTotalRow(total: MoneyTotal): TableRow {
  const digits = minorDigits(total.currency);
  return {
    ...total,
    ...Object.fromEntries(moneyStages.map((stage) => [stage, decimal(BigInt(total[stage]), digits)])),
  };
}

export const supportTotalColumns = [
  'code', 'name', 'needs', 'needsMet', 'pledges', 'screened', 'passed', 'accepted', 'declined', 'withdrawn', 'fulfilled', 'running', 'fulfilment', 'money',
] as const; // prettier-ignore
export const supportTotalRow = ({ money, ...total }: SupportTotal): TableRow => ({
  ...total,
  money: money
    .map(({ currency, delivered, pledged }) => {
      const digits = minorDigits(currency);
      return `${decimal(BigInt(delivered), digits)} of ${decimal(BigInt(pledged), digits)} ${currency}`;
    })
    .join('; '),
});

export const useTotalColumns = [
  'code', 'name', 'reports', 'visits_in_use', 'visits_partly_used', 'visits_not_used', 'non_use', ...useMeasures.flatMap(sumColumns),
] as const; // prettier-ignore
export const useTotalRow = ({ code, name, reports, visits, nonUse, counts }: UseTotal): TableRow => ({
  code,
  name,
  reports,
  visits_in_use: visits['in-use'],
  visits_partly_used: visits['partly-used'],
  visits_not_used: visits['not-used'],
  non_use: nonUse,
  ...Object.fromEntries(
    useMeasures.flatMap((measure) => {
      const [summed, known] = sumColumns(measure);
      return [
        [summed, counts[measure]?.sum ?? null],
        [known, counts[measure]?.reports ?? 0],
      ];
    }),
  ),
});

export const assignedTotalColumns = [
  'code', 'name', 'assets', 'held_by_third_parties', 'completeness', 'consistency', 'destination', 'use', 'holder',
] as const; // prettier-ignore
export const assignedTotalRow = ({ code, name, assets, heldByThirdParties, completeness }: AssignedTotal): TableRow => {
  const { whole, ...others } = completeness;
  return { code, name, assets, held_by_third_parties: heldByThirdParties, completeness: whole, ...others };
};
