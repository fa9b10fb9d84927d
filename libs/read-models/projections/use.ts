import { chapters, useMeasures, useStatement } from '#domain';
import type { Asset, StatedReport, UseMeasure } from '#domain';
import type { Row, Table, Value } from '../projection';
import {
  areaColumns, areaNames, areaOf, byProvince, byRegion, chapter, lastDaysOf, maybeInteger, maybeText, nameColumns, nameOf, placeOf, provenanceIn, provinceTotals, tallied, text, totalsTable, wideTotals, yearOf,
} from './chapter'; // prettier-ignore
import type { Chapter, ChapterState } from './chapter';

/** The column of a measure: `beneficiaries.otherGender` is `beneficiaries_other_gender`, for PostgreSQL folds capitals. */
export const measureColumn = (measure: UseMeasure): string =>
  measure.replace('.', '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Every activity report, monitoring visit and finding of non-use, one a row. A measure nobody counted is null. */
export const useTable: Table = {
  name: 'use_records',
  columns: {
    place: text,
    id: text,
    ...nameColumns,
    ...areaColumns,
    type: text,
    provenance: text,
    occurred_on: maybeText,
    /** The latest day on which it can have happened: on that day and after it, it stood. */
    last_day: text,
    /** Of a report the year in which its period ends, of all others the year in which it happened. */
    year: text,
    from_day: maybeText,
    to_day: maybeText,
    /** JSON array of the activities of a report. */
    activities: text,
    found: text,
    words: maybeText,
    ...Object.fromEntries(useMeasures.map((measure) => [measureColumn(measure), maybeInteger])),
  },
  key: ['asset', 'id'],
  indexes: [
    ['place'],
    ...['type', 'region_code', 'province_code', 'municipality_code', 'year', 'found'].map((filter) => [
      filter,
      'place',
    ]),
  ],
};

/** The columns of a measure among the sums: what was counted, and how many reports counted it. */
export const sumColumns = (measure: UseMeasure): [string, string] => [
  `${measureColumn(measure)}_sum`,
  `${measureColumn(measure)}_reports`,
];

/** The columns of each measure: of the record, and the two of its sums. */
const measured = useMeasures.map((measure) => ({ measure, column: measureColumn(measure), sums: sumColumns(measure) }));
const unmeasured: Row = Object.fromEntries(measured.map(({ column }) => [column, null]));

const dimensions = ['type', 'what', 'year', ...areaNames] as const;
const sums = ['records', ...useMeasures.flatMap(sumColumns)];

/**
 * Reports, visits and findings of non-use by year and area, with the sum of each measure and the number of reports that counted it. `what` is of a visit
 * what was found; a report has one more row of type `activity` for each sort of activity, with no measures.
 */
export const useTotalsTable = byProvince(totalsTable('use_totals', [...dimensions, 'last_year'], sums));

export const useWideTable = wideTotals(useTotalsTable);
export const useProvincesTable = provinceTotals(useTotalsTable);

/** The same by the day, for the year in which a day lies that is asked about. */
export const useDaysTable = byRegion({
  ...totalsTable('use_days', [...dimensions, 'last_day'], sums),
  indexes: [['last_day']],
});
export const useWideDaysTable = wideTotals(useDaysTable);

/** Use and social impact, by the days of a time zone where no source says when. */
export const useIn = (timeZone: string): Chapter =>
  chapter({
    types: [...chapters.destination, ...chapters.assignment, ...chapters.use].map(({ event }) => event.type),
    begunBy: chapters.use.map(({ event }) => event.type),
    told: (asset, state) => {
      const rows = rowsOf(asset, state, timeZone);
      return { rows, cells: rows.flatMap(cellsOf) };
    },
    views: [{ table: useTable, rows: ({ rows }) => rows }],
    tallies: tallied<UseTold>(
      [useTotalsTable, useWideTable, useProvincesTable, useDaysTable, useWideDaysTable],
      sums,
      ({ cells }) => cells,
    ),
  });

interface UseTold {
  readonly rows: readonly Row[];
  readonly cells: readonly Row[];
}

function rowsOf(asset: Asset, state: ChapterState, timeZone: string): Row[] {
  const { reports, visits, nonUse } = useStatement(state.history, asset);
  const shared = { ...nameOf(asset, state), ...areaOf(asset) };
  const days = lastDaysOf(state, timeZone);
  const rows: Row[] = [
    ...reports.map((report) => ({ ...bare('report', report), ...reportRow(report) })),
    ...visits.map((visit) => ({ ...bare('visit', visit), found: visit.found, words: visit.findings })),
    ...nonUse.map((found) => ({ ...bare('non-use', found), from_day: found.since, words: found.details })),
  ];
  return rows.map((row, number) => ({
    ...shared,
    ...row,
    provenance: provenanceIn(state.history, String(row.id)),
    last_day: days.get(String(row.id))!,
    place: placeOf(row.occurred_on as string | null, state.id, number),
  }));
}

const bare = (type: string, { id, on }: { readonly id: string; readonly on: string | null }) => ({
  id,
  type,
  occurred_on: on,
  year: yearOf(on),
  from_day: null,
  to_day: null,
  activities: '[]',
  found: '',
  words: null,
  ...unmeasured,
});

function reportRow({ from, to, activities, counts, details }: StatedReport): Row {
  return {
    year: yearOf(to),
    from_day: from,
    to_day: to,
    activities: JSON.stringify(activities),
    words: details,
    ...Object.fromEntries(measured.map(({ measure, column }) => [column, counts[measure] ?? null])),
  };
}

/** What a record adds to its cells of each table of counters. */
function cellsOf(row: Row): Row[] {
  const day = String(row.last_day);
  const cell = (type: string, what: string, counted: Row): Row => {
    const added: Record<string, Value> = { type, what, year: row.year ?? '', last_year: yearOf(day), last_day: day };
    for (const name of areaNames) added[name] = row[name] ?? '';
    added.records = 1;
    for (const {
      column,
      sums: [sum, reports],
    } of measured) {
      const count = counted[column] ?? null;
      added[sum] = count ?? 0;
      added[reports] = count === null ? 0 : 1;
    }
    return added;
  };
  const activities = JSON.parse(String(row.activities)) as { kind: string }[];
  const kinds = new Set(activities.map(({ kind }) => kind));
  return [cell(String(row.type), String(row.found), row), ...[...kinds].map((kind) => cell('activity', kind, {}))];
}
