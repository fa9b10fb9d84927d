import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row, Value } from '../projection';
import { stockSums } from '../projections/stock-course';
import { countedAs } from './register-filters';
import type { FilterColumn } from './register-filters';

/** By what the stock of a day is divided, or chosen. */
export type StockColumn = FilterColumn | 'currency';

export type StockFilters = Partial<Readonly<Record<FilterColumn, string>>>;

interface Part {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

const wide: readonly StockColumn[] = ['region_code', 'kind', 'category', 'phase', 'currency'];

/** The versions that are known today count for a sign. Through expressions, so that no database takes the index of a filter for the way to them. */
const counted = (columns: readonly StockColumn[], sign: string): string =>
  [
    ...columns.map((column) => `coalesce(${column}, '') AS ${column}`),
    `${sign}1 AS assets`,
    `${sign}CASE WHEN value_minor IS NULL THEN 0 ELSE 1 END AS valued`,
    `${sign}coalesce(value_minor, 0) AS value_minor`,
    `${sign}located AS located`,
  ].join(', ');

/**
 * From counters, and the days that are left: for the whole country those of its month, beyond whole years and months; else those of its year. In the second half of it the whole is counted, and what came after the day
 * is taken back.
 */
function fromCounters(table: (name: string) => string, columns: readonly StockColumn[], day: LegalDate): Part {
  const [year, month] = [day.slice(0, 4), day.slice(0, 7)];
  const byMonth = columns.every((column) => wide.includes(column));
  const [first, middle, last] = byMonth
    ? [`${month}-01`, `${month}-15`, `${month}-31`]
    : [`${year}-01-01`, `${year}-06-30`, `${year}-12-31`];
  const back = day > middle;
  const until = back ? '<=' : '<';
  const whole = (name: string): string => `SELECT ${[...columns, ...stockSums].join(', ')} FROM ${table(name)} WHERE`;
  const counters = byMonth
    ? [
        `${whole('wide_stock_years')} last_year < ?`,
        `${whole('wide_stock_months')} last_month >= ? AND last_month ${until} ?`,
      ]
    : [`${whole('province_stock_years')} last_year ${until} ?`];
  const within = (column: string, sign: string): string =>
    `SELECT ${counted(columns, sign)} FROM ${table('register_versions')} WHERE ${column} ${back ? '>' : '>='} ? AND ${column} <= ? AND known_to IS NULL`;
  const [began, ended] = back ? ['-', ''] : ['', '-'];
  const days = back ? [day, last] : [first, day];
  return {
    sql: [...counters, within('valid_from', began), within('valid_to', ended)].join(' UNION ALL '),
    parameters: [...(byMonth ? [year, `${year}-01`, month] : [year]), ...days, ...days],
  };
}

/** From the versions of a province, or of a municipality of which no province is known: their number follows the assets of that area. */
function fromVersions(
  table: (name: string) => string,
  columns: readonly StockColumn[],
  day: LegalDate,
  { province_code: province, municipality_code: municipality }: StockFilters,
): Part {
  const area = countedAs(province ?? municipality ?? '');
  if (province === undefined && municipality === undefined) {
    throw new Error('Municipalities are counted within a province, or one by one.');
  }
  const column = province === undefined ? 'municipality_code' : 'province_code';
  const lying = area === '' ? `${column} IS NULL` : `${column} = ?`;
  return {
    sql: `SELECT ${counted(columns, '')} FROM ${table('register_versions')} WHERE ${lying} AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) AND known_to IS NULL`,
    parameters: [...(area === '' ? [] : [area]), day, day],
  };
}

/**
 * The stock as it stood at the end of a day, as is known of it today, under some filters and divided by some columns; areas are those in which the assets lay on that day. So many assets as the register lists for
 * that day. Municipalities are counted within a province, or one by one; a region costs what counters and the days of half a month do, a province the days of half a year. What is empty is left out.
 */
export async function stockOn(
  database: ReadDatabase,
  table: (name: string) => string,
  day: LegalDate,
  by: readonly StockColumn[],
  filters: StockFilters,
): Promise<Row[]> {
  const chosen = (Object.keys(filters) as FilterColumn[]).filter((column) => filters[column] !== undefined);
  const columns = [...new Set([...by, ...chosen])];
  const { sql, parameters } = columns.includes('municipality_code')
    ? fromVersions(table, columns, day, filters)
    : fromCounters(table, columns, day);
  const where = chosen.length === 0 ? '' : `WHERE ${chosen.map((column) => `${column} = ?`).join(' AND ')}`;
  const rows = await database.query<Row>(
    `SELECT ${[...by, ...stockSums.map((sum) => `sum(${sum}) AS ${sum}`)].join(', ')} FROM (${sql}) AS stood ${where} GROUP BY ${by.join(', ')} HAVING sum(assets) <> 0 ORDER BY ${by.join(', ')}`,
    [...parameters, ...chosen.map((column) => countedAs(filters[column]!))],
  );
  return rows.map((row) => ({ ...row, ...Object.fromEntries(stockSums.map((sum) => [sum, Number(row[sum])])) }));
}

/** What areas are called today, by their codes. */
export async function areaNames(
  database: ReadDatabase,
  from: string,
  level: string,
  { region_code, province_code, municipality_code }: StockFilters,
): Promise<ReadonlyMap<string, string>> {
  const within = Object.entries({ region_code, province_code, municipality_code }).filter(
    (area): area is [string, string] => area[1] !== undefined,
  );
  const where = within.length === 0 ? '' : `WHERE ${within.map(([column]) => `${column} = ?`).join(' AND ')}`;
  const rows = await database.query<{ code: string; name: string }>(
    `SELECT ${level}_code AS code, max(${level}) AS name FROM ${from} ${where} GROUP BY ${level}_code`,
    within.map(([, code]) => countedAs(code)),
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Of an area in which nothing lies today the code. */
export const nameOf = (names: ReadonlyMap<string, string>, code: Value | undefined): string =>
  names.get(String(code)) ?? String(code);
