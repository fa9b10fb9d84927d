import {
  NOT_STATED,
  assetCategories,
  assetKinds,
  managerKinds,
  phases,
  purposes,
  useStandings,
  yearsBefore,
} from '#domain';
import type { LegalDate } from '#domain';
import type { Statement } from '../database/dialect';
import { countsIn, firstOf } from '../database/packed';
import type { ReadDatabase } from '../database/read-database';
import type { Value } from '../projection';
import { idleDayOf, idleDaysTable } from '../projections/facets';
import { callAssetsTable, callsTable } from '../projections/civic/calls';
import { atMoment } from './civic/moment';
import type { Now } from './civic/moment';
import { written } from './civic/keyset';
import { live } from './tables';

/** For how many whole years at least an asset is idle, where it is asked for. */
export const idleYears = ['1', '2', '5', '10'] as const;

/** The closed lists a filter accepts. */
export const filterCodes = {
  kind: assetKinds,
  category: assetCategories,
  phase: phases,
  purpose: purposes,
  use: useStandings,
  idle: idleYears,
  call: ['open'],
  managedBy: [...managerKinds, NOT_STATED],
} as const;

/** Facets that the counters of the stock know. */
export const stockColumns = ['kind', 'category', 'phase', 'region_code', 'province_code', 'municipality_code'] as const;
export type StockColumn = (typeof stockColumns)[number];
/** Those that most assets have no value of. */
const sparseColumns = ['purpose', 'use_standing', 'manager_kind', 'manager', 'organisation'] as const;

/** Columns the register is filtered by, each by equality. */
export const filterColumns = [...stockColumns, ...sparseColumns] as const;
export type FilterColumn = (typeof filterColumns)[number];

/** Which assets are asked for, words aside. */
export interface AssetFilters extends Partial<Readonly<Record<FilterColumn, string>>> {
  /** Assets that are idle since this day or longer. */
  readonly idleUpTo?: LegalDate;
  /** Assets for which a call is open at this moment. */
  readonly inCallAt?: Now;
}

/** The columns by which a query asks for equality. */
export const chosenColumns = (query: AssetFilters): FilterColumn[] =>
  filterColumns.filter((column) => query[column] !== undefined);

/** True where a query asks for what follows from a day or a call: no counters by equality know that. */
export const beyondCounters = ({ idleUpTo, inCallAt }: AssetFilters): boolean =>
  idleUpTo !== undefined || inCallAt !== undefined;

export const isOfStock = (column: FilterColumn): boolean => knownTo(stockColumns, [column]);

/** True where a query asks for more than the counters of the stock know. */
export const asksBeyondStock = (query: AssetFilters): boolean =>
  beyondCounters(query) || !knownTo(stockColumns, chosenColumns(query));

const knownTo = (known: readonly string[], columns: readonly string[]): boolean =>
  columns.every((column) => known.includes(column));

/** One column by equality; where nobody said is null in the rows. */
const equal = (column: FilterColumn, value: string): Statement =>
  value === NOT_STATED ? { sql: `${column} IS NULL`, parameters: [] } : { sql: `${column} = ?`, parameters: [value] };

const equals = (query: AssetFilters, columns: readonly FilterColumn[]): Statement[] =>
  columns.flatMap((column) => (query[column] === undefined ? [] : [equal(column, query[column])]));

/** The conditions on the facets of the stock alone. */
export const stockConditions = (query: AssetFilters): Statement[] => equals(query, stockColumns);

/** Those on all others. Throws NotBuiltYet. */
export async function sparseConditions(database: ReadDatabase, query: AssetFilters): Promise<Statement[]> {
  const { idleUpTo, inCallAt } = query;
  return [
    ...equals(query, sparseColumns),
    ...(idleUpTo === undefined ? [] : [{ sql: 'idle_since <= ?', parameters: [idleUpTo] }]),
    ...(inCallAt === undefined ? [] : [await inOpenCall(database, inCallAt)]),
  ];
}

/** All conditions of a query on the rows of the register, as it stands or as it stood. Throws NotBuiltYet. */
export const filterConditions = async (database: ReadDatabase, query: AssetFilters): Promise<Statement[]> => [
  ...stockConditions(query),
  ...(await sparseConditions(database, query)),
];

/** Few calls are open at a time, so that their assets are looked up first. */
async function inOpenCall(database: ReadDatabase, now: Now): Promise<Statement> {
  const { table: physical } = await live(database, 'calls');
  const { table, stood } = atMoment(callsTable, now);
  const { sql, parameters } = written([[`status = 'published' AND deadline_at > ?`, now.instant], ...stood]);
  const calls = `SELECT id FROM ${physical(table.name)} ${sql}`;
  return { sql: `id IN (SELECT asset FROM ${physical(callAssetsTable.name)} WHERE call_id IN (${calls}))`, parameters };
}

/** The counters that know of all these columns, and of as little else as may be; undefined where none do. */
export function countersOf(columns: readonly FilterColumn[]): string | undefined {
  if (knownTo(stockColumns, columns)) {
    if (columns.includes('municipality_code')) return 'stock';
    return columns.includes('province_code') ? 'province_stock' : 'wide_stock';
  }
  const known = ['region_code', 'kind', 'phase', 'purpose', 'use_standing', 'manager_kind'];
  return knownTo(known, columns) ? 'facet_stock' : undefined;
}

/** Those of some filters that counters can know together with a column. */
export const countableWith = (column: FilterColumn, others: readonly FilterColumn[]): FilterColumn[] =>
  others.reduce<FilterColumn[]>(
    (known, other) => (countersOf([column, ...known, other]) === undefined ? known : [...known, other]),
    [],
  );

/** The value under which counters count what nobody said. */
export const countedAs = (value: string): string => (value === NOT_STATED ? '' : value);

/** The day since which those are idle that have been so for so many whole years on another. */
export const idleSinceFor = (years: string, today: LegalDate): LegalDate => yearsBefore(today, Number(years));

/** True where the counters of idle assets answer a query. */
export const idleIsCounted = (query: AssetFilters): boolean =>
  query.inCallAt === undefined && knownTo(['region_code', 'kind'], chosenColumns(query));

/** How many assets of a region and a kind are idle since each of some days or longer. Throws NotBuiltYet. */
export async function idleCounts(
  database: ReadDatabase,
  { region_code, kind }: AssetFilters,
  days: readonly LegalDate[],
): Promise<number[]> {
  const { table } = await live(database, 'register');
  const chosen = Object.entries({ region_code, kind }).filter(
    (each): each is [string, string] => each[1] !== undefined,
  );
  const where = chosen.length === 0 ? '' : `WHERE ${chosen.map(([column]) => `${column} = ?`).join(' AND ')}`;
  const rows = await database.query<{ block: number; counts: string }>(
    `SELECT block, counts FROM ${table(idleDaysTable.name)} ${where}`,
    chosen.map(([, value]) => value),
  );
  const last = days.map(idleDayOf);
  const counts = days.map(() => 0);
  for (const row of rows) {
    const first = firstOf(idleDaysTable, { block: row.block });
    countsIn({ counts: row.counts }).forEach((count, at) => {
      for (const [place, day] of last.entries()) if (first + at <= day) counts[place]! += count;
    });
  }
  return counts;
}

export const joined = (
  parts: readonly Statement[],
): { readonly sql: string; readonly parameters: readonly Value[] } => ({
  sql: parts.length === 0 ? '' : `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`,
  parameters: parts.flatMap(({ parameters }) => [...parameters]),
});
