import type { Rostered } from '#access';
import { current, grantsAt, italy, standingAt } from '#domain';
import type { AccountStanding, DataOf, Grant, Instant, RecordedEvent, RestrictedDataRead } from '#domain';
import { table } from './table';

/** What an account could do at a moment. */
export interface Rights {
  readonly account: string;
  readonly displayName: string | null;
  /** The agency or organisation it acts for. */
  readonly actsFor: string;
  readonly standing: AccountStanding;
  readonly roles: readonly Grant[];
}

/** The accounts opened by then, in the order in which they were opened. */
export function rightsAt(accounts: readonly Rostered[], at: Instant): readonly Rights[] {
  return accounts.flatMap(({ id, displayName, account }) => {
    const standing = standingAt(account, at);
    if (!standing) return [];
    const actsFor = account.agency ?? account.organisation ?? '';
    const roles = grantsAt(account, at, italy.timeZone);
    return [{ account: id, displayName: displayName ?? null, actsFor, standing, roles }];
  });
}

export function rightsText(rights: readonly Rights[]): string {
  const rows = rights.flatMap(({ account, displayName, actsFor, standing, roles }) => {
    const who = [account, displayName ?? '—', actsFor, standing];
    if (roles.length === 0) return [[...who, 'no role']];
    return roles.map(({ role, agency, areas, from, until, by }) => [
      ...who,
      role,
      [agency ?? '', ...(areas ?? [])].join(' ').trim() || '—',
      from.slice(0, 10),
      until ?? '—',
      by ?? '—',
    ]);
  });
  return table(['account', 'name', 'acts for', 'standing', 'role', 'over', 'since', 'until', 'granted by'], rows);
}

/** Somebody read what is not public. */
export interface Reading {
  readonly at: Instant;
  readonly account: string;
  readonly role: string;
  readonly what: string;
  readonly purpose: string;
}

const ACCOUNT = 'account-';

/** The readings by an account, or of a stream by its id; all of them without either. */
export async function readings(
  log: AsyncIterable<readonly RecordedEvent[]>,
  about: string | undefined,
): Promise<readonly Reading[]> {
  const found: Reading[] = [];
  for await (const batch of log)
    for (const event of batch) {
      if (event.type !== 'RestrictedDataRead') continue;
      const { stream, data, metadata } = current(event);
      const { what, purpose } = data as DataOf<typeof RestrictedDataRead>;
      const account = stream.slice(ACCOUNT.length);
      const asked = about === undefined || about === account || what === about || what.endsWith(`-${about}`);
      if (asked)
        found.push({ at: metadata.recordedAt, account, role: metadata.actor.role, what, purpose }); // prettier-ignore
    }
  return found;
}

export function readingsText(found: readonly Reading[]): string {
  const rows = found.map(({ at, account, role, what, purpose }) => [at, account, role, what, purpose]);
  return found.length === 0 ? 'Nobody.' : table(['when', 'account', 'as', 'what', 'what for'], rows);
}
