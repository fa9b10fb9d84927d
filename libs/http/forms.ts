import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { failed } from './problem';

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
type Headers = Readonly<Record<string, string | string[] | undefined>>;
const prepared = new WeakMap<FastifyInstance, Promise<void>>();

/** The longest form without files, in bytes: entries may hold long texts. */
const FORM_LIMIT = 256 * 1024;
/** So many senders are counted at once; then the oldest is forgotten. */
const MOST_SENDERS = 20_000;

/** What a route of the API says in its configuration to be sent files; all others take JSON. */
export const TAKES_FILES = { takesFiles: true } as const;

/**
 * Lets a server read posted forms and files, set cookies and count requests, for every room of it that needs to; a second room changes nothing. Limits on files and rates are the routes' own. The
 * API takes no forms but where it is sent files: a page elsewhere could send one without asking. Call it before the server listens; a room whose routes say their own limits in their
 * configuration awaits it before they are made.
 */
export async function acceptForms(server: FastifyInstance): Promise<void> {
  const ready = prepared.get(server) ?? prepare(server);
  prepared.set(server, ready);
  await ready;
}

async function prepare(server: FastifyInstance): Promise<void> {
  server.addHook('onRequest', (request, _reply, done) => done(formRefused(request)));
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: FORM_LIMIT });
  // A file that is too large is cut off, and its room says so.
  await server.register(multipart, { throwFileSizeLimit: false });
  await server.register(rateLimit, { global: false, cache: MOST_SENDERS });
}

function formRefused({ url, headers, routeOptions }: FastifyRequest): Error | undefined {
  const isForm = url.startsWith('/api/') && FORM.test(headers['content-type'] ?? '');
  if (!isForm || (routeOptions.config as Partial<typeof TAKES_FILES>).takesFiles) return undefined;
  return failed('wrong-content-type', 'The API takes JSON, not forms.');
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
