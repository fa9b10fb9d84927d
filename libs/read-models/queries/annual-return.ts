import { civicItems, returnFigures, returnItem } from '#domain';
import type { LegalDate, ReturnCell, ReturnCode, ReturnFigures } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row, Value } from '../projection';
import { cellSums } from '../projections/annual-return';
import type { EarlierPublication } from '../projections/annual-returns';
import { fromLimbs } from '../projections/chapter';
import { live } from './tables';

const REGISTER = { projection: 'register', cells: 'return_cells', entries: 'return_entries' } as const;
const CIVIC = { projection: 'civic_return', cells: 'civic_return_cells', entries: 'civic_return_entries' } as const;

/** The first year of which the return says anything; undefined where it says nothing yet. Throws NotBuiltYet. */
export async function firstReturnYear(database: ReadDatabase): Promise<string | undefined> {
  const years = await Promise.all(
    [REGISTER, CIVIC].map(async ({ projection, cells }) => {
      const { table } = await live(database, projection);
      const [row] = await database.query<{ year: string | null }>(
        `SELECT min(year) AS year FROM ${table(cells)} WHERE year > ''`,
      );
      return row?.year ?? undefined;
    }),
  );
  return years.filter((year) => year !== undefined).sort()[0];
}

/** The figures of a year as they are known now, from the counters. Throws NotBuiltYet. */
export async function figuresOfYear(
  database: ReadDatabase,
  year: string,
): Promise<{ readonly figures: ReturnFigures; readonly position: number }> {
  const parts = await Promise.all([REGISTER, CIVIC].map((source) => cellsOfYear(database, source, year)));
  return {
    figures: returnFigures(year, parts.flatMap(({ cells }) => cells)),
    position: Math.min(...parts.map(({ position }) => position)),
  };
} // prettier-ignore

async function cellsOfYear(
  database: ReadDatabase,
  { projection, cells }: typeof REGISTER | typeof CIVIC,
  year: string,
): Promise<{ readonly cells: ReturnCell[]; readonly position: number }> {
  const { position, table } = await live(database, projection);
  const sums = cellSums.map((sum) => `sum(${sum}) AS ${sum}`).join(', ');
  const chosen = (where: string): string =>
    `SELECT year, item, part, currency, region_code, kind, ${sums} FROM ${table(cells)} WHERE ${where} GROUP BY year, item, part, currency, region_code, kind`;
  // Of the stock all years up to this one count; those of this year are read with everything else of it.
  const rows = await database.query<Row>(
    `${chosen("year IN (?, '')")} UNION ALL ${chosen("item = 'stock' AND year > '' AND year < ?")}`,
    [year, year],
  );
  return { cells: rows.map(cellFrom), position };
}

const cellFrom = (row: Row): ReturnCell => ({
  year: String(row.year),
  item: String(row.item) as ReturnCode,
  part: String(row.part),
  currency: String(row.currency),
  region: String(row.region_code),
  kind: String(row.kind),
  entries: Number(row.entries),
  assets: Number(row.assets) - Number(row.gone),
  firsts: Number(row.firsts),
  minor: fromLimbs(row, 'minor'),
  people: Number(row.people),
  counted: Number(row.counted),
});

/** Which entries behind an item are asked for. */
export interface ReturnEntriesQuery {
  readonly year: string;
  readonly item: ReturnCode;
  readonly part?: string;
  readonly region?: string;
  readonly kind?: string;
  /** Rows behind this place, the latest first. */
  readonly after?: string;
  readonly limit: number;
}

export interface ReturnEntry {
  /** The asset, or the stream it stands in where that is none. */
  readonly asset: string | null;
  readonly stream: string;
  readonly kind: string | null;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly region: string | null;
  readonly entry: string;
  readonly part: string;
  readonly on: LegalDate | null;
  readonly money: { readonly minor: number; readonly currency: string } | null;
  readonly people: number | null;
}

/** The entries behind an item of a year, page by page. Throws NotBuiltYet. */
export async function returnEntries(
  database: ReadDatabase,
  { year, item, part, region, kind, after, limit }: ReturnEntriesQuery,
): Promise<{ readonly entries: ReturnEntry[]; readonly next?: string; readonly position: number }> {
  const civic = civicItems.has(item);
  const source = civic ? CIVIC : REGISTER;
  const { position, table } = await live(database, source.projection);
  // Of an item whose parts overlap each entry stands once for each part: without one chosen, the first is shown.
  const chosenPart = part ?? (returnItem(item).overlapping ? returnItem(item).parts?.[0] : undefined);
  const conditions: [string, Value][] = [
    ['item = ?', item],
    ['year = ?', year],
    ...(chosenPart === undefined ? [] : [['part = ?', chosenPart] as [string, Value]]),
    ...(region === undefined || civic ? [] : [['region_code = ?', region] as [string, Value]]),
    ...(kind === undefined || civic ? [] : [['kind = ?', kind] as [string, Value]]),
    ...(after === undefined ? [] : [['place < ?', after] as [string, Value]]),
  ];
  const rows = await database.query<Row>(
    `SELECT * FROM ${table(source.entries)} WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY place DESC LIMIT ?`,
    [...conditions.map(([, value]) => value), limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(entryFrom),
    ...(rows.length > limit && last && { next: String(last.place) }),
    position,
  };
}

const textOrNull = (value: Value | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

function entryFrom(row: Row): ReturnEntry {
  const asset = textOrNull(row.asset);
  const currency = textOrNull(row.currency);
  return {
    asset,
    stream: asset === null ? String(row.stream) : `asset-${asset}`,
    kind: textOrNull(row.kind),
    category: textOrNull(row.category),
    subcategory: textOrNull(row.subcategory),
    title: textOrNull(row.title),
    region: textOrNull(row.region),
    entry: String(row.entry),
    part: String(row.part),
    on: textOrNull(row.on_day),
    money: currency === null ? null : { minor: Number(row.minor), currency },
    people: row.people === null || row.people === undefined ? null : Number(row.people),
  };
}

/** The names of the regions that the return of any year knows, by their codes. Throws NotBuiltYet. */
export async function returnRegions(database: ReadDatabase): Promise<ReadonlyMap<string, string>> {
  const { table } = await live(database, 'register');
  const rows = await database.query<{ code: string; name: string }>(
    `SELECT region_code AS code, max(region) AS name FROM ${table('wide_stock')} WHERE region_code <> '' GROUP BY region_code`,
  );
  return new Map(rows.map(({ code, name }) => [code, name || code]));
}

/** The return of a year as it was published last. */
export interface PublishedReturn {
  readonly id: string;
  readonly publishedOn: LegalDate | null;
  readonly digest: string;
  /** Log position up to which the figures say what was known. */
  readonly position: number;
  readonly reason?: string;
  readonly figures: ReturnFigures;
  /** The latest first. */
  readonly earlier: readonly EarlierPublication[];
}

/** Undefined where nobody published it. Throws NotBuiltYet. */
export async function publishedReturn(database: ReadDatabase, year: string): Promise<PublishedReturn | undefined> {
  const { table } = await live(database, 'annual_returns');
  const [row] = await database.query<Row>(`SELECT * FROM ${table('annual_returns')} WHERE year = ?`, [year]);
  const reason = row && textOrNull(row.reason);
  return (
    row && {
      id: String(row.id),
      publishedOn: textOrNull(row.published_on),
      digest: String(row.digest),
      position: Number(row.log_position),
      ...(reason && { reason }),
      figures: JSON.parse(String(row.figures)) as ReturnFigures,
      earlier: JSON.parse(String(row.earlier)) as EarlierPublication[],
    }
  );
}

/** When the return of each year was published that was. Throws NotBuiltYet. */
export async function publishedYears(database: ReadDatabase): Promise<ReadonlyMap<string, LegalDate | null>> {
  const { table } = await live(database, 'annual_returns');
  const rows = await database.query<{ year: string; published_on: string | null }>(
    `SELECT year, published_on FROM ${table('annual_returns')}`,
  );
  return new Map(rows.map(({ year, published_on }) => [year, published_on]));
}

/** What is asked for or prepared of a year and not published yet. */
export interface ReturnUnderWay {
  readonly stage: 'counting' | 'prepared';
  /** The entry that asked for the figures; once they are prepared the one that holds them, which a publication names. */
  readonly entry: string;
  readonly on: LegalDate | null;
  readonly reason?: string;
  /** Of the figures, once they are prepared. */
  readonly digest?: string;
  readonly position?: number;
}

/** By year. Throws NotBuiltYet. */
export async function returnsUnderWay(database: ReadDatabase): Promise<ReadonlyMap<string, ReturnUnderWay>> {
  const { table } = await live(database, 'annual_returns');
  const rows = await database.query<Row>(`SELECT * FROM ${table('annual_returns_under_way')}`);
  return new Map(rows.map((row) => [String(row.year), underWayFrom(row)]));
}

function underWayFrom(row: Row): ReturnUnderWay {
  const [reason, digest] = [textOrNull(row.reason), textOrNull(row.digest)];
  return {
    stage: row.stage === 'counting' ? 'counting' : 'prepared',
    entry: String(row.entry),
    on: textOrNull(row.on_day),
    ...(reason !== null && { reason }),
    ...(digest !== null && { digest, position: Number(row.log_position) }),
  };
}
