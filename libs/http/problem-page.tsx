import type { FastifyRequest } from 'fastify';
import type { Profile } from '#domain';
import { ProblemPage, renderPage } from '#web';
import type { KnownAsked, ProblemKind } from '#web';
import type { Problem } from './problem';
import { originOf, wordsOf } from './reader';

/** Writes a problem in the site's own look, for browsers; undefined for those who asked the API or do not read HTML. */
export const problemWriter =
  (profile: Profile) =>
  (problem: Problem, request: FastifyRequest): string | undefined => {
    if (request.url.startsWith('/api/') || !(request.headers.accept ?? '').includes('text/html')) return undefined;
    const parameters = [...new Set((problem.errors ?? []).map(({ pointer }) => pointer.slice(1)))];
    const known = knownAsked(problem, request);
    const kind = known ? 'day-not-kept' : kindOf(problem.status);
    const page = (
      <ProblemPage kind={kind} parameters={parameters} origin={originOf(request)} {...(known && { known })} />
    );
    return renderPage(page, wordsOf(request, profile));
  };

/** Of a day of knowledge that is not kept: what the page offers instead. */
function knownAsked({ type, facts }: Problem, { url }: FastifyRequest): KnownAsked | undefined {
  const { knownAt, kept } = facts ?? {};
  if (type !== '/problems/day-not-kept' || typeof knownAt !== 'string' || !Array.isArray(kept)) return undefined;
  const [path = '', query = ''] = url.split('?', 2);
  const others = query.split('&').filter((part) => part !== '' && !/^knownAt(=|$)/.test(part));
  const at = others.length === 0 ? path : `${path}?${others.join('&')}`;
  return { day: knownAt, kept: kept.filter((each) => typeof each === 'string'), at };
}

function kindOf(status: number): ProblemKind {
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  if (status === 503) return 'preparing';
  return status < 500 ? 'bad-address' : 'failure';
}
