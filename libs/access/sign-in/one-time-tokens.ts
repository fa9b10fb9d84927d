import { LessThanOrEqual, MoreThan } from 'typeorm';
import type { AccessDatabase } from './database/access-database';
import { oneTimeTokens } from './database/entities';
import type { OneTimeToken } from './database/entities';
import type { AccountId } from './identified';
import { digestOf, newSecret } from './secrets';

/** Secrets in links that work once and not for ever. */
export class OneTimeTokens {
  constructor(
    private readonly database: AccessDatabase,
    private readonly clock: () => number,
  ) {}

  /** A new token; older ones for the same purpose and account no longer work. */
  async make(purpose: OneTimeToken['purpose'], account: AccountId | null, lastsMs: number): Promise<string> {
    await this.withdraw(purpose, account);
    const token = newSecret();
    await this.restore(token, purpose, account, lastsMs);
    return token;
  }

  /** Makes a token good that was used up for nothing. */
  async restore(
    token: string,
    purpose: OneTimeToken['purpose'],
    account: AccountId | null,
    lastsMs: number,
  ): Promise<void> {
    await this.rows.insert({ digest: digestOf(token), purpose, account, endsAt: this.clock() + lastsMs });
  }

  /** What a token is for, without using it up. */
  async look(token: string, purpose: OneTimeToken['purpose']): Promise<OneTimeToken | undefined> {
    const found = await this.rows.findOneBy({ digest: digestOf(token), purpose, endsAt: MoreThan(this.clock()) });
    return found ?? undefined;
  }

  /** Uses a token up. False when it has ended or somebody else was quicker. */
  async use(token: string, purpose: OneTimeToken['purpose']): Promise<boolean> {
    const used = await this.rows.delete({ digest: digestOf(token), purpose, endsAt: MoreThan(this.clock()) });
    return used.affected === 1;
  }

  /** Makes the tokens for a purpose useless; set-up tokens belong to no account. */
  async withdraw(purpose: OneTimeToken['purpose'], account: AccountId | null): Promise<void> {
    await this.rows.delete({ endsAt: LessThanOrEqual(this.clock()) });
    await this.rows.delete(account === null ? { purpose } : { purpose, account });
  }

  private get rows() {
    return this.database.rows(oneTimeTokens);
  }
}
