import type { Row, Table, Tally } from '../projection';
import { totalsTable } from './chapter';
import { addedUp, changeSums } from './course';
import type { Part } from './course';
import { isLocated } from './map-points';
import type { RegisterFacts } from './register-facts';
import type { Span } from './versions';

/** What is counted of each asset; `located` are those whose own position is published. */
export const stockSums = ['assets', 'valued', 'value_minor', 'located'] as const;

const wide = ['region_code', 'kind', 'category', 'phase', 'currency'] as const;
const byProvince = ['region_code', 'province_code', 'kind', 'category', 'phase', 'currency'] as const;

const yearsTable = (name: string, dimensions: readonly string[]): Table =>
  totalsTable(name, [...dimensions, 'last_year'], changeSums(stockSums));

/**
 * What the stock gained and lost in each year, as the entries known today tell it. How it stood on a day is the sum of the years before, of the months before in its own year, and of what began and ended in the
 * days of its own month, which the register's versions tell (queries/stock-on-a-day.ts). Without the names of areas, which are those of today.
 */
const wideStockYearsTable = yearsTable('wide_stock_years', wide);
/** The same by the month, of regions alone: those of the whole country are asked for most, and have the most days to read. */
const wideStockMonthsTable: Table = {
  ...totalsTable('wide_stock_months', [...wide, 'last_month'], changeSums(stockSums)),
  indexes: [['last_month']],
};
/** By the year and by province; what began and ended in the days of the year comes from the versions. */
const provinceStockYearsTable = yearsTable('province_stock_years', byProvince);

const cells = totalsTable('stock_changes', byProvince, stockSums);

/** What an asset adds to the counters, and takes from them. */
export const stockChanges = (spans: readonly Span[]): Row[] => addedUp(cells, partsIn(spans));

/** Only what is counted makes a change: most versions of an asset differ in something else. */
function partsIn(spans: readonly Span[]): Part[] {
  const parts: Part[] = [];
  let before: Row | undefined;
  for (const { facts, validFrom } of spans) {
    const cell = cellOf(facts);
    if (before && same(before, cell)) continue;
    const when = { last_year: validFrom.slice(0, 4), last_month: validFrom.slice(0, 7) };
    if (before) parts.push({ counted: before, when, sign: -1 });
    parts.push({ counted: cell, when, sign: 1 });
    before = cell;
  }
  return parts;
}

const same = (one: Row, other: Row): boolean => Object.keys(one).every((name) => one[name] === other[name]);

const cellOf = (facts: RegisterFacts): Row => ({
  region_code: facts.region_code ?? '',
  province_code: facts.province_code ?? '',
  kind: facts.kind,
  category: facts.category ?? '',
  phase: facts.phase,
  currency: facts.currency ?? '',
  assets: 1,
  valued: facts.value_minor === null ? 0 : 1,
  value_minor: facts.value_minor ?? 0,
  located: isLocated(facts) ? 1 : 0,
});

/** The counters of the changes of each asset. */
export const stockCourseTallies = <State>(of: (state: State) => readonly Row[]): Tally<State>[] =>
  [wideStockYearsTable, wideStockMonthsTable, provinceStockYearsTable].map((table) => ({
    table,
    sums: changeSums(stockSums),
    of,
  }));
