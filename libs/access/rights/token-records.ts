import { randomUUID } from 'node:crypto';
import { dateOf, noAgencies } from '#domain';
import type { AccountId, Instant, JsonObject, LegalDate, Profile, TokenScope } from '#domain';
import type { Recorded, Recorder } from '#recording';

/** A token as the log tells of it; its secret is not part of it. */
export interface IssuedToken {
  readonly id: string;
  /** What its holder calls it. */
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  /** Until when it can be used; the log counts whole days. */
  readonly until: Instant;
}

export interface TokenRecordsParts {
  readonly recorder: Pick<Recorder, 'record' | 'situation'>;
  readonly profile: Profile;
  readonly clock?: () => Instant;
}

/**
 * The door by which tokens get into the log and out of use: their secrets are made by sign-in, so no command of the API issues one (the table of rights says so). Record a token before
 * its secret is shown: one that the log does not know is good for nothing where requests name their token.
 */
export class TokenRecords {
  private readonly clock: () => Instant;

  constructor(private readonly parts: TokenRecordsParts) {
    this.clock = parts.clock ?? (() => new Date().toISOString());
  }

  /** By the holder, for their own account; a program's token is issued by an administrator (`by`). The domain decides. */
  issued(account: AccountId, { id, label, scopes, until }: IssuedToken, by: AccountId = account): Promise<Recorded> {
    const data = { token: id, label, scopes: [...scopes], until: this.dayOf(until) };
    return this.record(account, 'issue-access-token', data, by);
  }

  /** By the holder, or by an administrator. */
  revoked(account: AccountId, token: string, by: AccountId = account, reason?: string): Promise<Recorded> {
    return this.record(account, 'revoke-access-token', { token, ...(reason !== undefined && { reason }) }, by);
  }

  private dayOf(instant: Instant): LegalDate {
    return dateOf(instant, this.parts.profile.timeZone);
  }

  private async record(account: AccountId, name: string, data: JsonObject, by: AccountId): Promise<Recorded> {
    const { recorder } = this.parts;
    const { state } = await recorder.situation('account', by);
    const role = by === account ? 'holder' : 'administrator';
    const actor = { subject: by, agency: state?.agency ?? noAgencies.member, role };
    return recorder.record(
      `account-${account}`,
      { name, occurredOn: this.dayOf(this.clock()), data },
      { actor, source: { kind: 'form' }, idempotencyKey: randomUUID(), correlationId: randomUUID() },
    );
  }
}
