import type { LegalDate } from '#domain';
import type { ReadDatabase } from '../database/read-database';
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

/** The stock by region, kind, phase and currency, from the counters. Throws NotBuiltYet. */
export async function stock(
  database: ReadDatabase,
): Promise<{ readonly cells: readonly StockCell[]; readonly position: number }> {
  const { position, table } = await live(database, 'register');
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

/** Whether the stock is kept for a day: the counters know the ends of years alone. */
export const isYearEnd = (day: LegalDate): boolean => day.endsWith('-12-31');

/**
 * The stock at the end of a year by region, kind and phase, from the counters of the annual return: what entered each phase in all years up to it, less what left it. Region and kind are those of today. Values
 * are not kept for the past. Throws NotBuiltYet.
 */
export async function stockAtYearEnd(
  database: ReadDatabase,
  day: LegalDate,
): Promise<{ readonly cells: readonly StockCell[]; readonly position: number }> {
  const { position, table } = await live(database, 'register');
  const dimensions = 'region_code, region, kind, part';
  const rows = await database.query<Omit<StockCell, 'phase'> & { readonly part: string }>(
    `SELECT ${dimensions}, sum(assets - gone) AS assets FROM ${table('return_cells')} WHERE item = 'stock' AND year > '' AND year <= ? GROUP BY ${dimensions} HAVING sum(assets - gone) > 0 ORDER BY ${dimensions}`,
    [day.slice(0, 4)],
  );
  const cells = rows.map(({ part, assets, ...where }) => ({
    ...where,
    phase: part,
    assets: Number(assets),
    valued: 0,
    value_minor: 0,
    currency: '',
  }));
  return { cells, position };
}
