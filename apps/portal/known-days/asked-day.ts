import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLegalDate } from '#domain';
import type { LegalDate } from '#domain';
import { failed } from '#http';
import type { HttpServer } from '#process';
import { takesKnownAt } from '#web';
import type { KnownDays } from './known-days';

/**
 * The one place where a request's day of knowledge is read: what asks for a day that is over is answered by the portal of that day, all others by the present one. Behind it no report knows of `knownAt`.
 */
export function answerKnownDays(server: HttpServer, known: KnownDays, today: () => LegalDate): void {
  server.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return;
    const [path = '', query = ''] = request.url.split('?', 2);
    if (!query.includes('knownAt') || !takesKnownAt(path)) return;
    const asked = new URLSearchParams(query);
    const days = asked.getAll('knownAt').filter((each) => each !== '');
    if (!asked.has('knownAt')) return;
    const [day] = days;
    if (days.length > 1 || (day !== undefined && !isLegalDate(day))) throw malformed();
    if (day === undefined || day >= today()) {
      // Today, and what is still to come, is told as it stands.
      delete (request.query as Record<string, unknown>).knownAt;
      return;
    }
    const portal = await known.of(day);
    const rest = query.split('&').filter((part) => !/^knownAt(=|$)/.test(part)).join('&'); // prettier-ignore
    reply.hijack();
    request.raw.url = rest === '' ? path : `${path}?${rest}`;
    portal.answer(request.raw, reply.raw);
  });
}

const malformed = () =>
  failed('malformed-request', 'The day of knowledge is not understood.', {
    errors: [{ pointer: '/knownAt', detail: 'Give one date that exists, as YYYY-MM-DD' }],
  });
