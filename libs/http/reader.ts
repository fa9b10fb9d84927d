import type { FastifyRequest } from 'fastify';
import type { Profile } from '#domain';
import { isLanguage, preferredLanguage, wordsFor } from '#web';
import type { Language, Words } from '#web';

/** The language an address begins with, or the one the reader's browser likes best. */
export function languageOf({ url, headers }: FastifyRequest): Language {
  const [, first = ''] = url.split(/[/?#]/, 2);
  return isLanguage(first) ? first : preferredLanguage(headers['accept-language']);
}

export const wordsOf = (request: FastifyRequest, profile: Profile): Words => wordsFor(languageOf(request), profile);

/** Scheme and host under which the reader came here. */
export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;
