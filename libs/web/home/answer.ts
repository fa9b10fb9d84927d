import type { Phase } from '#domain';
import type { IndicatorsView } from '../indicators/view';

/** What became of an asset, in the words of somebody who is not from the field. */
export const fates = ['back', 'promised', 'waiting', 'open', 'left'] as const;
export type Fate = (typeof fates)[number];

/** An asset that has a recipient on paper is told apart from one that was handed over: only the second has come back. */
export const fateOf: Readonly<Record<Phase, Fate>> = {
  seized: 'open',
  'confiscated-first': 'open',
  'confiscated-appeal': 'open',
  'confiscated-final': 'waiting',
  available: 'waiting',
  destined: 'promised',
  transferred: 'back',
  assigned: 'back',
  'in-use': 'back',
  'kept-by-state': 'back',
  sold: 'left',
  destroyed: 'left',
  returned: 'left',
  split: 'left',
  merged: 'left',
};

export interface FateCount {
  readonly fate: Fate;
  readonly assets: number;
  /** Of all assets, from 0 to 1. */
  readonly share: number;
}

/** How many assets had which fate; together they are all. */
export function answerFrom({ byPhase, total }: IndicatorsView): FateCount[] {
  return fates.map((fate) => {
    const assets = byPhase
      .filter(({ code }) => fateOf[code] === fate)
      .reduce((sum, { assets: those }) => sum + those, 0);
    return { fate, assets, share: total === 0 ? 0 : assets / total };
  });
}
