import { cellsOf, chapters, dossierReturn, stockCells } from '#domain';
import type { Asset, DossierReturn, ReturnCell, ReturnLine } from '#domain';
import type { Row, Table } from '../projection';
import {
  alongOf, areaOf, chapter, integer, limbNames, limbs, maybeInteger, maybeText, nameColumns, nameOf, placeOf, text, totalsTable,
} from './chapter'; // prettier-ignore
import type { Chapter, ChapterState } from './chapter';

const lineColumns = {
  place: text,
  number: integer,
  year: text,
  item: text,
  part: text,
  entry: text,
  on_day: maybeText,
  minor: maybeInteger,
  currency: maybeText,
  people: maybeInteger,
};
const lineIndexes = [
  ['item', 'year', 'place'],
  ['item', 'year', 'part', 'place'],
];

/** Every entry of a dossier that the annual return counts, once for each item. */
export const returnEntriesTable: Table = {
  name: 'return_entries',
  columns: { ...nameColumns, ...lineColumns, region_code: text, region: text },
  key: ['asset', 'number'],
  indexes: lineIndexes,
};

/** The same of calls, contributions of the public and groups. */
export const civicReturnEntriesTable: Table = {
  name: 'civic_return_entries',
  columns: { stream: text, ...lineColumns },
  key: ['stream', 'number'],
  indexes: lineIndexes,
};

export const cellDimensions = ['year', 'item', 'part', 'currency', 'region_code', 'region', 'kind'] as const;
/** `gone` are assets that are no longer counted from the end of a year on, so that no counter is ever negative but that of money. */
export const cellSums = ['entries', 'assets', 'gone', 'firsts', ...limbNames('minor'), 'people', 'counted'] as const;

const cellsTable = (name: string): Table => ({
  ...totalsTable(name, cellDimensions, cellSums),
  indexes: [['item', 'year']],
});

/** The figures of the annual return, by year, item, part, currency, region and kind; the stock of a year is the sum over all years up to it. */
export const returnCellsTable = cellsTable('return_cells');
export const civicReturnCellsTable = cellsTable('civic_return_cells');

const noMoney: Row = { minor_high: 0, minor_low: 0 };

/** A cell of the return as a row of counters. Named one by one: every change of a dossier makes them anew, and spreading takes most of the time. */
export function cellRow(cell: ReturnCell, name: string): Row {
  const { year, item, part, currency, region, kind, entries, assets, firsts, minor, people, counted } = cell;
  const { minor_high, minor_low } = minor === 0n ? noMoney : limbs('minor', Number(minor));
  return {
    year,
    item,
    part,
    currency,
    region_code: region,
    region: name,
    kind,
    entries,
    assets: assets > 0 ? assets : 0,
    gone: assets < 0 ? 0 - assets : 0,
    firsts,
    minor_high: minor_high ?? 0,
    minor_low: minor_low ?? 0,
    people,
    counted,
  };
}

/** A line of the return as a row, whatever it is a line of. */
export const lineRow = ({ item, part, entry, on, year, money, people }: ReturnLine, of: string, number: number): Row => ({
  place: placeOf(on, of, number),
  number,
  year,
  item,
  part,
  entry,
  on_day: on,
  minor: money?.minor ?? null,
  currency: money?.currency ?? null,
  people: people ?? null,
}); // prettier-ignore

const { judicial, custody, destination, assignment, use, spending, support, exit } = chapters;
const told = new Set(['InterlocutorySaleAuthorised', 'ProvisionalUseGranted']);

/** What dossiers tell the annual return, by the days of a time zone where no source says when. */
export const annualReturnIn = (timeZone: string): Chapter =>
  chapter({
    types: [
      ...[judicial, destination, assignment, use, spending, support, exit].flat().map(({ event }) => event.type),
      ...custody.map(({ event }) => event.type).filter((type) => told.has(type)),
    ],
    told: (asset, state) => {
      const found = dossierReturn(state.history, timeZone, alongOf(state.history));
      return { entries: entriesIn(asset, state, found), cells: cellsIn(asset, found) };
    },
    views: [{ table: returnEntriesTable, rows: ({ entries }) => entries }],
    tallies: [{ table: returnCellsTable, sums: cellSums, of: ({ cells }) => cells }],
  });

function entriesIn(asset: Asset, state: ChapterState, { lines }: DossierReturn): Row[] {
  const { region_code, region } = areaOf(asset);
  const shared = { ...nameOf(asset, state), region_code, region };
  return lines.map((line, number) => Object.assign(lineRow(line, state.id, number), shared));
}

function cellsIn(asset: Asset, { lines, stock }: DossierReturn): Row[] {
  const { region_code, region } = areaOf(asset);
  const where = { region: region_code, kind: asset.description.kind };
  return [...cellsOf(lines, where, true), ...stockCells(stock, where)].map((cell) => cellRow(cell, region));
}
