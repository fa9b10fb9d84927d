import { NOT_STATED } from '#domain';
import type { LegalDate } from '#domain';
import type { Statement } from '../database/dialect';
import type { ReadDatabase } from '../database/read-database';
import type { Row, Value } from '../projection';
import { wordsOf } from './words';
import type { RegisterFacts } from '../projections/register-facts';
import { factsIn, registerTable } from '../projections/register';
import {
  beyondCounters, chosenColumns, countableWith, countedAs, countersOf, filterConditions, idleCounts, idleIsCounted, idleSinceFor, idleYears, joined,
} from './register-filters'; // prettier-ignore
import type { AssetFilters, FilterColumn } from './register-filters';
import { live } from './tables';

export interface RegisterQuery extends AssetFilters {
  /** Words; each must begin a word of the asset's id, codes, title, category or place. Not with `asOf` or `knownAt`. */
  readonly text?: string;
  /** The register as it stood on this day. */
  readonly asOf?: LegalDate;
  /** As it was known at the end of this day (UTC). */
  readonly knownAt?: LegalDate;
  /** Assets whose id lies behind this one, from there on. */
  readonly after?: string;
  /** Assets whose id lies before this one, up to there; not with `after`. */
  readonly before?: string;
  readonly limit: number;
}

export interface RegisterItem extends RegisterFacts {
  readonly id: string;
}

/** A run of the register in the order of ids. */
export interface RegisterSlice {
  readonly items: readonly RegisterItem[];
  /** Continue behind this id; absent at the end. */
  readonly next?: string;
  /** Go back to what lies before this id; absent at the start. */
  readonly previous?: string;
  /** Log position the answer is true for. */
  readonly position: number;
}

/** How many assets a query finds. */
export interface RegisterTotal {
  readonly total: number;
  /** The total is at least so much: counting stopped there. */
  readonly totalIsMinimum: boolean;
}

/** A count of matches without tally stops here: nobody reads on, and counting costs time. */
const COUNTED = 1000;

const today = (): LegalDate => new Date().toISOString().slice(0, 10);

/** How many match in all, whichever page of them is asked for. Throws NotBuiltYet. */
export async function registerTotal(database: ReadDatabase, query: RegisterQuery): Promise<RegisterTotal> {
  const { table } = await live(database, 'register');
  const exact = historical(query) || query.text !== undefined ? undefined : await tallied(database, table, query);
  if (exact !== undefined) return { total: exact, totalIsMinimum: false };
  const from = table(source(query));
  const total = await counted(database, from, await conditions(database, query, from));
  return { total, totalIsMinimum: total === COUNTED };
}

/** How many lines of the register a query finds; counting stops at `atMost`. Throws NotBuiltYet. */
export async function registerCount(database: ReadDatabase, query: RegisterQuery, atMost: number): Promise<number> {
  const { table } = await live(database, 'register');
  const from = table(source(query));
  return counted(database, from, await conditions(database, query, from), atMost);
}

/** One page of the register. Throws NotBuiltYet. */
export async function registerSlice(database: ReadDatabase, query: RegisterQuery): Promise<RegisterSlice> {
  const { position, table } = await live(database, 'register');
  const from = table(source(query));
  const page = withCursor(await conditionsInOrder(database, query, from), query);
  const backwards = query.before !== undefined;
  const rows = await database.query<Row>(
    `SELECT * FROM ${from} ${page.sql} ORDER BY id ${backwards ? 'DESC' : 'ASC'} LIMIT ?`, // ids are unique in both tables under these conditions
    [...page.parameters, query.limit + 1],
  );
  return sliceOf(rows, query, position);
}

/** A run of the register, made of its rows in the order in which they were asked for, and of one more where there are more. */
export function sliceOf(rows: readonly Row[], query: RegisterQuery, position: number): RegisterSlice {
  const backwards = query.before !== undefined;
  const items = rows.slice(0, query.limit).map(itemOf);
  if (backwards) items.reverse();
  const more = rows.length > query.limit;
  const [first, last] = [items.at(0), items.at(-1)];
  return {
    items,
    ...(last && (backwards || more) && { next: last.id }),
    ...(first && (backwards ? more : query.after !== undefined) && { previous: first.id }),
    position,
  };
}

const historical = ({ asOf, knownAt }: RegisterQuery): boolean => asOf !== undefined || knownAt !== undefined;
/** The table a query reads. */
export const source = (query: RegisterQuery): string => (historical(query) ? 'register_versions' : 'register');

export interface Conditions {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

/** What a query asks of the rows, its cursor aside. Throws NotBuiltYet. */
export async function conditions(database: ReadDatabase, query: RegisterQuery, from: string): Promise<Conditions> {
  const parts = await filterConditions(database, query);
  if (historical(query)) {
    const [asOf, knownAt] = [query.asOf ?? today(), query.knownAt ?? today()];
    parts.push({ sql: 'valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)', parameters: [asOf, asOf] });
    parts.push({ sql: 'known_from <= ? AND (known_to IS NULL OR known_to > ?)', parameters: [knownAt, knownAt] });
  } else if (query.text !== undefined) {
    const search = await matchingWords(database, from, query.text);
    if (search) parts.push(search);
  }
  return joined(parts);
}

/** So many rows are sooner found by walking through the register in its order than by sorting them. */
const FEW = 2000;

/** The same for a list, where idle assets are found by the way that is sooner: hidden in an expression, no index serves the column. */
export async function conditionsInOrder(
  database: ReadDatabase,
  query: RegisterQuery,
  from: string,
): Promise<Conditions> {
  const all = await conditions(database, query, from);
  if (query.idleUpTo === undefined) return all;
  const idle = { sql: 'WHERE idle_since <= ?', parameters: [query.idleUpTo] };
  const few = (await counted(database, from, idle, FEW)) < FEW;
  const rare = `id IN (SELECT id FROM ${from} WHERE idle_since <= ?)`;
  return { ...all, sql: all.sql.replace('idle_since <= ?', few ? rare : "(idle_since || '') <= ?") };
}

/** The condition for what somebody typed into a search box; none where it holds no words. */
export async function matchingWords(
  database: ReadDatabase,
  from: string,
  text: string,
): Promise<Statement | undefined> {
  const words = wordsOf(text);
  return words.length === 0 ? undefined : found(database, from, words);
}

/** What the register says today of assets by their ids; of those it does not know, nothing. Throws NotBuiltYet. */
export async function registerItems(
  database: ReadDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RegisterItem>> {
  if (ids.length === 0) return new Map();
  const { table } = await live(database, 'register');
  const places = ids.map(() => '?').join(', ');
  const rows = await database.query<Row>(`SELECT * FROM ${table('register')} WHERE id IN (${places})`, [...ids]);
  return new Map(rows.map((row) => [String(row.id), itemOf(row)]));
}

/** So many matches are sooner found by looking through the register in its order than by sorting them. */
const COMMON = 5000;
/** How long words that are common are taken to be so, in milliseconds. */
const COMMON_FOR = 60_000;
const commonWords = new WeakMap<ReadDatabase, Map<string, { readonly common: boolean; readonly until: number }>>();

/** The condition for words, by the way that is sooner for them. */
async function found(database: ReadDatabase, from: string, words: readonly string[]): Promise<Statement> {
  const { dialect } = database;
  const common = dialect.inOrder !== undefined && (await areCommon(database, from, words));
  return common ? dialect.inOrder.where(registerTable, words) : dialect.search(registerTable, from, words);
}

async function areCommon(database: ReadDatabase, from: string, words: readonly string[]): Promise<boolean> {
  const known = commonWords.get(database) ?? new Map<string, { common: boolean; until: number }>();
  commonWords.set(database, known);
  const key = [from, ...words].join(' ');
  const before = known.get(key);
  if (before && before.until > Date.now()) return before.common;
  const { sql, parameters } = database.dialect.inOrder!.matches(from, words);
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM (${sql} LIMIT ${COMMON}) AS matches`,
    parameters,
  );
  const common = Number(row?.n) === COMMON;
  if (known.size >= 1000) known.clear();
  known.set(key, { common, until: Date.now() + COMMON_FOR });
  return common;
}

/** The same from the cursor of the query on. */
export function withCursor({ sql, parameters }: Conditions, { after, before }: RegisterQuery): Conditions {
  const bound = after ?? before;
  if (bound === undefined) return { sql, parameters };
  const condition = `id ${after === undefined ? '<' : '>'} ?`;
  return {
    sql: sql === '' ? `WHERE ${condition}` : `${sql} AND ${condition}`,
    parameters: [...parameters, bound],
  };
}

async function counted(
  database: ReadDatabase,
  from: string,
  { sql, parameters }: Conditions,
  atMost = COUNTED,
): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} ${sql} LIMIT ${atMost}) AS counted`,
    parameters,
  );
  return Number(row?.n ?? 0);
}

/** From the counters, so that it costs the same for a thousand assets and for a million; undefined where they do not know all that is asked. */
async function tallied(
  database: ReadDatabase,
  table: (name: string) => string,
  query: RegisterQuery,
): Promise<number | undefined> {
  if (query.idleUpTo !== undefined) {
    return idleIsCounted(query) ? (await idleCounts(database, query, [query.idleUpTo]))[0] : undefined;
  }
  const columns = chosenColumns(query);
  const counters = query.inCallAt === undefined ? countersOf(columns) : undefined;
  if (counters === undefined) return undefined;
  const where = columns.length === 0 ? '' : `WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}`;
  const [row] = await database.query<{ n: number | null }>(
    `SELECT sum(assets) AS n FROM ${table(counters)} ${where}`,
    columns.map((column) => countedAs(query[column]!)),
  );
  return Number(row?.n ?? 0);
}

export function itemOf(row: Row): RegisterItem {
  const { search_text: _s, row_number: _n, revision: _r, position: _p, recorded_at: _t, ...facts } = row;
  // A row of the register as it stood keeps its facts together.
  const item = typeof row.facts === 'string' ? { id: row.id, ...factsIn(row.facts) } : facts;
  return item as unknown as RegisterItem;
}

/** One value a filter can take, with how many assets of the current filter have it; without where the counters do not know. */
export interface Facet {
  readonly code: string;
  readonly name: string;
  readonly assets?: number;
}

const names: Partial<Record<FilterColumn, string>> = {
  region_code: 'region',
  province_code: 'province',
  municipality_code: 'municipality',
};

/** Facets of which it is worth asking who has none. */
const withNobody: readonly FilterColumn[] = ['use_standing', 'manager_kind'];

/**
 * For a filter column: its values under all other filters, most assets first. From counters only, of the present, without text search; where they do not know all filters at once, the values under those they
 * know, without counts.
 */
export async function facets(database: ReadDatabase, column: FilterColumn, query: AssetFilters): Promise<Facet[]> {
  const { table } = await live(database, 'register');
  const all = chosenColumns(query).filter((other) => other !== column && !isBelow(other, column));
  const others = countableWith(column, all);
  const exact = others.length === all.length && !beyondCounters(query);
  const where = [...(withNobody.includes(column) ? [] : [`${column} <> ''`]), ...others.map((other) => `${other} = ?`)];
  const rows = await database.query<{ code: string; name: string; assets: number }>(
    `SELECT ${column} AS code, max(${names[column] ?? column}) AS name, sum(assets) AS assets FROM ${table(countersOf([column, ...others])!)} ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} GROUP BY ${column} ORDER BY 3 DESC, 1 LIMIT 500`,
    others.map((other) => countedAs(query[other]!)),
  );
  return rows.map(({ code, name, assets }) => ({
    code: code || NOT_STATED,
    name,
    ...(exact && { assets: Number(assets) }),
  }));
}

/** For how many years assets are idle, under all other filters; without counts where the counters do not know these. */
export async function idleFacet(database: ReadDatabase, query: AssetFilters, today: LegalDate): Promise<Facet[]> {
  if (!idleIsCounted(query)) return idleYears.map((code) => ({ code, name: code }));
  const days = idleYears.map((years) => idleSinceFor(years, today));
  const counts = await idleCounts(database, query, days);
  return idleYears.map((code, place) => ({ code, name: code, assets: counts[place]! }));
}

const areas: readonly string[] = ['region_code', 'province_code', 'municipality_code'];

/** A smaller area chosen does not narrow the list of larger ones. */
function isBelow(other: string, column: string): boolean {
  return areas.includes(column) && areas.indexOf(other) > areas.indexOf(column);
}
