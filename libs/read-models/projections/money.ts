import { chapters, moneyTrail, stagesMoved } from '#domain';
import type { Asset, MoneyLine } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaNames, areaOf, chapter, integer, limbNames, limbs, maybeText, nameColumns, nameOf, placeOf, text, totalsTable, yearOf,
} from './chapter'; // prettier-ignore
import type { ChapterState } from './chapter';

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
    occurred_on: maybeText,
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

/** What the movements of each cell add to each stage; what happens to an allocation as a whole has no supplier. */
export const moneyTotalsTable = totalsTable('money_totals', dimensions, sums);

/** The money trail: movements and their sums. */
export const money = chapter({
  types: chapters.spending.map(({ event }) => event.type),
  views: [
    {
      table: moneyTable,
      rows: (asset, state) => linesOf(state).map((line, number) => row(asset, state, line, number)),
    },
  ],
  tally: {
    table: moneyTotalsTable,
    sums,
    of: (asset, state) => linesOf(state).map((line) => cell(asset, line)),
  },
});

const traced = new WeakMap<ChapterState, readonly MoneyLine[]>();

/** Table and tally ask for the same lines. */
function linesOf(state: ChapterState): readonly MoneyLine[] {
  const known = traced.get(state) ?? moneyTrail(state.history).lines;
  traced.set(state, known);
  return known;
}

const named = ({ source, programme, supplier, currency, occurredOn }: MoneyLine) => ({
  source: source ?? '',
  programme: programme ?? '',
  supplier: supplier?.name ?? '',
  currency,
  year: yearOf(occurredOn),
});

function row(asset: Asset, state: ChapterState, line: MoneyLine, number: number): Row {
  const { entry, type, occurredOn, projectCode, allocation, commitment, from, to, minor, after } = line;
  const { funding: _, ...standing } = after;
  return {
    place: placeOf(occurredOn, state.id, number),
    ...nameOf(asset, state),
    ...areaOf(asset),
    ...named(line),
    number,
    entry,
    type,
    occurred_on: occurredOn,
    project_code: projectCode,
    allocation,
    commitment,
    taken_from: from,
    given_to: to,
    minor,
    ...standing,
  };
}

function cell(asset: Asset, line: MoneyLine): Row {
  const moved = stagesMoved(line);
  const amounts = moneyStages.map((stage) => limbs(stage, moved[stage]));
  return Object.assign({ ...named(line), ...areaOf(asset), movements: 1 }, ...amounts) as Row;
}
