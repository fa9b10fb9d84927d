import { assignedAsset, chapters } from '#domain';
import type { AssignedAsset, Asset } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaNames, areaOf, chapter, integer, maybeInteger, maybeText, nameColumns, nameOf, text, totalsTable, wideTotals,
} from './chapter'; // prettier-ignore
import type { ChapterState } from './chapter';

/** The list of assigned assets (legislative decree 159/2011 art. 48(3)(c)), one asset a row, with how complete each part of it is. */
export const assignedTable: Table = {
  name: 'assigned',
  columns: {
    place: text,
    ...nameColumns,
    ...areaColumns,
    /** JSON array of `{ scheme, id }`. */
    identifiers: text,
    value_minor: maybeInteger,
    value_currency: maybeText,
    phase: text,
    purpose: text,
    recipient: maybeText,
    transferred_on: maybeText,
    use_standing: text,
    reports: integer,
    held: text,
    organisation: maybeText,
    holder: maybeText,
    signed_on: maybeText,
    act_number: maybeText,
    act_date: maybeText,
    object: maybeText,
    from_day: maybeText,
    to_day: maybeText,
    charge: maybeText,
    fee_minor: maybeInteger,
    fee_currency: maybeText,
    completeness: integer,
    consistency_score: integer,
    destination_score: integer,
    use_score: integer,
    holder_score: maybeInteger,
  },
  key: ['asset'],
  indexes: [
    ['place'],
    ...['region_code', 'province_code', 'municipality_code', 'kind', 'purpose', 'held', 'use_standing'].map(
      (filter) => [filter, 'place'],
    ),
  ],
};

const dimensions = ['kind', 'purpose', 'held', 'use_standing', ...areaNames] as const;
export const scores = ['completeness', 'consistency_score', 'destination_score', 'use_score', 'holder_score'] as const;
const sums = ['assets', 'held_assets', ...scores];

/** How many assigned assets there are in each cell, and the sums of their scores; that of the holder is over `held_assets` alone. */
export const assignedTotalsTable = totalsTable('assigned_totals', dimensions, sums);
export const assignedWideTable = wideTotals(assignedTotalsTable);

const { judicial, destination, assignment, use, exit } = chapters;

/** The assigned assets. */
export const assigned = chapter({
  types: [
    ...[...judicial, ...destination, ...assignment, ...use, ...exit].map(({ event }) => event.type),
    'InspectionRecorded',
    'AssetValued',
  ],
  begunBy: ['AssetTransferred', 'AgreementSigned'],
  views: [{ table: assignedTable, rows }],
  tallies: [assignedTotalsTable, assignedWideTable].map((table) => ({
    table,
    sums,
    of: (asset: Asset, state: ChapterState) => rows(asset, state).map(cell),
  })),
});

function rows(asset: Asset, state: ChapterState): Row[] {
  const line = assignedAsset(state.history, asset);
  return line ? [row(asset, state, line)] : [];
}

function row(asset: Asset, state: ChapterState, line: AssignedAsset): Row {
  const { holder, completeness } = line;
  const area = areaOf(asset);
  const { estimatedValue, identifiers } = asset.description;
  return {
    place: `${area.municipality_code}~${state.id}`,
    ...nameOf(asset, state),
    ...area,
    identifiers: JSON.stringify(identifiers ?? []),
    value_minor: estimatedValue?.minor ?? null,
    value_currency: estimatedValue?.currency ?? null,
    phase: asset.phase,
    purpose: line.purpose ?? '',
    recipient: line.recipient,
    transferred_on: line.transferredOn,
    use_standing: line.use,
    reports: line.reports,
    held: holder ? 'third-party' : 'body',
    organisation: holder?.organisation ?? null,
    holder: holder?.name ?? null,
    signed_on: holder?.signedOn ?? null,
    act_number: holder?.act.number ?? null,
    act_date: holder?.act.date ?? null,
    object: holder?.object ?? null,
    from_day: holder?.from ?? null,
    to_day: holder?.to ?? null,
    charge: holder?.charge ?? null,
    fee_minor: holder?.fee?.minor ?? null,
    fee_currency: holder?.fee?.currency ?? null,
    completeness: completeness.whole,
    consistency_score: completeness.consistency,
    destination_score: completeness.destination,
    use_score: completeness.use,
    holder_score: completeness.holder,
  };
}

function cell(row: Row): Row {
  return {
    ...Object.fromEntries(dimensions.map((name) => [name, row[name] ?? ''])),
    ...Object.fromEntries(scores.map((name) => [name, row[name] ?? 0])),
    assets: 1,
    held_assets: row.holder_score === null ? 0 : 1,
  };
}
