import { CredentialAdministration } from './administration';
import { ApiTokens } from './api-tokens';
import { AccessDatabase } from './database/access-database';
import { ExternalIdentities } from './external-identities';
import { RequestIdentification } from './identification';
import type { Accounts, TokenRegister } from './identified';
import { keyFrom, keyInFile } from './key-file';
import { AccessError } from './error';
import { LockOut } from './lock-out';
import { OneTimeTokens } from './one-time-tokens';
import { OpenIdProvider } from './openid';
import { OwnCredentials } from './own-credentials';
import { PasswordHasher } from './passwords/hasher';
import type { AccessKey } from './secrets';
import { Sessions } from './sessions';
import { SetUp } from './set-up';
import type { SignInSettings } from './settings';
import { SigningIn } from './signing-in';

/** Everything that proves who somebody is. */
export interface SignIn {
  readonly identification: RequestIdentification;
  readonly signingIn: SigningIn;
  readonly own: OwnCredentials;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly administration: CredentialAdministration;
  readonly externalIdentities: ExternalIdentities;
  readonly setUp: SetUp;
  readonly openId?: OpenIdProvider;
  readonly key: AccessKey;
  /** The time all ends are measured by, in milliseconds. */
  readonly clock: () => number;
  /** To be printed once: whoever has it makes the first administrator. Only where nobody can sign in yet. */
  readonly setUpToken?: string;
  close(): Promise<void>;
}

export interface SignInOptions {
  readonly accounts: Accounts;
  /** Where tokens are told of; nowhere where left out. */
  readonly tokenRegister?: TokenRegister;
  /** People reach the site over HTTPS: cookies are then for HTTPS alone. */
  readonly secure: boolean;
  /** Offer the set-up where nobody can sign in; true where left out. Only the program that serves the pages does. */
  readonly offersSetUp?: boolean;
  readonly clock?: () => number;
  readonly hasher?: PasswordHasher;
}

/** Opens the access database and key, and offers the set-up at the first run. Throws AccessError. */
export async function openSignIn(settings: SignInSettings, options: SignInOptions): Promise<SignIn> {
  const {
    accounts,
    tokenRegister,
    secure,
    offersSetUp = true,
    clock = Date.now,
    hasher = new PasswordHasher(),
  } = options;
  const key = 'hex' in settings.key ? keyFrom(settings.key.hex) : keyInFile(settings.key.file);
  if (!key) throw new AccessError('ACCESS_KEY must be 64 hexadecimal digits; make one with: openssl rand -hex 32');
  const database = await AccessDatabase.open(settings.database);
  const sessions = new Sessions(database, clock);
  const lockOut = new LockOut(database, clock);
  const parts = { database, key, hasher, sessions, lockOut, clock };
  const apiTokens = new ApiTokens(database, clock, tokenRegister);
  const oneTimeTokens = new OneTimeTokens(database, clock);
  const own = new OwnCredentials(parts);
  const setUp = new SetUp(parts, oneTimeTokens, accounts);
  await lockOut.tidy();
  const setUpToken = offersSetUp ? await setUp.offer() : undefined;
  return {
    identification: new RequestIdentification(sessions, apiTokens, secure),
    signingIn: new SigningIn(parts),
    own,
    sessions,
    apiTokens,
    administration: new CredentialAdministration(parts, oneTimeTokens, apiTokens, own),
    externalIdentities: new ExternalIdentities(parts, accounts),
    setUp,
    key,
    clock,
    ...(settings.openId && { openId: new OpenIdProvider(settings.openId, key, clock) }),
    ...(setUpToken !== undefined && { setUpToken }),
    close: () => database.close(),
  };
}
