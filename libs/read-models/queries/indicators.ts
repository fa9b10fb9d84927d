import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import { areaNames, nameOf, stockOn } from './stock-on-a-day';
import { live } from './tables';

/** How many assets stand in a phase, in an area. */
export interface StockCell {
  /** Official code of the region; empty where it is not known. */
  readonly region_code: string;
  readonly region: string;
  readonly kind: string;
  readonly phase: string;
  readonly assets: number;
  /** How many of them have a value; the sum is over these alone. */
  readonly valued: number;
  /** Minor units. */
  readonly value_minor: number;
  readonly currency: string;
}

/** The stock by region, kind, phase and currency, from the counters: as it stands, or as it stood on a day. Throws NotBuiltYet. */
export async function stock(
  database: ReadDatabase,
  asOf?: LegalDate,
): Promise<{ readonly cells: readonly StockCell[]; readonly position: number }> {
  const { position, table } = await live(database, 'register');
  if (asOf !== undefined) {
    const [rows, names] = await Promise.all([
      stockOn(database, table, asOf, ['region_code', 'kind', 'phase', 'currency'], {}),
      areaNames(database, table('wide_stock'), 'region', {}),
    ]);
    const cells = rows.map(({ located: _, ...row }) => ({
      ...(row as unknown as StockCell),
      region: nameOf(names, row.region_code),
    }));
    return { cells, position };
  }
  const dimensions = 'region_code, region, kind, phase, currency';
  const rows = await database.query<StockCell>(
    `SELECT ${dimensions}, sum(assets) AS assets, sum(valued) AS valued, sum(value_minor) AS value_minor FROM ${table('wide_stock')} GROUP BY ${dimensions} ORDER BY ${dimensions}`,
  );
  const cells = rows.map((cell) => ({
    ...cell,
    assets: Number(cell.assets),
    valued: Number(cell.valued),
    value_minor: Number(cell.value_minor),
  }));
  return { cells, position };
}
