import type { Ground } from './ground';

/** The key to which the applications of a call are sealed. */
export const callKeys = {
  'sealing-differs': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The application is sealed under {scheme}, the call asks for {expected}. Seal it with the key of the call.',
  },
  'call-without-key': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The key of the call has not been dealt. Hold the key ceremony and record it first.',
  },
  'call-key-given': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The draft names another way of sealing. Draft the call anew without it, then deal its key.',
  },
  'call-key-malformed': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'What the ceremony gave is not whole ({fault}). Record it exactly as the ceremony wrote it, one account for each share.',
  },
  'call-of-another': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The key was dealt for the call {call}, not for this one. A key opens one call alone: hold a ceremony for this call.',
  },
  'key-digest-differs': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The digest of the published keys is {expected}, not {given}. If it is not the one written down at the ceremony, the keys were exchanged: do not confirm them.',
  },
  'not-a-custodian': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'Share {custodian} is held by another person, or by nobody. Only its holder confirms or gives it, signed in as themself.',
  },
  'call-key-unconfirmed': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The holders {missing} have not confirmed the key. Publish the call when each has compared the digest.',
  },
  'share-false': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The share of holder {custodian} ({office}) is not the one dealt at the ceremony. Give the right one, or open the call with the shares of others.',
  },
  'share-released': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'Holder {custodian} has already given the share.',
  },
  'shares-too-few': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'Of {needed} shares that open the call, {given} were given. Ask {missing} more holders for theirs.',
  },
  'released-key-wrong': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The released key is not the key of this call. Combine the shares given by the holders again.',
  },
} as const satisfies Record<string, Ground>;
