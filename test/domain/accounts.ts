import { aggregates } from '#domain';
import type { Account, Actor, Course, Source } from '#domain';
import { recordedIn } from './stream-specification';
import type { Around, StreamFact } from './stream-specification';

/** Accounts for specifications: who opens them, and what they look like with a role. */

export const setUp: Actor = { subject: 'set-up', agency: 'ANBSC', role: 'set-up' };
export const SET_UP_SOURCE: Source = { kind: 'set-up' };

export const opened = (over: StreamFact['data'] = {}): StreamFact => ({
  type: 'AccountOpened',
  on: '2026-01-01',
  data: {
    kind: 'person',
    displayName: 'Anna Verdi',
    signIn: { issuer: 'local', user: 'a.verdi' },
    agency: 'ANBSC',
    ...over,
  },
});

export const granted = (role: string, over: StreamFact['data'] = {}): StreamFact => ({
  type: 'RoleGranted',
  on: '2026-01-01',
  data: { role, ...(role !== 'administrator' && { agency: 'ANBSC' }), reason: 'Order of service 12/2026', ...over },
});

/** The account these facts make, told apart from others by its opening entry. */
export function accountOf(opening: string, ...facts: readonly StreamFact[]): Account {
  const { empty, evolve } = aggregates.account;
  const course: Course<Account> = facts.map((fact, place) => recordedIn('account', fact, place)).reduce(evolve, empty);
  if (!course.state) throw new Error('No fact opens the account.');
  return { ...course.state, opening };
}

const ADMINISTRATOR = 'IT-A-0000000000-4';

/** Somebody signed in as an account of this state. */
export const as = (account: Account, role: string): Around => ({
  by: { subject: ADMINISTRATOR, agency: account.agency ?? 'organisation', role },
  consulted: { account: new Map([[ADMINISTRATOR, account]]) },
});

export const byAdministrator = as(accountOf('another', opened(), granted('administrator')), 'administrator');
