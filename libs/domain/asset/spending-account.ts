import type { LegalDate } from '../event';
import { exactSum } from '../exact';
import type { LegalPerson } from './references';

/** What the spending chapter's entries add up to. Amounts are whole minor units; an item's id is the entry that recorded it. */
export interface Spending {
  readonly allocations: readonly Allocation[];
  readonly commitments: readonly Commitment[];
  readonly requests: readonly PaymentRequest[];
  readonly payments: readonly Payment[];
  readonly works: readonly Works[];
}

/** Money set aside for the asset. */
export interface Allocation {
  readonly id: string;
  readonly source: string;
  readonly currency: string;
  /** What is left of it after reductions. */
  readonly minor: number;
}

/** A part of an allocation promised to a supplier by contract; in its allocation's currency. */
export interface Commitment {
  readonly id: string;
  readonly allocation: string;
  readonly supplier: LegalPerson;
  /** SHA-256 of the contract. */
  readonly document: string;
  readonly currency: string;
  /** What is left of it after reductions. */
  readonly minor: number;
}

export interface PaymentRequest {
  readonly id: string;
  readonly commitment: string;
  /** SHA-256 of the invoice. */
  readonly document: string;
  readonly currency: string;
  readonly minor: number;
  /** Subject of the person who asked; missing in a public fold and for a process. */
  readonly requestedBy?: string;
  readonly approved: boolean;
}

export interface Payment {
  readonly id: string;
  readonly request: string;
  readonly currency: string;
  readonly minor: number;
  /** How much of it came back. */
  readonly reversed: number;
}

export interface Works {
  readonly id: string;
  readonly startedOn: LegalDate | null;
  /** Present once they are done. */
  readonly completed?: { readonly on: LegalDate | null };
}

export const nothingSpent: Spending = { allocations: [], commitments: [], requests: [], payments: [], works: [] };

/** What all allocations in one currency add up to. */
export const allocatedIn = ({ allocations }: Spending, currency: string): number =>
  exactSum(allocations.filter((allocation) => allocation.currency === currency).map(({ minor }) => minor));

/** What is committed of an allocation. */
export const committedOf = ({ commitments }: Spending, allocation: string): number =>
  exactSum(commitments.filter((commitment) => commitment.allocation === allocation).map(({ minor }) => minor));

/** What is approved for payment of a commitment. A reversal takes the approval with it: to pay again, somebody asks and approves again. */
export function approvedOf({ requests, payments }: Spending, commitment: string): number {
  const approved = requests.filter((request) => request.commitment === commitment && request.approved);
  const ids = new Set(approved.map(({ id }) => id));
  const reversed = payments.filter(({ request }) => ids.has(request)).map((payment) => payment.reversed);
  return exactSum(approved.map(({ minor }) => minor)) - exactSum(reversed);
}

/** What was paid on a request, reversals not taken off. */
export const paidOn = ({ payments }: Spending, request: string): number =>
  exactSum(payments.filter((payment) => payment.request === request).map(({ minor }) => minor));

/** The list with one of its items changed. */
export const withChanged = <Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  change: (item: Item) => Item,
): readonly Item[] => items.map((item) => (item.id === id ? change(item) : item));
