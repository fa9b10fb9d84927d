import { chapters, moneyTrail, stagesMoved } from '#domain';
import type { Asset, LegalDate, MoneyLine } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaNames, areaOf, chapter, integer, lastDaysOf, limbNames, limbs, maybeText, nameColumns, nameOf, placeOf, text, byProvince, byRegion, provenanceIn, provinceTotals, tallied, totalsTable, wideTotals, without, yearOf,
} from './chapter'; // prettier-ignore
import type { Chapter, ChapterState } from './chapter';

/** Every movement of public money, one a row, with what it moved and how the asset's account in its currency stood after it. */
export const moneyTable: Table = {
  name: 'money',
  columns: {
    place: text,
    ...nameColumns,
    ...areaColumns,
    number: integer,
    entry: text,
    type: text,
    provenance: text,
    occurred_on: maybeText,
    /** The latest day on which it can have happened: on that day and after it, it stood. */
    last_day: text,
    year: text,
    source: text,
    programme: text,
    project_code: maybeText,
    supplier: text,
    allocation: maybeText,
    commitment: maybeText,
    taken_from: text,
    given_to: text,
    minor: integer,
    currency: text,
    available: integer,
    committed: integer,
    approved: integer,
    paid: integer,
  },
  key: ['asset', 'number'],
  indexes: [
    ['place'],
    ...['region_code', 'province_code', 'municipality_code', 'year', 'source', 'programme', 'supplier', 'currency'].map(
      (filter) => [filter, 'place'],
    ),
  ],
};

export const moneyStages = ['allocated', 'committed', 'approved', 'paid'] as const;
const dimensions = ['currency', 'year', 'source', 'programme', 'supplier', ...areaNames] as const;
const sums = ['movements', ...moneyStages.flatMap(limbNames)];

/** What the movements of each cell add to each stage; what happens to an allocation as a whole has no supplier. `last_year` is that of `last_day`. */
export const moneyTotalsTable = byProvince(totalsTable('money_totals', [...dimensions, 'last_year'], sums));
/** Without towns; and without suppliers besides, of whom there may be as many. */
export const moneySuppliersTable = wideTotals(moneyTotalsTable);
export const moneyYearsTable = without(['supplier'], 'money_years', moneySuppliersTable);
/** By province, without suppliers. */
export const moneyProvincesTable = provinceTotals(moneyTotalsTable, 'supplier');

/** The same by the day, for the year in which a day lies that is asked about. */
export const moneyDaysTable = byRegion({
  ...totalsTable('money_days', [...dimensions, 'last_day'], sums),
  indexes: [['last_day']],
});
export const moneyWideDaysTable = wideTotals(moneyDaysTable);

/** What the movements of each asset come to, counted by asset: of how many there is public money, and how much of it, by region and kind. */
export const moneyAssetsTable = totalsTable(
  'money_assets',
  ['currency', 'region_code', 'region', 'kind'],
  ['assets', ...limbNames('allocated'), ...limbNames('paid')],
);

/** The money trail: movements and their sums, by the days of a time zone where no source says when. */
export const moneyIn = (timeZone: string): Chapter =>
  chapter({
    types: chapters.spending.map(({ event }) => event.type),
    told: (asset, state): MoneyTold => {
      const lines = linesOf(state, timeZone);
      return {
        rows: lines.map((line, number) => row(asset, state, line, number)),
        cells: lines.map((line) => cell(asset, line)),
        assets: assetCells(asset, lines),
      };
    },
    views: [{ table: moneyTable, rows: ({ rows }) => rows }],
    tallies: [
      ...tallied<MoneyTold>(
        [
          moneyTotalsTable,
          moneySuppliersTable,
          moneyProvincesTable,
          moneyYearsTable,
          moneyDaysTable,
          moneyWideDaysTable,
        ],
        sums,
        ({ cells }) => cells,
      ),
      {
        table: moneyAssetsTable,
        sums: ['assets', ...limbNames('allocated'), ...limbNames('paid')],
        of: ({ assets }) => assets,
      },
    ],
  });

interface MoneyTold {
  readonly rows: readonly Row[];
  readonly cells: readonly Row[];
  readonly assets: readonly Row[];
}

interface DatedLine extends MoneyLine {
  readonly lastDay: LegalDate;
}

function linesOf(state: ChapterState, timeZone: string): readonly DatedLine[] {
  const { lines } = moneyTrail(state.history);
  const days = lastDaysOf(state, timeZone);
  return lines.map((line) => ({ ...line, lastDay: days.get(line.entry)! }));
}

const named = ({ source, programme, supplier, currency, occurredOn }: MoneyLine) => ({
  source: source ?? '',
  programme: programme ?? '',
  supplier: supplier?.name ?? '',
  currency,
  year: yearOf(occurredOn),
});

function row(asset: Asset, state: ChapterState, line: DatedLine, number: number): Row {
  const { entry, type, occurredOn, lastDay, projectCode, allocation, commitment, from, to, minor, after } = line;
  const { funding: _, ...standing } = after;
  return {
    place: placeOf(occurredOn, state.id, number),
    ...nameOf(asset, state),
    ...areaOf(asset),
    ...named(line),
    number,
    entry,
    type,
    provenance: provenanceIn(state.history, entry),
    occurred_on: occurredOn,
    last_day: lastDay,
    project_code: projectCode,
    allocation,
    commitment,
    taken_from: from,
    given_to: to,
    minor,
    ...standing,
  };
}

/** What a line adds to its cell of each table of counters. */
function cell(asset: Asset, line: DatedLine): Row {
  const moved = stagesMoved(line);
  const amounts = moneyStages.map((stage) => limbs(stage, moved[stage]));
  const days = { last_year: yearOf(line.lastDay), last_day: line.lastDay };
  return Object.assign({ ...named(line), ...areaOf(asset), ...days, movements: 1 }, ...amounts) as Row;
}

/** The asset once for each of its currencies, with all that moved in it. */
function assetCells(asset: Asset, lines: readonly DatedLine[]): Row[] {
  const { region_code, region } = areaOf(asset);
  return [...new Set(lines.map(({ currency }) => currency))].map((currency) => {
    const moved = lines.filter((line) => line.currency === currency).map(stagesMoved);
    const sum = (stage: 'allocated' | 'paid'): Row =>
      limbs(
        stage,
        moved.reduce((all, stages) => all + stages[stage], 0),
      );
    const { kind } = asset.description;
    return { currency, region_code, region, kind, assets: 1, ...sum('allocated'), ...sum('paid') };
  });
}
