import type { LegalDate, ReturnCode } from '#domain';
import { countsIn, firstOf } from '../database/packed';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { fromLimbs } from '../projections/chapter';
import { idleDayOf, idleDaysTable } from '../projections/facets';
import { moneyAssetsTable } from '../projections/money';
import { live } from './tables';

/** What the indicators tell beside the stock, all of it from counters: their number follows years, regions and kinds, not assets. */

/** How many assets came into a phase in a year, and how many left it. */
export interface PhaseFlow {
  readonly year: string;
  readonly phase: string;
  readonly entered: number;
  readonly left: number;
}

/** How often something was done in a year. */
export interface YearOfActs {
  readonly year: string;
  readonly item: ReturnCode;
  readonly entries: number;
}

/** What entered and left each phase in each year, and how many entries some items of the annual return have; undated entries have no year. Throws NotBuiltYet. */
export async function flowByYear(
  database: ReadDatabase,
  items: readonly ReturnCode[],
): Promise<{ readonly phases: readonly PhaseFlow[]; readonly acts: readonly YearOfActs[] }> {
  const { table } = await live(database, 'register');
  const from = table('return_cells');
  const [phases, acts] = await Promise.all([
    database.query<Row>(
      `SELECT year, part, sum(assets) AS entered, sum(gone) AS gone FROM ${from} WHERE item = 'stock' GROUP BY year, part ORDER BY year, part`,
    ),
    database.query<Row>(
      `SELECT year, item, sum(entries) AS entries FROM ${from} WHERE item IN (${items.map(() => '?').join(', ')}) GROUP BY year, item ORDER BY year, item`,
      [...items],
    ),
  ]);
  return {
    phases: phases.map(({ year, part, entered, gone }) => ({
      year: String(year),
      phase: String(part),
      entered: Number(entered),
      left: Number(gone),
    })),
    acts: acts.map(({ year, item, entries }) => ({
      year: String(year),
      item: String(item) as ReturnCode,
      entries: Number(entries),
    })),
  };
}

/** How many assets of a region and kind are idle since each of some days or longer. */
export interface IdleCell {
  readonly region_code: string;
  readonly kind: string;
  readonly counts: readonly number[];
}

/** Throws NotBuiltYet. */
export async function idleCells(database: ReadDatabase, days: readonly LegalDate[]): Promise<IdleCell[]> {
  const { table } = await live(database, 'register');
  const rows = await database.query<{ region_code: string; kind: string; block: number; counts: string }>(
    `SELECT region_code, kind, block, counts FROM ${table(idleDaysTable.name)} ORDER BY region_code, kind, block`,
  );
  const last = days.map(idleDayOf);
  return rows.map(({ region_code, kind, block, counts }) => {
    const first = firstOf(idleDaysTable, { block });
    const counted = countsIn({ counts });
    return {
      region_code,
      kind,
      counts: last.map((day) => counted.reduce((sum, count, at) => (first + at <= day ? sum + count : sum), 0)),
    };
  });
}

/** The assets of a region and kind for which there is public money in a currency, and how much. */
export interface SpendingCell {
  readonly currency: string;
  readonly region_code: string;
  readonly region: string;
  readonly kind: string;
  readonly assets: number;
  /** Minor units. */
  readonly allocated: bigint;
  readonly paid: bigint;
}

/** Throws NotBuiltYet. */
export async function spendingCells(database: ReadDatabase): Promise<SpendingCell[]> {
  const { table } = await live(database, 'register');
  const rows = await database.query<Row>(
    `SELECT * FROM ${table(moneyAssetsTable.name)} ORDER BY currency, region_code, kind`,
  );
  return rows.map((row) => ({
    currency: String(row.currency),
    region_code: String(row.region_code),
    region: String(row.region),
    kind: String(row.kind),
    assets: Number(row.assets),
    allocated: fromLimbs(row, 'allocated'),
    paid: fromLimbs(row, 'paid'),
  }));
}
