import type { FastifyRequest } from 'fastify';
import type { HttpServer } from '#process';
import type { RegistrySettings } from './settings';
import { senderOf, tooMany } from './sign-in/rate-limits';

/** Under this name a server keeps how it tells senders apart. */
const SENDER = 'uploadSender';
type SenderOf = (request: FastifyRequest) => Promise<string>;

/**
 * Configuration of a route that takes files: so many a minute from one account, or from one address of those who are nobody. A whole office behind one address shares nothing but its visitors'
 * limit. Who sends too much is told before the body is read.
 */
export const uploadsAMinute = (most: number) => ({
  rateLimit: {
    max: most,
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) => request.server.getDecorator<SenderOf>(SENDER)(request),
    errorResponseBuilder: (_: FastifyRequest, { ttl }: { ttl: number }) => tooMany(most, Math.ceil(ttl / 1000)),
  },
});

/** Lets the routes of a server count uploads; a second room changes nothing. Call it before they are made. */
export function countUploads(server: HttpServer, { identification }: RegistrySettings): void {
  if (!server.hasDecorator(SENDER))
    server.decorate(SENDER, (request: FastifyRequest) => senderOf(request, identification));
}
