import type { Phase } from '#domain';
import { phases } from '#domain';
import type { Money } from '../language/money';

/** How many assets stand in one cell of area, kind, phase and currency, as the queries count them; an unknown dimension is empty. */
export interface StockCell {
  readonly area_code: string;
  readonly area: string;
  readonly kind: string;
  readonly phase: string;
  readonly assets: number;
  readonly valued: number;
  readonly value_minor: number;
  readonly currency: string;
}

/** Four answers to "where do the assets stand?"; each phase belongs to one. */
export const groups = ['open', 'waiting', 'given', 'left'] as const;
export type Group = (typeof groups)[number];

export const groupOf: Readonly<Record<Phase, Group>> = {
  seized: 'open',
  'confiscated-first': 'open',
  'confiscated-appeal': 'open',
  'confiscated-final': 'waiting',
  available: 'waiting',
  destined: 'given',
  transferred: 'given',
  assigned: 'given',
  'in-use': 'given',
  'kept-by-state': 'given',
  sold: 'left',
  destroyed: 'left',
  returned: 'left',
  split: 'left',
  merged: 'left',
};

export interface Count<Code extends string = string> {
  readonly code: Code;
  readonly name: string;
  readonly assets: number;
}

export interface AreaCount extends Count {
  readonly byGroup: Readonly<Record<Group, number>>;
  /** How many of the assets have a value. */
  readonly valued: number;
  /** One sum for each currency. */
  readonly values: readonly Money[];
}

export interface IndicatorsView {
  readonly total: number;
  readonly valued: number;
  readonly values: readonly Money[];
  readonly byGroup: Readonly<Record<Group, number>>;
  /** In the order of an asset's life. */
  readonly byPhase: readonly Count<Phase>[];
  /** Most assets first. */
  readonly byKind: readonly Count[];
  readonly byArea: readonly AreaCount[];
  readonly position: number;
}

/** Cells of the whole register, whose areas are the regions. */
export const byRegion = <Cell extends { readonly region_code: string; readonly region: string }>(
  cells: readonly Cell[],
) => cells.map(({ region_code, region, ...cell }) => ({ ...cell, area_code: region_code, area: region }));

/** Adds the cells up. */
export function indicatorsFrom(cells: readonly StockCell[], position: number): IndicatorsView {
  const inPhase = (phase: Phase) => cells.filter((cell) => cell.phase === phase);
  return {
    total: assetsIn(cells),
    valued: sum(cells, ({ valued }) => valued),
    values: valuesIn(cells),
    byGroup: groupCounts(cells),
    byPhase: phases.map((phase) => ({ code: phase, name: phase, assets: assetsIn(inPhase(phase)) })),
    byKind: mostFirst(
      grouped(cells, ({ kind }) => kind).map(([code, members]) => ({ code, name: code, assets: assetsIn(members) })),
    ),
    byArea: mostFirst(grouped(cells, ({ area_code }) => area_code).map(([code, members]) => areaCount(code, members))),
    position,
  };
}

const areaCount = (code: string, members: readonly StockCell[]): AreaCount => ({
  code,
  name: members[0]?.area ?? '',
  assets: assetsIn(members),
  byGroup: groupCounts(members),
  valued: sum(members, ({ valued }) => valued),
  values: valuesIn(members),
});

const sum = (cells: readonly StockCell[], of: (cell: StockCell) => number): number =>
  cells.reduce((all, cell) => all + of(cell), 0);
const assetsIn = (cells: readonly StockCell[]): number => sum(cells, ({ assets }) => assets);

function groupCounts(cells: readonly StockCell[]): Record<Group, number> {
  const counts: Record<Group, number> = { open: 0, waiting: 0, given: 0, left: 0 };
  for (const { phase, assets } of cells) counts[groupOf[phase as Phase]] += assets;
  return counts;
}

/** Sums by currency; sums of different currencies are never added. */
function valuesIn(cells: readonly StockCell[]): Money[] {
  return grouped(
    cells.filter(({ valued }) => valued > 0),
    ({ currency }) => currency,
  ).map(([currency, members]) => ({
    currency,
    minor: sum(members, ({ value_minor }) => value_minor),
  }));
}

function grouped(cells: readonly StockCell[], by: (cell: StockCell) => string): [string, StockCell[]][] {
  const members = new Map<string, StockCell[]>();
  for (const cell of cells) members.set(by(cell), [...(members.get(by(cell)) ?? []), cell]);
  return [...members];
}

const mostFirst = <C extends Count>(counts: readonly C[]): C[] =>
  [...counts].sort((a, b) => b.assets - a.assets || (a.code < b.code ? -1 : 1));
