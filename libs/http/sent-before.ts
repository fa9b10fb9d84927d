import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { encodingFor } from './compression';
import { originOf } from './reader';

/** So many answers are kept, none of them greater than this: a few dozen MB at most. */
const KEPT = 500;
const GREATEST_BYTES = 128 * 1024;

interface Sent {
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Of each server what it sent, whoever was asked for longest ago first. */
const sentBy = new WeakMap<object, Map<string, Sent>>();
const underWay = new WeakMap<FastifyRequest, { readonly name: string; readonly tag: string }>();

/** What an answer to everybody depends on beside what its tag says. */
const nameOf = (request: FastifyRequest): string =>
  JSON.stringify([originOf(request), request.url, encodingFor(request) ?? '']);

/**
 * Sends again, packed as it is, what was sent under the same tag before: what many ask for is made once for each state of the log. True when it was. Otherwise the answer that comes is kept, if it
 * carries that tag. For answers that are the same for everybody and follow from address, encoding and tag alone.
 */
export async function sendAgain(request: FastifyRequest, reply: FastifyReply, tag: string): Promise<boolean> {
  if (request.method !== 'GET') return false;
  const name = nameOf(request);
  const sent = sentBy.get(request.server) ?? new Map<string, Sent>();
  sentBy.set(request.server, sent);
  const known = sent.get(name);
  sent.delete(name);
  if (known?.tag !== tag) {
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
