import { phases } from '#domain';
import type { LegalDate, Phase } from '#domain';
import {
  answersByAuthority,
  flowByYear,
  idleCells,
  idleSinceFor,
  idleYears,
  spendingCells,
  undatedStock,
} from '#read-models';
import type { IdleCell, SpendingCell } from '#read-models';
import { assetsIn, idlePhases, partsOf, reusedIn, yearlyActs } from '#web';
import type { AreaStockCell, Idle, IndicatorSections, OverdueDuty, Part, Spending, YearOfFlow } from '#web';
import { askedOnce, assignedAsked } from './api/reports/asked';
import { flagTotals } from './api/reports/flag-totals';
import { waitsAsked } from './api/reports/waiting-totals';
import type { Reading } from './reading';

/** What the indicators tell beside the stock; `cells` are the stock's. All of it from counters. Throws NotBuiltYet. */
export async function indicatorSections(
  reading: Reading,
  cells: readonly AreaStockCell[],
  asOf: LegalDate | undefined,
): Promise<IndicatorSections> {
  const years = await askedOnce(reading, ['flow by year'], () => yearsOf(reading));
  const whole = asOf === undefined ? years : years.filter(({ year }) => year < asOf.slice(0, 4));
  const reused = reusedIn(cells);
  if (asOf !== undefined) {
    const undated = await undatedStock(reading.database, asOf, assetsIn(cells));
    return { years: whole, reused, undated, today: null };
  }
  const [waits, idle, spending, overdue] = await Promise.all([
    waitsAsked(reading, {}),
    idleCells(
      reading.database,
      idleYears.map((each) => idleSinceFor(each, reading.today())),
    ),
    spendingCells(reading.database),
    overdueDuties(reading),
  ]);
  return {
    years: whole,
    reused,
    undated: null,
    today: { waits, idle: idleIn(idle, cells), spending: spendingIn(spending, cells), overdue },
  };
}

/** The latest year first. What stood at the end of a year is the sum of all that came and went until then. */
async function yearsOf(reading: Reading): Promise<YearOfFlow[]> {
  const { phases: flows, acts } = await flowByYear(reading.database, yearlyActs);
  const all = [...flows, ...acts].map(({ year }) => year).filter((year) => year !== '');
  if (all.length === 0) return [];
  const known = phases.filter((phase) => flows.some((flow) => flow.phase === phase));
  const stood = new Map<Phase, number>();
  const years: YearOfFlow[] = [];
  const [first, last] = [Number([...all].sort()[0]), Number([...all].sort().at(-1))];
  for (let number = first; number <= last; number += 1) {
    const year = String(number);
    const told = known.map((phase) => {
      const { entered = 0, left = 0 } = flows.find((flow) => flow.year === year && flow.phase === phase) ?? {};
      const atEnd = (stood.get(phase) ?? 0) + entered - left;
      stood.set(phase, atEnd);
      return { phase, entered, left, atEnd };
    });
    const done = yearlyActs.map((item) => [
      item,
      acts.find((act) => act.year === year && act.item === item)?.entries ?? 0,
    ]);
    years.push({ year, acts: Object.fromEntries(done) as YearOfFlow['acts'], phases: told });
  }
  return years.reverse();
}

function idleIn(counted: readonly IdleCell[], cells: readonly AreaStockCell[]): NonNullable<IndicatorSections['today']>['idle'] {
  const idle = (part: Part, own: readonly IdleCell[], of: readonly AreaStockCell[]): Idle => ({
    ...part,
    assets: Object.fromEntries(
      idleYears.map((years, place) => [years, own.reduce((sum, { counts }) => sum + counts[place]!, 0)]),
    ),
    of: assetsIn(of, idlePhases),
  });
  const by = (dimension: 'area_code' | 'kind', column: 'region_code' | 'kind'): Idle[] =>
    partsOf(cells, dimension)
      .map(([part, of]) => idle(part, counted.filter((cell) => cell[column] === part.code), of))
      .filter(({ of }) => of > 0);
  return {
    whole: idle({ code: '', name: '' }, counted, cells),
    byRegion: by('area_code', 'region_code'),
    byKind: by('kind', 'kind'),
  };
} // prettier-ignore

function spendingIn(
  counted: readonly SpendingCell[],
  cells: readonly AreaStockCell[],
): NonNullable<IndicatorSections['today']>['spending'] {
  const spending = (part: Part, own: readonly SpendingCell[], of: number): Spending[] =>
    [...new Set(own.map(({ currency }) => currency))].map((currency) => {
      const those = own.filter((cell) => cell.currency === currency);
      const sum = (stage: 'allocated' | 'paid'): string => String(those.reduce((all, cell) => all + cell[stage], 0n));
      const assets = those.reduce((all, cell) => all + cell.assets, 0);
      return { ...part, currency, assets, of, allocated: sum('allocated'), paid: sum('paid') };
    });
  const by = (dimension: 'area_code' | 'kind', column: 'region_code' | 'kind'): Spending[] =>
    partsOf(cells, dimension).flatMap(([part, own]) =>
      spending(
        part,
        counted.filter((cell) => cell[column] === part.code),
        assetsIn(own),
      ),
    );
  return {
    whole: spending({ code: '', name: '' }, counted, assetsIn(cells)),
    byRegion: by('area_code', 'region_code'),
    byKind: by('kind', 'kind'),
  };
}

/** What should have been published, visited or answered by today and was not, or came late. */
async function overdueDuties(reading: Reading): Promise<OverdueDuty[]> {
  const [flags, [assigned], { authorities }] = await Promise.all([
    flagTotals(reading, {}),
    assignedAsked(reading, {}),
    answersByAuthority(reading.database, reading.at(undefined)),
  ]);
  const hits = (rule: string): number => flags.find((flag) => flag.rule === rule)?.hits ?? 0;
  const sum = (of: 'overdue' | 'threads'): number => authorities.reduce((all, each) => all + each[of], 0);
  return [
    { duty: 'publication', overdue: hits('overdue-publication'), of: null },
    { duty: 'visits', overdue: hits('agreement-without-visit'), of: assigned?.heldByThirdParties ?? 0 },
    { duty: 'answers', overdue: sum('overdue'), of: sum('threads') },
  ];
}
