import type { AccountId } from '#domain';

/** Who asks, as far as it was proven. */
export interface Identified {
  readonly account: AccountId;
  /** By a browser's session, or by a program's token. */
  readonly by: 'session' | 'token';
  /** With a session: whether a second factor was shown for it; left out where that is not known, as with a provider that asks for one by its own rules. */
  readonly secondFactor?: boolean;
  /** With a token: all it may be used for, whatever else the account may do. */
  readonly scopes?: readonly string[];
  /** With a token: which one; then the log must know it too, and revoking it there is enough. */
  readonly token?: string;
}

/** What identification looks at of a request; Fastify's own fits. */
export interface IncomingRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Says who asks; undefined for everybody who brings no proof, or one that has ended. Requests with a session can be forged by pages elsewhere: whoever identifies by one has them checked
 * before they come here.
 */
export interface Identification {
  identify(request: IncomingRequest): Promise<Identified | undefined>;
}
