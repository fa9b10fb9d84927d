import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { StockCell } from './indicators';
import { mapLevels } from './map';
import type { MapLevel } from './map';
import { areaNames, nameOf, stockOn } from './stock-on-a-day';
import { live } from './tables';

export interface NamedArea {
  readonly level: MapLevel;
  /** Official code. */
  readonly code: string;
  readonly name: string;
}

/** Where an area lies: the larger ones first, itself last. */
export type AreaPath = readonly [...NamedArea[], NamedArea];

/** An area by its official code, which no two areas share; undefined where the register knows no asset in it. Throws NotBuiltYet. */
export async function areaPath(database: ReadDatabase, code: string): Promise<AreaPath | undefined> {
  const { table } = await live(database, 'register');
  const columns = mapLevels.map((level) => `${level}_code, ${level}`).join(', ');
  for (const [place, level] of mapLevels.entries()) {
    const [row] = await database.query<Record<string, string>>(
      `SELECT ${columns} FROM ${table('stock')} WHERE ${level}_code = ? LIMIT 1`,
      [code],
    );
    if (row === undefined) continue;
    const within = mapLevels.slice(0, place).filter((larger) => row[`${larger}_code`] !== '');
    const named = (each: MapLevel): NamedArea => ({ level: each, code: row[`${each}_code`]!, name: row[each]! });
    return [...within.map(named), named(level)];
  }
  return undefined;
}

/** How many assets of an area stand in a phase, in a part of it. */
export type PartCell = Omit<StockCell, 'region' | 'region_code'> & {
  /** Official code of the part; empty where it is not known. */
  readonly area_code: string;
  readonly area: string;
};

/** The areas an area is divided into; a municipality is its own only part. */
export const partsOf = { region: 'province', province: 'municipality', municipality: 'municipality' } as const satisfies Record<MapLevel, MapLevel>; // prettier-ignore

/** The stock of an area, the last of the path, by its parts, kind, phase and currency, from the counters: as it stands, or as it stood on a day. Throws NotBuiltYet. */
export async function stockOfArea(
  database: ReadDatabase,
  path: AreaPath,
  asOf?: LegalDate,
): Promise<{ readonly cells: readonly PartCell[]; readonly position: number }> {
  const { position, table } = await live(database, 'register');
  const { level, code } = path.at(-1)!;
  const part = partsOf[level];
  const from = table(level === 'region' ? 'province_stock' : 'stock');
  if (asOf !== undefined) {
    const within = Object.fromEntries(path.map((each) => [`${each.level}_code`, each.code]));
    const [rows, names] = await Promise.all([
      stockOn(database, table, asOf, [`${part}_code`, 'kind', 'phase', 'currency'], within),
      areaNames(database, from, part, { [`${level}_code`]: code }),
    ]);
    const cells = rows.map(({ [`${part}_code`]: area_code = '', located: _, ...row }) => ({
      ...(row as unknown as PartCell),
      area_code: String(area_code),
      area: nameOf(names, area_code),
    }));
    return { cells, position };
  }
  const rows = await database.query<PartCell>(
    `SELECT ${part}_code AS area_code, ${part} AS area, kind, phase, currency, sum(assets) AS assets, sum(valued) AS valued, sum(value_minor) AS value_minor
     FROM ${from} WHERE ${level}_code = ? GROUP BY ${part}_code, ${part}, kind, phase, currency ORDER BY 1, 2, 3, 4, 5`,
    [code],
  );
  const cells = rows.map((cell) => ({
    ...cell,
    assets: Number(cell.assets),
    valued: Number(cell.valued),
    value_minor: Number(cell.value_minor),
  }));
  return { cells, position };
}
