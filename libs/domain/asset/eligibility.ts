import type { Organisation } from '../organisation/organisation';
import { demand } from '../refusal';
import type { StreamName, Surroundings } from '../surroundings';
import type { Assignee } from './assignment-book';
import { sameParty } from './parties';

/** What the registry must say of an organisation before an asset is given to it. */

/** The stream of the organisation an entry names: whether it is verified is known there. */
export const theOrganisation = ({ organisation }: Assignee): readonly StreamName[] => [`organisation-${organisation}`];

/** The organisation is in the registry under the name the entry gives it. */
export function known({ organisation: id, name }: Assignee, surroundings: Surroundings): Organisation {
  const organisation = surroundings.find('organisation', id);
  demand(organisation !== undefined, 'no-such-organisation', { organisation: id });
  const { name: registered } = organisation;
  demand(sameParty({ name }, { name: registered }), 'organisation-named-otherwise', { name, registered });
  return organisation;
}

/** Rule 5: an asset is given to a verified, not suspended organisation. */
export function eligible(assignee: Assignee, surroundings: Surroundings): void {
  const { verified, suspended } = known(assignee, surroundings);
  demand(verified !== undefined, 'organisation-not-verified', { name: assignee.name });
  demand(suspended === undefined, 'organisation-suspended', {
    name: assignee.name,
    suspendedOn: suspended?.on ?? null,
  });
}

interface AfterCall {
  readonly organisation: string;
  readonly call?: string;
}

/** The stream of the call a proposal follows from, where it follows from one. */
export const theCall = ({ call }: Pick<AfterCall, 'call'>): readonly StreamName[] =>
  call === undefined ? [] : [`call-${call}`];

/** A proposal that names a call carries out its award: for an asset of the call, to the organisation that won it. */
export function awarded({ organisation, call: id }: AfterCall, surroundings: Surroundings): void {
  if (id === undefined) return;
  const call = surroundings.find('call', id);
  demand(call !== undefined, 'not-in-registry', { what: 'call', id });
  const winner = call.applications.find((application) => application.id === call.awardedTo)?.organisation;
  const holds = call.assets.includes(surroundings.id) && winner !== undefined && winner === organisation;
  demand(holds, 'proposal-off-award', {
    call: id,
    status: call.status,
    asset: surroundings.id,
    winner: winner ?? 'nobody',
  });
}

/** The person who awarded the call a proposal follows from; undefined where there was no call. */
export const awardedBy = ({ call: id }: Pick<AfterCall, 'call'>, surroundings: Surroundings): string | undefined =>
  id === undefined ? undefined : surroundings.find('call', id)?.awardedBy;
