import type { History, LegalDate } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row, Table, Value } from '../projection';
import {
  assignedDaysTable, assignedIn, assignedPastTable, assignedTable, assignedTotalsTable, assignedWideTable, assignedYearsTable,
} from '../projections/assigned'; // prettier-ignore
import { civicFlagsTable } from '../projections/civic/flags';
import { flagsTable, flagsTotalsTable } from '../projections/flags';
import type { Chapter } from '../projections/chapter';
import { moneyDaysTable, moneyIn, moneyTable, moneyTotalsTable, moneyWideTable } from '../projections/money';
import {
  supportDaysTable, supportIn, supportPastTable, supportTable, supportTotalsTable, supportWideTable, supportYearsTable,
} from '../projections/support'; // prettier-ignore
import { useDaysTable, useIn, useTable, useTotalsTable, useWideTable } from '../projections/use';
import { waiting, waitingTable, waitingTotalsTable } from '../projections/waiting';
import { civicFlagsChosen } from './flags';
import { live } from './tables';

/** Areas are filters of every report. */
const areas = { region: 'region_code', province: 'province_code', municipality: 'municipality_code' } as const;

interface OnDays {
  /** Counters by `last_year`, and by `last_day` for the year in which the day lies. */
  readonly years: Table;
  readonly days: Table;
  /** Rows that stood until the day before `valid_to`, where rows change; where they do not, each stands from its `last_day` on. */
  readonly past?: Table;
}

interface Report {
  readonly table: Table;
  readonly totals: Table;
  /** The same with fewer dimensions: far fewer counters, for questions about none of those that are left out. */
  readonly wide?: Table;
  /** Of a list that can be asked how it stood on a day (filter `asOf`). */
  readonly onDays?: OnDays;
  /** A table of another projection whose rows stand in the same list: in the same order, and chosen by the same filters in a way of its own. */
  readonly beside?: {
    readonly projection: string;
    readonly table: Table;
    readonly chosen: (database: ReadDatabase, filters: ReportFilters) => Promise<[string, Value][]>;
  };
  /** Whether the list runs from the greatest place to the smallest: the latest first. */
  readonly latestFirst: boolean;
  /** Filters by the names they have in addresses, with their columns, which list and sums have in common. */
  readonly filters: Readonly<Record<string, string>>;
}

/** The lists of the asset's chapters: their rows in an order of their own, and the counters beside them. */
export const reports = {
  money: {
    table: moneyTable,
    totals: moneyTotalsTable,
    wide: moneyWideTable,
    onDays: { years: moneyTotalsTable, days: moneyDaysTable },
    latestFirst: true,
    filters: {
      ...areas,
      year: 'year',
      source: 'source',
      programme: 'programme',
      supplier: 'supplier',
      currency: 'currency',
    },
  },
  support: {
    table: supportTable,
    totals: supportTotalsTable,
    wide: supportWideTable,
    onDays: { years: supportYearsTable, days: supportDaysTable, past: supportPastTable },
    latestFirst: true,
    filters: { ...areas, year: 'year', type: 'type', form: 'form', status: 'status', supporter: 'supporter' },
  },
  use: {
    table: useTable,
    totals: useTotalsTable,
    wide: useWideTable,
    onDays: { years: useTotalsTable, days: useDaysTable },
    latestFirst: true,
    filters: { ...areas, year: 'year', type: 'type' },
  },
  assigned: {
    table: assignedTable,
    totals: assignedTotalsTable,
    wide: assignedWideTable,
    onDays: { years: assignedYearsTable, days: assignedDaysTable, past: assignedPastTable },
    latestFirst: false,
    filters: { ...areas, kind: 'kind', purpose: 'purpose', held: 'held', use: 'use_standing' },
  },
  waiting: {
    table: waitingTable,
    totals: waitingTotalsTable,
    latestFirst: false,
    filters: { region: 'region_code', kind: 'kind', destined: 'destined', assigned: 'assigned', 'in-use': 'in_use' },
  },
  flags: {
    table: flagsTable,
    totals: flagsTotalsTable,
    beside: { projection: 'civic_flags', table: civicFlagsTable, chosen: civicFlagsChosen },
    latestFirst: true,
    filters: { region: 'region_code', rule: 'rule' },
  },
} as const satisfies Record<string, Report>;
export type ReportName = keyof typeof reports;

/** The names of all that chooses the rows of a report. */
export function filtersKnown(name: ReportName): readonly string[] {
  const { filters, onDays }: Report = reports[name];
  return [...Object.keys(filters), ...(onDays ? ['asOf'] : [])];
}

/** Chosen values by the filters' names, and the day `asOf`; filters that a report does not have are refused by whoever takes them from outside. */
export type ReportFilters = Readonly<Record<string, string | undefined>>;

/** Which rows of a report's list are meant. */
export interface RowsAsked {
  readonly filters: ReportFilters;
  /** Rows whose place is before this day's end alone: where the place begins with a day, what is to come is left out. */
  readonly until?: LegalDate;
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

interface Conditions {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

const conditions = (report: Report, filters: ReportFilters, ...more: (readonly [string, Value])[]): Conditions =>
  together([...chosenOf(report, filters), ...more]);

const chosenOf = ({ filters: known }: Report, filters: ReportFilters): [string, Value][] =>
  Object.entries(known).flatMap(([name, column]): [string, Value][] => {
    const value = filters[name];
    return value === undefined ? [] : [[`${column} = ?`, value]];
  });

const together = (all: readonly (readonly [string, Value])[]): Conditions => ({
  sql: all.length === 0 ? '' : `WHERE ${all.map(([sql]) => sql).join(' AND ')}`,
  parameters: all.map(([, value]) => value),
});

type Condition = readonly [string, Value];
type Chosen = readonly Condition[];

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

/** Hides the columns by whose index rows are not to be looked for. */
const hidden = (way: Way, text: string): string =>
  (['place', 'valid_from', 'valid_to'] as const)
    .filter((column) => column !== way)
    .reduce((sql, column) => sql.replace(new RegExp(`^${column}\\b`), `(${column} || '')`), text);

/** The rows of today, or those that stood on the day asked about. */
async function rowsFrom(
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

/** Rows of days to come are left out, where that was asked for: what follows a day in a place is lower than the letters of this word. */
const upTo = ({ until }: RowsAsked): [string, Value][] => (until === undefined ? [] : [['place < ?', `${until}~~`]]);

/** The fewest counters that know these columns beside those that are chosen by. */
function totalsFor(
  { totals, wide, filters: known }: Report,
  filters: ReportFilters,
  columns: readonly string[],
): Table {
  const chosen = Object.entries(known).flatMap(([name, column]) => (filters[name] === undefined ? [] : [column]));
  return wide && [...columns, ...chosen].every((column) => column in wide.columns) ? wide : totals;
}

/** The counters, or those that make up how it stood on a day: whole years before it, and the days of its own. */
function countersOf(
  { totals, onDays }: Report,
  chosen: Table,
  table: (name: string) => string,
  { asOf }: ReportFilters,
): Conditions {
  if (!onDays || asOf === undefined) return { sql: table(chosen.name), parameters: [] };
  const whole = onDays.years === totals ? chosen : onDays.years;
  const columns = Object.keys(chosen.columns)
    .filter((column) => onDays.days.columns[column])
    .join(', ');
  const years = `SELECT ${columns} FROM ${table(whole.name)} WHERE last_year < ?`;
  const own = `SELECT ${columns} FROM ${table(onDays.days.name)} WHERE last_day >= ? AND last_day <= ?`;
  const year = asOf.slice(0, 4);
  return { sql: `(${years} UNION ALL ${own}) AS stood`, parameters: [year, `${year}-01-01`, asOf] };
}

/** The rows a list is read from, of each of its tables, and the position they are true for. Throws NotBuiltYet. */
async function sourcesOf(database: ReadDatabase, report: Report, filters: ReportFilters, wanted: number, more: Chosen) {
  const { beside } = report;
  const { position, table } = await live(database, 'register');
  const own = { position, from: await rowsFrom(database, report, table, filters, wanted, more) };
  if (!beside) return [own];
  const other = await live(database, beside.projection);
  const where = together([...(await beside.chosen(database, filters)), ...more]);
  const sql = `SELECT ${columnsOf(beside.table)} FROM ${other.table(beside.table.name)} ${where.sql}`;
  return [own, { position: other.position, from: { sql, parameters: where.parameters } }];
}

const columnsOf = ({ columns }: Table): string => Object.keys(columns).join(', ');

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
  const { filters, after, before, limit } = query;
  const backwards = before !== undefined;
  const bound = before ?? after;
  const falling = report.latestFirst !== backwards;
  const among: Chosen = [
    ...(bound === undefined ? [] : [[`place ${falling ? '<' : '>'} ?`, bound] as const]),
    ...upTo(query),
  ];
  const sources = await sourcesOf(database, report, filters, limit, among);
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
    rows,
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
    (await sourcesOf(database, report, asked.filters, atMost, upTo(asked))).map(async ({ from }) => {
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

/** The counters under these filters, added up over all dimensions but those named. Throws NotBuiltYet. */
export async function reportTotals(
  database: ReadDatabase,
  name: ReportName,
  filters: ReportFilters,
  by: readonly string[],
): Promise<Row[]> {
  const report: Report = reports[name];
  const { columns, key } = report.totals;
  const { table } = await live(database, 'register');
  const dimensions = by.filter((column) => key.includes(column));
  const totals = totalsFor(report, filters, dimensions);
  const sums = Object.keys(columns).filter((column) => !key.includes(column));
  const [from, where] = [countersOf(report, totals, table, filters), conditions(report, filters)];
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

/** So many values of a filter are offered; whoever looks for another one writes it into the address. */
const OFFERED = 200;

/** The values a filter can take under all other filters, by code, with a name where an area has one. Throws NotBuiltYet. */
export async function reportChoices(
  database: ReadDatabase,
  name: ReportName,
  filter: string,
  filters: ReportFilters,
): Promise<{ readonly code: string; readonly name: string }[]> {
  const report: Report = reports[name];
  const column = report.filters[filter];
  // What counts lengths has no column of its own for each filter; who asks knows its values otherwise.
  if (column === undefined || !(column in report.totals.columns)) return [];
  const { table } = await live(database, 'register');
  const smaller = Object.keys(areas).slice(Object.keys(areas).indexOf(filter));
  const dropped = filter in areas ? smaller : [filter];
  const others = Object.fromEntries(Object.entries(filters).filter(([other]) => !dropped.includes(other)));
  const totals = totalsFor(report, others, [column]);
  const [from, where] = [
    countersOf(report, totals, table, filters),
    conditions(report, others, [`${column} <> ?`, '']),
  ];
  const [counted] = Object.keys(report.totals.columns).filter((each) => !report.totals.key.includes(each));
  const rows = await database.query<{ code: string; name: string }>(
    `SELECT ${column} AS code, max(${areaNameOf[filter] ?? column}) AS name FROM ${from.sql} ${where.sql} GROUP BY ${column} HAVING sum(${counted}) > 0 ORDER BY 2, 1 LIMIT ${OFFERED}`,
    [...from.parameters, ...where.parameters],
  );
  return rows.map(({ code, name: own }) => ({ code, name: own }));
}

/** What is shown of a dossier's own rows does not depend on the time zone. Flags hang on the profile, and are not asked for by dossier. */
const chapters: Partial<Record<ReportName, Chapter>> = {
  money: moneyIn('UTC'),
  support: supportIn('UTC'),
  use: useIn('UTC'),
  assigned: assignedIn('UTC'),
  waiting,
};

/** The rows of one dossier's history at any moment, as the list would show them had it ended there. Pure. */
export function rowsOf(name: ReportName, asset: string, history: History): Row[] {
  return (chapters[name]?.tables ?? [])
    .filter(({ table }) => table.name === reports[name].table.name)
    .flatMap(({ rows }) => [...rows({ id: asset, history })]);
}
