export { AccessError } from './error';
export type {
  AccountId,
  Accounts,
  FirstPerson,
  IssuedTokenFacts,
  TokenRegister,
  Identification,
  Identified,
  IncomingRequest,
} from './identified';
export { signInSettingsFromEnv } from './settings';
export type { AccessDatabaseSettings, OpenIdSettings, SignInSettings } from './settings';
export { endAllSessions } from './end-all-sessions';
export { openSignIn } from './open';
export type { SignIn, SignInOptions } from './open';
export { API_TOKEN_PREFIX, tokenName } from './api-tokens';
export type { ApiToken, NewApiToken } from './api-tokens';
export { ARGON2, PasswordHasher } from './passwords/hasher';
export { PASSWORD_LENGTH } from './passwords/rules';
export type { PasswordFault } from './passwords/rules';
export { isUserName, normalUserName } from './user-name';
export { SESSION_LIMITS } from './sessions';
export type { OpenedSession, Session } from './sessions';
export type { FirstStep, SecondStep } from './signing-in';
export type { SetUpOutcome } from './set-up';
export type { ExternalProof } from './external-identities';
export { OpenIdFailed } from './openid';
export { ownPath } from './own-path';
export type { Wait } from './lock-out';
export { cookieOf, sessionCookie } from './identification';
export type { AccessKey } from './secrets';
export { same } from './secrets';
export { totpAddress } from './totp';
export type { CredentialState, Holder } from './own-credentials';
