import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { encodingFor } from './compression';
import { originOf } from './reader';
import { matches } from './tagged';

/** So many answers are kept, none of them greater than this: a few dozen MB at most. */
const KEPT = 500;
const GREATEST_BYTES = 128 * 1024;

interface Sent {
  /** What the answer follows from. */
  readonly mark: string;
  /** What the request said of all that the answer depends on by its own word (Vary). */
  readonly asked: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Of each server what it sent, whoever was asked for longest ago first. */
const sentBy = new WeakMap<object, Map<string, Sent>>();
const underWay = new WeakMap<
  FastifyRequest,
  { readonly name: string; readonly mark: string; readonly tagged: boolean }
>();

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
export const sendAgain = (request: FastifyRequest, reply: FastifyReply, tag: string): Promise<boolean> =>
  sentSince(request, reply, { mark: tag, tagged: true });

/** The same for answers tagged by what they say: `mark` names all that they are made of, and no cache is shown it. Nothing but 304 goes to who has the answer already. */
export const sendMadeOf = (request: FastifyRequest, reply: FastifyReply, mark: string): Promise<boolean> =>
  sentSince(request, reply, { mark, tagged: false });

async function sentSince(
  request: FastifyRequest,
  reply: FastifyReply,
  { mark, tagged }: { readonly mark: string; readonly tagged: boolean },
): Promise<boolean> {
  if (request.method !== 'GET') return false;
  const name = nameOf(request);
  const sent = sentBy.get(request.server) ?? new Map<string, Sent>();
  sentBy.set(request.server, sent);
  const known = sent.get(name);
  sent.delete(name);
  if (known?.mark !== mark || known.asked !== askedWith(request, known.headers.vary)) {
    underWay.set(request, { name, mark, tagged });
    return false;
  }
  sent.set(name, known);
  await (matches(request.headers['if-none-match'], known.headers.etag ?? '')
    ? reply.headers(withoutBody(known.headers)).status(304).send()
    : reply.headers(known.headers).send(known.body));
  return true;
}

/** What a 304 says of an answer (RFC 9110 §15.4.5): all but what describes its body. */
const withoutBody = (headers: Sent['headers']): Sent['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-(type|encoding|length)$/.test(name)));

/** Keeps what was asked to be kept; after everything else has been done to the answer. */
export const keepSent: onSendHookHandler = (request, reply, payload, done) => {
  const wanted = underWay.get(request);
  const sent = sentBy.get(request.server);
  const asWanted = wanted?.tagged ? reply.getHeader('etag') === wanted.mark : reply.hasHeader('etag');
  if (wanted && asWanted && sent && isWhole(payload) && reply.statusCode === 200) {
    const headers = Object.entries(reply.getHeaders()).filter(([name]) => name !== 'content-length');
    sent.set(wanted.name, {
      mark: wanted.mark,
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
