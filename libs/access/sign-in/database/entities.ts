import { EntitySchema } from 'typeorm';
import type { EntitySchemaColumnOptions } from 'typeorm';
import type { AccountId } from '../identified';

/** A moment in milliseconds since 1970. */
export type Millis = number;

/** How an account signs in with what it knows and has. */
export interface Credential {
  readonly account: AccountId;
  /** In its normal form; nobody else has it. */
  readonly userName: string;
  /** argon2id in PHC form; none until the invitation is taken up. */
  readonly passwordHash: string | null;
  /** Sealed with the key of sign-in. */
  readonly totpSecret: string | null;
  /** Shown as a QR code and not yet proven by a code. */
  readonly totpProposed: string | null;
  /** The last time step whose code was used; it and older ones are used up. */
  readonly totpStep: number;
  readonly madeAt: Millis;
}

export interface RecoveryCode {
  readonly digest: string;
  readonly account: AccountId;
}

/** Somebody a provider vouches for. */
export interface ExternalIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly account: AccountId;
  readonly linkedAt: Millis;
}

/** A link to be made at the first sign-in of whoever the provider knows by this verified e-mail address. */
export interface AwaitedIdentity {
  readonly issuer: string;
  readonly email: string;
  readonly account: AccountId;
  readonly endsAt: Millis;
}

/** How a session was begun. */
export type SignedInBy = 'password' | 'password-and-code' | 'openid' | 'set-up' | 'invitation';

export interface SessionRow {
  /** SHA-256 of the token in the cookie. */
  readonly digest: string;
  /** Names it on the account page, where the token must not stand. */
  readonly id: string;
  readonly account: AccountId;
  /** `code`: the password was right and the second factor is still missing; nobody is signed in yet. */
  readonly stage: 'code' | 'open';
  readonly by: SignedInBy;
  /** What the browser said it is, for a person to recognise it. */
  readonly browser: string;
  readonly madeAt: Millis;
  readonly seenAt: Millis;
  readonly idleEndsAt: Millis;
  readonly endsAt: Millis;
}

export interface ApiTokenRow {
  readonly id: string;
  readonly digest: string;
  readonly account: AccountId;
  readonly name: string;
  /** Separated by blanks. */
  readonly scopes: string;
  readonly madeAt: Millis;
  readonly endsAt: Millis;
  readonly revokedAt: Millis | null;
  readonly usedAt: Millis | null;
}

/** A link that works once: to set up the first administrator, or to choose a password. */
export interface OneTimeToken {
  readonly digest: string;
  readonly purpose: 'set-up' | 'invitation';
  readonly account: AccountId | null;
  readonly endsAt: Millis;
}

/** Failed attempts by user name, address or account (as a digest); also of names nobody has. */
export interface Throttle {
  readonly key: string;
  readonly failures: number;
  readonly lockedUntil: Millis;
  readonly lastAt: Millis;
}

const toNumber = (value: unknown): unknown => (value === null || value === undefined ? value : Number(value));
const text: EntitySchemaColumnOptions = { type: 'varchar' };
const perhapsText: EntitySchemaColumnOptions = { type: 'varchar', nullable: true };
const key: EntitySchemaColumnOptions = { type: 'varchar', primary: true };
const number: EntitySchemaColumnOptions = {
  type: 'bigint',
  transformer: { to: (value: unknown) => value, from: toNumber },
};
const perhapsNumber: EntitySchemaColumnOptions = { ...number, nullable: true };
const named = (name: string, column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({ ...column, name });

export const credentials = new EntitySchema<Credential>({
  name: 'credentials',
  columns: {
    account: key,
    userName: named('user_name', text),
    passwordHash: named('password_hash', perhapsText),
    totpSecret: named('totp_secret', perhapsText),
    totpProposed: named('totp_proposed', perhapsText),
    totpStep: named('totp_step', number),
    madeAt: named('made_at', number),
  },
});

export const recoveryCodes = new EntitySchema<RecoveryCode>({
  name: 'recovery_codes',
  columns: { digest: key, account: text },
});

export const externalIdentities = new EntitySchema<ExternalIdentity>({
  name: 'external_identities',
  columns: { issuer: key, subject: key, account: text, linkedAt: named('linked_at', number) },
});

export const awaitedIdentities = new EntitySchema<AwaitedIdentity>({
  name: 'awaited_identities',
  columns: { issuer: key, email: key, account: text, endsAt: named('ends_at', number) },
});

export const sessions = new EntitySchema<SessionRow>({
  name: 'sessions',
  columns: {
    digest: key,
    id: text,
    account: text,
    stage: text,
    by: named('signed_in_by', text),
    browser: text,
    madeAt: named('made_at', number),
    seenAt: named('seen_at', number),
    idleEndsAt: named('idle_ends_at', number),
    endsAt: named('ends_at', number),
  },
});

export const apiTokens = new EntitySchema<ApiTokenRow>({
  name: 'api_tokens',
  columns: {
    id: key,
    digest: text,
    account: text,
    name: text,
    scopes: text,
    madeAt: named('made_at', number),
    endsAt: named('ends_at', number),
    revokedAt: named('revoked_at', perhapsNumber),
    usedAt: named('used_at', perhapsNumber),
  },
});

export const oneTimeTokens = new EntitySchema<OneTimeToken>({
  name: 'one_time_tokens',
  columns: { digest: key, purpose: text, account: perhapsText, endsAt: named('ends_at', number) },
});

export const throttles = new EntitySchema<Throttle>({
  name: 'throttles',
  columns: {
    key,
    failures: number,
    lockedUntil: named('locked_until', number),
    lastAt: named('last_at', number),
  },
});

export const entities = [
  credentials,
  recoveryCodes,
  externalIdentities,
  awaitedIdentities,
  sessions,
  apiTokens,
  oneTimeTokens,
  throttles,
];
