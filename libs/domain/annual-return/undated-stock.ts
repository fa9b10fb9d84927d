import type { Phase } from '../asset/asset';
import type { ReturnCode } from './items';

/** What the stock of a day leaves out, because no source says when it happened. */
export interface UndatedStock {
  /** Assets of the register of which no source says when they were seized, and which nothing with a date puts there by that day. */
  readonly assets: number;
  /** By phase, of how many acts that lead into it no source says when: all that are known, whenever they were written down. Phases without are left out. */
  readonly acts: Readonly<Record<string, number>>;
}

/** The acts that lead into a phase, as the annual return counts them, or a part of an item. Into the other phases leads none of its own. */
export const actsInto: Readonly<Partial<Record<Phase, { readonly item: ReturnCode; readonly part?: string }>>> = {
  seized: { item: 'seizures' },
  'confiscated-first': { item: 'confiscations-ordered', part: 'first' },
  'confiscated-appeal': { item: 'confiscations-ordered', part: 'appeal' },
  'confiscated-final': { item: 'confiscations-final' },
  destined: { item: 'destined' },
  transferred: { item: 'transferred' },
  assigned: { item: 'agreements-signed' },
  'in-use': { item: 'uses-started' },
  sold: { item: 'sold' },
  destroyed: { item: 'destroyed' },
  returned: { item: 'returned-to-owner' },
};
