import type { DataOf } from '../schema/definition';
import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts } from './act';
import {
  AgreementSigned, AssignmentApproved, AssignmentProposed, AssignmentRejected, BlockingProblemWaived,
} from './assignment-events'; // prettier-ignore
import {
  assigned, blockingProblems, charges, lasts, noAgreement, noAssignment, recorder, waivers, withProposal,
} from './assignment-book'; // prettier-ignore
import type { Proposal } from './assignment-book';
import { life } from './agreement';
import { awarded, awardedBy, eligible, known, theCall, theOrganisation } from './eligibility';
import { bySecondPerson, personBehind } from './four-eyes';
import { noConflict } from './parties';
import { named } from './references';
import { termOf } from './terms';
import { useEnded } from './use';

/** Assignment to civil society: who proposes, who approves, and the agreement that is signed then (rules 4 to 6). */

const APPROVAL = 'the approval of an assignment';

const proposalIn = ({ assignment = noAssignment }: AssetFacts, id: string): Proposal =>
  named('proposal', assignment.proposals, id);

/** Rule 6: a proposal is decided once, by a person who neither made it nor waived what stood in its way. */
function undecided(id: string, asset: AssetFacts): Proposal {
  const proposal = proposalIn(asset, id);
  demand(proposal.status === 'proposed', 'proposal-decided', { status: proposal.status });
  return proposal;
}

const foundIn = ({ assignment = noAssignment }: AssetFacts, id: string): Proposal | undefined =>
  assignment.proposals.find((candidate) => candidate.id === id);

const proposed = (id: string, asset: AssetFacts): unknown => {
  const proposal = foundIn(asset, id);
  return [proposal?.organisation, proposal?.name, proposal?.call, proposal?.directGround, proposal?.reasons];
};

/**
 * Rules 4 and 5: an agreement rests on a destination and a transfer. Where the law lets the agency assign directly, the final confiscation is enough, as long
 * as nothing else was decided about the asset.
 */
function maybeAssigned({ transfer, final, destination }: AssetFacts, { directGround }: Proposal): void {
  const direct = directGround !== undefined && final !== undefined && destination === undefined;
  demand(transfer !== undefined || direct, 'agreement-needs-transfer');
}

function carriesOut({ organisation, name }: DataOf<typeof AgreementSigned>, proposal: Proposal): void {
  const same = proposal.organisation === organisation && proposal.name === name;
  demand(same, 'agreement-off-proposal', { name, proposed: proposal.name });
}

export const assignment = [
  act('propose-assignment', AssignmentProposed, {
    // Whether the organisation may hold the asset was asked of its own stream; a correction would get round the answer.
    fixed: ['organisation', 'name', 'call'],
    consults: (data) => [...theOrganisation(data), ...theCall(data)],
    admit: ({ call, directGround }) => demand((call === undefined) !== (directGround === undefined), 'call-or-direct'),
    judge: (data, _, surroundings) => {
      known(data, surroundings);
      awarded(data, surroundings);
    },
    evolve: (asset, { organisation, name, call, directGround, reasons }, entry) => {
      const by = personBehind(entry);
      const proposal: Proposal = {
        id: entry.id,
        status: 'proposed',
        organisation,
        name,
        ...(call !== undefined && { call }),
        ...(directGround !== undefined && { directGround }),
        reasons,
        ...(by !== undefined && { proposedBy: by }),
      };
      return assigned(asset, ({ proposals }) => ({ proposals: [...proposals, proposal] }));
    },
  }),

  act('approve-assignment', AssignmentApproved, {
    consults: ({ proposal }, _, asset) => (asset ? theCall(foundIn(asset, proposal) ?? {}) : []),
    admit: ({ proposal: id }, asset, entry) => {
      const { proposedBy } = undecided(id, asset);
      bySecondPerson(APPROVAL, entry, [proposedBy, ...waivers(asset)]);
    },
    // Who awarded the call chose the assignee, whoever wrote the proposal down.
    judge: ({ proposal: id }, asset, surroundings, entry) =>
      bySecondPerson(APPROVAL, entry, [awardedBy(proposalIn(asset, id), surroundings)]),
    evolve: (asset, { proposal }) => withProposal(asset, proposal, 'approved'),
    agreedTo: ({ proposal }, asset) => proposed(proposal, asset),
  }),

  act('reject-assignment', AssignmentRejected, {
    admit: ({ proposal: id }, asset, entry) => {
      const { proposedBy } = undecided(id, asset);
      bySecondPerson('the rejection of an assignment', entry, [proposedBy]);
    },
    evolve: (asset, { proposal }) => withProposal(asset, proposal, 'rejected'),
    agreedTo: ({ proposal }, asset) => proposed(proposal, asset),
  }),

  act('waive-blocking-problem', BlockingProblemWaived, {
    admit: ({ problem: id }, asset, entry) => {
      const problem = blockingProblems(asset).find((candidate) => candidate.id === id);
      demand(problem !== undefined, 'no-such-problem', { problem: id });
      bySecondPerson('the waiver of a blocking problem', entry, [problem.recordedBy]);
    },
    evolve: (asset, { problem: id }, entry) => ({
      ...asset,
      problems: asset.problems.map((problem) =>
        problem.id === id ? { ...problem, waived: recorder(entry) } : problem,
      ),
    }),
    agreedTo: ({ problem: id }, { problems }) => problems.find((problem) => problem.id === id)?.kind ?? null,
  }),

  act('sign-agreement', AgreementSigned, {
    fixed: ['proposal', 'organisation', 'name'],
    consults: theOrganisation,
    admit: (data, asset, entry) => {
      const { proposal: id, organisation, name, from, to } = data;
      noAgreement(asset);
      const proposal = proposalIn(asset, id);
      demand(proposal.status === 'approved', 'proposal-not-approved', { status: proposal.status });
      carriesOut(data, proposal);
      maybeAssigned(asset, proposal);
      const blocking = blockingProblems(asset).map(({ kind }) => kind);
      demand(blocking.length === 0, 'blocking-problems', { problems: blocking.join(', ') });
      lasts(from, to);
      charges(data);
      noConflict(asset, { organisation, name }, ['supporters'], entry);
    },
    judge: (data, _, surroundings) => eligible(data, surroundings),
    evolve: (
      asset,
      { proposal, organisation, name, act: said, object, from, to, renewable },
      { id, occurredOn: on },
    ) => ({
      // Who used it before did so under another title.
      ...useEnded(withProposal(asset, proposal, 'signed')),
      agreement: {
        id,
        organisation,
        name,
        object,
        from,
        to,
        terms: [termOf(id, { act: said, from, to })],
        renewable,
        on,
      },
    }),
  }),

  ...life,
];
