import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compressed } from './compression';
import { keepSent } from './sent-before';
import { ProblemFilter } from './problem-filter';

/** A request body may hold so much. */
export const BODY_LIMIT = 256 * 1024;

/** What a page may load and do: nothing from elsewhere, and no script. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A stylesheet or font of a page loads nothing itself but fonts, which is a matter of the page's policy. */
const PART_POLICY = "default-src 'none'";

/** What means something on what a browser may open by itself; a first look at a page needs half a dozen parts, and would pay for it with each. */
const ofDocuments = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/**
 * The HTTP server under every app. Who asks is the other end of the connection; what X-Forwarded-… headers say counts only where `trustedProxies`, addresses
 * or networks (CIDR), names that other end.
 */
export function adapter(trustedProxies: readonly string[] = []): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    logger: { level: 'warn', redact: ['req.headers', 'req.remoteAddress'] },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });
}

/** What every app promises at its edge: problem documents, and headers that leave a browser little room for mischief. */
export function hardened(
  app: NestFastifyApplication,
  page?: ConstructorParameters<typeof ProblemFilter>[0],
): NestFastifyApplication {
  app.useGlobalFilters(new ProblemFilter(page));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', compressed)
    .addHook('onSend', (_request, reply, payload, done) => {
      const part = /^(text\/css|font\/)/.test(String(reply.getHeader('content-type')));
      // What a route says for itself, such as a page with a script, stands; and so does what was said of a page that is the same still, for a 304 speaks for the one that was kept (RFC 9111 §3.2).
      if (reply.statusCode !== 304 && !reply.hasHeader('content-security-policy'))
        void reply.header('content-security-policy', part ? PART_POLICY : PAGE_POLICY);
      void reply.headers({ 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff' });
      if (!part) void reply.headers(ofDocuments);
      done(null, payload);
    })
    .addHook('onSend', keepSent);
  return app;
}
