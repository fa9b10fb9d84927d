import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { encodingFor } from './compression';
import { originOf } from './reader';

/** So many answers are kept, none of them greater than this: a few dozen MB at most. */
const KEPT = 500;
const GREATEST_BYTES = 128 * 1024;

interface Sent {
  readonly tag: string;
  /** What the request said of all that the answer depends on by its own word (Vary). */
  readonly asked: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Of each server what it sent, whoever was asked for longest ago first. */
const sentBy = new WeakMap<object, Map<string, Sent>>();
const underWay = new WeakMap<FastifyRequest, { readonly name: string; readonly tag: string }>();

const nameOf = (request: FastifyRequest): string =>
  JSON.stringify([originOf(request), request.url, encodingFor(request) ?? '']);

/** The request's headers that an answer names in Vary, beside the encoding, of which the name tells (RFC 9111 §4.1). */
function askedWith({ headers }: FastifyRequest, vary: unknown): string {
  const names = [vary]
    .flat()
    .flatMap((header) => (typeof header === 'string' ? header.split(',') : []))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'accept-encoding');
  return JSON.stringify(names.map((name) => headers[name] ?? null));
}

/**
 * Sends again, packed as it is, what was sent under the same tag before: what many ask for is made once for each state of the log. True when it was. Otherwise the answer that comes is kept, if it
 * carries that tag. For answers that are the same for everybody who asks in the same way.
 */
export async function sendAgain(request: FastifyRequest, reply: FastifyReply, tag: string): Promise<boolean> {
  if (request.method !== 'GET') return false;
  const name = nameOf(request);
  const sent = sentBy.get(request.server) ?? new Map<string, Sent>();
  sentBy.set(request.server, sent);
  const known = sent.get(name);
  sent.delete(name);
  if (known?.tag !== tag || known.asked !== askedWith(request, known.headers.vary)) {
    underWay.set(request, { name, tag });
    return false;
  }
  sent.set(name, known);
  await reply.headers(known.headers).send(known.body);
  return true;
}

/** Keeps what was asked to be kept; after everything else has been done to the answer. */
export const keepSent: onSendHookHandler = (request, reply, payload, done) => {
  const wanted = underWay.get(request);
  const sent = sentBy.get(request.server);
  if (wanted && sent && isWhole(payload) && reply.statusCode === 200 && reply.getHeader('etag') === wanted.tag) {
    const headers = Object.entries(reply.getHeaders()).filter(([name]) => name !== 'content-length');
    sent.set(wanted.name, {
      tag: wanted.tag,
      asked: askedWith(request, reply.getHeader('vary')),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      body: payload,
    });
    const [longestUnasked] = sent.keys();
    if (sent.size > KEPT && longestUnasked !== undefined) sent.delete(longestUnasked);
  }
  done(null, payload);
};

const isWhole = (payload: unknown): payload is Buffer | string =>
  (typeof payload === 'string' || Buffer.isBuffer(payload)) && Buffer.byteLength(payload) <= GREATEST_BYTES;
