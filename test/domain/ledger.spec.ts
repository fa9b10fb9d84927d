import * as fc from 'fast-check';
import { assetEvents, decide, derivedUuid, emptyDossier, evolve, ledgerAccounts, ledgerOf } from '#domain';
import type { Balances, Dossier, History, JsonObject, LegalDate, RecordedEvent, Statement } from '#domain';
import { circumstances } from './specification';

/** A step of a random history: what somebody tries to record, when, and who. Places name earlier entries, and miss them at times. */
interface Attempt {
  readonly type: string;
  /** Taken instead where the type rests on something that is there already. */
  readonly instead: string;
  readonly place: number;
  readonly minor: number;
  readonly currency: string;
  readonly day: number;
  readonly officer: number;
}

const types = [
  'FundsAllocated', 'AllocationReduced', 'ExpenditureCommitted', 'CommitmentReduced', 'PaymentRequested', 'PaymentApproved', 'PaymentMade',
  'PaymentReversed', 'EntryCorrected', 'EntryAnnulled',
] as const; // prettier-ignore

/** What each type rests on, so that attempts often fit. */
const restsOn: Readonly<Record<string, string>> = {
  AllocationReduced: 'FundsAllocated',
  ExpenditureCommitted: 'FundsAllocated',
  CommitmentReduced: 'ExpenditureCommitted',
  PaymentRequested: 'ExpenditureCommitted',
  PaymentApproved: 'PaymentRequested',
  PaymentMade: 'PaymentRequested',
  PaymentReversed: 'PaymentMade',
};

/** Amounts shrink on the way from an allocation to a payment, or hardly any history would get that far. */
const size: Readonly<Record<string, number>> = { FundsAllocated: 30, ExpenditureCommitted: 6, PaymentRequested: 2 };

const huge = fc.integer({ min: Number.MAX_SAFE_INTEGER - 5, max: Number.MAX_SAFE_INTEGER });
const attempt: fc.Arbitrary<Attempt> = fc.record({
  type: fc.constantFrom(...types.slice(3)),
  instead: fc.constantFrom(...types),
  place: fc.nat(3),
  minor: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 60 }) }, { weight: 1, arbitrary: huge }),
  currency: fc.oneof({ weight: 9, arbitrary: fc.constant('EUR') }, { weight: 1, arbitrary: fc.constant('USD') }),
  // Most entries come in the order in which things happened; some are late.
  day: fc.oneof({ weight: 9, arbitrary: fc.constant(28) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 28 }) }),
  officer: fc.nat(2),
});

const paper = { sha256: 'ab'.repeat(32), title: 'Paper' };

function dataOf({ type, place, minor, currency }: Attempt, { history }: Dossier): JsonObject {
  const rest = restsOn[type];
  const candidates = rest === undefined ? history.slice(1) : history.filter((item) => item.type === rest);
  const target = candidates[place % Math.max(1, candidates.length)];
  const named = target?.id ?? derivedUuid('nothing', place);
  // Approvals are of the amount asked for: mostly take that one.
  const asked = type === 'PaymentApproved' && place % 3 > 0 ? (target?.data.amount as JsonObject) : undefined;
  const scaled = minor * (size[type] ?? 1);
  const amount = asked ?? { minor: Number.isSafeInteger(scaled) ? scaled : minor, currency };
  const reason = 'Random.';
  switch (type) {
    case 'FundsAllocated':
      return { source: 'eu', amount };
    case 'AllocationReduced':
      return { allocation: named, amount, reason };
    case 'ExpenditureCommitted': {
      const supplier = { name: `Supplier ${place}` };
      return { allocation: named, amount, supplier, procedure: 'open', contract: 'C', document: paper };
    }
    case 'CommitmentReduced':
      return { commitment: named, amount, reason };
    case 'PaymentRequested':
      return { commitment: named, amount, document: paper };
    case 'PaymentApproved':
      return { request: named, amount };
    case 'PaymentMade':
      return { request: named, amount, document: paper };
    case 'PaymentReversed':
      return { payment: named, amount, reason };
    case 'EntryCorrected':
      return { entry: named, field: 'amount.minor', value: minor, reason };
    default:
      return { entry: named, reason };
  }
}

const on = (day: number): LegalDate => `2016-01-${String(day).padStart(2, '0')}`;

function attempted(dossier: Dossier, type: string, occurredOn: LegalDate, data: JsonObject, officer: number): Dossier {
  const actor = { subject: `officer-${officer}`, agency: 'ANBSC', role: 'officer' };
  const commandId = derivedUuid('random', dossier.revision);
  const command = { name: assetEvents.get(type)?.command ?? type, occurredOn, data };
  const decision = decide(command, dossier, circumstances({ actor, commandId }));
  if (decision.kind !== 'accepted') return dossier;
  return decision.events.reduce<Dossier>((state, event) => {
    const revision = state.revision + 1;
    const recorded: RecordedEvent = { ...event, stream: 'asset-IT-TEST', revision, position: revision };
    return evolve(state, recorded);
  }, dossier);
}

const opened = attempted(emptyDossier, 'AssetSeized', on(1), { kind: 'company' }, 0);

const sum = (balances: Balances): bigint =>
  ledgerAccounts.reduce((all, account) => all + BigInt(balances[account]), 0n);

/** The totals of rule 7 by plain addition over the history, apart from the ledger's double entry. */
function totals(history: History, type: string, currency: string): bigint {
  return history
    .filter((item) => item.type === type)
    .map(({ data }) => data.amount as { minor: number; currency: string })
    .filter((amount) => amount.currency === currency)
    .reduce((all, { minor }) => all + BigInt(minor), 0n);
}

const begun = [['FundsAllocated', 60] as const, ['ExpenditureCommitted', 100] as const].reduce(
  (state, [type, minor]) => {
    const one = { type, instead: type, place: 0, minor, currency: 'EUR', day: 1, officer: 0 };
    return attempted(state, type, on(1), dataOf(one, state), 0);
  },
  opened,
);

/** Every set of balances sums to zero, nothing but the source is overdrawn, and both agree with plain addition. */
function sound({ currency, balances, allocations }: Statement, history: History): void {
  for (const each of [balances, ...allocations.map((allocation) => allocation.balances)]) {
    expect(sum(each)).toBe(0n);
    // That no account is overdrawn is: paid ≤ approved ≤ committed ≤ allocated.
    expect(Math.min(each.available, each.committed, each.approved, each.paid)).toBeGreaterThanOrEqual(0);
  }
  const total = (type: string) => totals(history, type, currency);
  const reversed = total('PaymentReversed');
  const allocated = total('FundsAllocated') - total('AllocationReduced');
  const committed = total('ExpenditureCommitted') - total('CommitmentReduced');
  const approved = total('PaymentApproved') - reversed;
  const paid = total('PaymentMade') - reversed;
  expect(
    [balances.funding, balances.available, balances.committed, balances.approved, balances.paid].map(BigInt),
  ).toEqual([-allocated, allocated - committed, committed - approved, approved - paid, paid]);
}

describe('the running ledger of an asset', () => {
  it('balances after every entry of any random history, and keeps rule 7', () => {
    let payments = 0;
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 30, maxLength: 60, size: 'max' }), (attempts) => {
        let dossier = begun;
        for (const one of attempts) {
          const before = dossier;
          const fits = dossier.history.some(({ type }) => type === restsOn[one.type]);
          const type = fits ? one.type : one.instead;
          dossier = attempted(dossier, type, on(one.day), dataOf({ ...one, type }, dossier), one.officer);
          if (dossier !== before)
            for (const statement of ledgerOf(dossier.history).statements) sound(statement, dossier.history);
        }
        payments += dossier.history.filter(({ type }) => type === 'PaymentMade').length;
      }),
      { numRuns: 60 },
    );
    // The histories are worth the name: many get as far as payments.
    expect(payments).toBeGreaterThan(10);
  });

  it('says of each move which entry is behind it, and to which allocation it belongs', () => {
    const steps: [string, number, number][] = [
      ['FundsAllocated', 10, 1],
      ['ExpenditureCommitted', 40, 1],
      ['PaymentRequested', 40, 1],
      ['PaymentApproved', 80, 2],
      ['PaymentMade', 60, 1],
    ];
    const dossier = steps.reduce((state, [type, minor, officer], place) => {
      const one = { type, instead: type, place: 0, minor, currency: 'EUR', day: place + 1, officer };
      return attempted(state, type, on(one.day), dataOf(one, state), officer);
    }, opened);
    const { moves, statements } = ledgerOf(dossier.history);
    expect(moves.map(({ from, to, minor, allocation }) => [from, to, minor, allocation === moves[0]?.entry])).toEqual([
      ['funding', 'available', 300, true],
      ['available', 'committed', 240, true],
      ['committed', 'approved', 80, true],
      ['approved', 'paid', 60, true],
    ]);
    expect(statements).toMatchObject([
      { currency: 'EUR', balances: { funding: -300, available: 60, committed: 160, approved: 20, paid: 60 } },
    ]);
  });

  it('is empty where no money was spent', () => {
    expect(ledgerOf(opened.history)).toEqual({ moves: [], statements: [] });
  });
});
