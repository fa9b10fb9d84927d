import type { LegalDate } from '../event';
import { exactSum } from '../exact';
import type { DataOf } from '../schema/definition';
import type { Asset } from './asset';
import type { History } from './history';
import type { ActivityReported, MonitoringVisitRecorded, NonUseEstablished } from './use';

/** How one asset is used, for whom, and who went and looked: report 6. An item's id is the entry that recorded it. */
export interface UseStatement {
  /** Present while it is used. */
  readonly since?: { readonly on: LegalDate | null };
  /** In the order of their periods. */
  readonly reports: readonly StatedReport[];
  readonly visits: readonly StatedVisit[];
  readonly nonUse: readonly StatedNonUse[];
}

export const peopleParts = ['total', 'women', 'men', 'otherGender'] as const;
export const ageParts = ['under14', 'from14to17', 'from18to34', 'from35to64', 'over64'] as const;

/** All that reports count. Beneficiaries by gender and by age, jobs and volunteers by gender. */
export const useMeasures = [
  ...peopleParts.map((part) => `beneficiaries.${part}` as const),
  ...ageParts.map((part) => `beneficiaries.${part}` as const),
  'beneficiaries.vulnerable',
  ...peopleParts.map((part) => `jobs.${part}` as const),
  ...peopleParts.map((part) => `volunteers.${part}` as const),
] as const;
export type UseMeasure = (typeof useMeasures)[number];

/** What a report counted. What nobody counted is not there: missing is not zero. */
export type UseCounts = { readonly [Name in UseMeasure]?: number };

export interface StatedReport {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly from: LegalDate;
  readonly to: LegalDate;
  readonly activities: DataOf<typeof ActivityReported>['activities'];
  readonly counts: UseCounts;
  readonly details: string | null;
}

export interface StatedVisit {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly found: string;
  readonly findings: string | null;
}

export interface StatedNonUse {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly since: LegalDate | null;
  readonly details: string | null;
}

/** The sum of a measure over those reports that counted it; `sum` is null where none did. */
export interface CountedSum {
  readonly sum: number | null;
  readonly reports: number;
}

/** The use of a history and of the asset it adds up to. Pure. */
export function useStatement(history: History, { use }: Pick<Asset, 'use'>): UseStatement {
  const of = <Data>(type: string) =>
    history
      .filter((entry) => entry.type === type)
      .map((entry) => ({ id: entry.id, on: entry.occurredOn, data: entry.data as Data }));
  const reports = of<DataOf<typeof ActivityReported>>('ActivityReported').map(({ id, on, data }) => {
    const { from, to, activities, details } = data;
    return { id, on, from, to, activities, counts: countsIn(data), details: details ?? null };
  });
  const visits = of<DataOf<typeof MonitoringVisitRecorded>>('MonitoringVisitRecorded');
  const nonUse = of<DataOf<typeof NonUseEstablished>>('NonUseEstablished');
  return {
    ...(use?.current && { since: use.current }),
    reports: [...reports].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    visits: visits.map(({ id, on, data }) => ({ id, on, found: data.found, findings: data.findings ?? null })),
    nonUse: nonUse.map(({ id, on, data }) => ({ id, on, since: data.since ?? null, details: data.details ?? null })),
  };
}

function countsIn({ beneficiaries = {}, jobs = {}, volunteers = {} }: DataOf<typeof ActivityReported>): UseCounts {
  const { byAge = {}, ...people } = beneficiaries;
  const named = (of: string, counts: object) =>
    Object.entries(counts).map(([part, count]: [string, unknown]) => [`${of}.${part}`, count]);
  return Object.fromEntries([
    ...named('beneficiaries', people),
    ...named('beneficiaries', byAge),
    ...named('jobs', jobs),
    ...named('volunteers', volunteers),
  ]) as UseCounts;
}

/** What reports add up to, measure by measure, without ever taking what was not counted for zero. */
export function countedTogether(reports: readonly Pick<StatedReport, 'counts'>[]): Record<UseMeasure, CountedSum> {
  return Object.fromEntries(
    useMeasures.map((measure): [UseMeasure, CountedSum] => {
      const counted = reports.map(({ counts }) => counts[measure]).filter((count) => count !== undefined);
      return [measure, { sum: counted.length === 0 ? null : exactSum(counted), reports: counted.length }];
    }),
  ) as Record<UseMeasure, CountedSum>;
}
