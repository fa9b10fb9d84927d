import { exactSum } from '../exact';
import type { DataOf } from '../schema/definition';
import type { Entry } from './act';
import type { History } from './history';
import type { ExpenditureCommitted, FundsAllocated, PaymentApproved, PaymentReversed } from './spending-events';
import type { AllocationReduced, CommitmentReduced, PaymentMade, PaymentRequested } from './spending-events';

/**
 * Where public money stands: `funding` is the source it came from (always negative or zero), the others what became of it. Each entry
 * moves one amount from one account to another, so that all balances together are zero whatever was recorded.
 */
export const ledgerAccounts = ['funding', 'available', 'committed', 'approved', 'paid'] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

/** One entry of the journal: an amount that left one account for another. */
export interface LedgerMove {
  /** The dossier's entry behind it. */
  readonly entry: string;
  readonly occurredOn: string | null;
  /** The entry of the allocation it concerns; null where an entry names one that is not there. */
  readonly allocation: string | null;
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  /** Whole minor units. */
  readonly minor: number;
  readonly currency: string;
}

export type Balances = Readonly<Record<LedgerAccount, number>>;

/** The balances of one currency, together and by allocation; each set of them sums to zero. */
export interface Statement {
  readonly currency: string;
  readonly balances: Balances;
  readonly allocations: readonly { readonly allocation: string | null; readonly balances: Balances }[];
}

export interface Ledger {
  readonly moves: readonly LedgerMove[];
  /** One for each currency, in alphabetical order. */
  readonly statements: readonly Statement[];
}

/**
 * The running ledger of an asset's public spending by double entry. Pure, and total over every lawful history; a history whose sums are
 * beyond exact range, which the rules refuse, throws Refused. `committed` is what is committed and not yet approved for payment,
 * `approved` what is approved and not yet paid; the totals of rule 7 are the sums of an account and those after it.
 */
export function ledgerOf(history: History): Ledger {
  const moves = movesIn(history);
  const currencies = [...new Set(moves.map(({ currency }) => currency))].sort();
  return { moves, statements: currencies.map((currency) => statementOf(moves, currency)) };
}

function statementOf(all: readonly LedgerMove[], currency: string): Statement {
  const moves = all.filter((move) => move.currency === currency);
  const allocations = [...new Set(moves.map(({ allocation }) => allocation))];
  return {
    currency,
    balances: balancesOf(moves),
    allocations: allocations.map((allocation) => ({
      allocation,
      balances: balancesOf(moves.filter((move) => move.allocation === allocation)),
    })),
  };
}

function balancesOf(moves: readonly LedgerMove[]): Balances {
  const balances = { funding: 0, available: 0, committed: 0, approved: 0, paid: 0 };
  for (const { from, to, minor } of moves) {
    balances[from] = exactSum([balances[from], -minor]);
    balances[to] = exactSum([balances[to], minor]);
  }
  return balances;
}

type Moved = Pick<LedgerMove, 'from' | 'to'> & {
  readonly amount: { readonly minor: number; readonly currency: string };
  /** The entry through which the allocation is found. */
  readonly through: string;
};

function movesIn(history: History): LedgerMove[] {
  // A commitment belongs to an allocation, a request to a commitment, a payment to a request: each entry inherits the allocation.
  const allocationOf = new Map<string, string>();
  return history.flatMap((entry): LedgerMove[] => {
    const { id, occurredOn } = entry;
    if (entry.type === 'PaymentRequested') {
      const { commitment } = entry.data as DataOf<typeof PaymentRequested>;
      const known = allocationOf.get(commitment);
      if (known !== undefined) allocationOf.set(id, known);
      return [];
    }
    const moved = moveOf(entry);
    if (!moved) return [];
    const { from, to, amount, through } = moved;
    const allocation = through === id ? id : allocationOf.get(through);
    if (allocation !== undefined) allocationOf.set(id, allocation);
    return [{ entry: id, occurredOn, allocation: allocation ?? null, from, to, ...amount }];
  });
}

function moveOf({ id, type, data }: Entry): Moved | undefined {
  switch (type) {
    case 'FundsAllocated':
      return { from: 'funding', to: 'available', amount: (data as DataOf<typeof FundsAllocated>).amount, through: id };
    case 'AllocationReduced': {
      const { allocation, amount } = data as DataOf<typeof AllocationReduced>;
      return { from: 'available', to: 'funding', amount, through: allocation };
    }
    case 'ExpenditureCommitted': {
      const { allocation, amount } = data as DataOf<typeof ExpenditureCommitted>;
      return { from: 'available', to: 'committed', amount, through: allocation };
    }
    case 'CommitmentReduced': {
      const { commitment, amount } = data as DataOf<typeof CommitmentReduced>;
      return { from: 'committed', to: 'available', amount, through: commitment };
    }
    case 'PaymentApproved': {
      const { request, amount } = data as DataOf<typeof PaymentApproved>;
      return { from: 'committed', to: 'approved', amount, through: request };
    }
    case 'PaymentMade': {
      const { request, amount } = data as DataOf<typeof PaymentMade>;
      return { from: 'approved', to: 'paid', amount, through: request };
    }
    case 'PaymentReversed': {
      const { payment, amount } = data as DataOf<typeof PaymentReversed>;
      return { from: 'paid', to: 'committed', amount, through: payment };
    }
    default:
      return undefined;
  }
}
