import type { History, LegalDate } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row, Table, Value } from '../../projection';
import {
  assignedDaysTable, assignedIn, assignedOn, assignedPastTable, assignedProvinceYearsTable, assignedProvincesTable, assignedTable, assignedTotalsTable, assignedWideDaysTable, assignedWideTable, assignedWideYearsTable, assignedYearsTable,
} from '../../projections/assigned'; // prettier-ignore
import { civicFlagsTable } from '../../projections/civic/flags';
import { flagsTable, flagsTotalsTable, flagsYearsTable } from '../../projections/flags';
import type { Chapter } from '../../projections/chapter';
import {
  moneyDaysTable, moneyIn, moneyProvincesTable, moneySuppliersTable, moneyTable, moneyTotalsTable, moneyWideDaysTable, moneyYearsTable,
} from '../../projections/money'; // prettier-ignore
import {
  supportDaysTable, supportIn, supportPastTable, supportProvinceYearsTable, supportProvincesTable, supportTable, supportTotalsTable, supportWideDaysTable, supportWideTable, supportWideYearsTable, supportYearsTable,
} from '../../projections/support'; // prettier-ignore
import {
  useDaysTable,
  useIn,
  useProvincesTable,
  useTable,
  useTotalsTable,
  useWideDaysTable,
  useWideTable,
} from '../../projections/use';
import { waiting, waitingTable, waitingTotalsTable } from '../../projections/waiting';
import { civicFlagsChosen } from '../flags';
import type { Chosen } from './conditions';
import { inActivities, supportStage } from './rows-alone';

/** Areas are filters of every report. */
export const areas = { region: 'region_code', province: 'province_code', municipality: 'municipality_code' } as const;

interface OnDays {
  /** Counters by `last_year`, and by `last_day` for the year in which the day lies; of each those with the fewest dimensions first. */
  readonly years: readonly Table[];
  readonly days: readonly Table[];
  /** Rows that stood until the day before `valid_to`, where rows change; where they do not, each stands from its `last_day` on. */
  readonly past?: Table;
}

export interface Report {
  readonly table: Table;
  readonly totals: Table;
  /** The same with fewer dimensions, those with the fewest first: far fewer counters, for questions about none of those that are left out. */
  readonly wide?: readonly Table[];
  /** Of a list that can be asked how it stood on a day (filter `asOf`). */
  readonly onDays?: OnDays;
  /** A table of another projection whose rows stand in the same list: in the same order, and chosen by the same filters in a way of its own. */
  readonly beside?: {
    readonly projection: string;
    readonly table: Table;
    readonly chosen: (database: ReadDatabase, filters: ReportFilters) => Promise<[string, Value][]>;
  };
  /** Whether the list runs from the greatest place to the smallest: the latest first. */
  readonly latestFirst: boolean;
  /** Filters by the names they have in addresses, with their columns, which list and sums have in common. */
  readonly filters: Readonly<Record<string, string>>;
  /** Counters of rows among those that count other things as well, by a value of a column that the others have. */
  readonly notRows?: readonly [column: string, value: string];
  /** A row as it is told on a day, where that is more than what entries say; as it is unless said. */
  readonly shownOn?: (row: Row, day: LegalDate) => Row;
  /** Filters that choose rows and no sums, for the counters do not know of them: what each asks of a row, on a day. */
  readonly rowsAlone?: Readonly<Record<string, (value: string, day: LegalDate) => Chosen>>;
}

/** The lists of the asset's chapters: their rows in an order of their own, and the counters beside them. */
export const reports = {
  money: {
    table: moneyTable,
    totals: moneyTotalsTable,
    wide: [moneyYearsTable, moneySuppliersTable, moneyProvincesTable],
    onDays: {
      years: [moneyYearsTable, moneySuppliersTable, moneyProvincesTable, moneyTotalsTable],
      days: [moneyWideDaysTable, moneyDaysTable],
    },
    latestFirst: true,
    filters: {
      ...areas,
      year: 'year',
      source: 'source',
      programme: 'programme',
      supplier: 'supplier',
      currency: 'currency',
    },
  },
  support: {
    table: supportTable,
    totals: supportTotalsTable,
    wide: [supportWideTable, supportProvincesTable],
    onDays: {
      years: [supportWideYearsTable, supportProvinceYearsTable, supportYearsTable],
      days: [supportWideDaysTable, supportDaysTable],
      past: supportPastTable,
    },
    latestFirst: true,
    filters: { ...areas, year: 'year', type: 'type', form: 'form', status: 'status', supporter: 'supporter' },
    rowsAlone: { stage: supportStage },
  },
  use: {
    table: useTable,
    totals: useTotalsTable,
    wide: [useWideTable, useProvincesTable],
    onDays: { years: [useWideTable, useProvincesTable, useTotalsTable], days: [useWideDaysTable, useDaysTable] },
    latestFirst: true,
    filters: { ...areas, year: 'year', type: 'type' },
    notRows: ['type', 'activity'],
    rowsAlone: { found: (value) => [['found = ?', value]], activity: inActivities },
  },
  assigned: {
    table: assignedTable,
    totals: assignedTotalsTable,
    wide: [assignedWideTable, assignedProvincesTable],
    onDays: {
      years: [assignedWideYearsTable, assignedProvinceYearsTable, assignedYearsTable],
      days: [assignedWideDaysTable, assignedDaysTable],
      past: assignedPastTable,
    },
    latestFirst: false,
    filters: { ...areas, kind: 'kind', purpose: 'purpose', held: 'held', use: 'use_standing' },
    shownOn: assignedOn,
  },
  waiting: {
    table: waitingTable,
    totals: waitingTotalsTable,
    latestFirst: false,
    filters: { region: 'region_code', kind: 'kind', destined: 'destined', assigned: 'assigned', 'in-use': 'in_use' },
  },
  flags: {
    table: flagsTable,
    totals: flagsTotalsTable,
    wide: [flagsYearsTable],
    beside: { projection: 'civic_flags', table: civicFlagsTable, chosen: civicFlagsChosen },
    latestFirst: true,
    filters: { region: 'region_code', rule: 'rule' },
  },
} as const satisfies Record<string, Report>;
export type ReportName = keyof typeof reports;

/** The names of all that chooses the rows of a report. */
export function filtersKnown(name: ReportName): readonly string[] {
  const { filters, rowsAlone = {}, onDays }: Report = reports[name];
  return [...Object.keys(filters), ...Object.keys(rowsAlone), ...(onDays ? ['asOf'] : [])];
}

/** The names of the filters that choose rows and no sums. */
export const rowsAloneIn = (name: ReportName): readonly string[] =>
  Object.keys((reports[name] as Report).rowsAlone ?? {});

/** Chosen values by the filters' names, and the day `asOf`; filters that a report does not have are refused by whoever takes them from outside. */
export type ReportFilters = Readonly<Record<string, string | undefined>>;

/** What is shown of a dossier's own rows does not depend on the time zone. Flags hang on the profile, and are not asked for by dossier. */
const chapters: Partial<Record<ReportName, Chapter>> = {
  money: moneyIn('UTC'),
  support: supportIn('UTC'),
  use: useIn('UTC'),
  assigned: assignedIn('UTC'),
  waiting,
};

/** The rows of one dossier's history at any moment, as the list of a day would show them had it ended there. Pure. */
export function rowsOf(name: ReportName, asset: string, history: History, day: LegalDate): Row[] {
  const shown = shownOn(name, day);
  return (chapters[name]?.tables ?? [])
    .filter(({ table }) => table.name === reports[name].table.name)
    .flatMap(({ rows }) => [...rows({ id: asset, history })])
    .map(shown);
}

/** How the rows of a report are told on a day. */
export function shownOn(name: ReportName, day: LegalDate): (row: Row) => Row {
  const { shownOn: shown }: Report = reports[name];
  return shown ? (row) => shown(row, day) : (row) => row;
}
