import type { JsonObject } from './event';

/**
 * Why an entry was refused: a value, not an exception, once it leaves the domain. `code` is stable, `rule` is the number in the law of
 * the domain (docs/rules.md), `source` its legal or business anchor, `facts` what the decision saw.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly rule: number | null;
  readonly source: string;
  /** One or two sentences for a person: what is wrong and what to do. */
  readonly message: string;
  readonly facts: JsonObject;
}

interface Ground {
  readonly rule: number | null;
  readonly source: string;
  readonly message: string;
}

const ITALIAN_CODE = 'Legislative decree 159/2011';

/** Every ground on which an entry can be refused. `{name}` in a message is filled from the facts. */
export const grounds = {
  'malformed-entry': {
    rule: null,
    source: 'Event catalogue',
    message: 'The entry does not have the shape its type asks for. Correct the fields listed under "errors".',
  },
  'not-seized': {
    rule: 1,
    source: `${ITALIAN_CODE} art. 20`,
    message: 'Nothing can be recorded on an asset before its seizure. Record the seizure first.',
  },
  'already-seized': {
    rule: 1,
    source: `${ITALIAN_CODE} art. 20`,
    message: 'This asset is already registered as seized. Open its dossier and enrich or correct it there.',
  },
  'after-exit': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message:
      'The asset left the system on {exitedOn} ({phase}). Only proceeds, corrections and annulments can follow; for an earlier fact give its earlier date.',
  },
  'in-the-future': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'The date {occurredOn} lies in the future; today is {today}. Record the act once it has happened.',
  },
  'before-seizure': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message:
      'The date {occurredOn} lies before the seizure of {seizedOn}. Check both dates; correct the seizure if that one is wrong.',
  },
  'date-needed': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'Say when it happened. Only an import whose source has no date may leave the date out.',
  },
  'contradicts-later-entry': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message:
      'Recorded with this date, the entry contradicts {laterType} of {laterOn}: {why} Check the dates, or correct the later entry first.',
  },
  'instance-out-of-order': {
    rule: 3,
    source: `${ITALIAN_CODE} artt. 24, 27; Directive (EU) 2024/1260 art. 12`,
    message:
      'Confiscation at instance "{instance}" cannot follow {previous}. Instances follow their order: first, appeal, final.',
  },
  'confiscation-not-ordered': {
    rule: 3,
    source: `${ITALIAN_CODE} art. 24`,
    message: 'There is no confiscation order in the dossier. Record the order before what depends on it.',
  },
  'confiscation-already-final': {
    rule: 3,
    source: `${ITALIAN_CODE} art. 45`,
    message: 'The confiscation is already final since {finalOn}.',
  },
  'seizure-superseded': {
    rule: 3,
    source: `${ITALIAN_CODE} art. 24`,
    message:
      'The seizure has been followed by a confiscation order. Record the revocation of the confiscation instead.',
  },
  'destination-before-final': {
    rule: 4,
    source: `${ITALIAN_CODE} artt. 47, 48; Directive (EU) 2024/1260 art. 21`,
    message:
      'No destination before the confiscation is final, except an authorised interlocutory sale or provisional use. Record the authorisation or the final confiscation first.',
  },
  'authorisation-not-needed': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 40`,
    message:
      'The confiscation is final: an authorisation for sale or use before that no longer applies. Record a destination instead.',
  },
  'already-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'A destination is in force since {destinedOn}. Revoke it before deciding another one.',
  },
  'no-destination': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'There is no destination in force. Record the destination decision first.',
  },
  'already-transferred': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'The asset was already transferred on {transferredOn}.',
  },
  'transfer-not-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'The destination in force ({purpose}) is not one that transfers the asset to a body.',
  },
  'no-administrator': {
    rule: null,
    source: `${ITALIAN_CODE} art. 35`,
    message: 'No administrator is in office. Record the appointment first.',
  },
  'administrator-in-office': {
    rule: null,
    source: `${ITALIAN_CODE} art. 35`,
    message: 'An administrator is in office since {appointedOn}. Record the discharge first.',
  },
  'no-such-problem': {
    rule: null,
    source: 'Social Reuse Registry, custody',
    message: 'There is no open problem {problem} in this dossier. Choose one of the open problems.',
  },
  'period-reversed': {
    rule: null,
    source: 'Social Reuse Registry, custody',
    message: 'The period ends on {to}, before it begins on {from}.',
  },
  'not-opened': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message: 'Nothing can be recorded here before it is opened. Check the id, or open it first.',
  },
  'already-opened': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message: 'This is already registered since {openedOn}. Add to it instead of opening it a second time.',
  },
  'before-opening': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'The date {occurredOn} lies before {openedOn}, when this was opened. Check the date.',
  },
  'no-such-entry': {
    rule: null,
    source: 'Social Reuse Registry, corrections',
    message: 'There is no entry {entry} in force in this dossier. It may have been annulled already.',
  },
  'correction-changes-nothing': {
    rule: null,
    source: 'Social Reuse Registry, corrections',
    message: 'The field "{field}" already has this value.',
  },
  'correction-of-closed-field': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 5(1)(c)',
    message: 'The field "{field}" is not public, and a correction is. Annul the entry and record it again.',
  },
  'correction-of-fixed-field': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'The field "{field}" is what others decided upon and cannot be corrected. Annul the entry and record it again, so that they decide again.',
  },
  'correction-breaks-entry': {
    rule: null,
    source: 'Social Reuse Registry, corrections',
    message:
      'With the field "{field}" changed this way the entry would no longer have the shape its type asks for: {why}',
  },
  'correction-contradicts': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message:
      'Without or with the changed entry the history would no longer be lawful at {laterType} of {laterOn}: {why}',
  },
  'personal-data-in-public-field': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 5(1)(c)',
    message:
      'The public field "{field}" seems to hold personal data ({what}). Move it to a personal field or leave it out.',
  },
  'second-person-needed': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Here a person has to decide: {what} cannot come from an import or a process. Have somebody sign in and record it.',
  },
  'same-person': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Four eyes: {what} needs another person than the ones who recorded what it rests on. Ask a colleague to record it.',
  },
  'annulled-by-recorder': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Four eyes: an entry is annulled by another person than the one who recorded it. Ask a colleague. What an import or a process recorded, any one officer may annul, because no person vouched for it; but an import or a process annuls nothing.',
  },
  'agreed-entry-corrected': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      '{laterType} of {laterOn} rests on what this correction would change: a second person agreed to it as it stands. Have that entry annulled, correct this one, and have it agreed to again.',
  },
  'no-such-reference': {
    rule: null,
    source: 'Social Reuse Registry, references inside a dossier',
    message:
      'On that day there is no {what} {entry} in this dossier. Choose one that is in force, and check the dates.',
  },
  'currency-differs': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message: 'The amount is in {currency}; this account is kept in {expected}. Give it in {expected}.',
  },
  'amount-beyond-exact': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7; IEEE 754 binary64',
    message:
      'The sum would be larger than {largest} minor units, the largest that is kept without rounding. Check the amount.',
  },
  'allocation-exceeded': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 56',
    message:
      'Only {free} of the allocation are free, less than {amount} (minor units, {currency}). Allocate more first, or commit less.',
  },
  'allocation-below-committed': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 42',
    message:
      'Only {free} of the allocation are not committed, less than {amount} (minor units, {currency}). Reduce the commitments first, or cut less.',
  },
  'commitment-exceeded': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57',
    message:
      'Only {free} of the commitment are not approved for payment yet, less than {amount} (minor units, {currency}). Commit more first, or ask for less.',
  },
  'commitment-below-approved': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57',
    message:
      'Only {free} of the commitment are not approved for payment, less than {amount} (minor units, {currency}). Reduce it by less.',
  },
  'already-approved': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message: 'The payment request {entry} is already approved. For another payment record another request.',
  },
  'approval-differs': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'An approval is of the amount that was asked for: {requested} minor units of {currency}. For another amount record another request.',
  },
  'payment-not-approved': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57; Social Reuse Registry, rule 6',
    message: 'The payment request {entry} is not approved. A second person approves it first.',
  },
  'approval-exceeded': {
    rule: 7,
    source: 'Legislative decree 118/2011 art. 57',
    message:
      'Only {free} of the approved amount are not paid yet, less than {amount} (minor units, {currency}). Pay less, or request and approve the rest.',
  },
  'reversal-exceeds-payment': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message:
      'Only {free} of the payment have not come back yet, less than {amount} (minor units, {currency}). Reverse no more than was paid.',
  },
  'works-completed': {
    rule: null,
    source: 'Social Reuse Registry, spending',
    message: 'These works were already finished on {completedOn}.',
  },
  'one-measure': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'Say how much in one way: an amount where it is money, a quantity with its unit where it is anything else.',
  },
  'unit-differs': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'It is given in {unit} and was pledged or needed in {expected}; the two cannot be compared. Give it in {expected}.',
  },
  'pledge-off-need': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message: 'The pledge is of {kind}; the need it answers is of {needed}. Name the need it fits, or none.',
  },
  'screening-inconsistent': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'A supporter that is tied to the former owner, or did not declare who owns it, has not passed. Record the screening as failed; when the declaration comes, screen again.',
  },
  'support-not-screened': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'No support is accepted before its screening passed. Have a second person screen the pledge {entry} first.',
  },
  'support-conflict': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      '{party} is in conflict: {conflict}. It stays blocked until a second person waives the conflict with a reason.',
  },
  'no-conflict-to-waive': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      '{party} has pledged no support for this asset, so there is no conflict to waive. Check the name and the identifiers.',
  },
  'support-decided': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message: 'The pledge is {status}: this can no longer be done with it. For a new offer record a new pledge.',
  },
  'support-not-accepted': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message: 'The pledge is {status}. Only accepted support is delivered; record its acceptance first.',
  },
  'delivery-exceeds-pledge': {
    rule: 8,
    source: 'Social Reuse Registry, rule 8',
    message:
      'With this delivery more would be delivered than was pledged. Record a new pledge for what goes beyond it.',
  },
  'use-needs-transfer': {
    rule: null,
    source: `${ITALIAN_CODE} art. 48(3)`,
    message:
      'The asset was handed over to nobody, so nobody can use it. Record the transfer, or the grant of provisional use, first.',
  },
  'already-in-use': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message: 'The asset is in use since {since}. If it stood empty since then, record the non-use first.',
  },
  'use-not-started': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message:
      'No use of the asset is recorded on that day, so there is nothing to report. Record the start of its use first.',
  },
  'report-before-use': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message: 'The period begins on {from}, before the asset was first used on {usedSince}. Check both dates.',
  },
  'report-before-end': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message: 'The period ends on {to}, after the report of {reportedOn}. Report a period once it is over.',
  },
  'report-overlaps': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message:
      'A report already covers {from} to {to}; a day is counted once. Report the days that are missing, or correct that report.',
  },
  'parts-exceed-total': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message:
      '{what}: the parts add up to {counted}, more than the total of {total}. Correct either; leave out what nobody counted.',
  },
  'sale-not-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48(5)`,
    message:
      'The destination in force ({purpose}) is not a sale or a liquidation. Record that destination first; before the confiscation is final it needs the authorisation.',
  },
  'one-buyer': {
    rule: 10,
    source: 'Social Reuse Registry, rule 10',
    message: 'Name one buyer: a legal person in the public field, or a natural person in the personal one.',
  },
  'buyer-linked': {
    rule: 10,
    source: `${ITALIAN_CODE} art. 48(5)`,
    message:
      'The screening {screening} found that the buyer is tied to the former owner ({link}). A sale to them is refused. If the finding is wrong, have that screening annulled first.',
  },
  'proceeds-without-sale': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message: 'The asset was not sold, so there is no price to give a purpose. Record the sale first.',
  },
  'proceeds-exceed-price': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message:
      'Only {free} of the price have no purpose yet, less than {amount} (minor units, {currency}). Allocate no more than the price.',
  },
  'destruction-not-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48(12)`,
    message:
      'The destination in force ({purpose}) is not destruction. Record that destination first, or another cause.',
  },
  'compensation-not-destined': {
    rule: null,
    source: 'Directive (EU) 2024/1260 art. 18',
    message:
      'What is to be used here serves another purpose ({purpose}). Name a part of the price set aside for victims, or have the asset destined to them first.',
  },
  'compensation-exceeds-proceeds': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message:
      'Only {free} of what was set aside for victims are left, less than {amount} (minor units, {currency}). Set more of the price aside first.',
  },
  'call-at-other-stage': {
    rule: null,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: 'The call is {status}; this is recorded only while it is: {allowed}. Check the call.',
  },
  'call-deadline-passed': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The deadline {deadline} has passed by the clock of the registry ({now}). Nothing more is accepted.',
  },
  'call-deadline-not-reached': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The deadline {deadline} has not passed by the clock of the registry ({now}). Close the call afterwards.',
  },
  'criterion-repeated': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: 'Two criteria have the code {criterion}. Give each a code of its own.',
  },
  'asset-not-callable': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message:
      'The asset {asset} is not in the register, or has left the system. A call is for assets that can still be assigned.',
  },
  'no-such-call': {
    rule: null,
    source: 'Social Reuse Registry, calls',
    message: 'There is no call {call}. Check the id of the call that this one repeats.',
  },
  'call-not-repeated': {
    rule: null,
    source: 'Social Reuse Registry, calls',
    message:
      'The call {call} is {status} and has an asset in common with this one: {common}. Only a call that has ended, for one of the same assets, is repeated.',
  },
  'sealing-differs': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The application is sealed under {scheme}, the call asks for {expected}. Seal it with the key of the call.',
  },
  'already-applied': {
    rule: null,
    source: 'Social Reuse Registry, calls',
    message:
      'The organisation has already applied ({application}). Withdraw that application before handing in another one.',
  },
  'applicant-not-registered': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'There is no organisation {organisation} in the register. Register it first.',
  },
  'applicant-not-entitled': {
    rule: 5,
    source: `${ITALIAN_CODE} artt. 48(3)(c), 67`,
    message:
      'The organisation {organisation} cannot apply: it is {standing}. It applies once it is verified and not suspended.',
  },
  'no-such-application': {
    rule: null,
    source: 'Social Reuse Registry, calls',
    message: 'There is no application {application} in this call. Choose one of its applications.',
  },
  'application-decided': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: 'The application is {status}: this can no longer be done with it.',
  },
  'opening-incomplete': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The opening lists {listed} applications and {standing} are standing. All are opened together, each with the organisation that handed it in.',
  },
  'application-not-admitted': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: 'The application is {status}. Only admitted applications are scored and awarded.',
  },
  'no-such-criterion': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: 'The call has no criterion {criterion}. Applications are judged by the published criteria alone.',
  },
  'score-beyond-maximum': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: '{points} points are more than the {maximum} the criterion allows.',
  },
  'no-such-evaluator': {
    rule: null,
    source: 'Social Reuse Registry, calls',
    message: 'There is no appointment {appointment} in this call. Choose one of its evaluators.',
  },
  'evaluator-known': {
    rule: null,
    source: 'Social Reuse Registry, calls',
    message: 'This person was already appointed ({appointment}). Whoever stepped back is not appointed again.',
  },
  'not-an-evaluator': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'Only an appointed evaluator gives points, signed in as themself. Nobody gives them in their place.',
  },
  'interest-declared': {
    rule: 6,
    source: 'Law 241/1990 art. 6-bis; Social Reuse Registry, rule 6',
    message:
      'This evaluator declared an interest ({appointment}). Nobody decides where they declared an interest; have a colleague do it.',
  },
  'applications-undecided': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: '{undecided} applications are neither admitted nor excluded. Decide on each of them first.',
  },
  'applications-admitted': {
    rule: null,
    source: 'Law 241/1990 art. 12',
    message: '{admitted} applications are admitted, so the call is not deserted. Award it, or cancel it with a reason.',
  },
  'scores-missing': {
    rule: null,
    source: 'Law 241/1990 art. 12; legislative decree 117/2017 art. 55',
    message:
      'An award needs points for every admitted application ({admitted}), on every criterion, by every active evaluator ({active}). Have the missing ones given first.',
  },
  'ranking-differs': {
    rule: null,
    source: 'Law 241/1990 art. 12; legislative decree 117/2017 art. 55',
    message:
      'The ranking is not the one that follows from the scores. Take the order, points and totals computed from them.',
  },
  'award-skips-first': {
    rule: null,
    source: 'Law 241/1990 artt. 3, 12',
    message: 'The first in the ranking is {first}. Say in the reason why the call goes to another one.',
  },
  'document-already-attached': {
    rule: null,
    source: 'Social Reuse Registry, documents',
    message: 'This very file is already in the dossier as "{title}".',
  },
  'key-reused': {
    rule: null,
    source: 'Idempotency',
    message: 'This idempotency key was already used for another entry. Use a new key for a new entry.',
  },
} as const satisfies Record<string, Ground>;

export type RefusalCode = keyof typeof grounds;

/** How a rule says no, inside the domain; `decide` turns it into a value. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
  }
}

export function refusal(code: RefusalCode, facts: JsonObject = {}): Refusal {
  const { rule, source, message } = grounds[code];
  const filled = message.replace(/\{(\w+)\}/g, (_, name: string) => inWords(facts[name]));
  return { code, rule, source, message: filled, facts };
}

function inWords(fact: JsonObject[string]): string {
  if (fact === null || fact === undefined) return 'unknown date';
  return typeof fact === 'object' ? JSON.stringify(fact) : String(fact);
}

/** States a rule: refuses when `holds` is false. */
export function demand(holds: boolean, code: RefusalCode, facts: JsonObject = {}): asserts holds {
  if (!holds) throw new Refused(refusal(code, facts));
}
