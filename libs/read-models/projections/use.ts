import { chapters, useMeasures, useStatement } from '#domain';
import type { Asset, StatedReport, UseMeasure } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaNames, areaOf, chapter, maybeInteger, maybeText, nameColumns, nameOf, placeOf, text, totalsTable, wideTotals, yearOf,
} from './chapter'; // prettier-ignore
import type { ChapterState } from './chapter';

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
    occurred_on: maybeText,
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

const dimensions = ['type', 'what', 'year', ...areaNames] as const;
const sums = ['records', ...useMeasures.flatMap(sumColumns)];

/**
 * Reports, visits and findings of non-use by year and area, with the sum of each measure and the number of reports that counted it. `what` is of a visit
 * what was found; a report has one more row of type `activity` for each sort of activity, with no measures.
 */
export const useTotalsTable = totalsTable('use_totals', dimensions, sums);
export const useWideTable = wideTotals(useTotalsTable);

/** Use and social impact. */
export const use = chapter({
  types: [...chapters.destination, ...chapters.assignment, ...chapters.use].map(({ event }) => event.type),
  begunBy: chapters.use.map(({ event }) => event.type),
  views: [{ table: useTable, rows: (asset, state) => recordsOf(asset, state) }],
  tallies: [useTotalsTable, useWideTable].map((table) => ({
    table,
    sums,
    of: (asset: Asset, state: ChapterState) => recordsOf(asset, state).flatMap(cells),
  })),
});

const stated = new WeakMap<ChapterState, readonly Row[]>();

function recordsOf(asset: Asset, state: ChapterState): readonly Row[] {
  const known = stated.get(state) ?? rowsOf(asset, state);
  stated.set(state, known);
  return known;
}

function rowsOf(asset: Asset, state: ChapterState): Row[] {
  const { reports, visits, nonUse } = useStatement(state.history, asset);
  const shared = { ...nameOf(asset, state), ...areaOf(asset) };
  const rows: Row[] = [
    ...reports.map((report) => ({ ...bare('report', report), ...reportRow(report) })),
    ...visits.map((visit) => ({ ...bare('visit', visit), found: visit.found, words: visit.findings })),
    ...nonUse.map((found) => ({ ...bare('non-use', found), from_day: found.since, words: found.details })),
  ];
  return rows.map((row, number) => ({
    ...shared,
    ...row,
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
  ...Object.fromEntries(useMeasures.map((measure) => [measureColumn(measure), null])),
});

function reportRow({ from, to, activities, counts, details }: StatedReport): Row {
  return {
    year: yearOf(to),
    from_day: from,
    to_day: to,
    activities: JSON.stringify(activities),
    words: details,
    ...Object.fromEntries(useMeasures.map((measure) => [measureColumn(measure), counts[measure] ?? null])),
  };
}

function cells(row: Row): Row[] {
  const area = Object.fromEntries(areaNames.map((name) => [name, row[name] ?? '']));
  const cell = (type: string, what: string, counted: (measure: UseMeasure) => unknown): Row => ({
    ...area,
    type,
    what,
    year: row.year ?? '',
    records: 1,
    ...Object.fromEntries(
      useMeasures.flatMap((measure) => {
        const [sum, reports] = sumColumns(measure);
        const count = counted(measure);
        return [
          [sum, typeof count === 'number' ? count : 0],
          [reports, typeof count === 'number' ? 1 : 0],
        ];
      }),
    ),
  });
  const activities = JSON.parse(String(row.activities)) as { kind: string }[];
  const kinds = new Set(activities.map(({ kind }) => kind));
  return [
    cell(String(row.type), String(row.found), (measure) => row[measureColumn(measure)]),
    ...[...kinds].map((kind) => cell('activity', kind, () => undefined)),
  ];
}
