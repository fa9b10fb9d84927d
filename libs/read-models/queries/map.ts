import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { SIDE, degreesAt, stripOf, xOf, yOf } from '../projections/map-points';
import {
  asksBeyondStock, beyondCounters, chosenColumns, countedAs, countersOf, filterConditions, isOfStock, joined, sparseConditions, stockConditions,
} from './register-filters'; // prettier-ignore
import type { AssetFilters } from './register-filters';
import { matchingWords, registerItems } from './register-list';
import type { RegisterItem } from './register-list';
import { areaNames, nameOf, stockOn } from './stock-on-a-day';
import { live } from './tables';

/** Which assets the map shows: those of the register, by its filters. */
export interface MapQuery extends AssetFilters {
  /** Words; each must begin a word of the asset's id, codes, title or place. */
  readonly text?: string;
  /** As the register stood on this day; not with words. */
  readonly asOf?: LegalDate;
}

export const mapLevels = ['region', 'province', 'municipality'] as const;
export type MapLevel = (typeof mapLevels)[number];

/** The assets of an area. */
export interface AreaAssets {
  /** Official code; empty for those whose area is not known. */
  readonly code: string;
  readonly name: string;
  readonly assets: number;
  /** How many of them have a published position of their own. */
  readonly located: number;
}

export interface AreaCounts {
  readonly areas: readonly AreaAssets[];
  /** Words match more than were counted. */
  readonly isMinimum: boolean;
  /** Log position the answer is true for. */
  readonly position: number;
}

/** So many areas are asked for by their codes at once. */
export const AREAS_AT_ONCE = 200;
/** So many assets found by words are counted. */
const FOUND = 5000;

/**
 * How many assets each area of a level has: all of them, or those named. From counters, so that it costs the same for a thousand assets and for a
 * million; words are searched in the register, and counting stops at five thousand. Municipalities are counted within a province or by their codes; on a day that is over, within a province.
 * Throws NotBuiltYet.
 */
export async function assetsByArea(
  database: ReadDatabase,
  level: MapLevel,
  { text, asOf, ...filters }: MapQuery,
  codes?: readonly string[],
): Promise<AreaCounts> {
  if (codes !== undefined && codes.length > AREAS_AT_ONCE) throw new Error(`At most ${AREAS_AT_ONCE} areas at once.`);
  const { position, table } = await live(database, 'register');
  if (codes?.length === 0) return { areas: [], isMinimum: false, position };
  const code = `${level}_code` as const;
  if (asOf !== undefined) return { ...(await assetsOn(database, level, asOf, filters, codes)), position };
  const among = codes && { sql: `${code} IN (${codes.map(() => '?').join(', ')})`, parameters: codes };
  const words = text === undefined ? undefined : await matchingWords(database, table('register'), text);
  const chosen = chosenColumns(filters);
  const counters =
    words === undefined && !beyondCounters(filters) ? countersOf([`${level}_code`, ...chosen]) : undefined;
  if (counters !== undefined) {
    const counted = chosen.map((column) => ({ sql: `${column} = ?`, parameters: [countedAs(filters[column]!)] }));
    const { sql, parameters } = joined([...counted, ...(among ? [among] : [])]);
    const rows = await database.query<Row>(
      `SELECT ${code} AS code, max(${level}) AS name, sum(assets) AS assets, sum(located) AS located FROM ${table(counters)} ${sql} GROUP BY ${code} ORDER BY 3 DESC, 1`,
      parameters,
    );
    return { areas: rows.map(areaIn), isMinimum: false, position };
  }
  const { sql, parameters } = joined([
    ...(await filterConditions(database, filters)),
    ...(among ? [among] : []),
    ...(words ? [words] : []),
  ]);
  const rows = await database.query<Row>(
    `SELECT code, max(name) AS name, count(*) AS assets, sum(located) AS located FROM (SELECT coalesce(${code}, '') AS code, coalesce(${level}, '') AS name, CASE WHEN latitude IS NULL OR precision = 'municipality' THEN 0 ELSE 1 END AS located FROM ${table('register')} ${sql} LIMIT ${FOUND}) AS found GROUP BY code ORDER BY 3 DESC, 1`,
    parameters,
  );
  const areas = rows.map(areaIn);
  const isMinimum = areas.reduce((sum, { assets }) => sum + assets, 0) === FOUND;
  return { areas, isMinimum, position };
}

/** The same on a day that is over; what its counters do not know is counted in the versions, up to five thousand. */
async function assetsOn(
  database: ReadDatabase,
  level: MapLevel,
  asOf: LegalDate,
  filters: AssetFilters,
  codes: readonly string[] | undefined,
): Promise<Omit<AreaCounts, 'position'>> {
  const { table } = await live(database, 'register');
  const code = `${level}_code` as const;
  const stock = chosenColumns(filters).filter((column) => isOfStock(column));
  const beyond = asksBeyondStock(filters);
  const [rows, names] = await Promise.all([
    beyond
      ? foundOn(database, table('register_versions'), code, asOf, filters)
      : stockOn(database, table, asOf, [code], filters),
    areaNames(database, table(countersOf([`${level}_code`, ...stock])!), level, filters),
  ]);
  const areas = rows
    .map((row) => areaIn({ ...row, code: row[code] ?? '', name: nameOf(names, row[code]) }))
    .filter((area) => codes === undefined || codes.includes(area.code))
    .sort((a, b) => b.assets - a.assets || (a.code < b.code ? -1 : 1));
  return { areas, isMinimum: beyond && rows.reduce((sum, { assets }) => sum + Number(assets), 0) === FOUND };
}

async function foundOn(
  database: ReadDatabase,
  versions: string,
  code: string,
  asOf: LegalDate,
  filters: AssetFilters,
): Promise<readonly Row[]> {
  const stood = 'valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) AND known_to IS NULL';
  const { sql, parameters } = joined([
    ...(await filterConditions(database, filters)),
    { sql: stood, parameters: [asOf, asOf] },
  ]);
  return database.query<Row>(
    `SELECT ${code}, count(*) AS assets, sum(located) AS located FROM (SELECT coalesce(${code}, '') AS ${code}, located FROM ${versions} ${sql} LIMIT ${FOUND}) AS found GROUP BY ${code}`,
    parameters,
  );
}

const areaIn = ({ code, name, assets, located }: Row): AreaAssets => ({
  code: String(code),
  name: String(name),
  assets: Number(assets),
  located: Number(located),
});

/** A part of the world in degrees (WGS 84). */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Assets that lie together on the screen. */
export interface Cluster {
  readonly assets: number;
  /** The middle of where they lie. */
  readonly latitude: number;
  readonly longitude: number;
  /** The assets themselves, where they are few enough to be named. */
  readonly items?: readonly RegisterItem[];
}

/** A view goes through so many strips at most; one from farther away is shown by areas. */
export const STRIPS_AT_ONCE = 40;
/** So many positions are looked at; where a view has more, it is shown by areas. */
export const POINTS_AT_ONCE = 10_000;
const CLUSTERS_AT_ONCE = 1000;
/** Assets are named where a view has so many at most, and a cluster so few. */
const NAMED = 300;
const NAMED_TOGETHER = 12;
/** A cell is a quarter of a tile wide: 64 pixels. */
const CELLS_A_TILE = 4;

/**
 * The positions in a view, put together by cells of the screen. Undefined where the view is too large or holds too many. It costs what the view holds, not
 * what the register does. Throws NotBuiltYet.
 */
export async function clustersIn(
  database: ReadDatabase,
  { west, south, east, north }: Bounds,
  zoom: number,
  { text, ...filters }: Omit<MapQuery, 'asOf'>,
): Promise<{ readonly clusters: readonly Cluster[]; readonly position: number } | undefined> {
  const [first, last] = [stripOf(yOf(north)), stripOf(yOf(south))];
  if (last - first >= STRIPS_AT_ONCE) return undefined;
  const { position, table } = await live(database, 'register');
  const strips = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  const words = text === undefined ? undefined : await matchingWords(database, table('register'), text);
  const more = await sparseConditions(database, filters);
  const grid = table('map_points');
  const own = joined([{ sql: `own.id = ${grid}.id`, parameters: [] }, ...more]);
  const { sql, parameters } = joined([
    { sql: `strip IN (${strips.map(() => '?').join(', ')})`, parameters: strips },
    { sql: 'x BETWEEN ? AND ? AND y BETWEEN ? AND ?', parameters: [xOf(west), xOf(east), yOf(north), yOf(south)] },
    ...stockConditions(filters),
    ...(words ? [{ ...words, sql: `id IN (SELECT id FROM ${table('register')} WHERE ${words.sql})` }] : []),
    // What points do not say is asked of the register, of those in the view alone.
    ...(more.length === 0 ? [] : [{ ...own, sql: `EXISTS (SELECT 1 FROM ${table('register')} AS own ${own.sql})` }]),
  ]);
  const from = `FROM ${grid} ${sql}`;
  const cell = Math.max(1, SIDE / (2 ** zoom * CELLS_A_TILE));
  const points = await database.query<PointRow>(
    `SELECT id, x, y, latitude, longitude ${from} LIMIT ${NAMED + 1}`,
    parameters,
  );
  if (points.length <= NAMED) return { clusters: await named(database, clustered(points, cell)), position };
  const cells = await database.query<Row>(
    `SELECT count(*) AS assets, avg(x) AS x, avg(y) AS y FROM (SELECT x, y ${from} LIMIT ${POINTS_AT_ONCE + 1}) AS points GROUP BY y / ${cell}, x / ${cell} ORDER BY min(y), min(x) LIMIT ${CLUSTERS_AT_ONCE + 1}`,
    parameters,
  );
  const clusters = cells.map((row): Cluster => {
    const [longitude, latitude] = degreesAt(Number(row.x), Number(row.y));
    return { assets: Number(row.assets), longitude, latitude };
  });
  const found = clusters.reduce((sum, { assets }) => sum + assets, 0);
  return found > POINTS_AT_ONCE || clusters.length > CLUSTERS_AT_ONCE ? undefined : { clusters, position };
}

interface PointRow extends Row {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly latitude: number;
  readonly longitude: number;
}

interface Members {
  readonly ids: string[];
  latitude: number;
  longitude: number;
}

function clustered(points: readonly PointRow[], cell: number): Members[] {
  const cells = new Map<number, Members>();
  for (const { id, x, y, latitude, longitude } of points) {
    const key = Math.floor(Number(y) / cell) * SIDE + Math.floor(Number(x) / cell);
    const members = cells.get(key);
    if (members) {
      members.ids.push(id);
      members.latitude += latitude;
      members.longitude += longitude;
    } else cells.set(key, { ids: [id], latitude, longitude });
  }
  return [...cells.entries()].sort(([a], [b]) => a - b).map(([, members]) => members);
}

async function named(database: ReadDatabase, clusters: readonly Members[]): Promise<Cluster[]> {
  const few = clusters.filter(({ ids }) => ids.length <= NAMED_TOGETHER);
  const items = await registerItems(
    database,
    few.flatMap(({ ids }) => ids),
  );
  return clusters.map((members) => {
    const { ids, latitude, longitude } = members;
    const own = few.includes(members) ? [...ids].sort().flatMap((id) => items.get(id) ?? []) : undefined;
    const middle = { latitude: latitude / ids.length, longitude: longitude / ids.length };
    return { assets: ids.length, ...middle, ...(own && { items: own }) };
  });
}
