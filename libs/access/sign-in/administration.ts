import { Not } from 'typeorm';
import type { ApiTokens } from './api-tokens';
import { credentials } from './database/entities';
import type { AccountId } from './identified';
import type { OneTimeTokens } from './one-time-tokens';
import type { OwnCredentials } from './own-credentials';
import type { Parts } from './parts';
import { normalPassword, passwordFault } from './passwords/rules';
import type { PasswordFault } from './passwords/rules';
import type { OpenedSession } from './sessions';
import { isUserName, normalUserName } from './user-name';

const INVITATION_MS = 7 * 24 * 3600_000;

export type InvitationOutcome =
  | { readonly kind: 'invited'; readonly token: string; readonly endsAt: number }
  | { readonly kind: 'bad-user-name' }
  | { readonly kind: 'user-name-taken' };

export type AcceptanceOutcome =
  /** Without a second factor the person is signed in; with one they sign in with both. */
  | { readonly kind: 'accepted'; readonly session?: OpenedSession }
  | { readonly kind: 'no-such-token' }
  | { readonly kind: 'bad-password'; readonly fault: PasswordFault };

/** What an administrator may do to the credentials of others. Who is one is not asked here: whoever calls has asked. */
export class CredentialAdministration {
  constructor(
    private readonly parts: Parts,
    private readonly tokens: OneTimeTokens,
    private readonly apiTokens: ApiTokens,
    private readonly own: OwnCredentials,
  ) {}

  /**
   * A link with which the holder of an account chooses a password, once and within a week: a new account's first, or a new one in place of one forgotten. The
   * old password works until then.
   */
  async invite(account: AccountId, typedUserName: string): Promise<InvitationOutcome> {
    const userName = normalUserName(typedUserName);
    if (!isUserName(userName)) return { kind: 'bad-user-name' };
    const { clock } = this.parts;
    if (await this.rows.existsBy({ userName, account: Not(account) })) return { kind: 'user-name-taken' };
    if (!(await this.rows.existsBy({ account }))) {
      const none = { passwordHash: null, totpSecret: null, totpProposed: null, totpStep: -1 };
      await this.rows.insert({ account, userName, ...none, madeAt: clock() });
    } else await this.rows.update({ account }, { userName });
    const token = await this.tokens.make('invitation', account, INVITATION_MS);
    return { kind: 'invited', token, endsAt: clock() + INVITATION_MS };
  }

  /** The account and user name of somebody named by either; undefined for somebody without credentials here. */
  async find(who: string): Promise<{ readonly account: AccountId; readonly userName: string } | undefined> {
    const [found] = await this.rows.findBy([{ userName: normalUserName(who) }, { account: who }]);
    return found && { account: found.account, userName: found.userName };
  }

  /** For whom an invitation is: the user name; undefined for one that has ended. */
  async invitedBy(token: string): Promise<string | undefined> {
    const { account } = (await this.tokens.look(token, 'invitation')) ?? {};
    if (!account) return undefined;
    return (await this.rows.findOneBy({ account }))?.userName;
  }

  /** Chooses the password and uses the invitation up; every session from before ends. */
  async accept(token: string, typed: string, browser: string): Promise<AcceptanceOutcome> {
    const { account } = (await this.tokens.look(token, 'invitation')) ?? {};
    const found = account ? await this.rows.findOneBy({ account }) : null;
    if (!found) return { kind: 'no-such-token' };
    const password = normalPassword(typed);
    const fault = passwordFault(password, found.userName);
    if (fault) return { kind: 'bad-password', fault };
    if (!(await this.tokens.use(token, 'invitation'))) return { kind: 'no-such-token' };
    const { hasher, sessions, lockOut } = this.parts;
    const passwordHash = await hasher.hash(password);
    await sessions.endAll(found.account);
    await this.rows.update({ account: found.account }, { passwordHash });
    await lockOut.succeeded('name', found.userName);
    if (found.totpSecret !== null) return { kind: 'accepted' };
    return {
      kind: 'accepted',
      session: await sessions.begin({ account: found.account, by: 'invitation', stage: 'open', browser }),
    };
  }

  /** For somebody who lost their authenticator and their recovery codes: the password alone signs in again, until they enrol anew. */
  async resetSecondFactor(account: AccountId): Promise<void> {
    await this.parts.sessions.endAll(account);
    await this.own.removeSecondFactor(account);
    await this.parts.lockOut.succeeded('factor', account);
  }

  /** Ends every session of an account and revokes its tokens, for instance when it is closed or its rights are taken away. */
  async shutOut(account: AccountId): Promise<void> {
    await this.parts.sessions.endAll(account);
    await this.apiTokens.revokeAll(account);
    await this.tokens.withdraw('invitation', account);
  }

  private get rows() {
    return this.parts.database.rows(credentials);
  }
}
