import type { Ground } from './ground';

/** Organisations: who owns them and where they stand. */
export const organisation = {
  'owners-inconsistent': {
    rule: null,
    source: 'Directive (EU) 2015/849 art. 30',
    message:
      'The declaration speaks of {owners} beneficial owners, {shares} shares that add up to {total} %, and {names} names. There are no more shares or names than owners, and no more than 100 %.',
  },
  'owners-not-declared': {
    rule: 5,
    source: 'Directive (EU) 2015/849 art. 30; legislative decree 231/2007 art. 22',
    message:
      'The organisation did not declare who owns or controls it in the end, so it cannot be verified. Record the declaration first.',
  },
  'already-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The organisation is suspended since {suspendedOn}. A second suspension would change nothing.',
  },
  'not-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The organisation is not suspended, so there is nothing to reinstate.',
  },
} as const satisfies Record<string, Ground>;
