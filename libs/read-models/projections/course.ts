import type { Asset, History, LegalDate } from '#domain';
import { latestDates } from '#domain';
import type { Row, Table, Value } from '../projection';
import { alongOf, text, yearOf } from './chapter';
import type { ChapterState } from './chapter';

/**
 * How the rows of a dossier stood from day to day. Each row of the list is valid from a day on; what it was before lies in a second table, valid until the day before another began. Counters know
 * of what began and what ended, by the year and by the day, so that the sums of a day are those of the years before it and of the days of its own.
 */
export interface Course {
  /** What stands, in the order of the dossier. */
  readonly standing: readonly Row[];
  /** The cell of each of them in the counters of today. */
  readonly cells: readonly Row[];
  readonly past: readonly Row[];
  /** What began and what ended, for the counters by the day, and by the year. */
  readonly days: readonly Row[];
  readonly years: readonly Row[];
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
  /** The counters of today, and the cell of each row in them. */
  readonly totals: Table;
  readonly cell: (row: Row) => Row;
}

type Span = { readonly row: Row; readonly from: LegalDate; readonly to: LegalDate | null };

export function courseOf(asset: Asset, { history }: ChapterState, timeZone: string, told: Told): Course {
  const { rowsThen, named } = told;
  const spans = spansOf(history, timeZone, told);
  const since = new Map(spans.filter(({ to }) => to === null).map(({ row, from }) => [keyOf(told, row), from]));
  const standing = rowsThen(asset, history);
  const numbers = new Map(standing.map((row, number) => [keyOf(told, row), number]));
  const whole = (row: Row): Row => ({ ...row, ...named(row, numbers.get(keyOf(told, row)) ?? 0) });
  const now = standing.map((row) => ({ ...whole(row), valid_from: since.get(keyOf(told, row))! }));
  const past = spans.flatMap(({ row, from, to }) =>
    to === null ? [] : [{ ...whole(row), valid_from: from, valid_to: to }],
  );
  const cells = now.map(told.cell);
  const days = daysOf(now, cells, past, told);
  return { standing: now, cells, past, days, years: yearsOf(days, told.totals) };
}

const keyOf = ({ key }: Told, row: Row): Value => (key === undefined ? null : (row[key] ?? null));

/** Several entries of one day leave what stands at its end. */
function spansOf(history: History, timeZone: string, told: Told): Span[] {
  const days = latestDates(history, timeZone);
  const ended: Span[] = [];
  let open = new Map<Value, Span>();
  const along = alongOf(history);
  let concerned = false;
  history.forEach((entry, place) => {
    const asset = along[place];
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
export const sinceTable = (table: Table): Table => ({
  ...table,
  columns: { ...table.columns, valid_from: text },
  indexes: [...(table.indexes ?? []), ['valid_from']],
});

/**
 * What the rows of a list were before. There are several of each, so that they have few indexes: a filter that lets every tenth row pass finds its page soon in the order of places.
 */
export const pastTable = (list: Table, selective: readonly string[]): Table => ({
  ...list,
  name: `${list.name}_past`,
  columns: { ...list.columns, valid_to: text },
  key: [...list.key, 'valid_from'],
  indexes: [['place'], ['valid_from'], ['valid_to'], ...selective.map((filter) => [filter, 'place'])],
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
  ...totals,
  name,
  columns: { ...totals.columns, [when]: text, [CHANGES]: { type: 'integer' } },
  key: [...totals.key, when],
});

/** What a cell gains or loses at a time. */
export interface Part {
  readonly counted: Row;
  readonly when: Row;
  readonly sign: 1 | -1;
}

/** What a list gained and lost by the rows that stand, of which the cells are known, and those that stood, by the day. */
export function daysOf(
  standing: readonly (Row & { readonly valid_from: LegalDate })[],
  cells: readonly Row[],
  past: readonly (Row & { readonly valid_from: LegalDate; readonly valid_to: LegalDate })[],
  { totals, cell }: Pick<Told, 'totals' | 'cell'>,
): Row[] {
  const began = standing.map((row, place): Part => ({
    counted: cells[place]!,
    when: { last_day: row.valid_from },
    sign: 1,
  }));
  const ended = past.flatMap((row): Part[] => {
    const counted = cell(row);
    return [
      { counted, when: { last_day: row.valid_from }, sign: 1 },
      { counted, when: { last_day: row.valid_to }, sign: -1 },
    ];
  });
  return addedUp(totals, [...began, ...ended]);
}

/** The same by the year. */
export const yearsOf = (days: readonly Row[], totals: Table): Row[] =>
  addedUp(
    totals,
    days.map(({ last_day: day, ...counted }) => ({ counted, when: { last_year: yearOf(String(day)) }, sign: 1 })),
  );

/** Each cell once, with what is left of all that it gained and lost: most changes of a row leave its cell as it was, or change a sum of it alone. */
export function addedUp({ key, columns }: Table, parts: readonly Part[]): Row[] {
  const sums = Object.keys(columns).filter((column) => !key.includes(column));
  const cells = new Map<string, Record<string, Value>>();
  for (const { counted, when, sign } of parts) {
    const name = [...Object.values(when), ...key.map((column) => counted[column])].join('\0');
    const before = cells.get(name);
    if (before) for (const sum of sums) before[sum] = Number(before[sum]) + sign * Number(counted[sum]);
    else {
      const signed = Object.fromEntries(sums.map((sum) => [sum, sign * Number(counted[sum])]));
      cells.set(name, { ...counted, ...signed, ...when, [CHANGES]: 1 });
    }
  }
  return [...cells.values()].filter((cell) => sums.some((sum) => cell[sum] !== 0));
}
