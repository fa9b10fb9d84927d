/** Names an account; what the account may do is said elsewhere. */
export type AccountId = string;

/** Who asks, as far as it was proven. */
export interface Identified {
  readonly account: AccountId;
  /** By a browser's session, or by a program's token. A session is open to forged requests, a token is not. */
  readonly by: 'session' | 'token';
  /** With a session: whether a second factor was shown for it. A provider that vouched for somebody asks for one by its own rules, and is not known to have. */
  readonly secondFactor?: boolean;
  /** With a token: all it may be used for, whatever else the account may do. */
  readonly scopes?: readonly string[];
  /** With a token: which one. */
  readonly token?: string;
}

/** What identification looks at of a request; Fastify's own fits. */
export interface IncomingRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Says who asks; undefined for everybody who brings no proof, or one that has ended. */
export interface Identification {
  identify(request: IncomingRequest): Promise<Identified | undefined>;
}

/** Whoever sets the registry up. */
export interface FirstPerson {
  readonly name: string;
  /** In its normal form. */
  readonly userName: string;
}

/** What sign-in asks of those who keep accounts. */
export interface Accounts {
  /**
   * Opens the account of the first administrator and answers its id. It is asked only while nobody can sign in; after a crash between this and the
   * first sign-in it is asked again, and answers the same account for the same user name: so an access database that was lost is made anew. Undefined where
   * there is an administrator of another user name. What it throws is passed on, and the set-up token stays good.
   */
  openFirstAdministrator(person: FirstPerson): Promise<AccountId | undefined>;
  /** The account an administrator has opened for somebody at a provider, where accounts name their identity; undefined where there is none. */
  ofIdentity?(issuer: string, subject: string): Promise<AccountId | undefined>;
}

/** Where tokens are told of, without their secrets: in the log, so that whoever could act for an account is known for ever. */
export interface TokenRegister {
  /** Before the secret is shown; `by` whoever makes it. False where the token may not be; then it is none. */
  issued(account: AccountId, token: IssuedTokenFacts, by: AccountId): Promise<boolean>;
  /** False where the account knows no such token; it is revoked here all the same. */
  revoked(account: AccountId, token: string): Promise<boolean>;
}

/** What is told of a new token. */
export interface IssuedTokenFacts {
  readonly id: string;
  /** What its holder calls it. */
  readonly label: string;
  readonly scopes: readonly string[];
  /** Until when it works: an instant in UTC (ISO 8601). */
  readonly until: string;
}
