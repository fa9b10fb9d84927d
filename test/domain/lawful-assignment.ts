import type { Entry } from '#domain';
import { agreementIn, inForce, inHandsBy, is, says, second, since, the, unless } from './history-reading';
import type { Statement } from './history-reading';
import { closedTo } from './random-lives';

/** The decision on a proposal, or the agreement that carried it out. */
const of = (before: readonly Entry[], type: string, proposal: unknown): Entry | undefined =>
  before.find((other) => other.type === type && says(other, 'proposal') === proposal);

/** Problems that block reuse and that nobody resolved or let pass. */
const blockingIn = (entries: readonly Entry[]): Entry[] =>
  entries.filter(
    ({ type, id, data }) =>
      type === 'ProblemRecorded' &&
      data.blocking === true &&
      !entries.some((other) => is('ProblemResolved', 'BlockingProblemWaived')(other) && says(other, 'problem') === id),
  );

/** The transfer on which an agreement can rest. */
function transferIn(entries: readonly Entry[]): Entry | undefined {
  const destination = inForce(entries);
  return destination && since(entries, destination).find(is('AssetTransferred'));
}

/** The law of assignment said a second time; see lawful.ts. */
export const ofAssignment: Readonly<Record<string, Statement>> = {
  'an assignment is decided once, by a second person (rule 6)': ({ entry, before }) => {
    if (!is('AssignmentApproved', 'AssignmentRejected')(entry)) return true;
    const id = says(entry, 'proposal');
    const decided = of(before, 'AssignmentApproved', id) ?? of(before, 'AssignmentRejected', id);
    return second(entry, the(before, 'AssignmentProposed', id)) && decided === undefined;
  },
  'nobody approves who let a problem of the asset pass (rule 6)': ({ entry, before }) =>
    unless(
      is('AssignmentApproved')(entry),
      blockingWaiversOpen(before).every((waiver) => second(entry, waiver)),
    ),
  'a problem is let pass by a second person (rule 6)': ({ entry, before }) =>
    unless(is('BlockingProblemWaived')(entry), second(entry, the(before, 'ProblemRecorded', says(entry, 'problem')))),
  'one agreement at a time, and nothing it rests on is taken away (rule 5)': ({ entry, before }) =>
    unless(
      is('AgreementSigned', 'DestinationDecided', 'DestinationRevoked', 'AssetReturnedByAssignee')(entry),
      agreementIn(before) === undefined,
    ),
  'an agreement carries out an approved proposal of its organisation, once (rules 5 and 6)': ({ entry, before }) => {
    if (!is('AgreementSigned')(entry)) return true;
    const id = says(entry, 'proposal');
    const proposal = the(before, 'AssignmentProposed', id);
    return (
      proposal !== undefined &&
      says(proposal, 'organisation') === says(entry, 'organisation') &&
      of(before, 'AssignmentApproved', id) !== undefined &&
      of(before, 'AgreementSigned', id) === undefined &&
      !since(before, proposal).some(is('DestinationRevoked'))
    );
  },
  'an agreement rests on a transfer, or on a final confiscation where it is direct (rules 4 and 5)': ({
    entry,
    before,
  }) => {
    if (!is('AgreementSigned')(entry) || transferIn(before)) return true;
    const proposal = the(before, 'AssignmentProposed', says(entry, 'proposal'));
    const direct = proposal !== undefined && says(proposal, 'directGround') !== undefined;
    return direct && before.some(is('ConfiscationBecameFinal')) && inForce(before) === undefined;
  },
  'an agreement or renewal is with a verified organisation that is not suspended (rule 5)': ({ entry }) =>
    unless(is('AgreementSigned', 'AgreementRenewed')(entry), !closedTo.has(says(entry, 'organisation'))),
  'no agreement while problems stand in the way (rule 5)': ({ entry, before }) =>
    unless(is('AgreementSigned')(entry), blockingIn(before).length === 0),
  'an agreement or renewal ends after it begins': ({ entry }) =>
    unless(is('AgreementSigned', 'AgreementRenewed')(entry), String(says(entry, 'from')) < String(says(entry, 'to'))),
  'only an agreement in force has a life': ({ entry, before }) =>
    unless(
      is(
        'AssetHandedOver',
        'AgreementAmended',
        'AgreementRenewed',
        'AgreementSuspended',
        'AgreementResumed',
        'AgreementTerminated',
      )(entry),
      agreementIn(before) !== undefined,
    ),
  'a renewal begins after the old end, an amendment ends before it, and nothing expires before it': ({
    entry,
    before,
  }) => {
    const { to = '' } = agreementIn(before) ?? {};
    const amended = says(entry, 'to');
    return (
      unless(is('AgreementRenewed')(entry), String(says(entry, 'from')) > to) &&
      unless(is('AgreementAmended')(entry) && amended !== undefined, String(amended) < to) &&
      unless(
        is('AgreementTerminated')(entry) && says(entry, 'cause') === 'expired',
        entry.occurredOn === null || entry.occurredOn >= to,
      )
    );
  },
  'only what may be renewed is, and only what rests is resumed': ({ entry, before }) => {
    const agreement = agreementIn(before);
    return (
      unless(is('AgreementRenewed')(entry), agreement?.signed.data.renewable === true) &&
      unless(is('AgreementResumed')(entry), agreement?.suspended === true) &&
      unless(is('AgreementSuspended', 'AgreementRenewed', 'AssetHandedOver')(entry), agreement?.suspended === false)
    );
  },
  'a revocation has a reason': ({ entry }) =>
    unless(
      is('AgreementTerminated')(entry),
      (says(entry, 'cause') === 'revoked') === (says(entry, 'reason') !== undefined),
    ),
  'the asset is in one pair of hands, and comes back from there': ({ entry, before }) =>
    unless(is('AssetHandedOver')(entry), inHandsBy(before) === undefined) &&
    unless(is('AssetReturnedByAssignee')(entry), inHandsBy(before) !== undefined),
  'under an agreement its holder uses the asset, once it has it, and not while the agreement rests': ({
    entry,
    before,
  }) => {
    const agreement = agreementIn(before);
    if (!is('UseStarted')(entry) || !agreement) return true;
    const handedOver = inHandsBy(before);
    const holder = handedOver && agreementIn(before.slice(0, before.indexOf(handedOver)))?.signed;
    return !agreement.suspended && holder?.data.organisation === agreement.signed.data.organisation;
  },
};

/** Waivers of problems that were not resolved since. */
function blockingWaiversOpen(entries: readonly Entry[]): Entry[] {
  return entries.filter(
    (waiver) =>
      is('BlockingProblemWaived')(waiver) &&
      !entries.some((other) => is('ProblemResolved')(other) && says(other, 'problem') === says(waiver, 'problem')),
  );
}
