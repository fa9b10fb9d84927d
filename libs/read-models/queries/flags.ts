import type { LegalDate } from '#domain';
import { flagRules } from '#domain';
import type { FlagRule } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { ReportFilters } from './report-list';
import { live } from './tables';

export interface FlagCount {
  /** Of the region, where the answer is divided; empty where it is not known. */
  readonly code: string;
  readonly name: string;
  readonly rule: FlagRule;
  readonly hits: number;
}

/** How many red flags are hits on a day, from the counters. Undivided there is an answer for each rule, also of none. Throws NotBuiltYet. */
export async function flagCounts(
  database: ReadDatabase,
  { region, rule }: ReportFilters,
  today: LegalDate,
  by?: 'region',
): Promise<FlagCount[]> {
  const [{ table: ofDossiers }, { table: beyond }] = await Promise.all([
    live(database, 'register'),
    live(database, 'civic_flags'),
  ]);
  const chosen = [
    ...(region === undefined ? [] : [['region_code = ?', region] as const]),
    ...(rule === undefined ? [] : [['rule = ?', rule] as const]),
  ];
  const where = ['from_day <= ?', ...chosen.map(([sql]) => sql)].join(' AND ');
  const parameters = [today, ...chosen.map(([, value]) => value)];
  const cells = [ofDossiers('flags_totals'), beyond('civic_flags_totals')]
    .map((counters) => `SELECT rule, region_code, region, hits FROM ${counters} WHERE ${where}`)
    .join(' UNION ALL ');
  const divided = by === undefined ? "'' AS code, '' AS name" : 'region_code AS code, max(region) AS name';
  const rows = await database.query<FlagCount>(
    `SELECT ${divided}, rule, sum(hits) AS hits FROM (${cells}) AS cells GROUP BY rule${by === undefined ? '' : ', region_code'}`,
    [...parameters, ...parameters],
  );
  const counts = rows.map((row) => ({ ...row, hits: Number(row.hits) }));
  if (by !== undefined)
    return counts.filter(({ hits }) => hits > 0).sort((a, b) => b.hits - a.hits || (a.code < b.code ? -1 : 1));
  return flagRules
    .filter((each) => rule === undefined || rule === each)
    .map((each) => counts.find((count) => count.rule === each) ?? { code: '', name: '', rule: each, hits: 0 });
}
