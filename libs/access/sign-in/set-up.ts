import { Not, IsNull } from 'typeorm';
import { credentials, externalIdentities } from './database/entities';
import type { AccountId, Accounts, FirstPerson } from './identified';
import type { OneTimeTokens } from './one-time-tokens';
import type { Parts } from './parts';
import { normalPassword, passwordFault } from './passwords/rules';
import type { PasswordFault } from './passwords/rules';
import type { OpenedSession } from './sessions';
import { isUserName, normalUserName } from './user-name';

/** The set-up token lasts a day; a new start of the program makes a new one. */
const LASTS_MS = 24 * 3600_000;
const NAME = /^(?=.*\p{L})[^\p{C}<>]{1,100}$/u;

export interface FirstAdministrator {
  readonly name: string;
  readonly userName: string;
  readonly password: string;
  readonly browser?: string;
}

export type SetUpOutcome =
  | { readonly kind: 'signed-in'; readonly session: OpenedSession }
  /** The token was used, has ended, or was never one; or somebody can sign in already. */
  | { readonly kind: 'no-such-token' }
  /** The log knows an administrator already, of another user name. */
  | { readonly kind: 'administrator-exists' }
  | { readonly kind: 'bad-name' }
  | { readonly kind: 'bad-user-name' }
  | { readonly kind: 'bad-password'; readonly fault: PasswordFault };

/** The first run: whoever reads the program's output makes the first administrator, once. */
export class SetUp {
  constructor(
    private readonly parts: Parts,
    private readonly tokens: OneTimeTokens,
    private readonly accounts: Accounts,
  ) {}

  /** A new token to be printed, where nobody can sign in yet; undefined otherwise. */
  async offer(): Promise<string | undefined> {
    return (await this.isDone()) ? undefined : this.tokens.make('set-up', null, LASTS_MS);
  }

  /** Whether anybody can sign in. */
  async isDone(): Promise<boolean> {
    const { database } = this.parts;
    if (await database.rows(credentials).existsBy({ passwordHash: Not(IsNull()) })) return true;
    return database.rows(externalIdentities).exists();
  }

  /** The token still works. */
  async isOffered(token: string): Promise<boolean> {
    return !(await this.isDone()) && (await this.tokens.look(token, 'set-up')) !== undefined;
  }

  /** Makes the first administrator and signs them in. The token is used up only by data that are right. */
  async begin(
    token: string,
    { name: typedName, userName: typed, password, browser }: FirstAdministrator,
  ): Promise<SetUpOutcome> {
    if (!(await this.isOffered(token))) return { kind: 'no-such-token' };
    const name = typedName.normalize('NFC').trim();
    const userName = normalUserName(typed);
    if (!NAME.test(name)) return { kind: 'bad-name' };
    if (!isUserName(userName)) return { kind: 'bad-user-name' };
    const fault = passwordFault(normalPassword(password), userName);
    if (fault) return { kind: 'bad-password', fault };
    if (!(await this.tokens.use(token, 'set-up'))) return { kind: 'no-such-token' };
    const account = await this.opened(token, { name, userName });
    if (account === undefined) return { kind: 'administrator-exists' };
    const passwordHash = await this.parts.hasher.hash(password);
    const { database, clock, sessions } = this.parts;
    // An invitation from an earlier, broken-off set-up may have left a row without a password.
    await database.rows(credentials).delete({ account });
    await database.rows(credentials).insert({
      account,
      userName,
      passwordHash,
      totpSecret: null,
      totpProposed: null,
      totpStep: -1,
      madeAt: clock(),
    });
    const session = await sessions.begin({
      account,
      by: 'set-up',
      stage: 'open',
      ...(browser !== undefined && { browser }),
    });
    return { kind: 'signed-in', session };
  }

  /** Opens the account; where that fails, the token is good again, for nothing has come of it. */
  private async opened(token: string, person: FirstPerson): Promise<AccountId | undefined> {
    let account: AccountId | undefined;
    try {
      account = await this.accounts.openFirstAdministrator(person);
    } finally {
      if (account === undefined) await this.tokens.restore(token, 'set-up', null, LASTS_MS);
    }
    return account;
  }
}
