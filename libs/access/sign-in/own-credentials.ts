import { In, Not } from 'typeorm';
import { credentials, recoveryCodes } from './database/entities';
import type { Credential, SignedInBy } from './database/entities';
import type { AccountId } from './identified';
import type { Wait } from './lock-out';
import type { Parts } from './parts';
import { normalPassword, passwordFault } from './passwords/rules';
import type { PasswordFault } from './passwords/rules';
import { newRecoveryCodes, recoveryDigest } from './recovery-codes';
import type { OpenedSession } from './sessions';
import { TOTP_PURPOSE } from './signing-in';
import { newTotpSecret, normalCode, stepOf } from './totp';

const PROPOSED_PURPOSE = 'totp-proposed';
/** A proposal is good for so long: it was made by somebody who knew the password, and is not to be taken up by somebody else later. */
const PROPOSAL_MS = 15 * 60_000;

/** What an account page shows of its credentials. */
export interface CredentialState {
  readonly userName: string;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly recoveryCodesLeft: number;
}

/** Whoever changes something shows again that they know the password: the browser may have been left open. */
export type Confirmation =
  { readonly kind: 'confirmed' } | { readonly kind: 'wrong' } | ({ readonly kind: 'wait' } & Wait);

export type PasswordChange =
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly fault: PasswordFault }
  | Exclude<Confirmation, { kind: 'confirmed' }>;

/** A browser's session, to be renewed when what it may do changes. */
export interface Holder {
  readonly account: AccountId;
  readonly token: string;
  readonly by: SignedInBy;
  readonly browser: string;
}

/** What people do with their own credentials. */
export class OwnCredentials {
  constructor(private readonly parts: Parts) {}

  /** Undefined for an account that signs in through a provider alone. */
  async of(account: AccountId): Promise<CredentialState | undefined> {
    const found = await this.find(account);
    if (!found) return undefined;
    return {
      userName: found.userName,
      hasPassword: found.passwordHash !== null,
      hasSecondFactor: found.totpSecret !== null,
      recoveryCodesLeft: await this.parts.database.rows(recoveryCodes).countBy({ account }),
    };
  }

  /** Compares the account's password; an account without one is confirmed by its session. Counted like a sign-in. */
  async confirm(account: AccountId, password: string): Promise<Confirmation> {
    const { lockOut, hasher } = this.parts;
    const found = await this.find(account);
    if (!found || found.passwordHash === null) return { kind: 'confirmed' };
    const wait = await lockOut.begin('name', found.userName);
    if (wait) return { kind: 'wait', ...wait };
    if (!(await hasher.verify(found.passwordHash, password))) return { kind: 'wrong' };
    await lockOut.succeeded('name', found.userName);
    return { kind: 'confirmed' };
  }

  /** Changes the password and signs out everywhere else. */
  async changePassword(holder: Holder, present: string, typed: string): Promise<PasswordChange> {
    const confirmed = await this.confirm(holder.account, present);
    if (confirmed.kind !== 'confirmed') return confirmed;
    const found = await this.find(holder.account);
    if (!found) return { kind: 'wrong' };
    const password = normalPassword(typed);
    const fault = passwordFault(password, found.userName);
    if (fault) return { kind: 'refused', fault };
    const passwordHash = await this.parts.hasher.hash(password);
    await this.parts.sessions.endAll(holder.account, holder.token);
    await this.rows.update({ account: holder.account }, { passwordHash });
    return { kind: 'changed' };
  }

  /** A secret to put into an authenticator; nothing has changed until a code of it comes back. */
  async proposeSecondFactor(account: AccountId): Promise<string> {
    const secret = newTotpSecret();
    const until = this.parts.clock() + PROPOSAL_MS;
    const totpProposed = this.parts.key.seal(`${secret} ${until}`, PROPOSED_PURPOSE, account);
    await this.rows.update({ account }, { totpProposed });
    return secret;
  }

  /** The secret proposed last, to be shown again for a while. */
  async proposedSecondFactor(account: AccountId): Promise<string | undefined> {
    const { totpProposed } = (await this.find(account)) ?? {};
    const opened = totpProposed ? this.parts.key.open(totpProposed, PROPOSED_PURPOSE, account) : undefined;
    const [secret, until] = opened?.split(' ') ?? [];
    return Number(until) > this.parts.clock() ? secret : undefined;
  }

  /** Takes the proposed secret as second factor when the code is one of its own; answers new recovery codes, shown once. */
  async enrolSecondFactor({ account, token }: Holder, typed: string): Promise<readonly string[] | undefined> {
    const { key, clock, sessions } = this.parts;
    const { totpProposed } = (await this.find(account)) ?? {};
    const secret = await this.proposedSecondFactor(account);
    const step = secret === undefined ? undefined : stepOf(secret, normalCode(typed), clock());
    if (secret === undefined || step === undefined || !totpProposed) return undefined;
    const taken = await this.rows.update(
      { account, totpProposed },
      { totpSecret: key.seal(secret, TOTP_PURPOSE, account), totpProposed: null, totpStep: step },
    );
    if (taken.affected !== 1) return undefined;
    await sessions.endAll(account, token);
    return this.renewRecoveryCodes(account);
  }

  /** New recovery codes in place of the old ones. */
  async renewRecoveryCodes(account: AccountId): Promise<readonly string[]> {
    const rows = this.parts.database.rows(recoveryCodes);
    const codes = newRecoveryCodes();
    const digests = codes.map((code) => recoveryDigest(account, code));
    await rows.insert(digests.map((digest) => ({ digest, account })));
    await rows.delete({ account, digest: Not(In(digests)) });
    return codes;
  }

  async removeSecondFactor(account: AccountId): Promise<void> {
    await this.rows.update({ account }, { totpSecret: null, totpProposed: null });
    await this.parts.database.rows(recoveryCodes).delete({ account });
  }

  /** The session goes on under a new token, now that its holder may do other things. */
  async renewed({ account, token, by, browser }: Holder): Promise<OpenedSession> {
    return this.parts.sessions.renew(token, { account, by, browser, stage: 'open' });
  }

  private async find(account: AccountId): Promise<Credential | undefined> {
    return (await this.rows.findOneBy({ account })) ?? undefined;
  }

  private get rows() {
    return this.parts.database.rows(credentials);
  }
}
