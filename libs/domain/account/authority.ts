import type { Actor } from '../event';
import { isIdOf } from '../ids';
import { demand } from '../refusal';
import type { StreamName, Surroundings } from '../surroundings';
import { isAdministrator, standingAt } from './account';
import type { Account } from './account';

/** The role of the one who opens the first account, before there is anybody to do it. */
export const SET_UP = 'set-up';

/** The account of whoever records, for the rules below. */
export const ofActor = (_data: unknown, { subject }: Actor): readonly StreamName[] =>
  isIdOf('account', subject) ? [`account-${subject}`] : [];

export function accountOfActor(surroundings: Surroundings): Account | undefined {
  const { subject } = surroundings.actor;
  return isIdOf('account', subject) ? surroundings.find('account', subject) : undefined;
}

export const isSetUp = ({ source, actor }: Surroundings): boolean => source.kind === 'set-up' && actor.role === SET_UP;

/**
 * Rights are given and taken by an administrator, and never on one's own account. Whoever takes the rights of an administrator away is therefore another one, who stays: there
 * is always one left (docs/decisions/011-access.md).
 */
export function byAnotherAdministrator(account: Account | undefined, surroundings: Surroundings): void {
  const by = accountOfActor(surroundings);
  const { now, profile } = surroundings;
  demand(by !== undefined && isAdministrator(by, now, profile.timeZone), 'administrator-needed');
  demand(by.opening !== account?.opening, 'own-rights');
}

/** The account is used by whoever it belongs to. */
export function byItself(account: Account, surroundings: Surroundings): void {
  const by = accountOfActor(surroundings);
  const open = by !== undefined && standingAt(by, surroundings.now) === 'open';
  demand(open && by.opening === account.opening, 'not-your-account');
}

export function notClosed({ closedAt }: Account): void {
  demand(closedAt === undefined, 'account-closed', { closedAt: closedAt ?? null });
}
