import type { ApiTokens } from './api-tokens';
import type { Identification, Identified, IncomingRequest } from './identified';
import type { Session, Sessions } from './sessions';

/** What a session's cookie is called: over HTTPS with the prefix that binds it to this host, to `Path=/` and to `Secure` (RFC 6265bis §4.1.3). */
export const sessionCookie = { secure: '__Host-registry-session', plain: 'registry-session' } as const;

/** Identifies by a program's token or a browser's session. */
export class RequestIdentification implements Identification {
  /** Several guards ask about one request, and each answer is a question to the database. */
  private readonly asked = new WeakMap<IncomingRequest, Promise<Identified | undefined>>();

  constructor(
    private readonly sessions: Sessions,
    private readonly apiTokens: ApiTokens,
    private readonly secure: boolean,
  ) {}

  /** One request is asked about once, however many ask: who it comes from is decided at one moment. */
  identify(request: IncomingRequest): Promise<Identified | undefined> {
    const known = this.asked.get(request) ?? this.proven(request);
    this.asked.set(request, known);
    return known;
  }

  /** The session itself, for the pages of the account. */
  async session(request: IncomingRequest): Promise<(Session & { readonly token: string }) | undefined> {
    const token = this.sessionToken(request);
    const session = token === undefined ? undefined : await this.sessions.of(token, 'open');
    return session && token !== undefined ? { ...session, token } : undefined;
  }

  /** What the session's cookie holds, good or not. */
  sessionToken(request: IncomingRequest): string | undefined {
    return cookieOf(request, this.secure ? sessionCookie.secure : sessionCookie.plain);
  }

  /** A request that brings an Authorization header is a program's: its cookies are not looked at. */
  private async proven(request: IncomingRequest): Promise<Identified | undefined> {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) return this.byToken(String(authorization));
    const session = await this.session(request);
    return session && { account: session.account, by: 'session', secondFactor: session.by === 'password-and-code' };
  }

  private async byToken(authorization: string): Promise<Identified | undefined> {
    const [, secret] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    const token = secret === undefined ? undefined : await this.apiTokens.of(secret);
    return token && { account: token.account, by: 'token', scopes: token.scopes, token: token.id };
  }
}

/** The value of a cookie; undefined where it comes twice, for then somebody has planted one of them. */
export function cookieOf({ headers }: IncomingRequest, name: string): string | undefined {
  const header = headers.cookie;
  const values = (typeof header === 'string' ? header : (header ?? []).join('; '))
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}
