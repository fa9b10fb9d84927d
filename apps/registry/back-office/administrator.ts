import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Office, Visit } from './office';
import type { People } from './people';

/** Who may look after the means by which others sign in; undefined where the person was told why they may not. */
export async function administratorAt(
  { office, people }: { readonly office: Office; readonly people: People },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | undefined> {
  const visit = await office.visit(request, reply);
  if (!visit) return undefined;
  if (!office.mayAct(visit, 'administer-credentials')) await office.say(visit, 'forbidden');
  else if (!people.known) await office.say(visit, 'missing');
  else return visit;
  return undefined;
}
