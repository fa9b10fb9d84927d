import type { Packed, Row, Table, Value } from '../projection';

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
  const rows = new Map<string, Row>();
  const others = otherKeysOf(table);
  for (const counter of counters) {
    const block = blockOf(table, counter);
    const name = nameOf(others, counter, block);
    if (rows.has(name)) continue;
    const row: Record<string, Value> = { block, counts: '[]' };
    for (const column of others) row[column] = counter[column] ?? null;
    rows.set(name, row);
  }
  return [...rows.values()];
}

/** The same rows when so much has been added to counters in them. */
export function addedTo(table: PackedTable, stored: readonly Row[], differences: readonly Row[]): Row[] {
  const others = otherKeysOf(table);
  const rows = new Map(stored.map((row) => [nameOf(others, row, Number(row.block)), { row, counts: countsIn(row) }]));
  const sum = sumOf(table);
  const { along, span } = table.packed;
  for (const difference of differences) {
    const block = blockOf(table, difference);
    const { counts } = rows.get(nameOf(others, difference, block))!;
    const at = Number(difference[along]) - block * span;
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

/** The block of the row a counter lies in. */
const blockOf = ({ packed: { along, span } }: PackedTable, counter: Row): number =>
  Math.floor(Number(counter[along]) / span);

const nameOf = (others: readonly string[], row: Row, block: number): string =>
  `${block}\0${others.map((column) => row[column]).join('\0')}`;

function withoutEnd(counts: number[]): number[] {
  while (counts.at(-1) === 0) counts.pop();
  return counts;
}
