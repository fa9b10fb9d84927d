import {
  activityKinds, assetCategories, assetKinds, charging, closingReasons, flagRules, fundSources, ledgerAccounts, legalForms, linePieces, managerKinds, milestones, moderationOutcomes, organisationKinds, phases,
  precisions, provenances, publicationDuties, purposes, reports, returnCodes, returnSections, supportKinds, units, useStandings, visitFindings, waitOutcomes,
} from '#domain'; // prettier-ignore
import { callStates, contributionKinds, standings, threadStates } from '#read-models';
import type { TextKey } from '#web';
import { holders, supportStatuses, supportTypes, useTypes } from '../api/reports/filters';

/** A closed list that the cells of a column are of, and the text in which the pages say each. */
export interface Codes {
  readonly all: readonly string[];
  readonly textOf: (code: string) => TextKey;
  /** `parted`: a cell holds some of them, parted by blanks; `among`: or something else that says itself. One of them unless said. */
  readonly cell?: 'parted' | 'among';
}

/** A code that some language has no words for is a compile error here, or where the languages are compared (`libs/web/language/words.ts`). */
const said = <Code extends string>(
  all: readonly Code[],
  textOf: (code: Code) => TextKey,
  cell?: Codes['cell'],
): Codes => ({ all, textOf: textOf as Codes['textOf'], ...(cell && { cell }) });

const movements = [
  'FundsAllocated', 'AllocationReduced', 'ExpenditureCommitted', 'CommitmentReduced', 'PaymentApproved', 'PaymentMade', 'PaymentReversed',
] as const; // prettier-ignore

const account = said(ledgerAccounts, (code) => `code.account.${code}`);
const outcome = said(waitOutcomes, (code) => `code.waitOutcome.${code}`);

/** By column, or by table and column where a name means several things. */
export const codes: Readonly<Record<string, Codes>> = {
  kind: said(assetKinds, (code) => `code.kind.${code}`),
  category: said(assetCategories, (code) => `code.category.${code}`),
  phase: said(phases, (code) => `code.phase.${code}`),
  precision: said(precisions, (code) => `code.precision.${code}`),
  provenance: said(provenances, (code) => `source.${code}.name`),
  manager_kind: said(managerKinds, (code) => `code.managedBy.${code}`),
  purpose: said(purposes, (code) => `code.purpose.${code}`),
  'assets.use_standing': said(['in-use', 'not-in-use'], (code) => `code.useStanding.${code}`),
  'money.type': said(movements, (code) => `code.movement.${code}`),
  'money.source': said(fundSources, (code) => `code.source.${code}`),
  'money.from': account,
  'money.to': account,
  'support.type': said(supportTypes, (code) => `code.supportType.${code}`),
  'support.form': said(supportKinds, (code) => `code.kind.${code}`),
  'support.status': said(supportStatuses, (code) => `code.supportStatus.${code}`),
  // Money is measured in its currency, which is no word.
  'support.unit': said(units, (code) => `code.unit.${code}`, 'among'),
  'use.type': said(useTypes, (code) => `code.useType.${code}`),
  'use.activities': said(activityKinds, (code) => `code.kind.${code}`, 'parted'),
  'use.found': said(visitFindings, (code) => `code.found.${code}`),
  'assigned.held': said(holders, (code) => `code.heldBy.${code}`),
  'assigned.use_standing': said(useStandings, (code) => `code.useStanding.${code}`),
  'assigned.charge': said(charging, (code) => `code.charge.${code}`),
  'assigned.missing': said(linePieces, (code) => `code.linePiece.${code}`, 'parted'),
  'waiting.left_as': said(phases, (code) => `code.phase.${code}`),
  'waiting.destined': outcome,
  'waiting.assigned': outcome,
  'waiting.in_use': outcome,
  'waiting-curve.milestone': said(milestones, (code) => `reports.waiting.milestone.${code}`),
  'flags.rule': said(flagRules, (code) => `code.flagRule.${code}`),
  'flags.duty': said(publicationDuties, (code) => `code.publicationDuty.${code}`),
  'flags.subject_kind': said(['asset', 'call', 'group'], (code) => `code.flagSubject.${code}`),
  'calls.state': said(callStates, (code) => `code.callState.${code}`),
  'organisations.kind': said(organisationKinds, (code) => `code.kind.${code}`),
  'organisations.legal_form': said(legalForms, (code) => `code.legalForm.${code}`),
  'organisations.standing': said(standings, (code) => `code.standing.${code}`),
  'dialogues.kind': said(contributionKinds, (code) => `code.threadKind.${code}`),
  'dialogues.state': said(threadStates, (code) => `code.threadState.${code}`),
  'dialogues.report': said(reports, (code) => `code.report.${code}`),
  'dialogues.moderation': said(moderationOutcomes, (code) => `code.outcome.${code}`),
  'dialogues.closed': said(closingReasons, (code) => `code.reason.${code}`),
  'annual-returns.section': said(returnSections, (code) => `annualReturn.section.${code}`),
  'annual-returns.item': said(returnCodes, (code) => `annualReturn.item.${code}.name`),
};

/** The list a column is of, whatever its cells hold; undefined for one that is of none. */
export const codesOf = (table: string, column: string): Codes | undefined =>
  codes[`${table}.${column}`] ?? codes[column];
