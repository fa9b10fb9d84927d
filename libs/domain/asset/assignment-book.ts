import type { LegalDate } from '../event';
import { demand } from '../refusal';
import type { AssetFacts, EntryFacts } from './act';
import type { Happened } from './asset';
import { personBehind } from './four-eyes';
import type { Term } from './terms';

/** What the assignment chapter's entries add up to beside the agreement in force; an item's id is the entry that recorded it. */
export interface Assignment {
  readonly proposals: readonly Proposal[];
  /** Who has the asset in hand: from the handing over until the return, which may be long after the agreement ended. */
  readonly held?: Happened & Assignee;
  /** The agreement that ended last, where its last day ended it: the entry that says so, and whom it was with. */
  readonly expired?: Happened & { readonly entry: string; readonly name: string };
}

/** An organisation of the registry, with the name it was given the asset under. */
export interface Assignee {
  readonly organisation: string;
  readonly name: string;
}

/** `lapsed`: the destination it rested on was revoked before an agreement came of it. */
export type ProposalStatus = 'proposed' | 'approved' | 'rejected' | 'signed' | 'lapsed';

export interface Proposal extends Assignee {
  readonly id: string;
  readonly status: ProposalStatus;
  readonly call?: string;
  readonly directGround?: string;
  readonly reasons: string;
  /** Subject of the person who recorded it; missing in a public fold and for an import or a process. */
  readonly proposedBy?: string;
}

/** The agreement in force. Its id is the entry that recorded the signing. */
export interface Agreement extends Assignee, Happened {
  readonly id: string;
  readonly object: string;
  /** First day of the period agreed last: of the agreement, or of its latest renewal, which may not have begun. Which one counts on a day `terms` say. */
  readonly from: LegalDate;
  readonly to: LegalDate;
  /** All periods in the order in which they were agreed. */
  readonly terms: readonly Term[];
  readonly renewable: boolean;
  readonly suspended?: Happened;
}

export const noAssignment: Assignment = { proposals: [] };

export const assigned = (asset: AssetFacts, change: (assignment: Assignment) => Partial<Assignment>): AssetFacts => {
  const assignment = asset.assignment ?? noAssignment;
  return { ...asset, assignment: { ...assignment, ...change(assignment) } };
};

export const withProposal = (asset: AssetFacts, id: string, status: ProposalStatus): AssetFacts =>
  assigned(asset, ({ proposals }) => ({
    proposals: proposals.map((proposal) => (proposal.id === id ? { ...proposal, status } : proposal)),
  }));

/** Proposals that rested on a destination go with it: whoever gets the asset next decides for themselves. */
export function proposalsLapsed(asset: AssetFacts): AssetFacts {
  if (!asset.assignment) return asset;
  const open: ReadonlySet<ProposalStatus> = new Set(['proposed', 'approved']);
  return assigned(asset, ({ proposals }) => ({
    proposals: proposals.map((proposal) => (open.has(proposal.status) ? { ...proposal, status: 'lapsed' } : proposal)),
  }));
}

/** What an agreement rests on is not taken away, and no second one is signed, while it is in force (rule 5). */
export function noAgreement({ agreement }: AssetFacts): void {
  demand(agreement === undefined, 'one-agreement-at-a-time', {
    name: agreement?.name ?? '',
    signedOn: agreement?.on ?? null,
  });
}

/** The agreement in force; refused where there is none. */
export function agreementOf({ agreement }: AssetFacts): Agreement {
  demand(agreement !== undefined, 'no-agreement');
  return agreement;
}

/** The same, and refused while it is suspended. */
export function runningAgreement(asset: AssetFacts): Agreement {
  const agreement = agreementOf(asset);
  notSuspended(agreement);
  return agreement;
}

export function notSuspended({ suspended }: Agreement): void {
  demand(suspended === undefined, 'agreement-suspended', { suspendedOn: suspended?.on ?? null });
}

/** An agreement that a calendar ended may have been renewed in time by people who did not write it down; one that people ended was not. */
export function endedWith(
  { agreement, ...asset }: AssetFacts,
  cause: string,
  { id: entry, occurredOn: on }: EntryFacts,
): AssetFacts {
  if (!agreement) return asset;
  const { expired: _, ...before } = asset.assignment ?? noAssignment;
  const expired = cause === 'expired' && { expired: { entry, on, name: agreement.name } };
  return { ...asset, assignment: { ...before, ...expired } };
}

/** A renewal comes too late where the end was recorded meanwhile; refused with what has to be done first. */
export function notExpired({ agreement, assignment }: AssetFacts): void {
  const { expired } = assignment ?? noAssignment;
  demand(agreement !== undefined || expired === undefined, 'renewal-after-expiry', {
    name: expired?.name ?? '',
    endedOn: expired?.on ?? null,
    entry: expired?.entry ?? null,
  });
}

/** An agreement has a first and a later last day. */
export function lasts(from: LegalDate, to: LegalDate): void {
  demand(from < to, 'agreement-period', { from, to });
}

/** An asset is given free of charge or for a fee, and a fee has an amount. */
export function charges({ charge, fee }: { readonly charge?: string; readonly fee?: object }): void {
  demand((charge === 'fee') === (fee !== undefined), 'free-or-fee');
}

/** Problems that block reuse and were neither resolved nor waived. */
export const blockingProblems = ({ problems }: AssetFacts): AssetFacts['problems'] =>
  problems.filter(({ blocking, waived }) => blocking && waived === undefined);

/** Who waived problems, for they do not also approve what that opened the way for (rule 6). */
export const waivers = ({ problems }: AssetFacts): (string | undefined)[] => problems.map(({ waived }) => waived?.by);

/** `{ by }` where a person is behind the entry, and nothing where none is. */
export function recorder(entry: EntryFacts): { readonly by?: string } {
  const by = personBehind(entry);
  return by === undefined ? {} : { by };
}
