import type { Phase, ReturnCode, UndatedStock } from '#domain';
import type { WaitingSum } from '../reports/view';
import type { StockCell } from './view';

/** What the indicators tell beside the stock of a moment. Each figure has what it is a part of beside it. */

/** Acts that are told year by year; items of the annual return, whose entries lie behind each. */
export const yearlyActs = [
  'seizures', 'confiscations-final', 'destined', 'transferred', 'agreements-signed', 'uses-started', 'sold',
] as const satisfies readonly ReturnCode[]; // prettier-ignore
export type YearlyAct = (typeof yearlyActs)[number];

export interface YearOfFlow {
  readonly year: string;
  /** Entries dated in the year. */
  readonly acts: Readonly<Record<YearlyAct, number>>;
  /** In the order of an asset's life; those in which nothing ever was are left out. */
  readonly phases: readonly {
    readonly phase: Phase;
    readonly entered: number;
    readonly left: number;
    /** How many stood in it when the year ended. */
    readonly atEnd: number;
  }[];
}

/** Phases in which an asset has come back to society. */
export const reusedPhases = ['transferred', 'assigned', 'in-use', 'kept-by-state'] as const satisfies readonly Phase[];
/** Phases of assets that were confiscated for good; those given back, divided or united are counted elsewhere or not at all. */
const confiscatedPhases: readonly string[] = [
  'confiscated-final', 'available', 'destined', ...reusedPhases, 'sold', 'destroyed',
]; // prettier-ignore

/** The phases in which an asset may be idle. */
export const idlePhases = [
  'confiscated-final',
  'available',
  'destined',
  'transferred',
] as const satisfies readonly Phase[];

export interface Part {
  /** Of a region or a kind; empty where it is not known. */
  readonly code: string;
  readonly name: string;
}

export interface Reused extends Part {
  /** Assets by the phases that count as reused. */
  readonly phases: Readonly<Record<(typeof reusedPhases)[number], number>>;
  readonly reused: number;
  /** Assets confiscated for good, of which these are a part. */
  readonly of: number;
}

export interface Idle extends Part {
  /** Assets idle for at least so many years, by the years asked for. */
  readonly assets: Readonly<Record<string, number>>;
  /** Assets in the phases in which one may be idle. */
  readonly of: number;
}

export interface Spending extends Part {
  readonly currency: string;
  /** Assets for which there is public money in the currency. */
  readonly assets: number;
  /** All assets of the part. */
  readonly of: number;
  /** Minor units, as digits: sums may be beyond what a double holds. */
  readonly allocated: string;
  readonly paid: string;
}

/** Duties that somebody is late with. */
export const duties = ['publication', 'visits', 'answers'] as const;
export type Duty = (typeof duties)[number];

export interface OverdueDuty {
  readonly duty: Duty;
  readonly overdue: number;
  /** Of so many; null where the duties are of several sorts and have no sum. */
  readonly of: number | null;
}

/** What only the counters of today tell. */
export interface SectionsOfToday {
  readonly waits: readonly WaitingSum[];
  readonly idle: { readonly whole: Idle; readonly byRegion: readonly Idle[]; readonly byKind: readonly Idle[] };
  readonly spending: {
    readonly whole: readonly Spending[];
    readonly byRegion: readonly Spending[];
    readonly byKind: readonly Spending[];
  };
  readonly overdue: readonly OverdueDuty[];
}

export interface IndicatorSections {
  /** The latest first; of a day that is over the whole years before it. */
  readonly years: readonly YearOfFlow[];
  readonly reused: { readonly whole: Reused; readonly byRegion: readonly Reused[]; readonly byKind: readonly Reused[] };
  /** What the stock of a day leaves out for lack of a date; null for today. */
  readonly undated: UndatedStock | null;
  /** Null where a day is asked about. */
  readonly today: SectionsOfToday | null;
}

type Dimension = 'area_code' | 'kind';

/** The cells of each part together, the part with the most assets first. */
export function partsOf(cells: readonly StockCell[], by: Dimension): [Part, StockCell[]][] {
  const parts = new Map<string, StockCell[]>();
  for (const cell of cells) parts.set(cell[by], [...(parts.get(cell[by]) ?? []), cell]);
  return [...parts]
    .map(([code, own]): [Part, StockCell[]] => [{ code, name: by === 'kind' ? code : (own[0]?.area ?? '') }, own])
    .sort(([one, a], [other, b]) => assetsIn(b) - assetsIn(a) || (one.code < other.code ? -1 : 1));
}

/** How many assets stand in some phases; in any, unless said. */
export const assetsIn = (cells: readonly StockCell[], among?: readonly string[]): number =>
  cells.reduce((sum, { phase, assets }) => (among?.includes(phase) === false ? sum : sum + assets), 0);

const reusedOf = (part: Part, cells: readonly StockCell[]): Reused => ({
  ...part,
  phases: Object.fromEntries(reusedPhases.map((phase) => [phase, assetsIn(cells, [phase])])) as Reused['phases'],
  reused: assetsIn(cells, reusedPhases),
  of: assetsIn(cells, confiscatedPhases),
});

/** Which share of what was confiscated for good has come back to society. */
export function reusedIn(cells: readonly StockCell[]): IndicatorSections['reused'] {
  const by = (dimension: Dimension): Reused[] =>
    partsOf(cells, dimension)
      .map(([part, own]) => reusedOf(part, own))
      .filter(({ of }) => of > 0);
  return { whole: reusedOf({ code: '', name: '' }, cells), byRegion: by('area_code'), byKind: by('kind') };
}

/** An amount for each of so many, rounded to the nearest minor unit; undefined of none. */
export const perAsset = (minor: string, assets: number): bigint | undefined =>
  assets === 0 ? undefined : (2n * BigInt(minor) + BigInt(assets)) / (2n * BigInt(assets));
