import type { Asset, History, LegalDate, Provenance } from '#domain';
import { assetsAlong, latestDates, provenanceOf } from '#domain';
import { ofLast } from '../projection';
import type { Column, Row, Table, TableView, Tally } from '../projection';

/** What the reports on single chapters of the dossier share: their rows and counters follow from the history that the register keeps of each. */

export const text: Column = { type: 'text' };
export const maybeText: Column = { type: 'text', nullable: true };
export const integer: Column = { type: 'integer' };
export const maybeInteger: Column = { type: 'integer', nullable: true };

export interface ChapterState {
  readonly id: string;
  readonly history: History;
}

/** On whose word a row rests: that of the entry behind it, as corrections left it. */
export function provenanceIn(history: History, id: string): Provenance {
  const entry = history.find((each) => each.id === id);
  return entry ? provenanceOf(entry) : 'agency-record';
}

/** A report on some chapters of every dossier; its tables and counters are the register's. */
export interface Chapter {
  /** The types of entries it is made of; those that describe an asset may be read besides. */
  readonly types: readonly string[];
  readonly tables: readonly TableView<ChapterState>[];
  readonly tallies: readonly Tally<ChapterState>[];
}

interface ChapterDefinition<Told> {
  readonly types: readonly string[];
  /** Where a dossier has an entry of these types there may be rows; of those of any type, unless said. */
  readonly begunBy?: readonly string[];
  /** What a dossier tells: made once for all tables and tallies. */
  readonly told: (asset: Asset, state: ChapterState) => Told;
  readonly views: readonly TableView<Told>[];
  readonly tallies: readonly Tally<Told>[];
}

/** Nothing of a dossier whose seizure was annulled is shown. */
export function chapter<Told>({ types, begunBy = types, told, views, tallies }: ChapterDefinition<Told>): Chapter {
  const beginnings = new Set(begunBy);
  const toldBy = ofLast((state: ChapterState): Told | undefined => {
    // Most assets have nothing in the chapter, so that folding would be in vain.
    if (!state.history.some(({ type }) => beginnings.has(type))) return undefined;
    const asset = assetOf(state);
    return asset && told(asset, state);
  });
  const rowsOf =
    (rows: (all: Told) => readonly Row[]) =>
    (state: ChapterState): readonly Row[] => {
      const all = toldBy(state);
      return all === undefined ? [] : rows(all);
    };
  // Counters told by one function stay told by one: those with fewer dimensions are made of the others (see fold).
  const known = new Map<Tally<Told>['of'], Tally<ChapterState>['of']>();
  const cellsOf = (of: Tally<Told>['of']): Tally<ChapterState>['of'] => {
    const made = known.get(of) ?? rowsOf(of);
    known.set(of, made);
    return made;
  };
  return {
    types,
    tables: views.map(({ table, rows }) => ({ table, rows: rowsOf(rows) })),
    tallies: tallies.map((tally) => ({ ...tally, of: cellsOf(tally.of) })),
  };
}

/** The asset after each entry: all that is told of a dossier from day to day goes along it. */
export const alongOf = ofLast((history: History) => assetsAlong(history));

export const assetOf = ({ history }: ChapterState): Asset | undefined => alongOf(history).at(-1);

/** Where an asset lies, for filters and sums; empty where it is not known. */
export const areaNames = [
  'region_code', 'region', 'province_code', 'province', 'municipality_code', 'municipality',
] as const; // prettier-ignore
export type AreaName = (typeof areaNames)[number];
export const areaColumns = Object.fromEntries(areaNames.map((name) => [name, text])) as Record<AreaName, Column>;

export function areaOf({ description: { location } }: Asset): Record<AreaName, string> {
  return {
    region_code: location?.region?.code ?? '',
    region: location?.region?.name ?? '',
    province_code: location?.province?.code ?? '',
    province: location?.province?.name ?? '',
    municipality_code: location?.municipality?.code ?? '',
    municipality: location?.municipality?.name ?? '',
  };
}

/** What an asset is, so that a list can name it. */
export const nameColumns = {
  asset: text,
  kind: text,
  category: maybeText,
  subcategory: maybeText,
  title: maybeText,
} as const satisfies Record<string, Column>;

export function nameOf({ description }: Asset, { id }: ChapterState) {
  const { kind, category = null, subcategory = null, title = null } = description;
  return { asset: id, kind, category, subcategory, title };
}

/** A table of counters: what names a cell, and what adds up in it. */
export function totalsTable(name: string, dimensions: readonly string[], sums: readonly string[]): Table {
  const columns: [string, Column][] = [
    ...dimensions.map((dimension): [string, Column] => [dimension, text]),
    ...sums.map((sum): [string, Column] => [sum, integer]),
  ];
  return { name, columns: Object.fromEntries(columns), key: dimensions };
}

/** Several tables of counters of the same. */
export const tallied = <Told>(
  tables: readonly Table[],
  sums: readonly string[],
  of: Tally<Told>['of'],
): Tally<Told>[] => tables.map((table) => ({ table, sums, of }));

const smallAreas: readonly string[] = ['province_code', 'province', 'municipality_code', 'municipality'];

/**
 * The same counters without provinces and municipalities: as many as there are years and regions, and not as there are towns. For all that does not ask about these. Their cells are counted
 * from the same rows.
 */
export const wideTotals = (table: Table): Table => byRegion(without(smallAreas, `wide_${table.name}`, table));

/** With an index by which the cells of a region are found; of those by the day, the cells of some of its days. */
export function byRegion(table: Table): Table {
  const { key, indexes = [] } = table;
  const index = ['region_code', ...key.filter((column) => column === 'last_day')];
  return { ...table, indexes: [...indexes.filter((each) => each.join() !== index.join()), index] };
}

/**
 * The same counters by province, without municipalities: for what is asked of a province, and for the provinces of a region. In those by town their cells would have to be looked for among those of all
 * its towns.
 */
export const provinceTotals = (table: Table, ...left: readonly string[]): Table => ({
  ...without(['municipality_code', 'municipality', ...left], `province_${table.name}`, table),
  // Together: where there is one for each, SQLite may take that of the region for a question about a province.
  indexes: [['region_code', 'province_code'], ['province_code']],
});

/** The same counters with fewer dimensions. */
export function without(left: readonly string[], name: string, { key, columns, indexes = [] }: Table): Table {
  const kept = key.filter((column) => !left.includes(column));
  const sums = Object.keys(columns).filter((column) => !key.includes(column));
  return {
    ...totalsTable(name, kept, sums),
    indexes: indexes.filter((index) => index.every((column) => kept.includes(column))),
  };
}

/** With an index by which the cells of a province, or of a town in it, are found. */
export const byProvince = (table: Table): Table => ({
  ...table,
  indexes: [...(table.indexes ?? []), ['province_code']],
});

/** The latest day on which each entry can have happened, by its id: on that day and after it, it stood. */
export function lastDaysOf({ history }: ChapterState, timeZone: string): ReadonlyMap<string, LegalDate> {
  const days = latestDates(history, timeZone);
  return new Map(history.map(({ id }, place) => [id, days[place]!]));
}

/** The year of a date; empty where it is not known. */
export const yearOf = (date: LegalDate | null): string => date?.slice(0, 4) ?? '';

/** The place of a row in its list: the latest first, then as it stands in its dossier; undated ones come last. */
export const placeOf = (on: LegalDate | null, id: string, number: number): string =>
  `${on ?? '0000-00-00'}~${id}~${String(99_999 - number).padStart(5, '0')}`;

const LIMB = 1_000_000_000;

/**
 * A sum over many assets may be beyond 2^53, where a double would round it. Kept as two whole numbers, `high` times 10^9 plus `low`, each sum of
 * which stays exact over nine million rows; either may be negative.
 */
export const limbs = (name: string, minor: number): Row => ({
  [`${name}_high`]: Math.floor(minor / LIMB),
  [`${name}_low`]: minor - Math.floor(minor / LIMB) * LIMB,
});

export const limbNames = (name: string): [string, string] => [`${name}_high`, `${name}_low`];

/** The sum two limbs stand for. */
export const fromLimbs = (row: Row, name: string): bigint =>
  BigInt(Number(row[`${name}_high`] ?? 0)) * BigInt(LIMB) + BigInt(Number(row[`${name}_low`] ?? 0));
