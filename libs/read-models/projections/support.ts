import { chapters, supportStatement } from '#domain';
import type { Asset, History, LegalDate, StatedNeed, StatedPledge } from '#domain';
import type { Row, Table } from '../projection';
import {
  areaColumns, areaNames, areaOf, byProvince, byRegion, chapter, integer, limbNames, limbs, maybeInteger, maybeText, nameColumns, nameOf, placeOf, provenanceIn, provinceTotals, tallied, text, totalsTable, wideTotals, without, yearOf,
} from './chapter'; // prettier-ignore
import type { Chapter, ChapterState } from './chapter';
import { changeSums, courseOf, daysTable, pastTable, sinceTable, yearsTable } from './course';
import type { Course } from './course';

/** Every need and every pledge, one a row. How much: `value` times ten to the power of minus `scale`, in a unit or a currency's minor units. */
export const supportTable: Table = sinceTable({
  name: 'support',
  columns: {
    place: text,
    id: text,
    ...nameColumns,
    ...areaColumns,
    type: text,
    provenance: text,
    occurred_on: maybeText,
    year: text,
    form: text,
    status: text,
    supporter: text,
    organisation: maybeText,
    need: maybeText,
    subject: maybeText,
    value: integer,
    scale: integer,
    unit: text,
    /** Whole millionths of the unit, as digits: more than a column of whole numbers holds. */
    delivered: text,
    from_day: maybeText,
    until_day: maybeText,
    /** JSON object: the latest screening; null where there was none. */
    screening: maybeText,
    deliveries: integer,
    conflict_waived: maybeInteger,
  },
  key: ['asset', 'id'],
  indexes: [
    ['place'],
    ...['type', 'region_code', 'province_code', 'municipality_code', 'year', 'form', 'status', 'supporter'].map(
      (filter) => [filter, 'place'],
    ),
  ],
});

/** Needs and pledges as they were before something came of them. */
export const supportPastTable = pastTable(supportTable, ['municipality_code', 'year', 'supporter']);

const dimensions = [
  'type',
  'status',
  'form',
  'supporter',
  'currency',
  'year',
  'from_day',
  'until_day',
  ...areaNames,
] as const;
const sums = ['items', 'screened', 'passed', ...['asked', 'delivered'].flatMap(limbNames)];

/**
 * How many needs and pledges there are in each cell, how many were screened, and of those in money how much was asked or offered and how much
 * delivered. `from_day` and `until_day` are there for accepted support that is given over time: what of it runs today, each reader counts anew.
 */
export const supportTotalsTable = byProvince(totalsTable('support_totals', dimensions, sums));
export const supportWideTable = without(['supporter'], 'wide_support_totals', wideTotals(supportTotalsTable));
export const supportProvincesTable = provinceTotals(supportTotalsTable, 'supporter');

export const supportYearsTable = yearsTable('support_years', supportTotalsTable);
export const supportDaysTable = byRegion(daysTable('support_days', supportTotalsTable));
export const [supportWideYearsTable, supportWideDaysTable] = [
  wideTotals(supportYearsTable),
  wideTotals(supportDaysTable),
];
export const supportProvinceYearsTable = provinceTotals(supportYearsTable, 'supporter');

const types = chapters.support.map(({ event }) => event.type);

/** Private support: needs, pledges and what came of them, by the days of a time zone where no source says when. */
export const supportIn = (timeZone: string): Chapter =>
  chapter({
    types,
    told: (asset, state) => courseIn(asset, state, timeZone),
    views: [
      { table: supportTable, rows: ({ standing }) => standing },
      { table: supportPastTable, rows: ({ past }) => past },
    ],
    tallies: [
      ...tallied<Course>([supportTotalsTable, supportWideTable, supportProvincesTable], sums, ({ cells }) => cells),
      ...tallied<Course>(
        [supportYearsTable, supportWideYearsTable, supportProvinceYearsTable],
        changeSums(sums),
        ({ years }) => years,
      ),
      ...tallied<Course>([supportDaysTable, supportWideDaysTable], changeSums(sums), ({ days }) => days),
    ],
  });

const told = { types: new Set(types), key: 'id', rowsThen: itemsOf, totals: supportTotalsTable, cell };

function courseIn(asset: Asset, state: ChapterState, timeZone: string): Course {
  const today = { ...nameOf(asset, state), ...areaOf(asset) };
  const named = (row: Row, number: number): Row => ({
    ...today,
    place: placeOf(row.occurred_on as LegalDate | null, state.id, number),
  });
  return courseOf(asset, state, timeZone, { ...told, named });
}

function itemsOf(asset: Asset, history: History): Row[] {
  const { needs, pledges } = supportStatement(history, asset);
  return [...needs.map(needRow), ...pledges.map(pledgeRow)].map((row) => ({
    ...row,
    provenance: provenanceIn(history, row.id),
  }));
}

type ItemRow = Row & { readonly id: string };

function needRow(need: StatedNeed): ItemRow {
  return {
    ...common('need', need),
    supporter: '',
    organisation: null,
    need: null,
    subject: need.title,
    from_day: null,
    until_day: need.neededBy,
    screening: null,
    deliveries: 0,
    conflict_waived: null,
  };
}

function pledgeRow(pledge: StatedPledge): ItemRow {
  return {
    ...common('pledge', pledge),
    supporter: pledge.supporter.name,
    organisation: pledge.supporter.organisation ?? null,
    need: pledge.need,
    subject: null,
    from_day: pledge.from,
    until_day: pledge.until,
    screening: pledge.screening && JSON.stringify(pledge.screening),
    deliveries: pledge.deliveries.length,
    conflict_waived: pledge.conflictWaived ? 1 : 0,
  };
}

const common = (type: string, item: StatedNeed | StatedPledge) => ({
  id: item.id,
  type,
  occurred_on: item.on,
  year: yearOf(item.on),
  form: item.kind,
  status: item.status,
  ...item.measure,
  delivered: String(item.delivered),
});

function cell(row: Row): Row {
  const inMoney = row.form === 'money';
  const overTime = row.type === 'pledge' && (row.status === 'accepted' || row.status === 'fulfilled');
  const screening = row.screening === null ? undefined : (JSON.parse(String(row.screening)) as { passed: boolean });
  const delivered = inMoney ? Number(BigInt(String(row.delivered)) / 1_000_000n) : 0;
  return {
    ...Object.fromEntries(areaNames.map((name) => [name, row[name] ?? ''])),
    type: row.type ?? '',
    status: row.status ?? '',
    form: row.form ?? '',
    supporter: row.supporter ?? '',
    year: row.year ?? '',
    currency: inMoney ? (row.unit ?? '') : '',
    from_day: overTime ? (row.from_day ?? '') : '',
    until_day: overTime ? (row.until_day ?? '') : '',
    items: 1,
    screened: screening ? 1 : 0,
    passed: screening?.passed ? 1 : 0,
    ...limbs('asked', inMoney ? Number(row.value) : 0),
    ...limbs('delivered', delivered),
  };
}
