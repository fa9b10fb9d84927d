import type { LegalDate } from '#domain';
import { dateOf } from '#domain';
import type { PublicPart } from '#privacy';
import type { Row, Table, TableView } from '../../projection';
import { text } from '../columns';
import { latestColumns } from './standing';

/**
 * How what a stream tells stood from day to day. These streams are recorded as they happen: an entry comes after all before it, whatever its date. So it counts from its own day on, and not
 * before those that came before it; one without a date from the day it was recorded on, or from that of an entry behind it where that is earlier. An answer counts from the day on which it could be read,
 * as its deadline does (docs/decisions/008-dialogue.md).
 */
export interface Course<State> {
  readonly now: State;
  /** The day of the latest dated entry: what came before it has its day for good. */
  readonly settled: LegalDate;
  readonly latest: LegalDate;
  /** Of each table, every row that stood at the end of a day. */
  readonly spans: readonly (readonly Span[])[];
}

/** A row that stood from a day on, until the day before another; several entries of one day leave what stands at its end. */
export interface Span {
  readonly row: Row;
  readonly from: LegalDate;
  readonly to?: LegalDate;
}

const FIRST_DAY = '0000-01-01';
/** A span without an end; later than any day. */
export const STANDING = '9999-12-31';

const answering: ReadonlySet<string> = new Set(['AnswerPublished', 'RecommendationAnswered']);

/** The date of an entry, and the latest day on which it can have happened. */
function datesOf({ type, metadata }: PublicPart, timeZone: string): { readonly own: LegalDate | null; readonly atLatest: LegalDate } {
  const recordedOn = dateOf(metadata.recordedAt, timeZone);
  const own = answering.has(type) ? recordedOn : metadata.occurredOn;
  return { own, atLatest: own ?? recordedOn };
} // prettier-ignore

const later = (one: LegalDate, other: LegalDate): LegalDate => (one < other ? other : one);

/** The day from which on each entry of a stream counts, in the order in which they were recorded. */
export function daysOfEntries(entries: readonly PublicPart[], timeZone: string): LegalDate[] {
  const atLatest = new Array<LegalDate>(entries.length);
  let behind = STANDING;
  for (let place = entries.length - 1; place >= 0; place -= 1) {
    const dates = datesOf(entries[place]!, timeZone);
    atLatest[place] = dates.own ?? (dates.atLatest < behind ? dates.atLatest : behind);
    behind = atLatest[place]!;
  }
  let day = FIRST_DAY;
  return atLatest.map((own) => (day = later(day, own)));
}

/** What has been kept of days, with one more entry that leaves these rows. */
function kept<State>(
  course: Course<State> | undefined,
  recorded: PublicPart,
  now: State,
  views: readonly TableView<State>[],
  timeZone: string,
  still: StillShown<State>,
): Course<State> {
  const { settled, latest } = course ?? { settled: FIRST_DAY, latest: FIRST_DAY };
  const { own, atLatest } = datesOf(recorded, timeZone);
  // A date goes behind what has one, and before undated entries that were thought to be later.
  const day = later(own === null ? latest : settled, atLatest);
  const spans = views.map(({ table, rows }, place) =>
    stoodFrom(shown(course?.spans[place] ?? [], now, still), rows(now), day, table),
  );
  return { now, settled: own === null ? settled : day, latest: day, spans };
}

/** A row of an earlier day without what may not be seen any more, by what stands now; the very row where nothing was taken back. */
export type StillShown<State> = (row: Row, now: State) => Row;

function shown<State>(spans: readonly Span[], now: State, still: StillShown<State>): readonly Span[] {
  return spans.map((span) => {
    const row = still(span.row, now);
    return row === span.row ? span : { ...span, row };
  });
}

/** The spans when these rows are what stands from a day on; what was thought of that day and later ones is forgotten. */
export function stoodFrom(
  before: readonly Span[],
  rows: readonly Row[],
  day: LegalDate,
  { key }: Pick<Table, 'key'>,
): readonly Span[] {
  const named = (row: Row): string => JSON.stringify(key.map((column) => row[column]));
  const next = new Map(rows.map((row) => [named(row), lineOf(row)]));
  const spans = before
    .filter(({ from }) => from < day)
    .map(({ row, from, to }): Span => {
      if (to !== undefined && to < day) return { row, from, to };
      const line = next.get(named(row));
      if (!line || !same(row, line)) return { row, from, to: day };
      next.delete(named(row));
      return { row, from };
    });
  return [...spans, ...[...next.values()].map((row) => ({ row, from: day }))];
}

const same = (one: Row, other: Row): boolean => Object.keys(one).every((column) => one[column] === other[column]);

/** What is of the latest entry alone, or of a page alone, is told by the entries themselves (see queries/civic/past.ts). */
const told: ReadonlySet<string> = new Set([...Object.keys(latestColumns), 'detail']);

const lineOf = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([column]) => !told.has(column)));

/** Every row of a table that ever stood, with its days; by the indexes of the table, which know the days as well. */
export function spansTable({ name, columns, key, indexes = [], searchable }: Table): Table {
  return {
    name: spansOf(name),
    columns: {
      ...Object.fromEntries(Object.entries(columns).filter(([column]) => !told.has(column))),
      valid_from: text,
      /** The day on which it stood no longer. */
      valid_to: text,
    },
    key: [...key, 'valid_from'],
    indexes: indexes
      .filter((each) => !each.some((column) => told.has(column)))
      .map((each) => [...each, 'valid_from', 'valid_to']),
    ...(searchable !== undefined && { searchable }),
  };
}

/** The name of the table that keeps what the rows of another were. */
export const spansOf = (name: string): string => `${name}_spans`;

/** A span as a row. */
export const spanRow = ({ row, from, to = STANDING }: Span): Row & { readonly valid_from: LegalDate; readonly valid_to: LegalDate } => ({
  ...row,
  valid_from: from,
  valid_to: to,
}); // prettier-ignore

/** A fold and its tables, with what the rows of the tables were on each day. */
export function onDays<State>(
  after: (state: State | undefined, recorded: PublicPart, id: string) => State,
  views: readonly TableView<State>[],
  timeZone: string,
  still: StillShown<State> = (row) => row,
): {
  readonly apply: (course: Course<State> | undefined, recorded: PublicPart, id: string) => Course<State>;
  readonly tables: readonly TableView<Course<State>>[];
} {
  return {
    apply: (course, recorded, id) => kept(course, recorded, after(course?.now, recorded, id), views, timeZone, still),
    tables: [
      ...views.map(({ table, rows }) => ({ table, rows: ({ now }: Course<State>) => rows(now) })),
      ...views.map(({ table }, place) => ({
        table: spansTable(table),
        rows: ({ spans }: Course<State>) => (spans[place] ?? []).map(spanRow),
      })),
    ],
  };
}
