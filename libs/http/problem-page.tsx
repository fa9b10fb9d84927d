import type { FastifyRequest } from 'fastify';
import type { Profile } from '#domain';
import { ProblemPage, renderPage } from '#web';
import type { ProblemKind } from '#web';
import type { Problem } from './problem';
import { originOf, wordsOf } from './reader';

/** Writes a problem in the site's own look, for browsers; undefined for those who asked the API or do not read HTML. */
export const problemWriter =
  (profile: Profile) =>
  (problem: Problem, request: FastifyRequest): string | undefined => {
    if (request.url.startsWith('/api/') || !(request.headers.accept ?? '').includes('text/html')) return undefined;
    const parameters = [...new Set((problem.errors ?? []).map(({ pointer }) => pointer.slice(1)))];
    const page = <ProblemPage kind={kindOf(problem.status)} parameters={parameters} origin={originOf(request)} />;
    return renderPage(page, wordsOf(request, profile));
  };

function kindOf(status: number): ProblemKind {
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  if (status === 503) return 'preparing';
  return status < 500 ? 'bad-address' : 'failure';
}
