import type { Statement } from '../database/dialect';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { AREAS_AT_ONCE, POINTS_AT_ONCE, assetsByArea, pointsIn } from './map';
import type { Bounds, MapLevel } from './map';
import { chosenColumns } from './register-filters';
import {
  conditions,
  conditionsInOrder,
  registerCount,
  registerTotal,
  sliceOf,
  source,
  withCursor,
} from './register-list';
import type { Conditions, RegisterQuery, RegisterSlice } from './register-list';
import { live } from './tables';

/** What a view of the map shows under the filters of a query: assets counted at the middles of areas, and, of a view from close by, those at positions within it. */
export interface Marks {
  readonly level: MapLevel;
  /** The areas that are marked, with the number at each. */
  readonly areas: readonly { readonly code: string; readonly assets: number }[];
  /** Where positions are shown; the areas then stand for those of their assets that have none. */
  readonly positions?: Bounds;
}

/** An asset that is counted at its municipality, for it has no position of its own. */
const WITHOUT_POSITION = "(latitude IS NULL OR precision = 'municipality')";

/** Walks through so many rows are not worth a question. */
const SHORT = 1000;

/** Words that find so many assets are common: rows are asked for them, one by one. */
const COMMON = 5000;

/**
 * The assets that marks of a map stand for, in the order of ids: what is counted there is listed here, and nothing else. Each area is walked from the cursor on in the order of its index, no further than the
 * page is long, so that a page costs what the marks are, not what lies under them; where a filter finds less than these walks would go through, its own index is walked instead. Throws NotBuiltYet.
 */
export async function registerSliceIn(
  database: ReadDatabase,
  marks: Marks,
  query: RegisterQuery,
): Promise<RegisterSlice> {
  if (marks.areas.length > AREAS_AT_ONCE) throw new Error(`At most ${AREAS_AT_ONCE} areas at once.`);
  const { position, table } = await live(database, 'register');
  const from = table(source(query));
  const parts = [...(await inAreas(database, from, marks, query)), ...(await atPositions(database, marks, query))];
  if (parts.length === 0) return sliceOf([], query, position);
  const order = `ORDER BY id ${query.before === undefined ? 'ASC' : 'DESC'}`;
  const page = (part: Conditions): Statement => {
    const { sql, parameters } = withCursor(part, query);
    return { sql: `SELECT id FROM (SELECT id ${sql} ${order} LIMIT ${query.limit + 1}) AS part`, parameters };
  };
  const pages = parts.map(page);
  const ids = await database.query<{ id: string }>(
    `SELECT id FROM (${pages.map(({ sql }) => sql).join(' UNION ALL ')}) AS parts ${order} LIMIT ${query.limit + 1}`,
    pages.flatMap(({ parameters }) => parameters),
  );
  if (ids.length === 0) return sliceOf([], query, position);
  const { text: _, ...wordless } = query;
  const all = await conditions(database, wordless, from);
  const among = `id IN (${ids.map(() => '?').join(', ')})`;
  const rows = await database.query<Row>(
    `SELECT * FROM ${from} ${all.sql === '' ? 'WHERE' : `${all.sql} AND`} ${among} ${order}`,
    [...all.parameters, ...ids.map(({ id }) => id)],
  );
  return sliceOf(rows, query, position);
}

/** Where the assets of the areas are found: a walk for each area, or one walk along a filter that finds less. */
async function inAreas(
  database: ReadDatabase,
  from: string,
  { level, areas, positions }: Marks,
  query: RegisterQuery,
): Promise<Conditions[]> {
  if (areas.length === 0) return [];
  const code = `${level}_code`;
  const counted = positions === undefined ? [] : [WITHOUT_POSITION];
  if (await filterFindsLess(database, level, areas, query)) {
    const { sql, parameters } = await conditionsInOrder(database, query, from);
    const here = hidden([`${code} IN (${areas.map(() => '?').join(', ')})`, ...counted]);
    return [{ sql: `FROM ${from} ${sql} AND ${here}`, parameters: [...parameters, ...areas.map((area) => area.code)] }];
  }
  const { sql, parameters } = await conditions(database, query, from);
  const asked = [...(sql === '' ? [] : [sql.slice('WHERE '.length)]), ...counted];
  const others = asked.length === 0 ? '' : ` AND ${hidden(asked)}`;
  return areas.map((area) => ({
    sql: `FROM ${from} WHERE ${code} = ?${others}`,
    parameters: [area.code, ...parameters],
  }));
}

/** Where those at published positions are found. They are taken from the view before they are put in order: to go along all ids until some lie in it would take the longer the fewer do. */
async function atPositions(database: ReadDatabase, { positions }: Marks, query: RegisterQuery): Promise<Conditions[]> {
  const points = positions && (await pointsIn(database, positions, query));
  if (!points) return [];
  const { sql, parameters } = points;
  return [{ sql: `FROM (SELECT id ${sql} LIMIT ${POINTS_AT_ONCE}) AS points WHERE TRUE`, parameters }];
}

/** Conditions in a form that no index serves, so that the database walks along the other one. */
const hidden = (parts: readonly string[]): string => `CASE WHEN ${parts.join(' AND ')} THEN 1 END = 1`;

/** True where the walk along the sparest filter meets fewer rows than the walks along the areas. */
async function filterFindsLess(
  database: ReadDatabase,
  level: MapLevel,
  areas: Marks['areas'],
  query: RegisterQuery,
): Promise<boolean> {
  const { asOf, knownAt, text, idleUpTo, inCallAt, limit } = query;
  // The counters are those of today.
  if (asOf !== undefined || knownAt !== undefined) return false;
  // Few calls are open at a time.
  if (inCallAt !== undefined) return true;
  const single = chosenColumns(query).filter((column) => !column.endsWith('_code'));
  const asked: RegisterQuery[] = [
    ...single.map((column) => ({ [column]: query[column], limit })),
    ...(idleUpTo === undefined ? [] : [{ idleUpTo, limit }]),
  ];
  const totals = await Promise.all(asked.map((each) => registerTotal(database, each)));
  const known = totals.map(({ total, totalIsMinimum }) => (totalIsMinimum ? Infinity : total));
  const words = text === undefined ? Infinity : await registerCount(database, { text, limit }, COMMON);
  const along = Math.min(...known, words < COMMON ? words : Infinity);
  if (along === Infinity) return false;
  const found = areas.reduce((sum, { assets }) => sum + assets, 0);
  const filterWalk = walked(along, found, limit);
  // So short a walk is sooner made than compared.
  if (filterWalk < SHORT) return true;
  const codes = areas.map(({ code }) => code);
  const all = await assetsByArea(database, level, {}, codes);
  const wholes = new Map(all.areas.map(({ code, assets }) => [code, assets]));
  const areaWalks = areas.map(({ code, assets }) => walked(wholes.get(code) ?? 0, assets, limit));
  return filterWalk < areaWalks.reduce((sum, rows) => sum + rows, 0);
}

/** How many of so many rows a walk meets until it has found a page, where so many of them are looked for and lie evenly. */
const walked = (rows: number, found: number, page: number): number =>
  found === 0 ? rows : Math.min(rows, Math.ceil(((page + 1) * rows) / found));
