import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Table } from '../../projection';
import { conditions } from './conditions';
import type { Chosen, Condition, Conditions } from './conditions';
import type { Report, ReportFilters } from './reports';

/** The column by whose index rows are looked for. */
type Way = 'place' | 'valid_from' | 'valid_to';

/** So few rows for each that is wanted, and at most so many, are sooner read and put in order than found by looking through all in their order. */
const FEW_FOR_EACH = 20;
const FEW = 2000;

/** The soonest way to the rows that stood on a day: of a day long ago few had begun, of one not long ago few have ended since; of any other day the list is full of them. */
async function wayTo(
  database: ReadDatabase,
  from: string,
  day: LegalDate,
  wanted: number,
  ways: readonly Way[],
): Promise<Way> {
  const few = Math.min(FEW, FEW_FOR_EACH * wanted);
  for (const way of ways) {
    const [row] = await database.query<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${way} ${way === 'valid_to' ? '>' : '<='} ? LIMIT ${few}) AS counted`,
      [day],
    );
    if (Number(row?.n) < few) return way;
  }
  return 'place';
}

/** Hides the columns by whose index rows are not to be looked for: an index on a column serves no expression, and left to themselves both databases walk the whole list in its order. */
const hidden = (way: Way, text: string): string =>
  (['place', 'valid_from', 'valid_to'] as const)
    .filter((column) => column !== way)
    .reduce((sql, column) => sql.replace(new RegExp(`^${column}\\b`), `(${column} || '')`), text);

/** The rows of today, or those that stood on the day asked about. */
export async function rowsFrom(
  database: ReadDatabase,
  report: Report,
  table: (name: string) => string,
  filters: ReportFilters,
  wanted: number,
  more: Chosen,
): Promise<Conditions> {
  const { onDays, latestFirst } = report;
  const { asOf } = filters;
  const part = (from: Table, way: Way, stood: readonly Condition[]): Conditions => {
    const columns = Object.keys(report.table.columns).map((column) =>
      column === 'place' ? `${hidden(way, column)} AS place` : column,
    );
    const all = [...stood, ...more].map(([sql, value]): Condition => [hidden(way, sql), value]);
    const where = conditions(report, filters, ...all);
    return { sql: `SELECT ${columns.join(', ')} FROM ${table(from.name)} ${where.sql}`, parameters: where.parameters };
  };
  if (!onDays || asOf === undefined) return part(report.table, 'place', []);
  // Rows with a date stand in the order of their places, so that most of what came later is not even looked at.
  const dated: Condition[] = latestFirst ? [['place < ?', `${asOf}~~`]] : [];
  if (!onDays.past) return part(report.table, 'place', [['last_day <= ?', asOf], ...dated]);
  const begun: Condition = ['valid_from <= ?', asOf];
  const parts = [
    part(report.table, await wayTo(database, table(report.table.name), asOf, wanted, ['valid_from']), [
      begun,
      ...dated,
    ]),
    part(onDays.past, await wayTo(database, table(onDays.past.name), asOf, wanted, ['valid_to', 'valid_from']), [
      begun,
      ['valid_to > ?', asOf],
      ...dated,
    ]),
  ];
  return {
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}
