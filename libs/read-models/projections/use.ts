import { chapters, useMeasures, useStatement } from '#domain';
import type { Asset, StatedReport, UseMeasure } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaNames, areaOf, chapter, lastDaysOf, maybeInteger, maybeText, nameColumns, nameOf, placeOf, text, totalsTable, wideTotals, yearOf,
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

const dimensions = ['type', 'what', 'year', ...areaNames] as const;
const sums = ['records', ...useMeasures.flatMap(sumColumns)];

/**
 * Reports, visits and findings of non-use by year and area, with the sum of each measure and the number of reports that counted it. `what` is of a visit
 * what was found; a report has one more row of type `activity` for each sort of activity, with no measures.
 */
export const useTotalsTable = totalsTable('use_totals', [...dimensions, 'last_year'], sums);

export const useWideTable = wideTotals(useTotalsTable);

/** The same by the day, for the year in which a day lies that is asked about. */
export const useDaysTable: Table = {
  ...totalsTable('use_days', [...dimensions, 'last_day'], sums),
  indexes: [['last_day']],
};

/** Use and social impact, by the days of a time zone where no source says when. */
export const useIn = (timeZone: string): Chapter =>
  chapter({
    types: [...chapters.destination, ...chapters.assignment, ...chapters.use].map(({ event }) => event.type),
    begunBy: chapters.use.map(({ event }) => event.type),
    views: [{ table: useTable, rows: (asset, state) => recordsOf(asset, state, timeZone) }],
    tallies: [
      ...[useTotalsTable, useWideTable].map((table) => ({
        table,
        sums,
        of: (asset: Asset, state: ChapterState) =>
          recordsOf(asset, state, timeZone).flatMap((row) => cells(row, { last_year: yearOf(String(row.last_day)) })),
      })),
      {
        table: useDaysTable,
        sums,
        of: (asset, state) =>
          recordsOf(asset, state, timeZone).flatMap((row) => cells(row, { last_day: row.last_day ?? '' })),
      },
    ],
  });

const stated = new WeakMap<ChapterState, readonly Row[]>();

function recordsOf(asset: Asset, state: ChapterState, timeZone: string): readonly Row[] {
  const known = stated.get(state) ?? rowsOf(asset, state, timeZone);
  stated.set(state, known);
  return known;
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

function cells(row: Row, when: Row): Row[] {
  const area = Object.fromEntries(areaNames.map((name) => [name, row[name] ?? '']));
  const cell = (type: string, what: string, counted: (measure: UseMeasure) => unknown): Row => ({
    ...area,
    ...when,
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
