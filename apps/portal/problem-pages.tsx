import type { FastifyRequest } from 'fastify';
import type { Problem } from '#http';
import { ProblemPage, isLanguage, preferredLanguage, renderPage, wordsFor } from '#web';
import type { ProblemKind } from '#web';
import { originOf } from './pages.controller';

/** A problem in the site's own look, for browsers; undefined for those who asked the API or do not read HTML. */
export function problemPage(problem: Problem, request: FastifyRequest, timeZone: string): string | undefined {
  if (request.url.startsWith('/api/') || !(request.headers.accept ?? '').includes('text/html')) return undefined;
  const [, first = ''] = request.url.split(/[/?]/);
  const language = isLanguage(first) ? first : preferredLanguage(request.headers['accept-language']);
  const kind = kindOf(problem.status);
  const details = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`);
  return renderPage(
    <ProblemPage kind={kind} details={details} origin={originOf(request)} />,
    wordsFor(language, timeZone),
  );
}

function kindOf(status: number): ProblemKind {
  if (status === 404) return 'not-found';
  if (status === 503) return 'preparing';
  return status < 500 ? 'bad-address' : 'failure';
}
