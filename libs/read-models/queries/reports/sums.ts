import type { ReadDatabase } from '../../database/read-database';
import type { Row, Table } from '../../projection';
import { live } from '../tables';
import { conditions } from './conditions';
import type { Conditions } from './conditions';
import { areas, reports } from './reports';
import type { Report, ReportFilters, ReportName } from './reports';

const sumsOf = ({ columns, key }: Table): string[] => Object.keys(columns).filter((column) => !key.includes(column));

/** Of counters with more and more dimensions the first that know these columns. */
const fewest = (tables: readonly Table[], columns: readonly string[]): Table =>
  tables.find((table) => columns.every((column) => column in table.columns)) ?? tables.at(-1)!;

/** The fewest counters that tell these columns and sums under these filters, or those that make up how it stood on a day: whole years before it, and the days of its own. */
function countersOf(
  report: Report,
  filters: ReportFilters,
  columns: readonly string[],
  sums: readonly string[],
  table: (name: string) => string,
): Conditions {
  const { totals, wide = [], onDays, filters: known } = report;
  const chosenBy = Object.entries(known).flatMap(([name, column]) => (filters[name] === undefined ? [] : [column]));
  const needed = [...new Set([...columns, ...chosenBy])];
  const { asOf } = filters;
  if (!onDays || asOf === undefined) return { sql: table(fewest([...wide, totals], needed).name), parameters: [] };
  const told = [...needed, ...sums].join(', ');
  const years = `SELECT ${told} FROM ${table(fewest(onDays.years, needed).name)} WHERE last_year < ?`;
  const own = `SELECT ${told} FROM ${table(fewest(onDays.days, needed).name)} WHERE last_day >= ? AND last_day <= ?`;
  const year = asOf.slice(0, 4);
  return { sql: `(${years} UNION ALL ${own}) AS stood`, parameters: [year, `${year}-01-01`, asOf] };
}

/** The counters under these filters, added up over all dimensions but those named. Throws NotBuiltYet. */
export async function reportTotals(
  database: ReadDatabase,
  name: ReportName,
  filters: ReportFilters,
  by: readonly string[],
): Promise<Row[]> {
  const report: Report = reports[name];
  const { table } = await live(database, 'register');
  const dimensions = by.filter((column) => report.totals.key.includes(column));
  const sums = sumsOf(report.totals);
  const [from, where] = [countersOf(report, filters, dimensions, sums, table), conditions(report, filters)];
  const chosen = [...dimensions, ...sums.map((sum) => `sum(${sum}) AS ${sum}`)].join(', ');
  const grouped = dimensions.length === 0 ? '' : `GROUP BY ${dimensions.join(', ')} ORDER BY ${dimensions.join(', ')}`;
  const rows = await database.query<Row>(`SELECT ${chosen} FROM ${from.sql} ${where.sql} ${grouped}`, [
    ...from.parameters,
    ...where.parameters,
  ]);
  return (
    rows
      .map((row) => ({ ...row, ...Object.fromEntries(sums.map((sum) => [sum, Number(row[sum] ?? 0)])) }))
      // What had ended by the day asked about is still in the counters, beside its end.
      .filter((row: Row) => dimensions.length === 0 || sums.some((sum) => row[sum] !== 0))
  );
}

const areaNameOf: Readonly<Record<string, string>> = {
  region: 'region',
  province: 'province',
  municipality: 'municipality',
};

/** Whether the counters of a report tell how many rows each value of a filter finds. */
export function isCounted(name: ReportName, filter: string): boolean {
  const { filters, totals }: Report = reports[name];
  const column = filters[filter];
  return column !== undefined && column in totals.columns;
}

/** So many values of a filter are offered; whoever looks for another one writes it into the address. */
const OFFERED = 200;

/** The values a filter can take under all other filters, by code, with a name where an area has one, and how many rows each finds; rows that only filters without counters choose are counted too. Throws NotBuiltYet. */
export async function reportChoices(
  database: ReadDatabase,
  name: ReportName,
  filter: string,
  filters: ReportFilters,
): Promise<{ readonly code: string; readonly name: string; readonly count: number }[]> {
  const report: Report = reports[name];
  const column = report.filters[filter];
  // What counts lengths has no column of its own for each filter; who asks knows its values otherwise.
  if (column === undefined || !(column in report.totals.columns)) return [];
  const { table } = await live(database, 'register');
  const smaller = Object.keys(areas).slice(Object.keys(areas).indexOf(filter));
  const dropped = filter in areas ? smaller : [filter];
  const others = Object.fromEntries(Object.entries(filters).filter(([other]) => !dropped.includes(other)));
  const called = areaNameOf[filter] ?? column;
  const { notRows } = report;
  const known = [column, called, ...(notRows ? [notRows[0]] : [])];
  const [counted] = sumsOf(report.totals) as [string, ...string[]];
  const [from, where] = [
    countersOf(report, { ...others, asOf: filters.asOf }, known, [counted], table),
    conditions(
      report,
      others,
      [`${column} <> ?`, ''],
      ...(notRows ? [[`${notRows[0]} <> ?`, notRows[1]] as const] : []),
    ),
  ];
  const rows = await database.query<{ code: string; name: string; n: number }>(
    `SELECT ${column} AS code, max(${called}) AS name, sum(${counted}) AS n FROM ${from.sql} ${where.sql} GROUP BY ${column} HAVING sum(${counted}) > 0 ORDER BY 2, 1 LIMIT ${OFFERED}`,
    [...from.parameters, ...where.parameters],
  );
  return rows.map(({ code, name: own, n }) => ({ code, name: own, count: Number(n) }));
}
