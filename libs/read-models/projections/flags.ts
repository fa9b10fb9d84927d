import { chapters, redFlags } from '#domain';
import type { Asset, Profile, RedFlag } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaOf, chapter, integer, maybeInteger, maybeText, nameColumns, nameOf, provenanceIn, tallied, text, totalsTable, yearOf,
} from './chapter'; // prettier-ignore
import type { Chapter, ChapterState } from './chapter';

/** Red flags, one a row, also those that become a hit on a day to come: the place of a row begins with that day. */
export const flagsTable: Table = {
  name: 'red_flags',
  columns: {
    place: text,
    ...nameColumns,
    ...areaColumns,
    number: integer,
    rule: text,
    entry: text,
    provenance: text,
    on_day: maybeText,
    from_day: maybeText,
    measure: maybeInteger,
    currency: maybeText,
    party: maybeText,
    duty: maybeText,
  },
  key: ['asset', 'number'],
  indexes: [['place'], ['rule', 'place'], ['region_code', 'place']],
};

const sums = ['hits'];

/** How many there are of each rule in each region, by the day from which on they are hits; of those that are hits whatever the day it is empty. */
export const flagsTotalsTable: Table = {
  ...totalsTable('flags_totals', ['rule', 'region_code', 'region', 'from_year', 'from_day'], sums),
  indexes: [['from_day'], ['region_code', 'from_day']],
};
/** The same of the whole country. */
export const flagsDaysTable: Table = {
  ...totalsTable('flags_days', ['rule', 'from_day'], sums),
  indexes: [['from_day']],
};
/** The same by the year of that day: what is asked on a day are the years before its own, and the days of its own. */
export const flagsYearsTable = totalsTable('flags_years', ['rule', 'region_code', 'region', 'from_year'], sums);

const { judicial, destination, assignment, use, spending, support, exit } = chapters;

/** The red flags of all dossiers, by the duties of the profile. */
export function flagsIn(profile: Profile): Chapter {
  return chapter({
    types: [judicial, destination, assignment, use, spending, support, exit].flatMap((acts) => acts.map(({ event }) => event.type)),
    begunBy: ['ConfiscationBecameFinal', 'ExpenditureCommitted', 'SupportPledged', 'AssignmentProposed', 'DestinationDecided', 'UseStarted'],
    told: (asset, state) => {
      const flags = redFlags(state.history, asset, profile);
      return { rows: flags.map((each, number) => row(asset, state, each, number)), cells: flags.map((each) => cell(asset, each)) };
    },
    views: [{ table: flagsTable, rows: ({ rows }) => rows }],
    tallies: tallied<FlagsTold>([flagsTotalsTable, flagsDaysTable, flagsYearsTable], sums, ({ cells }) => cells),
  });
} // prettier-ignore

interface FlagsTold {
  readonly rows: readonly Row[];
  readonly cells: readonly Row[];
}

function row(
  asset: Asset,
  state: ChapterState,
  { rule, entry, on, from, measure, currency, party, duty }: RedFlag,
  number: number,
): Row {
  const day = from ?? on ?? '0000-00-00';
  return {
    place: `${day}~${state.id}~${String(99_999 - number).padStart(5, '0')}`,
    ...nameOf(asset, state),
    ...areaOf(asset),
    number,
    rule,
    entry,
    provenance: provenanceIn(state.history, entry),
    on_day: on,
    from_day: from,
    measure,
    currency,
    party,
    duty,
  };
}

function cell(asset: Asset, { rule, from }: RedFlag): Row {
  const { region_code, region } = areaOf(asset);
  return { rule, region_code, region, from_day: from ?? '', from_year: yearOf(from), hits: 1 };
}
