import { Readable, pipeline } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  gzipSync,
} from 'node:zlib';
import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';

/** Smaller answers fit into one packet as they are. */
const WORTH_IT_BYTES = 1024;
/** Up to so much is packed where it was made: handing a page to another thread and back costs as much as packing it, and the next one waits half a millisecond. */
const AT_ONCE_BYTES = 32 * 1024;
const quality = (level: number) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: level } });
/**
 * Of what brotli offers (0 to 11), what is quick enough to do for each answer anew: 5 makes a dossier's page a twentieth to a tenth smaller than 4 and costs a third of a millisecond more for the longest; 6 a hundredth, for
 * as much again. What is read as it is made, such as the whole register, may be a gigabyte, and most of its time is this.
 */
const [WHOLE, AS_IT_COMES] = [quality(5), quality(4)];

export const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];

const [brotli, zip] = [promisify<Buffer, object, Buffer>(brotliCompress), promisify<Buffer, Buffer>(gzip)];

const TEXT = /^(text\/|application\/([\w.+-]+\+)?(json|xml)|image\/svg\+xml)/;

/** The best encoding a reader accepts (Accept-Encoding, RFC 9110 §12.5.3); undefined for the plain answer. */
export function encodingFor({ headers }: Pick<FastifyRequest, 'headers'>): Encoding | undefined {
  const wishes = new Map(
    String(headers['accept-encoding'] ?? '')
      .toLowerCase()
      .split(',')
      .map((wish) => {
        const [name = '', ...parameters] = wish.split(';').map((part) => part.trim());
        const quality = parameters.map((parameter) => /^q=([01](?:\.\d{0,3})?)$/.exec(parameter)?.[1]).find(Boolean);
        return [name, Number(quality ?? 1)] as const;
      }),
  );
  const wish = (name: Encoding): number => wishes.get(name) ?? wishes.get('*') ?? 0;
  const accepted = encodings.filter((name) => wish(name) > 0);
  return accepted.sort((a, b) => wish(b) - wish(a))[0];
}

/**
 * Compresses public answers in text. Only those: an answer that is made for one person may hold a secret beside something that person's browser was
 * made to send, and the length of the compressed whole would then tell the secret letter by letter (the BREACH attack).
 */
export const compressed: onSendHookHandler = (request, reply, payload, done) => {
  pack(request, reply, payload).then(
    (sent) => done(null, sent),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  );
};

async function pack(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (!isPublic(reply) || reply.hasHeader('content-encoding')) return payload;
  if (reply.statusCode === 304) vary(reply);
  if (!TEXT.test(String(reply.getHeader('content-type') ?? ''))) return payload;
  vary(reply);
  const encoding = encodingFor(request);
  if (encoding === undefined || request.method === 'HEAD') return payload;
  if (payload instanceof Readable) {
    const packer = encoding === 'br' ? createBrotliCompress(AS_IT_COMES) : createGzip();
    mark(reply, encoding);
    // A failure while rows are read destroys both, which breaks the answer off.
    return pipeline(payload, packer, () => undefined);
  }
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  if (bytes.length < WORTH_IT_BYTES) return payload;
  mark(reply, encoding);
  if (bytes.length <= AT_ONCE_BYTES) return encoding === 'br' ? brotliCompressSync(bytes, WHOLE) : gzipSync(bytes);
  return encoding === 'br' ? brotli(bytes, WHOLE) : zip(bytes);
}

const isPublic = (reply: FastifyReply): boolean => /^public\b/.test(String(reply.getHeader('cache-control') ?? ''));

function mark(reply: FastifyReply, encoding: Encoding): void {
  void reply.header('content-encoding', encoding).removeHeader('content-length');
  const tag = reply.getHeader('etag');
  // One tag for two encodings can only be a weak one (RFC 9110 §8.8.3.3).
  if (typeof tag === 'string' && !tag.startsWith('W/')) void reply.header('etag', `W/${tag}`);
}

/** Says to caches that the answer depends on Accept-Encoding, beside all else it depends on. */
function vary(reply: FastifyReply): void {
  const names = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (!names.some((name) => name === '*' || name.toLowerCase() === 'accept-encoding')) {
    void reply.header('vary', [...names, 'Accept-Encoding'].join(', '));
  }
}
