import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * What caches may do with a public answer: keep it and ask each time whether it is still so, for any entry may change any answer; and show for a minute more what they have while they ask
 * (RFC 5861 §3).
 */
export const ASKED_EACH_TIME = 'public, max-age=0, stale-while-revalidate=60';

/** The same for pages of text, which change with the program alone. */
export const KEPT_FOR_AN_HOUR = 'public, max-age=3600, stale-while-revalidate=86400';

/** If-None-Match (RFC 9110 §13.1.2), by weak comparison. */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  const opaque = (text: string): string => text.trim().replace(/^W\//, '');
  return (ifNoneMatch ?? '').split(',').some((each) => each.trim() === '*' || opaque(each) === opaque(tag));
}

/** Sends an answer tagged by what it says, and nothing but 304 to who has it already: for what does not follow from the log position. */
export async function sendTagged(
  body: string | Buffer,
  { type, keep }: { readonly type: string; readonly keep: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  // Weak, for it may be packed in one way or another (RFC 9110 §8.8.3.3).
  const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  void reply.headers({ etag: tag, 'cache-control': keep });
  if (matches(request.headers['if-none-match'], tag)) return void (await reply.status(304).send());
  await reply.type(type).send(body);
}
