import type { ReturnFigure, ReturnFigures } from './figures';

/** By how much a figure has moved between two states of a return. */
export interface ReturnMovement {
  readonly entries: number;
  readonly assets: number;
  readonly people: number;
  readonly money: readonly { readonly currency: string; readonly minor: bigint }[];
}

/** Names a figure among those of its return. */
export const figureName = ({ item, part }: Pick<ReturnFigure, 'item' | 'part'>): string => `${item}~${part ?? ''}`;

/**
 * What has moved from one state of a return to another, by the names of the figures; what stands as it was is left out. A part that one of them does not state is nothing there. Empty
 * where the two are of different schemes: then there is nothing to compare.
 */
export function movedSince(before: ReturnFigures, after: ReturnFigures): ReadonlyMap<string, ReturnMovement> {
  if (before.scheme !== after.scheme) return new Map();
  const earlier = new Map(before.figures.map((figure) => [figureName(figure), figure]));
  const later = new Map(after.figures.map((figure) => [figureName(figure), figure]));
  const names = [...new Set([...earlier.keys(), ...later.keys()])];
  return new Map(
    names
      .map((name) => [name, movementOf(earlier.get(name), later.get(name))] as const)
      .filter(
        ([, { entries, assets, people, money }]) =>
          entries !== 0 || assets !== 0 || people !== 0 || money.some(({ minor }) => minor !== 0n),
      ),
  );
}

function movementOf(before: ReturnFigure | undefined, after: ReturnFigure | undefined): ReturnMovement {
  const by = (of: (figure: ReturnFigure) => number | null | undefined): number =>
    ((after && of(after)) ?? 0) - ((before && of(before)) ?? 0);
  const minorOf = (figure: ReturnFigure | undefined, currency: string): bigint =>
    BigInt(figure?.money?.find((each) => each.currency === currency)?.minor ?? '0');
  const currencies = [...(before?.money ?? []), ...(after?.money ?? [])].map(({ currency }) => currency);
  return {
    entries: by(({ entries }) => entries),
    assets: by(({ assets }) => assets),
    people: by(({ people }) => people?.sum),
    money: [...new Set(currencies)]
      .sort()
      .map((currency) => ({ currency, minor: minorOf(after, currency) - minorOf(before, currency) }))
      .filter(({ minor }) => minor !== 0n),
  };
}
