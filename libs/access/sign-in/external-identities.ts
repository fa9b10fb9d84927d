import { LessThanOrEqual, MoreThan } from 'typeorm';
import { awaitedIdentities, externalIdentities } from './database/entities';
import type { AccountId, Accounts } from './identified';
import type { Parts } from './parts';

const AWAITED_MS = 30 * 24 * 3600_000;

/** What a provider said of somebody, in an id token that was verified. */
export interface ExternalProof {
  readonly issuer: string;
  readonly subject: string;
  /** Only where the provider says that it has verified it. */
  readonly verifiedEmail?: string;
}

/** Who at a provider is which account here. An administrator links them; nobody makes an account by signing in. */
export class ExternalIdentities {
  constructor(
    private readonly parts: Parts,
    private readonly accounts: Pick<Accounts, 'ofIdentity'>,
  ) {}

  /** Links by the provider's own name for the person, which never changes hands. */
  async link(issuer: string, subject: string, account: AccountId): Promise<void> {
    await this.linked.upsert({ issuer, subject, account, linkedAt: this.parts.clock() }, ['issuer', 'subject']);
  }

  /**
   * Links whoever signs in first with this verified address, once and within thirty days: from then on the subject counts, for an address may be given to
   * somebody else.
   */
  async awaitEmail(issuer: string, email: string, account: AccountId): Promise<void> {
    const endsAt = this.parts.clock() + AWAITED_MS;
    await this.awaited.upsert({ issuer, email: normalEmail(email), account, endsAt }, ['issuer', 'email']);
  }

  async unlink(issuer: string, subject: string): Promise<void> {
    const found = await this.linked.findOneBy({ issuer, subject });
    await this.linked.delete({ issuer, subject });
    if (found) await this.parts.sessions.endAll(found.account);
  }

  /** The account of somebody; undefined where there is no link. */
  async accountOf({ issuer, subject, verifiedEmail }: ExternalProof): Promise<AccountId | undefined> {
    const found = await this.linked.findOneBy({ issuer, subject });
    if (found) return found.account;
    const opened = await this.accounts.ofIdentity?.(issuer, subject);
    if (opened !== undefined) await this.link(issuer, subject, opened);
    if (opened !== undefined || verifiedEmail === undefined) return opened;
    const now = this.parts.clock();
    await this.awaited.delete({ endsAt: LessThanOrEqual(now) });
    const expected = { issuer, email: normalEmail(verifiedEmail), endsAt: MoreThan(now) };
    const waiting = await this.awaited.findOneBy(expected);
    if (!waiting || (await this.awaited.delete(expected)).affected !== 1) return undefined;
    await this.link(issuer, subject, waiting.account);
    return waiting.account;
  }

  async ofAccount(account: AccountId): Promise<readonly { readonly issuer: string; readonly subject: string }[]> {
    return this.linked.find({ where: { account }, select: { issuer: true, subject: true } });
  }

  private get linked() {
    return this.parts.database.rows(externalIdentities);
  }

  private get awaited() {
    return this.parts.database.rows(awaitedIdentities);
  }
}

const normalEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
