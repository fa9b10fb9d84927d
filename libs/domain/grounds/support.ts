import type { Ground } from './ground';

/** Needs, pledges and deliveries of support. */
export const support = {
  'one-measure': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'Say how much in one way: an amount where it is money, a quantity with its unit where it is anything else.',
  },
  'unit-differs': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'It is given in {unit} and was pledged or needed in {expected}; the two cannot be compared. Give it in {expected}.',
  },
  'pledge-off-need': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message: 'The pledge is of {kind}; the need it answers is of {needed}. Name the need it fits, or none.',
  },
  'screening-inconsistent': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'A supporter that is tied to the former owner, or did not declare who owns it, has not passed. Record the screening as failed; when the declaration comes, screen again.',
  },
  'support-not-screened': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'No support is accepted before its screening passed. Have a second person screen the pledge {entry} first.',
  },
  'support-conflict': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      '{party} is in conflict: {conflict}. It stays blocked until a second person waives the conflict with a reason.',
  },
  'no-conflict-to-waive': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      '{party} has pledged no support for this asset, so there is no conflict to waive. Check the name and the identifiers.',
  },
  'support-decided': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message: 'The pledge is {status}: this can no longer be done with it. For a new offer record a new pledge.',
  },
  'support-not-accepted': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message: 'The pledge is {status}. Only accepted support is delivered; record its acceptance first.',
  },
  'delivery-exceeds-pledge': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'With this delivery more would be delivered than was pledged. Record a new pledge for what goes beyond it.',
  },
} as const satisfies Record<string, Ground>;
