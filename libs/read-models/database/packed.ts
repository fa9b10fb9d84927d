import type { Packed, Row, Table } from '../projection';

/**
 * Counters by day: a curve asks for those of all days, and a row for each would be ten thousand rows. So many neighbours lie in one row instead, as a JSON array without the zeros at its end. Whoever
 * counts, and whoever checks, knows single counters alone. Pure.
 */

export interface PackedTable extends Table {
  readonly packed: Packed;
}

export const isPacked = (table: Table): table is PackedTable => table.packed !== undefined;

/** The table in the database: where counters are packed, that of the rows they lie in. */
export function asItLies(table: Table): Table {
  if (!isPacked(table)) return table;
  const key = otherKeysOf(table);
  return {
    name: table.name,
    columns: {
      ...Object.fromEntries(key.map((column) => [column, table.columns[column]!])),
      block: { type: 'integer' },
      counts: { type: 'text' },
    },
    key: [...key, 'block'],
  };
}

/** The rows in which counters lie, each once and empty. */
export function emptyRows(table: PackedTable, counters: readonly Row[]): Row[] {
  const rows = counters.map((counter) => ({ ...placeOf(table, counter), counts: '[]' }));
  return [...new Map(rows.map((row) => [nameOf(table, row), row])).values()];
}

/** The same rows when so much has been added to counters in them. */
export function addedTo(table: PackedTable, stored: readonly Row[], differences: readonly Row[]): Row[] {
  const rows = new Map(stored.map((row) => [nameOf(table, row), { row, counts: countsIn(row) }]));
  const sum = sumOf(table);
  for (const difference of differences) {
    const { counts } = rows.get(nameOf(table, placeOf(table, difference)))!;
    const at = Number(difference[table.packed.along]) - firstOf(table, placeOf(table, difference));
    while (counts.length <= at) counts.push(0);
    counts[at]! += Number(difference[sum]);
  }
  return [...rows.values()].map(({ row, counts }) => ({ ...row, counts: JSON.stringify(withoutEnd(counts)) }));
}

export const isEmpty = ({ counts }: Row): boolean => counts === '[]';

/** The counters in a row that are not zero. */
export function countersIn(table: PackedTable, row: Row): Row[] {
  const { block: _, counts: __, ...others } = row;
  const first = firstOf(table, row);
  return countsIn(row).flatMap((count, at) =>
    count === 0 ? [] : [{ ...others, [table.packed.along]: first + at, [sumOf(table)]: count }],
  );
}

/** Where the first counter of a row stands. */
export const firstOf = ({ packed: { span } }: PackedTable, { block }: Row): number => Number(block) * span;

export const countsIn = ({ counts }: Row): number[] => JSON.parse(String(counts)) as number[];

const otherKeysOf = ({ key, packed }: PackedTable): string[] => key.filter((column) => column !== packed.along);

/** The one column that adds up. */
const sumOf = ({ columns, key }: PackedTable): string => Object.keys(columns).find((column) => !key.includes(column))!;

function placeOf(table: PackedTable, counter: Row): Row {
  const { along, span } = table.packed;
  const others = Object.fromEntries(otherKeysOf(table).map((column) => [column, counter[column] ?? null]));
  return { ...others, block: Math.floor(Number(counter[along]) / span) };
}

const nameOf = (table: PackedTable, row: Row): string =>
  JSON.stringify([...otherKeysOf(table), 'block'].map((column) => row[column]));

function withoutEnd(counts: number[]): number[] {
  while (counts.at(-1) === 0) counts.pop();
  return counts;
}
