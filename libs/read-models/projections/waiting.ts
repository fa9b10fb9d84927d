import { chapters, daysBetween, milestones, waitingOf } from '#domain';
import type { Asset, LegalDate, Milestone, Waiting } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaOf, chapter, integer, maybeInteger, maybeText, nameColumns, nameOf, text, totalsTable,
} from './chapter'; // prettier-ignore
import type { ChapterState } from './chapter';

const columnOf: Readonly<Record<Milestone, string>> = {
  destined: 'destined',
  assigned: 'assigned',
  'in-use': 'in_use',
};

/** How long each asset with a final confiscation waited, or has been waiting, for what was to come of it: one asset a row. */
export const waitingTable: Table = {
  name: 'waiting',
  columns: {
    place: text,
    ...nameColumns,
    ...areaColumns,
    final_on: maybeText,
    left_as: maybeText,
    ...Object.fromEntries(
      milestones.flatMap((milestone) => [
        [columnOf[milestone], text],
        [`${columnOf[milestone]}_on`, maybeText],
        [`${columnOf[milestone]}_days`, maybeInteger],
      ]),
    ),
  },
  key: ['asset'],
  indexes: [
    ['place'],
    ...['region_code', 'kind', ...milestones.map((milestone) => columnOf[milestone])].map((filter) => [
      filter,
      'place',
    ]),
  ],
};

/** Of what the waits are counted: all assets, those of a region, of a kind, of a kind in a region. The code of the last is both, as `19~company`. */
export const waitingScopes = ['all', 'region', 'kind', 'region-kind'] as const;
export type WaitingScope = (typeof waitingScopes)[number];

const counted = totalsTable('waiting_totals', ['milestone', 'scope', 'code', 'name', 'outcome', 'day'], ['assets']);

/**
 * How many waits there are of each length: what a Kaplan–Meier curve is made of. `day` is the length of a wait that ended; an open one grows with the day on which somebody asks, so it is counted under the
 * day it began, in days since 1970; one without a date under 0. All, each region, each kind and both together have counters of their own, so that any one curve reads its own alone: some ten thousand, however
 * many assets there are. Packed, they are some dozens of rows.
 */
export const waitingTotalsTable = {
  ...counted,
  columns: { ...counted.columns, day: integer },
  packed: { along: 'day', span: 512 },
};

/** The day under which an open wait is counted. */
export const dayOf = (date: LegalDate): number => daysBetween('1970-01-01', date);

const { judicial, destination, assignment, use, exit } = chapters;

/** The waits after a final confiscation. */
export const waiting = chapter({
  types: [...judicial, ...destination, ...assignment, ...use, ...exit].map(({ event }) => event.type),
  begunBy: ['ConfiscationBecameFinal'],
  told: (asset, state) => {
    const found = waitingOf(state.history, asset);
    return found ? { rows: [row(asset, state, found)], cells: cells(asset, found) } : { rows: [], cells: [] };
  },
  views: [{ table: waitingTable, rows: ({ rows }) => rows }],
  tallies: [{ table: waitingTotalsTable, sums: ['assets'], of: ({ cells: counted }) => counted }],
});

function row(asset: Asset, state: ChapterState, { since, waits }: Waiting): Row {
  const parts = milestones.flatMap((milestone): [string, string | number | null][] => {
    const { outcome, on, days } = waits[milestone];
    const column = columnOf[milestone];
    return [[column, outcome], [`${column}_on`, on], [`${column}_days`, days]]; // prettier-ignore
  });
  return {
    // The longest wait first: the list runs from the earliest day; those without a day come last.
    place: `${since ?? '9999-99-99'}~${state.id}`,
    ...nameOf(asset, state),
    ...areaOf(asset),
    final_on: since,
    left_as: asset.left?.as ?? null,
    ...Object.fromEntries(parts),
  };
}

function cells(asset: Asset, { since, waits }: Waiting): Row[] {
  const { region_code: code, region: name } = areaOf(asset);
  const { kind } = asset.description;
  const scopes = [
    { scope: 'all', code: '', name: '' },
    { scope: 'region', code, name },
    { scope: 'kind', code: kind, name: '' },
    { scope: 'region-kind', code: `${code}~${kind}`, name },
  ];
  return milestones.flatMap((milestone) => {
    const { outcome, days } = waits[milestone];
    const day = outcome === 'open' && since !== null ? dayOf(since) : (days ?? 0);
    return scopes.map(({ scope, code: of, name: called }) => ({
      milestone,
      scope,
      code: of,
      name: called,
      outcome,
      day,
      assets: 1,
    }));
  });
}
