import type { Static } from '@sinclair/typebox';
import { inMillionths } from '../exact';
import type { money, quantity } from '../schema/fields';
import { demand } from '../refusal';
import type { LegalPerson } from './references';

/** What the support chapter's entries add up to; an item's id is the entry that recorded it. */
export interface Support {
  readonly needs: readonly Need[];
  readonly pledges: readonly Pledge[];
  readonly waivers: readonly Waiver[];
}

/** How much: a whole number with its decimals, in a unit (lower case) or a currency (ISO 4217, minor units). */
export interface Measure {
  readonly value: number;
  readonly scale: number;
  readonly unit: string;
}

export interface Need {
  readonly id: string;
  readonly kind: string;
  readonly measure: Measure;
}

export type PledgeStatus = 'pledged' | 'accepted' | 'declined' | 'withdrawn';

export interface Pledge {
  readonly id: string;
  readonly supporter: LegalPerson;
  readonly kind: string;
  readonly measure: Measure;
  readonly status: PledgeStatus;
  readonly delivered: readonly Measure[];
  /** The latest screening. */
  readonly screening?: Screening;
  /** Subject of the person who recorded the pledge; missing in a public fold and for a process. */
  readonly pledgedBy?: string;
}

export interface Screening {
  readonly passed: boolean;
  readonly conflictOfInterest: boolean;
  /** Subject of the person who screened; missing in a public fold. */
  readonly by?: string;
}

/** A conflict of a party that was looked at and let pass, with its reason. */
export interface Waiver {
  readonly id: string;
  readonly party: LegalPerson;
  /** Subject of the person who waived it; missing in a public fold. */
  readonly by?: string;
}

export const noSupport: Support = { needs: [], pledges: [], waivers: [] };

/** The two ways to say how much; exactly one is used. */
export interface Measured {
  readonly amount?: Static<ReturnType<typeof money>>;
  readonly quantity?: Static<ReturnType<typeof quantity>>;
}

/** The measure an entry gives; refused where it gives none or two, or goods where money was meant. */
export function measureOf({ amount, quantity }: Measured, kind: string): Measure {
  demand((amount === undefined) !== (quantity === undefined), 'one-measure');
  demand((kind === 'money') === (amount !== undefined), 'one-measure');
  return measured({ amount, quantity });
}

/** The measure of a recorded entry, whatever it says. */
export function measured({ amount, quantity }: { [Name in keyof Measured]: Measured[Name] | undefined }): Measure {
  if (amount) return { value: amount.minor, scale: 0, unit: amount.currency };
  return quantity ?? { value: 0, scale: 0, unit: '' };
}

export function sameUnit(measure: Measure, as: Measure): void {
  demand(measure.unit === as.unit, 'unit-differs', { unit: measure.unit, expected: as.unit });
}

/** True when the parts together are no more than the whole, without rounding. */
export const within = (parts: readonly Measure[], whole: Measure): boolean =>
  inMillionths(parts) <= inMillionths([whole]);

/** True when all that was pledged has been delivered. */
export const fulfilled = ({ delivered, measure }: Pledge): boolean =>
  inMillionths(delivered) === inMillionths([measure]);
