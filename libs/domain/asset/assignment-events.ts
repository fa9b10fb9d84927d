import { Type } from '@sinclair/typebox';
import { defineEvent } from '../schema/definition';
import {
  amount, entryId, idOf, legalDate, line, oneOf, optional, publicField, record, restrictedField, text,
} from '../schema/fields'; // prettier-ignore
import { actReference } from './references';

/** What is recorded when an asset is assigned to civil society: the proposal, its decision, the agreement and its life. */

const CONCESSION = 'Legislative decree 159/2011 art. 48(3)(c)';
const ORIGIN = `${CONCESSION}; Social Reuse Registry, rule 5`;

/** Who holds the asset: its id and, for a reader of the act, its name. */
const assignee = {
  organisation: publicField(idOf('organisation'), 'Which organisation of the registry.'),
  name: publicField(line(), 'Its name, as the registry has it.'),
};

/** An asset is given for nothing or for a yearly fee. */
export const charging = ['free', 'fee'] as const;
const charged = oneOf(charging);
const fee = () => optional(publicField(amount(), 'What it pays each year, where it is not free.'));

export const AssignmentProposed = defineEvent('AssignmentProposed', {
  description: 'It was proposed to assign the asset to an organisation, after a call or directly.',
  source: 'Legislative decree 159/2011 art. 48(3)(c), (c-bis); Social Reuse Registry, rules 5 and 6',
  data: record({
    ...assignee,
    call: optional(publicField(idOf('call'), 'The call it applied to.')),
    directGround: optional(publicField(line(), 'The provision that allows it without a call.')),
    reasons: publicField(text(), 'Why this organisation, without personal data.'),
    note: optional(restrictedField(text(), 'Details for officers.', 'by-delay')),
  }),
});

export const AssignmentApproved = defineEvent('AssignmentApproved', {
  description: 'A second person approved the assignment that was proposed.',
  source: `${CONCESSION}; Social Reuse Registry, rule 6`,
  data: record({
    proposal: publicField(entryId(), 'The proposal.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AssignmentRejected = defineEvent('AssignmentRejected', {
  description: 'A second person rejected the assignment that was proposed.',
  source: `${CONCESSION}; Social Reuse Registry, rule 6`,
  data: record({
    proposal: publicField(entryId(), 'The proposal.'),
    details: publicField(text(1000), 'Why, without personal data.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const BlockingProblemWaived = defineEvent('BlockingProblemWaived', {
  description:
    'A second person let a problem that blocks reuse stand no longer in the way of an agreement, and said why.',
  source: 'Social Reuse Registry, rules 5 and 6',
  data: record({
    problem: publicField(entryId(), 'The entry that recorded the problem.'),
    details: publicField(text(1000), 'Why it may pass, without personal data.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AgreementSigned = defineEvent('AgreementSigned', {
  description: 'The agreement by which the organisation holds the asset was signed.',
  source: `${CONCESSION}: the list of assigned assets names holder, act, object and duration`,
  data: record({
    proposal: publicField(entryId(), 'The approved proposal it carries out.'),
    ...assignee,
    act: publicField(actReference(), 'The agreement.'),
    object: publicField(line(500), 'What it is about, without personal data.'),
    from: publicField(legalDate(), 'First day of the agreement.'),
    to: publicField(legalDate(), 'Last day of the agreement.'),
    charge: publicField(charged, 'Whether the asset is given free of charge.'),
    fee: fee(),
    renewable: publicField(Type.Boolean(), 'Whether it may be renewed.'),
  }),
});

export const AssetHandedOver = defineEvent('AssetHandedOver', {
  description: 'The asset passed into the hands of the organisation that holds the agreement.',
  source: CONCESSION,
  data: record({
    act: optional(publicField(actReference(), 'The record of delivery.')),
    details: optional(publicField(text(), 'In which state, without personal data.')),
  }),
});

export const AgreementAmended = defineEvent('AgreementAmended', {
  description: 'The agreement was changed while it lasts; it cannot be made longer this way.',
  source: ORIGIN,
  data: record({
    act: publicField(actReference(), 'The amendment.'),
    details: publicField(text(), 'What changes, in plain words and without personal data.'),
    object: optional(publicField(line(500), 'What it is about from now on.')),
    to: optional(publicField(legalDate(), 'Its new, earlier last day.')),
    charge: optional(publicField(charged, 'Whether the asset is given free of charge from now on.')),
    fee: fee(),
  }),
});

export const AgreementRenewed = defineEvent('AgreementRenewed', {
  description: 'The agreement goes on for another period.',
  source: ORIGIN,
  data: record({
    ...assignee,
    act: publicField(actReference(), 'The renewal.'),
    from: publicField(legalDate(), 'First day of the new period.'),
    to: publicField(legalDate(), 'Last day of the new period.'),
  }),
});

export const AgreementSuspended = defineEvent('AgreementSuspended', {
  description: 'The agreement rests for a time; the asset is not to be used meanwhile.',
  source: ORIGIN,
  data: record({
    reason: publicField(oneOf(['breach', 'works', 'safety', 'organisation-excluded', 'litigation', 'other']), 'Why.'),
    details: optional(publicField(text(), 'Details, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AgreementResumed = defineEvent('AgreementResumed', {
  description: 'The suspension of the agreement ended; the asset may be used as before.',
  source: ORIGIN,
  data: record({
    details: optional(publicField(text(), 'Details, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AgreementTerminated = defineEvent('AgreementTerminated', {
  description: 'The agreement ended: it expired, was revoked or was renounced.',
  source: `${CONCESSION}: an asset not used for its purpose within the term is taken back`,
  data: record({
    cause: publicField(oneOf(['expired', 'revoked', 'renounced']), 'How it ended.'),
    reason: optional(
      publicField(
        oneOf(['not-used', 'breach', 'unlawful', 'public-interest', 'organisation-excluded', 'other']),
        'Why it was revoked.',
      ),
    ),
    details: optional(publicField(text(), 'Details, without personal data.')),
    act: optional(publicField(actReference(), 'The decision or declaration.')),
  }),
});

export const AssetReturnedByAssignee = defineEvent('AssetReturnedByAssignee', {
  description: 'The organisation gave the asset back after its agreement had ended.',
  source: CONCESSION,
  data: record({
    act: optional(publicField(actReference(), 'The record of return.')),
    details: optional(publicField(text(), 'In which state, without personal data.')),
  }),
});
