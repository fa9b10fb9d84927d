import { exactSum } from '../exact';
import type { LegalDate } from '../event';
import type { DataOf } from '../schema/definition';
import type { Entry } from './act';
import type { History } from './history';
import { ledgerOf } from './ledger';
import type { Balances, LedgerMove, Statement } from './ledger';
import type { LegalPerson } from './references';
import type { ExpenditureCommitted, FundsAllocated, PaymentMade, PaymentRequested } from './spending-events';
import type { PaymentReversed, WorksCompleted, WorksStarted } from './spending-events';

/** Public money of one asset, step by step: what report 3 is made of. Amounts are whole minor units; an item's id is the entry that recorded it. */
export interface MoneyTrail {
  /** In the order in which things happened. */
  readonly lines: readonly MoneyLine[];
  readonly allocations: readonly TracedAllocation[];
  readonly works: readonly TracedWorks[];
  /** One for each currency; the balances of each sum to zero. */
  readonly statements: readonly Statement[];
}

/** One movement of money with what it belongs to, and how the account of its currency stood after it. */
export interface MoneyLine extends LedgerMove {
  /** Type of the entry behind it. */
  readonly type: string;
  readonly source: string | null;
  readonly programme: string | null;
  readonly projectCode: string | null;
  /** The commitment it concerns, and who supplies; none for what happens to an allocation as a whole. */
  readonly commitment: string | null;
  readonly supplier: LegalPerson | null;
  readonly after: Balances;
}

/**
 * How far money has come: each figure holds those after it, so that paid ≤ approved ≤ committed ≤ allocated (rule 7). `free` is what is allocated and
 * not committed, `open` what is committed and not paid.
 */
export interface Stages {
  /** What was set aside, reductions taken off. */
  readonly allocated: number;
  readonly committed: number;
  readonly approved: number;
  /** Reversals taken off. */
  readonly paid: number;
}

export interface TracedAllocation extends Stages {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly source: string;
  readonly programme: string | null;
  readonly projectCode: string | null;
  readonly currency: string;
  readonly commitments: readonly TracedCommitment[];
}

export interface TracedCommitment extends Omit<Stages, 'allocated'> {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly supplier: LegalPerson;
  readonly procedure: string;
  readonly contract: string;
  readonly subject: string | null;
}

export interface TracedWorks {
  readonly id: string;
  readonly title: string;
  readonly commitment: string | null;
  readonly startedOn: LegalDate | null;
  /** Present once they are done. */
  readonly completed?: { readonly on: LegalDate | null };
}

/** What a set of balances says in stages. */
export const stagesOf = ({ funding, committed, approved, paid }: Balances): Stages => ({
  allocated: 0 - funding,
  committed: exactSum([committed, approved, paid]),
  approved: exactSum([approved, paid]),
  paid,
});

/** What a move adds to each stage; negative where money goes back. */
export function stagesMoved({ from, to, minor }: Pick<LedgerMove, 'from' | 'to' | 'minor'>): Stages {
  const at = (account: Balances): Stages => stagesOf(account);
  const [taken, given] = [at({ ...zero, [from]: minor }), at({ ...zero, [to]: minor })];
  return {
    allocated: given.allocated - taken.allocated,
    committed: given.committed - taken.committed,
    approved: given.approved - taken.approved,
    paid: given.paid - taken.paid,
  };
}

const zero: Balances = { funding: 0, available: 0, committed: 0, approved: 0, paid: 0 };

/** The money trail of a history; throws Refused as `ledgerOf` does. */
export function moneyTrail(history: History): MoneyTrail {
  const { moves, statements } = ledgerOf(history);
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  const commitmentOf = commitmentsBehind(history);
  const running = new Map<string, Balances>();
  const lines = moves.map((move): MoneyLine => {
    const before = running.get(move.currency) ?? zero;
    const lowered = { ...before, [move.from]: before[move.from] - move.minor };
    const after = { ...lowered, [move.to]: exactSum([lowered[move.to], move.minor]) };
    running.set(move.currency, after);
    const { source = null, programme = null, projectCode = null } = allocationIn(entries, move.allocation) ?? {};
    const commitment = commitmentOf.get(move.entry) ?? null;
    const supplier = commitmentIn(entries, commitment)?.supplier ?? null;
    const type = entries.get(move.entry)?.type ?? '';
    return { ...move, type, source, programme, projectCode, commitment, supplier, after };
  });
  return { lines, allocations: allocationsIn(history, lines), works: worksIn(history), statements };
}

const dataIn = <Data>(entries: ReadonlyMap<string, Entry>, id: string | null, type: string): Data | undefined => {
  const entry = id === null ? undefined : entries.get(id);
  return entry?.type === type ? (entry.data as Data) : undefined;
};
const allocationIn = (entries: ReadonlyMap<string, Entry>, id: string | null) =>
  dataIn<DataOf<typeof FundsAllocated>>(entries, id, 'FundsAllocated');
const commitmentIn = (entries: ReadonlyMap<string, Entry>, id: string | null) =>
  dataIn<DataOf<typeof ExpenditureCommitted>>(entries, id, 'ExpenditureCommitted');

/** The commitment each entry of the spending chapter concerns: a request names it, an approval and a payment the request, a reversal the payment. */
function commitmentsBehind(history: History): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const { id, type, data } of history) {
    if (type === 'ExpenditureCommitted') known.set(id, id);
    else {
      const { commitment, request, payment } = data as Partial<
        DataOf<typeof PaymentRequested> & DataOf<typeof PaymentMade> & DataOf<typeof PaymentReversed>
      >;
      const through = [commitment, request, payment].find((each) => typeof each === 'string' && known.has(each));
      if (through !== undefined) known.set(id, known.get(through)!);
    }
  }
  return known;
}

const summed = (lines: readonly MoneyLine[]): Stages => {
  const moved = lines.map(stagesMoved);
  const sum = (stage: keyof Stages): number => exactSum(moved.map((each) => each[stage]));
  return { allocated: sum('allocated'), committed: sum('committed'), approved: sum('approved'), paid: sum('paid') };
};

function allocationsIn(history: History, lines: readonly MoneyLine[]): TracedAllocation[] {
  return history
    .filter(({ type }) => type === 'FundsAllocated')
    .map(({ id, occurredOn, data }) => {
      const { source, programme, projectCode, amount } = data as DataOf<typeof FundsAllocated>;
      const mine = lines.filter(({ allocation }) => allocation === id);
      const names = { source, programme: programme ?? null, projectCode: projectCode ?? null };
      const commitments = commitmentsIn(history, mine, id);
      return { id, on: occurredOn, ...names, currency: amount.currency, ...summed(mine), commitments };
    });
}

function commitmentsIn(history: History, lines: readonly MoneyLine[], allocation: string): TracedCommitment[] {
  return history.flatMap(({ id, type, occurredOn, data }) => {
    if (type !== 'ExpenditureCommitted') return [];
    const commitment = data as DataOf<typeof ExpenditureCommitted>;
    if (commitment.allocation !== allocation) return [];
    const { supplier, procedure, contract, subject } = commitment;
    const { allocated: _, ...stages } = summed(lines.filter((line) => line.commitment === id));
    return [{ id, on: occurredOn, supplier, procedure, contract, subject: subject ?? null, ...stages }];
  });
}

function worksIn(history: History): TracedWorks[] {
  return history
    .filter(({ type }) => type === 'WorksStarted')
    .map(({ id, occurredOn, data }) => {
      const { title, commitment } = data as DataOf<typeof WorksStarted>;
      const end = history.find(
        (entry) => entry.type === 'WorksCompleted' && (entry.data as DataOf<typeof WorksCompleted>).works === id,
      );
      const works = { id, title, commitment: commitment ?? null, startedOn: occurredOn };
      return end ? { ...works, completed: { on: end.occurredOn } } : works;
    });
}
