import { returnCodes, returnItem } from './items';
import type { ReturnCode } from './items';
import type { ReturnLine, StockChange } from './lines';

/** Changes when an item changes its meaning: figures of two schemes cannot be compared. */
export const RETURN_SCHEME = 1;

/** What one asset, or one stream that is none, adds to one cell of the return. Cells add up. */
export interface ReturnCell {
  readonly year: string;
  readonly item: ReturnCode;
  /** Empty where the item has none. */
  readonly part: string;
  /** Empty where there is no money, or where it is not known. */
  readonly currency: string;
  readonly region: string;
  readonly kind: string;
  readonly entries: number;
  readonly assets: number;
  /** The assets that this cell is the first of its item and year to count: what different assets the item as a whole adds up to. */
  readonly firsts: number;
  readonly minor: bigint;
  /** People, over those of the entries that counted them. */
  readonly people: number;
  readonly counted: number;
}

type Where = Pick<ReturnCell, 'region' | 'kind'>;

type Counting = { -readonly [Name in keyof ReturnCell]: ReturnCell[Name] };

/** The cells of the lines of one stream; `isAsset` where it is a dossier. Every change of a dossier comes here, so that nothing is copied. */
export function cellsOf(lines: readonly ReturnLine[], where: Where, isAsset: boolean): ReturnCell[] {
  const cells = new Map<string, Counting>();
  const seen = new Set<string>();
  for (const line of lines) {
    const { year, item, part, money, people } = line;
    const currency = money?.currency ?? '';
    const key = `${year}~${item}~${part}~${currency}`;
    let cell = cells.get(key);
    if (!cell) {
      cell = begun(line, currency, where, isAsset && !seen.has(`${year}~${item}`), isAsset);
      cells.set(key, cell);
      seen.add(`${year}~${item}`);
    }
    cell.entries += 1;
    if (money) cell.minor += BigInt(money.minor);
    if (people === undefined || people === null) continue;
    cell.people += people;
    cell.counted += 1;
  }
  return [...cells.values()];
}

function begun(
  { year, item, part }: ReturnLine,
  currency: string,
  { region, kind }: Where,
  isFirst: boolean,
  isAsset: boolean,
): Counting {
  const [assets, firsts] = [isAsset ? 1 : 0, isFirst ? 1 : 0];
  return { year, item, part, currency, region, kind, entries: 0, assets, firsts, minor: 0n, people: 0, counted: 0 };
}

export const stockCells = (changes: readonly StockChange[], where: Where): ReturnCell[] =>
  changes.map(({ year, phase, assets }) => ({
    year,
    item: 'stock',
    part: phase,
    currency: '',
    region: where.region,
    kind: where.kind,
    entries: 0,
    assets,
    firsts: 0,
    minor: 0n,
    people: 0,
    counted: 0,
  }));

/** One figure of the return: of an item, or of a part of it. */
export interface ReturnFigure {
  readonly item: ReturnCode;
  /** Null for the item as a whole. */
  readonly part: string | null;
  /** Entries of the year; null where assets are counted as they stand. */
  readonly entries: number | null;
  /** Different assets; null where no assets are concerned. Of a part, one with money in two currencies counts in both. */
  readonly assets: number | null;
  /** By currency; whole minor units as digits. Missing where the item adds up no money. */
  readonly money?: readonly { readonly currency: string; readonly minor: string; readonly entries: number }[];
  /** The sum over those entries that counted people, null where none did. */
  readonly people?: { readonly sum: number | null; readonly entries: number };
  /** Entries, of the stock assets, by region (official code; empty: not known) and by kind of asset. */
  readonly byRegion: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
}

/** The return of a year: figures in the order of the items, each item followed by those of its parts that are not nothing. */
export interface ReturnFigures {
  readonly scheme: number;
  readonly year: string;
  /** How many entries count in no year, because no source says when they happened. */
  readonly undated: number;
  readonly figures: readonly ReturnFigure[];
}

type Summed = Omit<ReturnCell, 'year' | 'item'>;

/** The figures of a year in the making. */
export interface ReturnSums {
  /** Takes cells in whatever order. Those of another year are passed over, but of the stock those of all years up to it count. */
  readonly add: (cells: Iterable<ReturnCell>) => void;
  readonly figures: () => ReturnFigures;
}

/** Adds cells up to the figures of a year as they come: it takes room for what figures tell apart, not for the assets behind them. */
export function returnSums(year: string): ReturnSums {
  const sums = new Map<ReturnCode, Map<string, Counting>>();
  let undated = 0;
  const add = (cells: Iterable<ReturnCell>): void => {
    for (const cell of cells) {
      const { year: of, item, part, currency, region, kind } = cell;
      const stock = returnItem(item).counts === 'stock';
      // Where the parts overlap, each entry stands once for each part.
      if (of === '' && (!returnItem(item).overlapping || part === returnItem(item).parts?.[0])) undated += cell.entries;
      if (stock ? of > year : of !== year) continue;
      const members = sums.get(item) ?? new Map<string, Counting>();
      sums.set(item, members);
      const key = `${part}~${currency}~${region}~${kind}`;
      const sum = members.get(key);
      if (sum) addTo(sum, cell);
      else members.set(key, { ...cell });
    }
  };
  const cellsOfItem = (item: ReturnCode): Summed[] => [...(sums.get(item)?.values() ?? [])];
  const figures = (): ReturnFigures => ({
    scheme: RETURN_SCHEME,
    year,
    undated,
    figures: returnCodes.flatMap((item) => figuresOf(item, cellsOfItem(item))),
  });
  return { add, figures };
}

function addTo(sum: Counting, { entries, assets, firsts, minor, people, counted }: ReturnCell): void {
  sum.entries += entries;
  sum.assets += assets;
  sum.firsts += firsts;
  sum.minor += minor;
  sum.people += people;
  sum.counted += counted;
}

/** The figures of a year from cells that are at hand. */
export function returnFigures(year: string, cells: Iterable<ReturnCell>): ReturnFigures {
  const sums = returnSums(year);
  sums.add(cells);
  return sums.figures();
}

function figuresOf(item: ReturnCode, cells: readonly Summed[]): ReturnFigure[] {
  const { parts = [], overlapping, counts } = returnItem(item);
  const of = (part: string): ReturnFigure =>
    figureOf(
      item,
      part,
      cells.filter((cell) => cell.part === part),
    );
  const found = parts.map(of).filter(({ entries, assets }) => (entries ?? 0) > 0 || (assets ?? 0) > 0);
  if (counts === 'stock') return found;
  return overlapping ? parts.map(of) : [figureOf(item, null, cells), ...found];
}

function figureOf(item: ReturnCode, part: string | null, cells: readonly Summed[]): ReturnFigure {
  const { counts, money, people, section } = returnItem(item);
  const stock = counts === 'stock';
  const amount = (cell: Summed): number => (stock ? cell.assets : cell.entries);
  return {
    item,
    part,
    entries: stock ? null : sum(cells, ({ entries }) => entries),
    assets: section === 'participation' ? null : sum(cells, ({ assets, firsts }) => (part === null ? firsts : assets)),
    ...(money && { money: moneyIn(cells) }),
    ...(people && { people: peopleIn(cells) }),
    byRegion: divided(cells, ({ region }) => region, amount),
    byKind: divided(cells, ({ kind }) => kind, amount),
  };
}

const sum = (cells: readonly Summed[], of: (cell: Summed) => number): number =>
  cells.reduce((all, cell) => all + of(cell), 0);

function moneyIn(cells: readonly Summed[]): NonNullable<ReturnFigure['money']> {
  const known = cells.filter(({ currency }) => currency !== '');
  return [...new Set(known.map(({ currency }) => currency))].sort().map((currency) => {
    const own = known.filter((cell) => cell.currency === currency);
    const minor = own.reduce((all, cell) => all + cell.minor, 0n);
    return { currency, minor: minor.toString(), entries: sum(own, ({ entries }) => entries) };
  });
}

function peopleIn(cells: readonly Summed[]): NonNullable<ReturnFigure['people']> {
  const counted = sum(cells, (cell) => cell.counted);
  return { sum: counted === 0 ? null : sum(cells, ({ people }) => people), entries: counted };
}

/** Sums by a dimension, those of nothing left out. */
function divided(
  cells: readonly Summed[],
  by: (cell: Summed) => string,
  amount: (cell: Summed) => number,
): Record<string, number> {
  const sums = new Map<string, number>();
  for (const cell of cells) sums.set(by(cell), (sums.get(by(cell)) ?? 0) + amount(cell));
  return Object.fromEntries(
    [...sums].filter(([, value]) => value !== 0).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}
