import type { Asset, History, LegalDate } from '#domain';
import { latestDates, step } from '#domain';
import type { Row, Table, Value } from '../projection';
import { text, yearOf } from './chapter';
import type { ChapterState } from './chapter';

/**
 * How the rows of a dossier stood from day to day. Each row of the list is valid from a day on; what it was before lies in a second table, valid until the day before another began. Counters know
 * of what began and what ended, by the year and by the day, so that the sums of a day are those of the years before it and of the days of its own.
 */
export interface Course {
  /** What stands, in the order of the dossier. */
  readonly standing: readonly Row[];
  readonly past: readonly Row[];
}

interface Told {
  /** The types of entries that can change a row. */
  readonly types: ReadonlySet<string>;
  /** The column that tells the rows of a dossier apart; left out where there is one at most. */
  readonly key?: string;
  /** The rows of a history and of the asset it adds up to, without name and place of the asset. */
  readonly rowsThen: (asset: Asset, history: History) => readonly Row[];
  /** What names and places the asset today, and the row's place in the list. */
  readonly named: (row: Row, number: number) => Row;
}

type Span = { readonly row: Row; readonly from: LegalDate; readonly to: LegalDate | null };

export function courseOf(asset: Asset, { history }: ChapterState, timeZone: string, told: Told): Course {
  const { rowsThen, named } = told;
  const spans = spansOf(history, timeZone, told);
  const since = new Map(spans.filter(({ to }) => to === null).map(({ row, from }) => [keyOf(told, row), from]));
  const standing = rowsThen(asset, history);
  const numbers = new Map(standing.map((row, number) => [keyOf(told, row), number]));
  const whole = (row: Row): Row => ({ ...row, ...named(row, numbers.get(keyOf(told, row)) ?? 0) });
  return {
    standing: standing.map((row) => ({ ...whole(row), valid_from: since.get(keyOf(told, row))! })),
    past: spans.flatMap(({ row, from, to }) =>
      to === null ? [] : [{ ...whole(row), valid_from: from, valid_to: to }],
    ),
  };
}

const keyOf = ({ key }: Told, row: Row): Value => (key === undefined ? null : (row[key] ?? null));

/** Several entries of one day leave what stands at its end. */
function spansOf(history: History, timeZone: string, told: Told): Span[] {
  const days = latestDates(history, timeZone);
  const ended: Span[] = [];
  let open = new Map<Value, Span>();
  let asset: Asset | undefined;
  let concerned = false;
  history.forEach((entry, place) => {
    asset = step(asset, entry);
    concerned ||= told.types.has(entry.type);
    const day = days[place]!;
    if (!asset || !concerned || days[place + 1] === day) return;
    concerned = false;
    const next = new Map<Value, Span>();
    for (const row of told.rowsThen(asset, history.slice(0, place + 1))) {
      const before = open.get(keyOf(told, row));
      next.set(keyOf(told, row), before && same(before.row, row) ? before : { row, from: day, to: null });
    }
    for (const [name, span] of open) if (next.get(name) !== span) ended.push({ ...span, to: day });
    open = next;
  });
  return [...ended, ...open.values()];
}

const same = (a: Row, b: Row): boolean => Object.keys(a).every((column) => a[column] === b[column]);

/** The list with the day since when each row has stood. */
export const sinceTable = (table: Table): Table => ({ ...table, columns: { ...table.columns, valid_from: text } });

/**
 * What the rows of a list were before. There are several of each, so that they have few indexes: a filter that lets every tenth or hundredth row pass finds its page soon in the order of places.
 */
export const pastTable = (list: Table, selective: readonly string[]): Table => ({
  ...list,
  name: `${list.name}_past`,
  columns: { ...list.columns, valid_to: text },
  key: [...list.key, 'valid_from'],
  indexes: [['place'], ...selective.map((filter) => [filter, 'place'])],
});

/** How many changes of single dossiers a cell is made of, so that one in which they cancel each other out is still there. */
const CHANGES = 'changes';
export const changeSums = (sums: readonly string[]): string[] => [...sums, CHANGES];

export const yearsTable = (name: string, totals: Table): Table => changesTable(name, totals, 'last_year');
export const daysTable = (name: string, totals: Table): Table => ({
  ...changesTable(name, totals, 'last_day'),
  indexes: [['last_day']],
});

const changesTable = (name: string, totals: Table, when: string): Table => ({
  name,
  columns: { ...totals.columns, [when]: text, [CHANGES]: { type: 'integer' } },
  key: [...totals.key, when],
});

/** What began and what ended, by the year. */
export const yearsOf = (course: Course, totals: Table, cell: (row: Row) => Row): Row[] =>
  changes(course, totals, cell, (day) => ({ last_year: yearOf(day) }));

/** The same by the day. */
export const daysOf = (course: Course, totals: Table, cell: (row: Row) => Row): Row[] =>
  changes(course, totals, cell, (day) => ({ last_day: day }));

/** Each cell of the dossier once, with what is left of all that began and ended in it; most changes of a row leave its cell, or nothing but a part of it, as it was. */
function changes(
  { standing, past }: Course,
  { key, columns }: Table,
  cell: (row: Row) => Row,
  when: (day: LegalDate) => Row,
): Row[] {
  const sums = Object.keys(columns).filter((column) => !key.includes(column));
  const cells = new Map<string, Record<string, Value>>();
  const add = (row: Row, day: Value | undefined, sign: 1 | -1): void => {
    const counted = { ...cell(row), ...when(String(day)) };
    const name = JSON.stringify([...key.map((column) => counted[column]), when(String(day))]);
    const before = cells.get(name);
    const total = before ?? { ...counted, ...Object.fromEntries(sums.map((sum) => [sum, 0])) };
    for (const sum of sums) total[sum] = Number(total[sum]) + sign * Number(counted[sum]);
    if (!before) cells.set(name, total);
  };
  for (const row of [...standing, ...past]) add(row, row.valid_from, 1);
  for (const row of past) add(row, row.valid_to, -1);
  return [...cells.values()]
    .filter((each) => sums.some((sum) => each[sum] !== 0))
    .map((each) => ({ ...each, [CHANGES]: 1 }));
}
