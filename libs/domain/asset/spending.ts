import type { Static } from '@sinclair/typebox';
import type { amount } from '../schema/fields';
import { exactSum } from '../exact';
import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts } from './act';
import { bySecondPerson, personBehind } from './four-eyes';
import { noConflict } from './parties';
import { named, sameCurrency } from './references';
import { allocatedIn, approvedOf, committedOf, nothingSpent, paidOn, withChanged } from './spending-account';
import type { Spending } from './spending-account';
import {
  AllocationReduced,
  CommitmentReduced,
  ExpenditureCommitted,
  FundsAllocated,
  PaymentApproved,
  PaymentMade,
  PaymentRequested,
  PaymentReversed,
  WorksCompleted,
  WorksStarted,
} from './spending-events';

/** Public money spent on the asset: paid is never more than approved, approved than committed, committed than allocated (rules 6 and 7). */

type Money = Static<ReturnType<typeof amount>>;

const spent = (asset: AssetFacts, change: (spending: Spending) => Partial<Spending>): AssetFacts => {
  const spending = asset.spending ?? nothingSpent;
  return { ...asset, spending: { ...spending, ...change(spending) } };
};

export const spending = [
  act('allocate-funds', FundsAllocated, {
    admit: ({ amount: { minor, currency } }, { spending: before = nothingSpent }) => {
      exactSum([allocatedIn(before, currency), minor]);
    },
    evolve: (asset, { source, amount: money }, { id }) =>
      spent(asset, ({ allocations }) => ({ allocations: [...allocations, { id, source, ...money }] })),
  }),

  act('reduce-allocation', AllocationReduced, {
    admit: ({ allocation: id, amount: money }, { spending: before = nothingSpent }) => {
      const { minor, currency } = named('allocation', before.allocations, id);
      sameCurrency(money, currency);
      const free = minor - committedOf(before, id);
      demand(money.minor <= free, 'allocation-below-committed', { amount: money.minor, free, currency });
    },
    evolve: (asset, { allocation, amount: { minor } }) =>
      spent(asset, ({ allocations }) => ({
        allocations: withChanged(allocations, allocation, (item) => ({ ...item, minor: item.minor - minor })),
      })),
  }),

  act('commit-expenditure', ExpenditureCommitted, {
    admit: ({ allocation: id, amount: money, supplier }, asset, entry) => {
      const { spending: before = nothingSpent } = asset;
      const { minor, currency } = named('allocation', before.allocations, id);
      sameCurrency(money, currency);
      const free = minor - committedOf(before, id);
      demand(money.minor <= free, 'allocation-exceeded', { amount: money.minor, free, currency });
      noConflict(asset, supplier, ['supporters'], entry);
    },
    evolve: (asset, { allocation, amount: money, supplier, document }, { id }) =>
      spent(asset, ({ commitments }) => ({
        commitments: [...commitments, { id, allocation, supplier, document: document.sha256, ...money }],
      })),
  }),

  act('reduce-commitment', CommitmentReduced, {
    admit: ({ commitment: id, amount: money }, { spending: before = nothingSpent }) => {
      const { minor, currency } = named('commitment', before.commitments, id);
      sameCurrency(money, currency);
      const free = minor - approvedOf(before, id);
      demand(money.minor <= free, 'commitment-below-approved', { amount: money.minor, free, currency });
    },
    evolve: (asset, { commitment, amount: { minor } }) =>
      spent(asset, ({ commitments }) => ({
        commitments: withChanged(commitments, commitment, (item) => ({ ...item, minor: item.minor - minor })),
      })),
  }),

  act('request-payment', PaymentRequested, {
    admit: ({ commitment, amount: money }, { spending: before = nothingSpent }) =>
      withinCommitment(before, commitment, money),
    evolve: (asset, { commitment, amount: money, document }, entry) => {
      const requestedBy = personBehind(entry);
      const request = { id: entry.id, commitment, document: document.sha256, ...money, approved: false };
      return spent(asset, ({ requests }) => ({
        requests: [...requests, requestedBy === undefined ? request : { ...request, requestedBy }],
      }));
    },
  }),

  act('approve-payment', PaymentApproved, {
    admit: ({ request: id, amount: money }, { spending: before = nothingSpent }, entry) => {
      const request = named('payment request', before.requests, id);
      demand(!request.approved, 'already-approved', { entry: id });
      bySecondPerson('the approval of a payment', entry, [request.requestedBy]);
      const same = request.minor === money.minor && request.currency === money.currency;
      demand(same, 'approval-differs', { requested: request.minor, currency: request.currency });
      withinCommitment(before, request.commitment, money);
    },
    evolve: (asset, { request }) =>
      spent(asset, ({ requests }) => ({
        requests: withChanged(requests, request, (item) => ({ ...item, approved: true })),
      })),
    agreedTo: ({ request: id }, { spending: before = nothingSpent }) => {
      const request = before.requests.find((candidate) => candidate.id === id);
      const commitment = before.commitments.find((candidate) => candidate.id === request?.commitment);
      const { allocation, supplier, document } = commitment ?? {};
      return [
        request?.minor,
        request?.currency,
        request?.document,
        request?.commitment,
        allocation,
        supplier,
        document,
      ];
    },
  }),

  act('make-payment', PaymentMade, {
    admit: ({ request: id, amount: money }, { spending: before = nothingSpent }) => {
      const { approved, minor, currency } = named('payment request', before.requests, id);
      demand(approved, 'payment-not-approved', { entry: id });
      sameCurrency(money, currency);
      const free = minor - paidOn(before, id);
      demand(money.minor <= free, 'approval-exceeded', { amount: money.minor, free, currency });
    },
    evolve: (asset, { request, amount: money }, { id }) =>
      spent(asset, ({ payments }) => ({ payments: [...payments, { id, request, ...money, reversed: 0 }] })),
  }),

  act('reverse-payment', PaymentReversed, {
    admit: ({ payment: id, amount: money }, { spending: before = nothingSpent }) => {
      const { minor, reversed, currency } = named('payment', before.payments, id);
      sameCurrency(money, currency);
      const free = minor - reversed;
      demand(money.minor <= free, 'reversal-exceeds-payment', { amount: money.minor, free, currency });
    },
    evolve: (asset, { payment, amount: { minor } }) =>
      spent(asset, ({ payments }) => ({
        payments: withChanged(payments, payment, (item) => ({ ...item, reversed: item.reversed + minor })),
      })),
  }),

  act('start-works', WorksStarted, {
    admit: ({ commitment }, { spending: before = nothingSpent }) => {
      if (commitment !== undefined) named('commitment', before.commitments, commitment);
    },
    evolve: (asset, _, { id, occurredOn }) =>
      spent(asset, ({ works }) => ({ works: [...works, { id, startedOn: occurredOn }] })),
  }),

  act('complete-works', WorksCompleted, {
    admit: ({ works: id }, { spending: before = nothingSpent }) => {
      const { completed } = named('works', before.works, id);
      demand(completed === undefined, 'works-completed', { completedOn: completed?.on ?? null });
    },
    evolve: (asset, { works: id }, { occurredOn }) =>
      spent(asset, ({ works }) => ({
        works: withChanged(works, id, (item) => ({ ...item, completed: { on: occurredOn } })),
      })),
  }),
];

function withinCommitment(before: Spending, id: string, money: Money): void {
  const { minor, currency } = named('commitment', before.commitments, id);
  sameCurrency(money, currency);
  const free = minor - approvedOf(before, id);
  demand(money.minor <= free, 'commitment-exceeded', { amount: money.minor, free, currency });
}
