import type { Ground } from './ground';

/** Public money, from its allocation to its payment. */
export const spending = {
  'currency-differs': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message: 'The amount is in {currency}; this account is kept in {expected}. Give it in {expected}.',
  },
  'amount-beyond-exact': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7; IEEE 754 binary64',
    message:
      'The sum would be larger than {largest} minor units, the largest that is kept without rounding. Check the amount.',
  },
  'allocation-exceeded': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 56',
    message:
      'Only {free} of the allocation are free, less than {amount} (minor units, {currency}). Allocate more first, or commit less.',
  },
  'allocation-below-committed': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 42',
    message:
      'Only {free} of the allocation are not committed, less than {amount} (minor units, {currency}). Reduce the commitments first, or cut less.',
  },
  'commitment-exceeded': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57',
    message:
      'Only {free} of the commitment are not approved for payment yet, less than {amount} (minor units, {currency}). Commit more first, or ask for less.',
  },
  'commitment-below-approved': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57',
    message:
      'Only {free} of the commitment are not approved for payment, less than {amount} (minor units, {currency}). Reduce it by less.',
  },
  'already-approved': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message: 'The payment request {entry} is already approved. For another payment record another request.',
  },
  'approval-differs': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'An approval is of the amount that was asked for: {requested} minor units of {currency}. For another amount record another request.',
  },
  'payment-not-approved': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57; Social Reuse Registry, rule 6',
    message: 'The payment request {entry} is not approved. A second person approves it first.',
  },
  'approval-exceeded': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57',
    message:
      'Only {free} of the approved amount are not paid yet, less than {amount} (minor units, {currency}). Pay less, or request and approve the rest.',
  },
  'reversal-exceeds-payment': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message:
      'Only {free} of the payment have not come back yet, less than {amount} (minor units, {currency}). Reverse no more than was paid.',
  },
  'works-completed': {
    rule: null,
    source: 'Social Reuse Registry, spending',
    message: 'These works were already finished on {completedOn}.',
  },
} as const satisfies Record<string, Ground>;
