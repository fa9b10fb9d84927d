import { activityKinds, assetKinds, flagRules, visitFindings, waitOutcomes } from '#domain';
import {
  filtersKnown,
  isCounted,
  organisationNames,
  organisationsCalled,
  reportChoices,
  reportSlice,
  rowsAloneIn,
  supportStages,
  waitingRegions,
} from '#read-models';
import type { LegalDate } from '#domain';
import type { ReadDatabase, ReportFilters, ReportName, Row } from '#read-models';
import type {
  AssignedView,
  FlagsView,
  MoneyView,
  ReportChoice,
  ReportView,
  SupportView,
  UseView,
  WaitingView,
} from '#web';
import { filtersOf } from '../api/reports/answering';
import { boundsOf, holders, supportTypes, useTypes } from '../api/reports/filters';
import type {
  AssignedPageDto,
  FlagsPageDto,
  MoneyPageDto,
  SupportPageDto,
  UsePageDto,
  WaitingPageDto,
} from '../api/reports/filters';
import { assignedLine, flagLine, movement, supportItem, useRecord, waitingLine } from '../api/reports/resources';
import { askedOnce, assignedAsked, moneyAsked, named, supportAsked, useAsked } from '../api/reports/asked';
import { flagTotals } from '../api/reports/flag-totals';
import type { FlagTotal } from '../api/reports/flag-totals';
import { waitsAsked } from '../api/reports/waiting-totals';
import type { Reading } from '../reading';
import { orBuilding } from '../reading';
import { given } from '../register-query';

/** What the pages of the chapters' reports show; all of it from the lists and the counters. */

const PAGE = 25;

interface Query {
  readonly cursor?: string;
  readonly region?: string;
  readonly province?: string;
  readonly municipality?: string;
}

/** A province is offered once its region is chosen, a municipality once its province is. */
const isOffered = (filter: string, { region, province }: Query): boolean =>
  filter === 'province' ? region !== undefined : filter !== 'municipality' || province !== undefined;

/** A currency is a choice where there are several. */
const worthChoosing = (filter: string, values: readonly unknown[]): boolean =>
  filter !== 'currency' || values.length > 1;

const fixed: Readonly<Partial<Record<ReportName, Readonly<Record<string, readonly string[]>>>>> = {
  support: { type: supportTypes, stage: supportStages },
  use: { type: useTypes, found: visitFindings, activity: activityKinds },
  assigned: { held: holders },
  flags: { rule: flagRules },
  // Regions are named by what is counted of them.
  waiting: { region: [], kind: assetKinds, destined: waitOutcomes, assigned: waitOutcomes, 'in-use': waitOutcomes },
};

type Choices = readonly ReportChoice[];

/** Filters that the counters know nothing of: while one is chosen, no counter tells how many rows another would find. */
const chosenAlone = (page: ReportName, filters: ReportFilters): boolean =>
  rowsAloneIn(page).some((name) => filters[name] !== undefined);

const uncounted = (choices: Choices): Choices => choices.map(({ code, name }) => ({ code, name }));

/** The values of a filter, each with what it would find; what would find nothing is not among them, as far as that is counted. */
async function choicesOf(
  database: ReadDatabase,
  page: ReportName,
  name: string,
  filters: ReportFilters,
): Promise<Choices> {
  const codes = fixed[page]?.[name];
  if (codes && !isCounted(page, name)) return codes.map((code) => ({ code, name: code }));
  const counted = await reportChoices(database, page, name, filters);
  const inOrder = codes ? codes.flatMap((code) => counted.filter((each) => each.code === code)) : counted;
  return chosenAlone(page, filters) ? uncounted(inOrder) : inOrder;
}

/** The same choices with what was counted of them otherwise. */
const counting = (choices: Choices = [], counts: Readonly<Record<string, number>>): Choices =>
  choices.map((choice) => ({ ...choice, count: counts[choice.code] ?? 0 })).filter(({ count }) => count > 0);

async function listed<Line>(
  reading: Reading,
  page: ReportName,
  query: Query,
  line: (row: Row) => Line,
  bounds: { readonly until?: LegalDate } = {},
): Promise<ReportView<Line> & { readonly filters: ReportFilters }> {
  const filters: ReportFilters = given(filtersOf(page, query));
  const names = filtersKnown(page).filter((filter) => filter !== 'asOf' && isOffered(filter, query));
  const { database } = reading;
  const [slice, values] = await Promise.all([
    reportSlice(database, page, { filters, today: reading.today(), ...boundsOf(query.cursor), limit: PAGE, ...bounds }),
    askedOnce(reading, ['choices', page, named(filters)], () =>
      Promise.all(names.map((name) => choicesOf(database, page, name, filters))),
    ),
  ]);
  const choices = names
    .map((name, place) => [name, values[place]!] as const)
    .filter(([name, all]) => worthChoosing(name, all));
  const { rows, next, previous, position } = slice;
  return {
    page,
    address: given({ ...filters, cursor: query.cursor }),
    ...(filtersKnown(page).includes('asOf') && { today: reading.today() }),
    choices: Object.fromEntries(choices),
    lines: rows.map(line),
    ...(next !== undefined && { next: `after~${next}` }),
    ...(previous !== undefined && { previous: `before~${previous}` }),
    position,
    filters,
  };
}

/** The area whose parts are shown: those of the smallest one chosen. */
const areaWithin = ({ region, province }: Query) =>
  province !== undefined ? 'municipality' : region !== undefined ? 'province' : 'region';

/** Throws RequestFailed while the report is being built, as all of these do. */
export const moneyView = (reading: Reading, query: MoneyPageDto): Promise<MoneyView> =>
  orBuilding(
    (async () => {
      const { filters, ...list } = await listed(reading, 'money', query, movement);
      const divided = (['source', 'year', areaWithin(query), 'supplier', 'programme'] as const).filter(
        (by) => filters[by] === undefined,
      );
      const divisions = await Promise.all(
        divided.map(async (by) => ({ by, parts: await moneyAsked(reading, filters, by) })),
      );
      return {
        ...list,
        totals: await moneyAsked(reading, filters),
        organisations: await organisationsCalled(reading.database, [
          filters.supplier ?? null,
          ...list.lines.map(({ supplier }) => supplier),
        ]),
        // What happens to an allocation as a whole has no supplier; who asks for suppliers does not ask for that.
        divisions: divisions
          .map(({ by, parts }) => ({ by, parts: arranged(by, parts) }))
          .filter(({ parts }) => parts.some(({ code }) => code !== null)),
      };
    })(),
  );

/** Suppliers by what they got, years from the latest on; others as the report gives them. */
function arranged<Part extends { readonly code: string | null; readonly committed: string }>(
  by: string,
  parts: readonly Part[],
): readonly Part[] {
  if (by === 'supplier') return bySize(parts.filter(({ code }) => code));
  return by === 'year' ? [...parts].sort((a, b) => (b.code ?? '').localeCompare(a.code ?? '')) : parts;
}

const bySize = <Part extends { readonly committed: string }>(parts: readonly Part[]): Part[] =>
  [...parts].sort((a, b) => (BigInt(b.committed) > BigInt(a.committed) ? 1 : -1));

export const supportView = (reading: Reading, query: SupportPageDto): Promise<SupportView> =>
  orBuilding(
    (async () => {
      const { filters, ...list } = await listed(reading, 'support', query, supportLine);
      const [total] = await supportAsked(reading, filters);
      const { screened, passed, accepted, running } = total!;
      return {
        ...list,
        choices: { ...list.choices, stage: counting(list.choices.stage, { screened, passed, accepted, running }) },
        total: total!,
        organisations: await organisationsCalled(reading.database, [
          filters.supporter ?? null,
          ...list.lines.map(({ supporter }) => supporter),
        ]),
        forms: filters.form === undefined ? await supportAsked(reading, filters, 'form') : [],
      };
    })(),
  );

export function supportLine(row: Row) {
  const { title, ...item } = supportItem(row);
  // Of an item the title is what is needed; of the asset it is its own.
  return {
    ...item,
    title: row.title === null ? null : String(row.title),
    needed: title,
    deliveredMillionths: BigInt(String(row.delivered)),
  };
}

export const useView = (reading: Reading, query: UsePageDto): Promise<UseView> =>
  orBuilding(
    (async () => {
      const { filters, ...list } = await listed(reading, 'use', query, useRecord);
      const [total] = await useAsked(reading, filters);
      const { visits, activities } = total!;
      const { found, activity } = list.choices;
      const choices = { ...list.choices, found: counting(found, visits), activity: counting(activity, activities) };
      return { ...list, choices, total: total! };
    })(),
  );

export const assignedView = (reading: Reading, query: AssignedPageDto): Promise<AssignedView> =>
  orBuilding(
    (async () => {
      const { filters, ...list } = await listed(reading, 'assigned', query, assignedLine);
      const by = areaWithin(query);
      const [[total], parts] = await Promise.all([
        assignedAsked(reading, filters),
        assignedAsked(reading, filters, by),
      ]);
      return { ...list, total: total!, areas: { by, parts } };
    })(),
  );

export const waitingView = (reading: Reading, query: WaitingPageDto): Promise<WaitingView> =>
  orBuilding(
    (async () => {
      const { filters, choices, ...list } = await listed(reading, 'waiting', query, waitingLine);
      // Medians of every region go through all the counters: those who want them ask the API.
      const divided = (['kind'] as const).filter((by) => filters[by] === undefined);
      const [totals, region, ...divisions] = await Promise.all([
        waitsAsked(reading, filters),
        waitingRegions(reading.database),
        ...divided.map(async (by) => ({ by, parts: await waitsAsked(reading, filters, by) })),
      ]);
      return { ...list, choices: { ...choices, region }, totals, divisions };
    })(),
  );

export const flagsView = (reading: Reading, query: FlagsPageDto): Promise<FlagsView> =>
  orBuilding(
    (async () => {
      const { filters, ...list } = await listed(reading, 'flags', query, flagLine, { until: reading.today() });
      const { region, rule } = filters;
      const [totals, ofRules, ofRegions, names] = await Promise.all([
        flagTotals(reading, filters),
        flagTotals(reading, { region }),
        flagTotals(reading, { rule }, 'region'),
        organisationNames(
          reading.database,
          list.lines.map(({ organisation }) => organisation),
        ),
      ]);
      const { callOutcomeWithinDays, assignedListWithinDays, activityReportWithinDays } = reading.profile;
      const duties = {
        outcome: callOutcomeWithinDays.days,
        list: assignedListWithinDays.days,
        report: activityReportWithinDays.days,
      };
      const hits = (lines: readonly FlagTotal[], by: 'rule' | 'code'): Readonly<Record<string, number>> =>
        lines.reduce<Record<string, number>>((sums, line) => {
          const value = line[by] ?? '';
          return { ...sums, [value]: (sums[value] ?? 0) + line.hits };
        }, {});
      const choices = {
        ...list.choices,
        rule: counting(list.choices.rule, hits(ofRules, 'rule')),
        region: counting(list.choices.region, hits(ofRegions, 'code')),
      };
      return { ...list, choices, totals, names, duties };
    })(),
  );
