import { Type } from '@sinclair/typebox';
import type { Instant, LegalDate } from '../event';
import { idFrom } from '../ids';
import { dateOf } from '../legal-date';
import type { OrganisationId } from '../organisation/organisation';

/** The id of an account in this registry, such as `IT-A-4GQ2X9PK3M-7`: the `subject` of every actor who signs in. */
export type AccountId = string;

/** What somebody may be allowed to do here. Which commands each of them stands for is said in libs/access/rights. */
export const accountRoles = [
  'officer',
  'approver',
  'evaluator',
  'auditor',
  'organisation-member',
  'moderator',
  'administrator',
] as const;
export type AccountRole = (typeof accountRoles)[number];

/** What stands for the agency of those who act for none: members of organisations, and visitors. No agency is called so. */
export const noAgencies = { member: 'organisation', visitor: 'public' } as const;

/** An agency that accounts act for, by the code that stands with everything its people record. */
export const actingAgency = () =>
  Type.String({
    pattern: `^(?!(${Object.values(noAgencies).join('|')})$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`,
    description: 'Code of the agency.',
    examples: ['ANBSC'],
  });

/** By whom somebody is identified, and as whom: `local` and a user name, or an OpenID Connect issuer and its subject. */
export interface SignInIdentity {
  readonly issuer: string;
  readonly user: string;
}

/** Who keeps the passwords where no provider identifies: the registry itself. */
export const LOCAL_ISSUER = 'local';
const USER_NAME = /^[a-z0-9][a-z0-9._@+-]{1,62}[a-z0-9]$/;

/** A user name of our own has one spelling, and no letter in it looks like another. What a provider calls somebody is the provider's. */
export const isSpelledOut = ({ issuer, user }: SignInIdentity): boolean =>
  issuer !== LOCAL_ISSUER || USER_NAME.test(user);

/**
 * The id of the account of a sign-in identity. It follows from the identity alone: one identity has one account, so that nobody is their own second person
 * under another id (rule 6). Names are compared as they are; who signs people in brings a user name to one spelling first.
 */
export const accountIdFrom = (country: string, { issuer, user }: SignInIdentity): AccountId =>
  idFrom('account', country, issuer, user);

/** A role as it was granted. Its id is the entry that granted it. */
export interface Grant {
  readonly id: string;
  readonly role: AccountRole;
  /** Over whose dossiers, calls and threads it is held; without one over those of every agency. */
  readonly agency?: string;
  /** Codes of regions, provinces or municipalities outside which it is not held; without them everywhere. */
  readonly areas?: readonly string[];
  readonly from: Instant;
  /** The account that granted it, or `set-up`. */
  readonly by?: string;
  /** The last day on which it is held. */
  readonly until?: LegalDate;
  readonly withdrawn?: Instant;
}

/** A token a program signs in with. The token itself is nowhere in the log. */
export interface AccessToken {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly from: Instant;
  readonly until: LegalDate;
  readonly revoked?: Instant;
}

/** What an account's entries add up to, with its past: who could do what on which day is asked later. */
export interface Account {
  /** The entry that opened it; the same in two states only where they are of one account. */
  readonly opening: string;
  readonly kind: 'person' | 'service';
  /** The agency it acts for; exactly one of agency and organisation is there. */
  readonly agency?: string;
  readonly organisation?: OrganisationId;
  /** Opened by the set-up, before there was anybody to open it. */
  readonly bySetUp: boolean;
  readonly openedAt: Instant;
  readonly grants: readonly Grant[];
  readonly tokens: readonly AccessToken[];
  readonly suspensions: readonly { readonly from: Instant; readonly to?: Instant }[];
  readonly closedAt?: Instant;
}

export type AccountStanding = 'open' | 'suspended' | 'closed';

/** Whether an account could be used at an instant; undefined before it was opened. */
export function standingAt(account: Account, at: Instant): AccountStanding | undefined {
  if (at < account.openedAt) return undefined;
  if (account.closedAt !== undefined && at >= account.closedAt) return 'closed';
  const suspended = account.suspensions.some(({ from, to }) => from <= at && (to === undefined || at < to));
  return suspended ? 'suspended' : 'open';
}

interface Term {
  readonly from: Instant;
  readonly until?: LegalDate;
}

/** A term that has an end is over on the day after it, by the calendar of the place. */
const runs = ({ from, until }: Term, ended: Instant | undefined, at: Instant, timeZone: string): boolean =>
  from <= at && (ended === undefined || at < ended) && (until === undefined || dateOf(at, timeZone) <= until);

/**
 * The roles held at an instant: granted and not withdrawn, not past their end, and none while the account is suspended or closed. Rights count from when
 * they were recorded, never from the date an entry bears: nobody is given a right for yesterday.
 */
export function grantsAt(account: Account, at: Instant, timeZone: string): readonly Grant[] {
  if (standingAt(account, at) !== 'open') return [];
  return account.grants.filter((grant) => runs(grant, grant.withdrawn, at, timeZone));
}

/** The tokens by which the account could be used at an instant. */
export function tokensAt(account: Account, at: Instant, timeZone: string): readonly AccessToken[] {
  if (standingAt(account, at) !== 'open') return [];
  return account.tokens.filter((token) => runs(token, token.revoked, at, timeZone));
}

/** Whether the account is one of those that give and take rights. */
export const isAdministrator = (account: Account, at: Instant, timeZone: string): boolean =>
  grantsAt(account, at, timeZone).some(({ role }) => role === 'administrator');
