import type { Fact, History, Instant, LegalDate, Profile, RecordedEvent } from '#domain';
import { after, dateOf, findsUnused, generic } from '#domain';
import { publicEvent } from '#privacy';
import type { PublicEvent } from '#privacy';
import { ofLast, projection } from '../projection';
import type { Column, Projection, Row, Table, Value } from '../projection';
import { annualReturnIn } from './annual-return';
import { assignedIn } from './assigned';
import { assetOf } from './chapter';
import { facetCells, facetStockTable, idleCells, idleDaysTable } from './facets';
import { flagsIn } from './flags';
import { isLocated, mapPointsTable, pointRow } from './map-points';
import { moneyIn } from './money';
import { registerFacts, searchText, withoutTrace } from './register-facts';
import type { RegisterFacts } from './register-facts';
import { supportIn } from './support';
import { useIn } from './use';
import { stockChanges, stockCourseTallies, stockSums } from './stock-course';
import { revise, spansOf } from './versions';
import type { Span, Version } from './versions';
import { waiting } from './waiting';

const text: Column = { type: 'text' };
const maybeText: Column = { type: 'text', nullable: true };
const maybeInteger: Column = { type: 'integer', nullable: true };
const maybeReal: Column = { type: 'real', nullable: true };
const integer: Column = { type: 'integer' };

const factColumns: Record<keyof RegisterFacts, Column> = {
  kind: text,
  category: maybeText,
  subcategory: maybeText,
  title: maybeText,
  country: maybeText,
  region_code: maybeText,
  region: maybeText,
  province_code: maybeText,
  province: maybeText,
  municipality_code: maybeText,
  municipality: maybeText,
  address: maybeText,
  latitude: maybeReal,
  longitude: maybeReal,
  precision: maybeText,
  phase: text,
  phase_since: maybeText,
  seized_on: maybeText,
  final_on: maybeText,
  destined_on: maybeText,
  purpose: maybeText,
  recipient: maybeText,
  share: maybeReal,
  value_minor: maybeInteger,
  currency: maybeText,
  identifiers: text,
  blocking_problems: integer,
  use_standing: maybeText,
  idle_since: maybeText,
  manager_kind: maybeText,
  manager: maybeText,
  organisation: maybeText,
};

const factNames = Object.keys(factColumns) as (keyof RegisterFacts)[];

/** The facts of a row of the register as it stood. */
export function factsIn(packed: string): RegisterFacts {
  const values = JSON.parse(packed) as readonly Value[];
  return Object.fromEntries(factNames.map((name, place) => [name, values[place] ?? null])) as RegisterFacts;
}

/** Facets by which the register is filtered; each has an index that ends in the order of the list. */
const filtered = ['kind', 'category', 'phase', 'region_code', 'province_code', 'municipality_code'] as const;

/** Facets that most assets have no value of: who manages them, what they were destined to, whether they are used, since when they are idle. */
const sparselyFiltered = ['purpose', 'use_standing', 'idle_since', 'manager_kind', 'manager', 'organisation'] as const;
const sparse = sparselyFiltered.map((facet) => [facet, 'id']);

/** The register as it stands: one row per asset. */
export const registerTable: Table = {
  name: 'register',
  columns: { id: text, revision: integer, position: integer, recorded_at: text, ...factColumns, search_text: text },
  key: ['id'],
  indexes: [
    ...filtered.map((facet) => [facet, 'id']),
    ...['region_code', 'province_code', 'municipality_code'].map((area) => [area, 'position']),
    ['phase_since', 'id'],
    ['position', 'id'],
  ],
  sparse,
  searchable: 'search_text',
};

/** What the stock of a day counts of a version, besides where the asset lies. */
const countedOfVersion = ['kind', 'category', 'phase', 'currency', 'value_minor', 'located'] as const;

/** The register as it stood and as it was known: one row per rectangle of days (see versions.ts). */
export const versionsTable: Table = {
  name: 'register_versions',
  columns: {
    id: text,
    number: integer,
    valid_from: text,
    valid_to: maybeText,
    known_from: text,
    known_to: maybeText,
    ...Object.fromEntries([...filtered, ...sparselyFiltered].map((facet) => [facet, factColumns[facet]])),
    currency: maybeText,
    value_minor: maybeInteger,
    located: integer,
    /** JSON array of all facts, in the order of `factColumns`. */
    facts: text,
  },
  key: ['id', 'number'],
  indexes: [
    ...['kind', 'category', 'phase', 'region_code', 'municipality_code'].map((facet) => [facet, 'id']),
    // The assets of a province and its towns, and what began and ended in the days of a year, are counted from these alone.
    ['province_code', 'id', 'municipality_code', 'valid_from', 'valid_to', 'known_to', ...countedOfVersion],
    ['valid_from', 'id', 'known_to', 'region_code', 'province_code', ...countedOfVersion],
    ['valid_to', 'known_to', 'region_code', 'province_code', ...countedOfVersion],
  ],
  sparse,
};

const dimensions = [
  'kind', 'category', 'phase', 'region_code', 'region', 'province_code', 'province', 'municipality_code', 'municipality', 'currency',
] as const; // prettier-ignore

/** How many assets there are, and of what value, in each cell of area, kind, category and phase. Unknown dimensions are empty. */
export const stockTable: Table = {
  name: 'stock',
  columns: {
    ...Object.fromEntries(dimensions.map((dimension) => [dimension, text])),
    ...Object.fromEntries(stockSums.map((sum) => [sum, integer])),
  },
  key: dimensions,
  indexes: [['region_code', 'province_code'], ['province_code', 'municipality_code'], ['municipality_code']],
};

const wideDimensions = ['region_code', 'region', 'kind', 'category', 'phase', 'currency'] as const;

/** The same without the smaller areas: a hundredth of the cells, for all that is asked of a region or of the whole. */
export const wideStockTable: Table = {
  ...stockTable,
  name: 'wide_stock',
  columns: Object.fromEntries([...wideDimensions, ...stockSums].map((column) => [column, stockTable.columns[column]!])),
  key: wideDimensions,
  indexes: [],
};

const provinceDimensions = ['region_code', 'region', 'province_code', 'province', 'kind', 'category', 'phase', 'currency'] as const; // prettier-ignore

/** The same by province, without municipalities: for the map of a country and the provinces of a region. */
export const provinceStockTable: Table = {
  name: 'province_stock',
  columns: Object.fromEntries(
    [...provinceDimensions, ...stockSums].map((column) => [column, stockTable.columns[column]!]),
  ),
  key: provinceDimensions,
  indexes: [['province_code']],
};

interface RegisterState {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: Instant;
  readonly history: History;
  /** What was believed at the end of the day (UTC) before the last entry's. What is believed since follows from the history. */
  readonly settled: readonly Version[];
}

/** How the asset stood from day to day, as its history tells it: made once for versions and counters. */
type SpansOf = (history: History) => readonly Span[];

const STREAM = 'asset-';

/** The reports on single chapters. They share the register's history of each dossier, so that it is kept, read and written once. */
const chaptersIn = (profile: Profile) => {
  const { timeZone } = profile;
  const dated = [moneyIn, supportIn, useIn, assignedIn, annualReturnIn].map((chapterIn) => chapterIn(timeZone));
  return [...dated, waiting, flagsIn(profile)];
};
const inChapters = new Set(chaptersIn(generic).flatMap(({ types }) => types));

/** The register with its versions and its stock and the chapters' reports, from public events alone. */
export function register(profile: Profile): Projection {
  const chapters = chaptersIn(profile);
  const spans = ofLast((history: History) => spansOf(history, profile.timeZone));
  const changes = ofLast((state: RegisterState) => stockChanges(spans(state.history)));
  return projection<RegisterState>({
    name: 'register',
    version: 11,
    alongStreams: true,
    keysOf: ({ stream }) => (stream.startsWith(STREAM) ? [stream.slice(STREAM.length)] : []),
    begins: ({ revision }) => revision === 0,
    apply: (state, event, id) => registered(state, event, id, spans),
    tables: [
      { table: registerTable, rows: currentRows },
      {
        table: versionsTable,
        rows: (state) => versionsOf(state, spans).map((version, number) => versionRow(state.id, version, number)),
      },
      { table: mapPointsTable, rows: (state) => currentRows(state).flatMap(pointRow) },
      ...chapters.flatMap((chapter) => chapter.tables),
    ],
    tallies: [
      { table: stockTable, sums: stockSums, of: stockRows },
      { table: wideStockTable, sums: stockSums, of: stockRows },
      { table: provinceStockTable, sums: stockSums, of: stockRows },
      { table: facetStockTable, sums: ['assets', 'located'], of: (state) => currentRows(state).map(facetCells) },
      { table: idleDaysTable, sums: ['assets'], of: (state) => currentRows(state).flatMap(idleCells) },
      ...stockCourseTallies(changes),
      ...chapters.flatMap((chapter) => chapter.tallies),
    ],
  });
}

function registered(
  state: RegisterState | undefined,
  recorded: RecordedEvent,
  id: string,
  spans: SpansOf,
): RegisterState {
  const event = publicEvent(recorded);
  const { recordedAt } = event.metadata;
  const isNewDay = state !== undefined && knownOn(state) < dateOf(recordedAt, 'UTC');
  return {
    id,
    revision: event.revision,
    position: event.position,
    recordedAt,
    history: after({ history: state?.history ?? [], asset: undefined }, keptOf(event)).history,
    settled: isNewDay ? versionsOf(state, spans) : (state?.settled ?? []),
  };
}

/** What is kept of an entry: of one that changes nothing that is shown, that there was one, and when. */
const keptOf = (event: PublicEvent): Fact =>
  withoutTrace.has(event.type) && !inChapters.has(event.type) ? { ...event, type: 'without-trace', data: {} } : event;

const knownOn = ({ recordedAt }: RegisterState): LegalDate => dateOf(recordedAt, 'UTC');

const versionsOf = (state: RegisterState, spans: SpansOf): readonly Version[] =>
  revise(state.settled, spans(state.history), knownOn(state));

/** None when the seizure was annulled: then there is no asset to speak of. */
const currentRows = ofLast((state: RegisterState): Row[] => {
  const { id, revision, position, recordedAt } = state;
  const asset = assetOf(state);
  if (!asset) return [];
  const facts = registerFacts(asset, () => state.history.some(findsUnused));
  return [{ id, revision, position, recorded_at: recordedAt, ...facts, search_text: searchText(id, facts) }];
});

function versionRow(id: string, { facts, validFrom, validTo, knownFrom, knownTo }: Version, number: number): Row {
  const { kind, category, phase, region_code, province_code, municipality_code, currency, value_minor } = facts;
  const { purpose, use_standing, idle_since, manager_kind, manager, organisation } = facts;
  return {
    id,
    number,
    valid_from: validFrom,
    valid_to: validTo,
    known_from: knownFrom,
    known_to: knownTo,
    ...{ kind, category, phase, region_code, province_code, municipality_code, currency, value_minor },
    ...{ purpose, use_standing, idle_since, manager_kind, manager, organisation },
    located: isLocated(facts) ? 1 : 0,
    facts: JSON.stringify(factNames.map((name) => facts[name])),
  };
}

const stockRows = ofLast((state: RegisterState): Row[] => currentRows(state).map(stockRow));

function stockRow(row: Row): Row {
  const counted: Record<string, Value> = {
    assets: 1,
    valued: row.value_minor === null ? 0 : 1,
    value_minor: row.value_minor ?? 0,
    located: isLocated(row) ? 1 : 0,
  };
  for (const dimension of dimensions) counted[dimension] = row[dimension] ?? '';
  return counted;
}
