import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';

const FORM = 'application/x-www-form-urlencoded';
type Headers = Readonly<Record<string, string | string[] | undefined>>;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const asked = new WeakSet<FastifyInstance>();

/** Lets a server read what plain HTML forms send. Several modules may ask for it; it happens once. Call it before the server listens. */
export function acceptForms(server: FastifyInstance): void {
  if (asked.has(server) || server.hasContentTypeParser(FORM)) return;
  asked.add(server);
  void server.register(formbody, { bodyLimit: 64 * 1024 });
}

/**
 * The address a request came from: that of the connection, or where the connection comes from a proxy on this machine, the one that proxy put at the end of
 * X-Forwarded-For. What stands before it was said by whoever asks, and is not believed.
 */
export function addressBehind({ headers, ip }: { readonly headers: Headers; readonly ip: string }): string {
  const forwarded = headers['x-forwarded-for'];
  const nearest = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
  return LOOPBACK.test(ip) && nearest !== undefined && nearest !== '' ? nearest : ip;
}

/**
 * Whether a form was sent from a page of this very server: by the Origin header every browser sends with a POST, or where a proxy took it away by
 * Sec-Fetch-Site. Another site's page could otherwise send it in a visitor's name (OWASP, Cross-Site Request Forgery Prevention).
 */
export function sentFromHere({ headers, host }: { readonly headers: Headers; readonly host: string }): boolean {
  const { origin } = headers;
  if (typeof origin !== 'string') return headers['sec-fetch-site'] === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === host;
} // prettier-ignore
