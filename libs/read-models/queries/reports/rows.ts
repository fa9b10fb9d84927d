import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { live } from '../tables';
import { columnsOf, rowsAlone, together } from './conditions';
import type { Chosen } from './conditions';
import { reports, shownOn } from './reports';
import type { Report, ReportFilters, ReportName } from './reports';
import { rowsFrom } from './rows-on-a-day';

/** Which rows of a report's list are meant. */
export interface RowsAsked {
  readonly filters: ReportFilters;
  /** Rows whose place is before this day's end alone: where the place begins with a day, what is to come is left out. */
  readonly until?: LegalDate;
  /** The day at the authority's seat, for filters that ask what goes on today; by UTC unless said. */
  readonly today?: LegalDate;
}

/** Which run of them. */
export interface ReportQuery extends RowsAsked {
  /** Rows behind this place in the order of the list. */
  readonly after?: string;
  /** Rows before it; not with `after`. */
  readonly before?: string;
  readonly limit: number;
}

/** A run of a report's list. */
export interface ReportSlice {
  readonly rows: readonly Row[];
  /** Continue behind this place; absent at the end. */
  readonly next?: string;
  /** Go back to what lies before this place; absent at the start. */
  readonly previous?: string;
  /** Log position the answer is true for. */
  readonly position: number;
}

/** Rows of days to come are left out, where that was asked for: what follows a day in a place is lower than the letters of this word. */
const upTo = ({ until }: RowsAsked): Chosen => (until === undefined ? [] : [['place < ?', `${until}~~`]]);

/** The day a list is told of. */
const dayOf = ({ filters, today = new Date().toISOString().slice(0, 10) }: RowsAsked): LegalDate =>
  filters.asOf ?? today;

/** The rows a list is read from, of each of its tables, and the position they are true for. Throws NotBuiltYet. */
async function sourcesOf(database: ReadDatabase, report: Report, asked: RowsAsked, wanted: number, more: Chosen) {
  const { beside } = report;
  const { filters } = asked;
  const alone = rowsAlone(report, filters, dayOf(asked));
  const { position, table } = await live(database, 'register');
  const own = { position, from: await rowsFrom(database, report, table, filters, wanted, [...more, ...alone]) };
  if (!beside) return [own];
  const other = await live(database, beside.projection);
  const where = together([...(await beside.chosen(database, filters)), ...more]);
  const sql = `SELECT ${columnsOf(beside.table)} FROM ${other.table(beside.table.name)} ${where.sql}`;
  return [own, { position: other.position, from: { sql, parameters: where.parameters } }];
}

/** The order both databases put places into, which is that of their characters' codes. */
const byPlace =
  (falling: boolean) =>
  ({ place: one }: Row, { place: other }: Row): number => {
    if (one === other) return 0;
    return String(one) < String(other) === falling ? 1 : -1;
  };

/** One page of a report's list. Throws NotBuiltYet. */
export async function reportSlice(database: ReadDatabase, name: ReportName, query: ReportQuery): Promise<ReportSlice> {
  const report: Report = reports[name];
  const { after, before, limit } = query;
  const backwards = before !== undefined;
  const bound = before ?? after;
  const falling = report.latestFirst !== backwards;
  const among: Chosen = [
    ...(bound === undefined ? [] : [[`place ${falling ? '<' : '>'} ?`, bound] as const]),
    ...upTo(query),
  ];
  const sources = await sourcesOf(database, report, query, limit, among);
  const runs = await Promise.all(
    sources.map(({ from }) => {
      const sql = `${from.sql} ORDER BY place ${falling ? 'DESC' : 'ASC'} LIMIT ?`;
      return database.query<Row>(sql, [...from.parameters, limit + 1]);
    }),
  );
  const found = runs.length === 1 ? runs[0]! : runs.flat().sort(byPlace(falling));
  const position = Math.min(...sources.map((source) => source.position));
  const rows = found.slice(0, limit);
  if (backwards) rows.reverse();
  const more = found.length > limit;
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    rows: rows.map(shownOn(name, dayOf(query))),
    ...(last && (backwards || more) && { next: String(last.place) }),
    ...(first && (backwards ? more : after !== undefined) && { previous: String(first.place) }),
    position,
  };
}

const AT_ONCE = 1000;

/** Every row that matches, page by page, so that memory does not grow with the list. Throws NotBuiltYet at the first. */
export async function* allRows(database: ReadDatabase, name: ReportName, asked: RowsAsked): AsyncGenerator<Row> {
  let after: string | undefined;
  do {
    const slice = await reportSlice(database, name, {
      ...asked,
      limit: AT_ONCE,
      ...(after !== undefined && { after }),
    });
    yield* slice.rows;
    after = slice.next;
  } while (after !== undefined);
}

/** How many rows of a report's list match; counting stops at `atMost`. Throws NotBuiltYet. */
export async function reportCount(
  database: ReadDatabase,
  name: ReportName,
  asked: RowsAsked,
  atMost: number,
): Promise<number> {
  const report: Report = reports[name];
  const counts = await Promise.all(
    (await sourcesOf(database, report, asked, atMost, upTo(asked))).map(async ({ from }) => {
      const sql = `SELECT count(*) AS n FROM (${from.sql} LIMIT ?) AS counted`;
      const [row] = await database.query<{ n: number }>(sql, [...from.parameters, atMost]);
      return Number(row?.n ?? 0);
    }),
  );
  return Math.min(
    atMost,
    counts.reduce((sum, count) => sum + count, 0),
  );
}
