import type { LegalDate } from '../event';
import type { ReturnCode } from './items';

/** One thing that happened, as an item of the return counts it. */
export interface ReturnLine {
  readonly item: ReturnCode;
  /** The part of the item it counts in; empty where the item has none. */
  readonly part: string;
  /** The entry behind it. */
  readonly entry: string;
  readonly on: LegalDate | null;
  /** The year it counts in; empty where no source says when. */
  readonly year: string;
  /** What it adds to the item's money; null where that is not known. */
  readonly money?: { readonly minor: number; readonly currency: string } | null;
  /** How many people it adds; null where nobody counted them. */
  readonly people?: number | null;
}

/** From the end of a year on so many more assets stand in a phase, or fewer; until another change. */
export interface StockChange {
  readonly year: string;
  readonly phase: string;
  readonly assets: 1 | -1;
}

export const yearIn = (date: LegalDate | null | undefined): string => date?.slice(0, 4) ?? '';
