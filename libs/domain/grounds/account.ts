import type { Ground } from './ground';

/** Accounts, roles and tokens. */
export const account = {
  'administrator-needed': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'Accounts and roles are given and taken by a signed-in administrator. Ask one, or sign in as one.',
  },
  'account-open': {
    rule: null,
    source: 'Regulation (EU) 2016/679 art. 17(1)(a)',
    message: 'Whoever holds this account can still sign in, and is known by these data. Close the account first.',
  },
  'own-rights': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'This is your own account, and nobody decides on their own rights. Have another administrator do it; then there is always one left.',
  },
  'not-your-account': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'This account is not the one you signed in with. Sign in with it, and do it yourself.',
  },
  'one-affiliation': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'An account acts either for an agency or for an organisation. Give exactly one of both.',
  },
  'user-name-form': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'A user name is 3 to 64 of the letters a to z, digits and . _ @ + -, in lower case. Spell it so; others look alike and would pass for somebody else.',
  },
  'account-closed': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account was closed on {closedAt} and stays so. Open another one.',
  },
  'account-suspended': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account is suspended. Reinstate it first.',
  },
  'account-not-suspended': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account is not suspended, so there is nothing to reinstate.',
  },
  'role-of-others': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'The role {role} is held by accounts that act for an {of}. Choose a role of this account, or another account.',
  },
  'role-for-persons': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'The role {role} is held by persons, who look with their own eyes, and never by a program.',
  },
  'role-scope': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The role {role} cannot be granted like this: {wrong}.',
  },
  'incompatible-roles': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Nobody is {role} and {held} at once: who gives out rights must not also approve. Withdraw the other role first, or choose another person.',
  },
  'role-held': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account holds the role {role} over the same already. Nothing needs to be granted.',
  },
  'no-such-role': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account holds no role granted by the entry {grant}. It was withdrawn, or it has ended.',
  },
  'token-known': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account has had a token {token} before. Give the new one another id.',
  },
  'no-such-token': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account has no token {token} that could be revoked.',
  },
} as const satisfies Record<string, Ground>;
