import { assignedAsset, chapters, termsOn } from '#domain';
import type { AssignedAsset, Asset, History, LegalDate, Term } from '#domain';
import type { Row, Table, Value } from '../projection';
import {
  areaColumns, areaNames, areaOf, byProvince, byRegion, chapter, integer, maybeInteger, maybeText, nameColumns, nameOf, provenanceIn, provinceTotals, tallied, text, totalsTable, wideTotals,
} from './chapter'; // prettier-ignore
import type { Chapter, ChapterState } from './chapter';
import { changeSums, courseOf, daysTable, pastTable, sinceTable, yearsTable } from './course';
import type { Course } from './course';

/** The list of assigned assets (legislative decree 159/2011 art. 48(3)(c)), one asset a row, with how complete each part of it is. */
export const assignedTable: Table = sinceTable({
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
    provenance: text,
    purpose: text,
    recipient: maybeText,
    transferred_on: maybeText,
    use_standing: text,
    reports: integer,
    held: text,
    organisation: maybeText,
    holder: maybeText,
    signed_on: maybeText,
    object: maybeText,
    /** JSON array of the agreement's terms: which of them counts depends on the day of the question, so that none is chosen here (`shownOn`). */
    terms: maybeText,
    charge: maybeText,
    fee_minor: maybeInteger,
    fee_currency: maybeText,
    completeness: integer,
    consistency_score: integer,
    destination_score: integer,
    use_score: integer,
    holder_score: maybeInteger,
    /** What the line does not say, parted by blanks. */
    missing: text,
  },
  key: ['asset'],
  indexes: [
    ['place'],
    ...['region_code', 'province_code', 'municipality_code', 'kind', 'purpose', 'held', 'use_standing'].map(
      (filter) => [filter, 'place'],
    ),
  ],
});

/** The lines of the list as they were before, and those of assets that have left it. */
export const assignedPastTable = pastTable(assignedTable, [
  'region_code',
  'municipality_code',
  'kind',
  'held',
  'use_standing',
]);

const dimensions = ['kind', 'purpose', 'held', 'use_standing', ...areaNames] as const;
export const scores = ['completeness', 'consistency_score', 'destination_score', 'use_score', 'holder_score'] as const;
const sums = ['assets', 'held_assets', ...scores];

/** How many assigned assets there are in each cell, and the sums of their scores; that of the holder is over `held_assets` alone. */
export const assignedTotalsTable = byProvince(totalsTable('assigned_totals', dimensions, sums));
export const assignedWideTable = wideTotals(assignedTotalsTable);
export const assignedProvincesTable = provinceTotals(assignedTotalsTable);

export const assignedYearsTable = yearsTable('assigned_years', assignedTotalsTable);
export const assignedDaysTable = byRegion(daysTable('assigned_days', assignedTotalsTable));
export const [assignedWideYearsTable, assignedWideDaysTable] = [
  wideTotals(assignedYearsTable),
  wideTotals(assignedDaysTable),
];
export const assignedProvinceYearsTable = provinceTotals(assignedYearsTable);

const { judicial, destination, assignment, use, exit } = chapters;
const types = [
  ...[...judicial, ...destination, ...assignment, ...use, ...exit].map(({ event }) => event.type),
  'InspectionRecorded',
  'AssetValued',
];

/** The assigned assets, by the days of a time zone where no source says when. */
export const assignedIn = (timeZone: string): Chapter =>
  chapter({
    types,
    begunBy: ['AssetTransferred', 'AgreementSigned'],
    told: (asset, state) => courseIn(asset, state, timeZone),
    views: [
      { table: assignedTable, rows: ({ standing }) => standing },
      { table: assignedPastTable, rows: ({ past }) => past },
    ],
    tallies: [
      ...tallied<Course>([assignedTotalsTable, assignedWideTable, assignedProvincesTable], sums, ({ cells }) => cells),
      ...tallied<Course>(
        [assignedYearsTable, assignedWideYearsTable, assignedProvinceYearsTable],
        changeSums(sums),
        ({ years }) => years,
      ),
      ...tallied<Course>([assignedDaysTable, assignedWideDaysTable], changeSums(sums), ({ days }) => days),
    ],
  });

const course = { types: new Set(types), rowsThen, totals: assignedTotalsTable, cell };

function courseIn(asset: Asset, state: ChapterState, timeZone: string): Course {
  const area = areaOf(asset);
  const today = { place: `${area.municipality_code}~${state.id}`, ...nameOf(asset, state), ...area };
  return courseOf(asset, state, timeZone, { ...course, named: () => today });
}

function rowsThen(asset: Asset, history: History): Row[] {
  const line = assignedAsset(history, asset);
  return line ? [row(asset, line, history)] : [];
}

/** The entry by which it is in these hands: the term agreed last, or the handing over to the body. */
const madeBy = ({ agreement }: Asset, history: History): string =>
  agreement?.terms.at(-1)?.entry ?? history.findLast(({ type }) => type === 'AssetTransferred')?.id ?? '';

function row(asset: Asset, line: AssignedAsset, history: History): Row {
  const { description, phase } = asset;
  const { holder, completeness } = line;
  const { estimatedValue, identifiers } = description;
  return {
    identifiers: JSON.stringify(identifiers ?? []),
    value_minor: estimatedValue?.minor ?? null,
    value_currency: estimatedValue?.currency ?? null,
    phase,
    provenance: provenanceIn(history, madeBy(asset, history)),
    purpose: line.purpose ?? '',
    recipient: line.recipient,
    transferred_on: line.transferredOn,
    use_standing: line.use,
    reports: line.reports,
    held: holder ? 'third-party' : 'body',
    organisation: holder?.organisation ?? null,
    holder: holder?.name ?? null,
    signed_on: holder?.signedOn ?? null,
    object: holder?.object ?? null,
    terms: holder && JSON.stringify(holder.terms),
    charge: holder?.charge ?? null,
    fee_minor: holder?.fee?.minor ?? null,
    fee_currency: holder?.fee?.currency ?? null,
    completeness: completeness.whole,
    consistency_score: completeness.consistency,
    destination_score: completeness.destination,
    use_score: completeness.use,
    holder_score: completeness.holder,
    missing: completeness.missing.join(' '),
  };
}

/** The row with the act and the term that count on a day, and with the renewal that was agreed to follow. */
export function assignedOn(row: Row, day: LegalDate): Row {
  const { terms, ...rest } = row;
  const on = typeof terms === 'string' ? termsOn(JSON.parse(terms) as Term[], day) : undefined;
  return { ...rest, ...told('', on?.current), ...told('renewal_', on?.renewal) };
}

const told = (before: string, term: Term | null | undefined): Row => ({
  [`${before}act_number`]: term?.act.number ?? null,
  [`${before}act_date`]: term?.act.date ?? null,
  [`${before}from_day`]: term?.from ?? null,
  [`${before}to_day`]: term?.to ?? null,
});

function cell(row: Row): Row {
  const counted: Record<string, Value> = { assets: 1, held_assets: row.holder_score === null ? 0 : 1 };
  for (const name of dimensions) counted[name] = row[name] ?? '';
  for (const name of scores) counted[name] = row[name] ?? 0;
  return counted;
}
