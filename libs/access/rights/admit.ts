import { grantsAt, noAgencies, standingAt, tokensAt } from '#domain';
import type { Account, AccountId, Actor, Grant, Instant, StreamKind, TokenScope } from '#domain';
import { actionRights, commandRights, personalRights, readingRights, scopeOf, secondFactorRoles } from './table';
import type { GuardedAction, Right } from './table';
import type { Target } from './target';

/** Who sends a request, as sign-in proved it, with the account as the log has it. */
export interface Caller {
  readonly id: AccountId;
  /** Undefined where nobody opened it. */
  readonly account: Account | undefined;
  readonly by: 'session' | 'token';
  /** With a session: whether a second factor was shown; undefined where whoever vouched for them does not say. */
  readonly secondFactor?: boolean;
  /** With a token: what it is for. */
  readonly scopes?: readonly string[];
  /** With a token: which one, where that is known; then it must also stand in the log. */
  readonly token?: string;
}

export type Request =
  | { readonly to: 'command'; readonly kind: StreamKind; readonly command: string; readonly target: Target }
  | { readonly to: 'read'; readonly kind: StreamKind; readonly target: Target }
  | { readonly to: 'see-personal'; readonly kind: StreamKind; readonly target: Target }
  | { readonly to: 'act'; readonly action: GuardedAction };

/**
 * Why somebody may not: `not-signed-in`, and they could be let in if they were; `no-account`: the sign-in names one that was never opened; `suspended`, `closed`; `token-scope`: the token is not
 * for this; `token-ended`; `second-factor`: a role is for this that counts with a second factor alone, and
 * none was shown; `no-role`: none of their roles is for this; `out-of-reach`: one is, but not over this, or there is no such thing: which of the two is not said.
 */
export type Denial =
  | 'not-signed-in'
  | 'no-account'
  | 'suspended'
  | 'closed'
  | 'token-scope'
  | 'token-ended'
  | 'second-factor'
  | 'no-role'
  | 'out-of-reach';

export type Admission =
  { readonly kind: 'allowed'; readonly actor: Actor } | { readonly kind: 'denied'; readonly reason: Denial };

/** Who acts where nobody is signed in. */
const visitor: Actor = { subject: 'visitor', agency: noAgencies.visitor, role: 'visitor' };

const denied = (reason: Denial): Admission => ({ kind: 'denied', reason });

/**
 * Whether somebody may do what they ask for, and as whom they then act: the account, the agency it acts for, and the role that lets them. Pure; denies what the table does not
 * allow.
 */
export function admitted(caller: Caller | undefined, request: Request, at: Instant, timeZone: string): Admission {
  const rights = rightsFor(request);
  if (caller === undefined) {
    const open = rights.some(({ role, over }) => role === 'everyone' && reaches(over, undefined, undefined, request));
    return open ? { kind: 'allowed', actor: visitor } : denied('not-signed-in');
  }
  const { id, account } = caller;
  const flaw = flawOf(caller, scopeFor(request), at, timeZone);
  if (flaw !== undefined || account === undefined) return denied(flaw ?? 'no-account');
  const grants = grantsAt(account, at, timeZone);
  let held = false;
  let weak = false;
  for (const right of rights)
    for (const grant of grantsFor(right, grants)) {
      held = true;
      if (!reaches(right.over, grant, caller, request)) continue;
      if (caller.secondFactor === false && secondFactorRoles.has(right.role)) {
        weak = true;
        continue;
      }
      const role = grant?.role ?? 'visitor';
      return { kind: 'allowed', actor: { subject: id, agency: account.agency ?? noAgencies.member, role } };
    }
  if (weak) return denied('second-factor');
  return denied(held ? 'out-of-reach' : 'no-role');
}

function rightsFor(request: Request): readonly Right[] {
  switch (request.to) {
    case 'command': {
      const commands = commandRights[request.kind];
      return Object.hasOwn(commands, request.command) ? (commands[request.command] ?? []) : [];
    }
    case 'read':
      return readingRights[request.kind];
    case 'see-personal':
      return personalRights[request.kind];
    case 'act':
      return actionRights[request.action];
  }
}

function scopeFor(request: Request): TokenScope | undefined {
  switch (request.to) {
    case 'command':
      return scopeOf.command(request.kind);
    case 'read':
    case 'see-personal':
      return scopeOf.reading();
    case 'act':
      return scopeOf.action(request.action);
  }
}

/** What is wrong with the sign-in itself, whatever is asked for. */
function flawOf(
  { account, by, scopes = [], token }: Caller,
  scope: TokenScope | undefined,
  at: Instant,
  timeZone: string,
): Denial | undefined {
  if (account === undefined) return 'no-account';
  const standing = standingAt(account, at);
  if (standing !== 'open') return standing ?? 'no-account';
  if (by === 'session') return undefined;
  if (scope !== undefined && !scopes.includes(scope)) return 'token-scope';
  if (token === undefined) return undefined;
  const known = tokensAt(account, at, timeZone).find(({ id }) => id === token);
  if (!known) return 'token-ended';
  return scope === undefined || known.scopes.includes(scope) ? undefined : 'token-scope';
}

/** The grants under which a right may be used; for one that needs none, a single empty one. */
function grantsFor({ role }: Right, grants: readonly Grant[]): readonly (Grant | undefined)[] {
  return role === 'everyone' || role === 'holder' ? [undefined] : grants.filter((grant) => grant.role === role);
}

function reaches(
  over: Right['over'],
  grant: Grant | undefined,
  caller: Caller | undefined,
  request: Request,
): boolean {
  if (over === 'anywhere') return true;
  const account = caller?.account;
  const inAgency = (agency: string): boolean => grant !== undefined && (grant.agency === undefined || grant.agency === agency);
  // An action has no place: a role for some areas does not reach it.
  if (request.to === 'act')
    return over === 'here' && account?.agency !== undefined && inAgency(account.agency) && grant?.areas === undefined;
  const { keepers, areas, placed, organisations, account: own } = request.target;
  // A role for some areas reaches only what is known to lie in one of them.
  const inArea = grant?.areas === undefined || (placed && grant.areas.some((area) => areas.includes(area)));
  switch (over) {
    case 'keeper':
      return inArea && keepers.some(inAgency);
    case 'here':
      // What was opened once, and annulled, is opened again by the agency that keeps it.
      return inArea && account?.agency !== undefined && inAgency(account.agency) && (keepers.length === 0 || keepers.includes(account.agency));
    case 'own organisation':
      return account?.organisation !== undefined && organisations.length > 0 && organisations.every((each) => each === account.organisation);
    case 'own account':
      return own !== undefined && own === caller?.id;
    case 'speaking for nobody':
      return organisations.length === 0;
  }
} // prettier-ignore
