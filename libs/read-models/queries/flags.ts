import type { LegalDate } from '#domain';
import { NOT_STATED, flagRules } from '#domain';
import type { FlagRule } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Value } from '../projection';
import { flagsDaysTable, flagsTotalsTable, flagsYearsTable } from '../projections/flags';
import type { ReportFilters } from './reports/reports';
import { countedAs } from './register-filters';
import { live } from './tables';

export interface FlagCount {
  /** Of the region, where the answer is divided; empty where it is not known. */
  readonly code: string;
  readonly name: string;
  readonly rule: FlagRule;
  readonly hits: number;
}

/** What the filters choose of the flags beyond dossiers. A call lies in every region in which one of its assets lies. Throws NotBuiltYet. */
export async function civicFlagsChosen(database: ReadDatabase, { region, rule }: ReportFilters): Promise<[string, Value][]> {
  const [calls, register] = await Promise.all([live(database, 'calls'), live(database, 'register')]);
  const given = `SELECT lies.region_code FROM ${calls.table('call_assets')} AS given LEFT JOIN ${register.table('register')} AS lies ON lies.id = given.asset WHERE given.call_id = subject`;
  // A call lies nowhere where none of its assets does, or where one of them does not.
  const lying = region === NOT_STATED ? `? = region_code AND (NOT EXISTS (${given}) OR EXISTS (${given} AND lies.region_code IS NULL))` : `? IN (SELECT region_code UNION ALL ${given})`;
  return [
    ...(region === undefined ? [] : [[lying, countedAs(region)] satisfies [string, Value]]),
    ...(rule === undefined ? [] : [['rule = ?', rule] satisfies [string, Value]]),
  ];
} // prettier-ignore

/** One line for each flag beyond dossiers; with `lying` for each region in which it lies. There are as many as calls and groups, so that they need no counters. */
async function civicLines(database: ReadDatabase, lying: boolean): Promise<string> {
  const { table } = await live(database, 'civic_flags');
  const from = table('civic_flags');
  if (!lying) return `SELECT rule, coalesce(from_day, '') AS from_day, region_code, region, 1 AS hits FROM ${from}`;
  const [calls, register] = await Promise.all([live(database, 'calls'), live(database, 'register')]);
  const joined = `${from} AS flag LEFT JOIN ${calls.table('call_assets')} AS given ON given.call_id = flag.subject LEFT JOIN ${register.table('register')} AS lies ON lies.id = given.asset`;
  return `SELECT DISTINCT flag.entry, flag.rule, coalesce(flag.from_day, '') AS from_day, coalesce(lies.region_code, flag.region_code) AS region_code, coalesce(lies.region, flag.region) AS region, 1 AS hits FROM ${joined}`;
}

/** How many red flags are hits on a day. Undivided there is an answer for each rule, also of none. Throws NotBuiltYet. */
export async function flagCounts(
  database: ReadDatabase,
  { region, rule }: ReportFilters,
  today: LegalDate,
  by?: 'region',
): Promise<FlagCount[]> {
  const { table } = await live(database, 'register');
  const placed = by !== undefined || region !== undefined;
  const beyond = await civicLines(database, placed);
  const chosen = [
    ...(region === undefined ? [] : [['region_code = ?', countedAs(region)] as const]),
    ...(rule === undefined ? [] : [['rule = ?', rule] as const]),
  ];
  const told = placed ? 'rule, region_code, region, hits' : 'rule, hits';
  const days = placed ? flagsTotalsTable : flagsDaysTable;
  const [year] = today.split('-');
  const parts: [from: string, day: string, values: Value[]][] = [
    [table(flagsYearsTable.name), 'from_year < ?', [year!]],
    [table(days.name), 'from_day >= ? AND from_day <= ?', [`${year}-01-01`, today]],
    [`(${beyond}) AS beyond`, 'from_day <= ?', [today]],
  ];
  const cells = parts
    .map(([from, day]) => `SELECT ${told} FROM ${from} WHERE ${[day, ...chosen.map(([sql]) => sql)].join(' AND ')}`)
    .join(' UNION ALL ');
  const parameters = parts.flatMap(([, , values]) => [...values, ...chosen.map(([, value]) => value)]);
  const divided = by === undefined ? "'' AS code, '' AS name" : 'region_code AS code, max(region) AS name';
  const rows = await database.query<FlagCount>(
    `SELECT ${divided}, rule, sum(hits) AS hits FROM (${cells}) AS cells GROUP BY rule${by === undefined ? '' : ', region_code'}`,
    parameters,
  );
  const counts = rows.map((row) => ({ ...row, hits: Number(row.hits) }));
  if (by !== undefined)
    return counts.filter(({ hits }) => hits > 0).sort((a, b) => b.hits - a.hits || (a.code < b.code ? -1 : 1));
  return flagRules
    .filter((each) => rule === undefined || rule === each)
    .map((each) => counts.find((count) => count.rule === each) ?? { code: '', name: '', rule: each, hits: 0 });
}
