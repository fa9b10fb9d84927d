import { LessThan } from 'typeorm';
import { credentials, recoveryCodes } from './database/entities';
import type { Credential, SignedInBy } from './database/entities';
import type { AccountId } from './identified';
import type { Wait } from './lock-out';
import type { Parts } from './parts';
import { isRecoveryCode, recoveryDigest } from './recovery-codes';
import type { OpenedSession } from './sessions';
import { normalCode, stepOf } from './totp';
import { normalUserName } from './user-name';

export const TOTP_PURPOSE = 'totp';

/** Who tries, and from where. */
export interface Attempt {
  readonly address: string;
  readonly browser?: string;
}

/** What a user name and a password lead to. Wrong names, wrong passwords and accounts without a password are not told apart. */
export type FirstStep =
  | { readonly kind: 'signed-in'; readonly session: OpenedSession }
  /** The session is good for nothing but the second factor. */
  | { readonly kind: 'code-needed'; readonly session: OpenedSession }
  | { readonly kind: 'wrong' }
  | ({ readonly kind: 'wait' } & Wait);

/** What the second factor leads to. */
export type SecondStep =
  | { readonly kind: 'signed-in'; readonly session: OpenedSession; readonly recoveryCodesLeft?: number }
  | { readonly kind: 'wrong' }
  /** The first step was too long ago: begin again. */
  | { readonly kind: 'ended' }
  | ({ readonly kind: 'wait' } & Wait);

/** Signing in with what one knows (a password), then with what one has (an authenticator, or a recovery code). */
export class SigningIn {
  constructor(private readonly parts: Parts) {}

  /** `rid`, a token of a session this browser has, ends: nobody goes on with a session from before. */
  async withPassword(typedName: string, password: string, attempt: Attempt, rid?: string): Promise<FirstStep> {
    const { lockOut, sessions, hasher } = this.parts;
    const userName = normalUserName(typedName);
    const wait = (await lockOut.begin('address', attempt.address)) ?? (await lockOut.begin('name', userName));
    if (wait) return { kind: 'wait', ...wait };
    const found = await this.parts.database.rows(credentials).findOneBy({ userName });
    const fits = await hasher.verify(found?.passwordHash ?? undefined, password);
    if (!found || !fits) return { kind: 'wrong' };
    await lockOut.succeeded('address', attempt.address);
    await lockOut.succeeded('name', userName);
    await this.rehash(found, password);
    const codeNeeded = found.totpSecret !== null;
    const beginning = { account: found.account, by: 'password', ...browserOf(attempt) } as const;
    if (rid !== undefined) await sessions.end(rid);
    return codeNeeded
      ? { kind: 'code-needed', session: await sessions.begin({ ...beginning, stage: 'code' }) }
      : { kind: 'signed-in', session: await sessions.begin({ ...beginning, stage: 'open' }) };
  }

  /** The second step, with the token of the half-open session from the first. */
  async withCode(token: string, typed: string, attempt: Attempt): Promise<SecondStep> {
    const { lockOut, sessions, database } = this.parts;
    const half = await sessions.of(token, 'code');
    const found = half && (await database.rows(credentials).findOneBy({ account: half.account }));
    if (!half || !found || found.totpSecret === null) return { kind: 'ended' };
    const wait = (await lockOut.begin('address', attempt.address)) ?? (await lockOut.begin('factor', half.account));
    if (wait) return { kind: 'wait', ...wait };
    const recovery = isRecoveryCode(typed);
    const fits = recovery ? await this.useRecoveryCode(half.account, typed) : await this.useTotp(found, typed);
    if (!fits) return { kind: 'wrong' };
    await lockOut.succeeded('address', attempt.address);
    await lockOut.succeeded('factor', half.account);
    const by: SignedInBy = 'password-and-code';
    const session = await sessions.renew(token, { account: half.account, by, stage: 'open', ...browserOf(attempt) });
    if (!recovery) return { kind: 'signed-in', session };
    const recoveryCodesLeft = await database.rows(recoveryCodes).countBy({ account: half.account });
    return { kind: 'signed-in', session, recoveryCodesLeft };
  }

  /** A code counts once (RFC 6238 §5.2): the step must be later than the last one used, and whoever writes it down first has it. */
  private async useTotp({ account, totpSecret }: Credential, typed: string): Promise<boolean> {
    const { key, clock, database } = this.parts;
    const secret = key.open(totpSecret ?? '', TOTP_PURPOSE, account);
    const step = secret === undefined ? undefined : stepOf(secret, normalCode(typed), clock());
    if (step === undefined) return false;
    const used = await database.rows(credentials).update({ account, totpStep: LessThan(step) }, { totpStep: step });
    return used.affected === 1;
  }

  private async useRecoveryCode(account: AccountId, typed: string): Promise<boolean> {
    const digest = recoveryDigest(account, typed);
    return (await this.parts.database.rows(recoveryCodes).delete({ digest, account })).affected === 1;
  }

  private async rehash({ account, passwordHash }: Credential, password: string): Promise<void> {
    const { hasher, database } = this.parts;
    if (passwordHash === null || !hasher.isOutdated(passwordHash)) return;
    // Only in place of the hash that was compared: the password may have been changed meanwhile.
    await database.rows(credentials).update({ account, passwordHash }, { passwordHash: await hasher.hash(password) });
  }
}

const browserOf = ({ browser }: Attempt): { browser?: string } => (browser === undefined ? {} : { browser });
