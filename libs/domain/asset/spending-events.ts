import { defineEvent } from '../schema/definition';
import { amount, entryId, line, oneOf, optional, publicField, record, restrictedField, text } from '../schema/fields';
import { actReference, documentReference, legalPerson } from './references';

/** The events of public spending: allocated, committed, requested, approved, paid, and the works it pays for. */

/** Whose money is spent. */
export const fundSources = ['eu', 'state', 'region', 'municipality', 'seized-cash-fund'] as const;

export const FundsAllocated = defineEvent('FundsAllocated', {
  description: 'Public money was set aside for the asset.',
  source: 'Legislative decree 118/2011 art. 56; Directive (EU) 2024/1260 art. 20',
  data: record({
    source: publicField(oneOf(fundSources), 'Whose money it is.'),
    programme: optional(publicField(line(), 'The programme it comes from.')),
    projectCode: optional(publicField(line(40), 'Code of the project, such as the Italian CUP.')),
    amount: publicField(amount(), 'How much.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AllocationReduced = defineEvent('AllocationReduced', {
  description: 'A part of the money set aside was taken back.',
  source: 'Legislative decree 118/2011 art. 42',
  data: record({
    allocation: publicField(entryId(), 'The entry that allocated it.'),
    amount: publicField(amount(), 'By how much.'),
    reason: publicField(text(1000), 'Why, without personal data.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const ExpenditureCommitted = defineEvent('ExpenditureCommitted', {
  description: 'A part of the money was promised to a supplier by contract.',
  source: 'Legislative decree 118/2011 art. 56; legislative decree 36/2023',
  data: record({
    allocation: publicField(entryId(), 'The entry that allocated the money.'),
    amount: publicField(amount(), 'How much.'),
    supplier: publicField(legalPerson(), 'Who supplies.'),
    procedure: publicField(
      oneOf(['open', 'restricted', 'negotiated', 'direct-award', 'framework', 'in-house']),
      'How the supplier was chosen.',
    ),
    contract: publicField(line(80), 'Reference of the contract, such as the Italian CIG.'),
    subject: optional(publicField(line(), 'What is bought, without personal data.')),
    document: publicField(documentReference(), 'The contract (rule 7).'),
  }),
});

export const CommitmentReduced = defineEvent('CommitmentReduced', {
  description: 'A part of what was promised will not be spent.',
  source: 'Legislative decree 118/2011 art. 42',
  data: record({
    commitment: publicField(entryId(), 'The entry that committed it.'),
    amount: publicField(amount(), 'By how much.'),
    reason: publicField(text(1000), 'Why, without personal data.'),
  }),
});

export const PaymentRequested = defineEvent('PaymentRequested', {
  description: 'Somebody asked for a supplier to be paid.',
  source: 'Legislative decree 118/2011 art. 57',
  data: record({
    commitment: publicField(entryId(), 'The commitment to be paid from.'),
    amount: publicField(amount(), 'How much.'),
    document: publicField(documentReference(), 'The invoice (rule 7).'),
  }),
});

export const PaymentApproved = defineEvent('PaymentApproved', {
  description: 'A second person approved a payment.',
  source: 'Legislative decree 118/2011 art. 57; Social Reuse Registry, rule 6',
  data: record({
    request: publicField(entryId(), 'The entry that asked for it.'),
    amount: publicField(amount(), 'The amount approved: the one that was asked for.'),
    note: optional(restrictedField(text(), 'Details for officers.', 'by-delay')),
  }),
});

export const PaymentMade = defineEvent('PaymentMade', {
  description: 'A supplier was paid.',
  source: 'Legislative decree 118/2011 art. 57',
  data: record({
    request: publicField(entryId(), 'The approved request.'),
    amount: publicField(amount(), 'How much.'),
    document: publicField(documentReference(), 'The order of payment or receipt (rule 7).'),
  }),
});

export const PaymentReversed = defineEvent('PaymentReversed', {
  description: 'A payment came back, whole or in part; its approval goes with it.',
  source: 'Social Reuse Registry, rule 7',
  data: record({
    payment: publicField(entryId(), 'The entry of the payment.'),
    amount: publicField(amount(), 'How much came back.'),
    reason: publicField(text(1000), 'Why, without personal data.'),
  }),
});

export const WorksStarted = defineEvent('WorksStarted', {
  description: 'Works on the asset began.',
  source: 'Legislative decree 36/2023',
  data: record({
    title: publicField(line(), 'Which works.'),
    commitment: optional(publicField(entryId(), 'The commitment that pays for them.')),
    document: optional(publicField(documentReference(), 'The record of their start.')),
  }),
});

export const WorksCompleted = defineEvent('WorksCompleted', {
  description: 'Works on the asset were finished.',
  source: 'Legislative decree 36/2023',
  data: record({
    works: publicField(entryId(), 'The entry of their start.'),
    document: publicField(documentReference(), 'The certificate of completion.'),
  }),
});
