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
  'owners-inconsistent': {
    rule: null,
    source: 'Directive (EU) 2015/849 art. 30',
    message:
      'The declaration speaks of {owners} beneficial owners, {shares} shares that add up to {total} %, and {names} names. There are no more shares or names than owners, and no more than 100 %.',
  },
  'owners-not-declared': {
    rule: 5,
    source: 'Directive (EU) 2015/849 art. 30; legislative decree 231/2007 art. 22',
    message:
      'The organisation did not declare who owns or controls it in the end, so it cannot be verified. Record the declaration first.',
  },
  'already-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The organisation is suspended since {suspendedOn}. A second suspension would change nothing.',
  },
  'not-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The organisation is not suspended, so there is nothing to reinstate.',
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
  'call-or-direct': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c), (c-bis)`,
    message: 'An assignment follows a call or a provision that allows it without one. Name exactly one of the two.',
  },
  'no-such-organisation': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'There is no organisation {organisation} in the registry. Register it first, or check the id.',
  },
  'organisation-named-otherwise': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'The registry knows this organisation as {registered}, not as {name}. Use its name, or have its description brought up to date.',
  },
  'organisation-not-verified': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: '{name} is not verified, or has changed since. Have a second person verify it first.',
  },
  'organisation-suspended': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: '{name} is suspended since {suspendedOn} and is given nothing meanwhile. Wait for its reinstatement.',
  },
  'proposal-off-award': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message:
      'The call {call} is {status} and was won by {winner}. A proposal that names a call is for an asset of that call, here {asset}, and for the organisation the call was awarded to.',
  },
  'proposal-decided': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'The proposal is {status}: it was decided already. For another decision record another proposal.',
  },
  'proposal-not-approved': {
    rule: 5,
    source: 'Social Reuse Registry, rules 5 and 6',
    message:
      'An agreement carries out an approved proposal; this one is {status}. Have a second person approve it first, or record another proposal.',
  },
  'agreement-off-proposal': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement is with {proposed}, not with {name}. Name the organisation it is with.',
  },
  'agreement-needs-transfer': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c), (c-bis)`,
    message:
      'An agreement rests on a destination and a transfer; a direct assignment on a final confiscation with no destination decided. Record what is missing first.',
  },
  'one-agreement-at-a-time': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'An agreement with {name}, signed on {signedOn}, is in force. Record its end first.',
  },
  'blocking-problems': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'Problems stand in the way of reuse: {problems}. Resolve them, or have a second person waive them with a reason.',
  },
  'agreement-period': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The last day {to} does not come after the first day {from}. Check both.',
  },
  'free-or-fee': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: 'The asset is given free of charge, or for a fee whose amount is stated. Say one of the two.',
  },
  'no-agreement': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'No agreement is in force on that day. Record its signing first.',
  },
  'already-handed-over': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: '{name} has the asset in hand since {since}. If another one gets it, record the return first.',
  },
  'nothing-to-return': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'No organisation has the asset in hand on that day, so there is nothing to return. Record the handing over first.',
  },
  'agreement-not-renewable': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement may not be renewed. Propose a new assignment instead.',
  },
  'renewal-too-early': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The renewal begins on {from}; the period that runs lasts until {to}. A renewal begins after it.',
  },
  'amendment-extends': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement lasts until {to}; an amendment cannot make it longer. Record a renewal instead.',
  },
  'agreement-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement is suspended since {suspendedOn}. Resume it first.',
  },
  'agreement-not-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement is not suspended, so there is nothing to resume.',
  },
  'revocation-needs-reason': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: 'A revocation states its reason; an expiry or a renunciation has none. Add the reason, or take it away.',
  },
  'not-expired-yet': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'The agreement lasts until {to}; on {occurredOn} it had not expired. Check the date, or record a revocation or renunciation.',
  },
  'use-needs-handover': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message:
      'An agreement with {name} is in force, and the asset was not handed over to it. Record the handing over first.',
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
  'call-without-key': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The key of the call has not been dealt. Hold the key ceremony and record it first.',
  },
  'call-key-given': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The draft names another way of sealing. Draft the call anew without it, then deal its key.',
  },
  'call-key-malformed': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'What the ceremony gave is not whole ({fault}). Record it exactly as the ceremony wrote it, one account for each share.',
  },
  'call-of-another': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The key was dealt for the call {call}, not for this one. A key opens one call alone: hold a ceremony for this call.',
  },
  'key-digest-differs': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The digest of the published keys is {expected}, not {given}. If it is not the one written down at the ceremony, the keys were exchanged: do not confirm them.',
  },
  'not-a-custodian': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'Share {custodian} is held by another person, or by nobody. Only its holder confirms or gives it, signed in as themself.',
  },
  'call-key-unconfirmed': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The holders {missing} have not confirmed the key. Publish the call when each has compared the digest.',
  },
  'share-false': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message:
      'The share of holder {custodian} ({office}) is not the one dealt at the ceremony. Give the right one, or open the call with the shares of others.',
  },
  'share-released': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'Holder {custodian} has already given the share.',
  },
  'shares-too-few': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'Of {needed} shares that open the call, {given} were given. Ask {missing} more holders for theirs.',
  },
  'released-key-wrong': {
    rule: 9,
    source: 'Social Reuse Registry, rule 9',
    message: 'The released key is not the key of this call. Combine the shares given by the holders again.',
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
  'one-subject': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message: 'A contribution is about one asset, one call or one report; {named} are named. Name exactly one.',
  },
  'not-in-registry': {
    rule: null,
    source: 'Social Reuse Registry, references between streams',
    message: 'The {what} {id} is not in this registry. Check the id, or have it registered first.',
  },
  'thread-closed': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message:
      'The thread was closed on {closedOn} ({reason}) and takes nothing further. Open a new one that follows it.',
  },
  'thread-withheld': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message:
      'The contribution was withheld from the public on {withheldOn}, so no public answer is owed to it. If it should be read, have another person moderate it again.',
  },
  'moderation-inconsistent': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message:
      'The outcome {outcome} does not fit what is shown or the reason {reason}. What is withheld shows nothing; what is published shows its text; only what is published whole is in order.',
  },
  'moderation-alters': {
    rule: null,
    source: 'Regulation (EU) 2016/679 art. 5(1)(d)',
    message:
      'What is shown is not what was handed in, as {outcome} asks. Publish it word for word with all photos, or redact it: put […] where something is left out, and add nothing.',
  },
  'answer-before-moderation': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message:
      'Nothing is answered before it may be read by the public (moderated on: {moderatedOn}). Have it moderated first, and check the dates.',
  },
  'answer-not-by-authority': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'The answer is owed by {authorities}; you signed in for {agency}. Have a person of that authority answer.',
  },
  'already-escalated': {
    rule: null,
    source: 'Legislative decree 33/2013 art. 5(7)',
    message: 'The thread already lies with {to}. Choose another body.',
  },
  'already-answered': {
    rule: null,
    source: 'Legislative decree 33/2013 art. 5(7)',
    message: 'The thread was answered on {answeredOn}. What falls short in the answer is asked in a new thread.',
  },
  'deadline-not-passed': {
    rule: null,
    source: 'Legislative decree 33/2013 art. 5(6) and (7)',
    message: 'The authority has time to answer until {dueOn}, that day included. Escalate after it.',
  },
  'closing-unfounded': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message:
      'The thread cannot be closed as {reason}: no entry in it says so. Record that first, or give another reason.',
  },
  'one-member': {
    rule: 11,
    source: 'Social Reuse Registry, groups',
    message:
      'Name one member: an organisation of the registry in the public field, or a natural person in the personal one.',
  },
  'accounts-needed': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Who sits in a group for an authority must not answer its recommendations. Name the accounts under which they sign in.',
  },
  'already-member': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message:
      'They are a member since {from} and sit in the group once. Record their leaving first, or add what tells two people apart.',
  },
  'represents-others': {
    rule: null,
    source: 'United Nations Convention against Corruption art. 13(1)',
    message: 'An organisation of the kind {kind} does not speak for {represents}. Check for whom it sits in the group.',
  },
  'not-a-member': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message: 'On that day {member} is no member of the group. Choose one who is, and check the dates.',
  },
  'left-before-presence': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'The member was present at the meeting of {presentOn}, after the day given for leaving. Check both dates.',
  },
  'no-such-meeting': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message: 'The group held no meeting {meeting}. Record the meeting first.',
  },
  'adopted-off-meeting': {
    rule: 2,
    source: 'Social Reuse Registry, groups',
    message: 'A recommendation is adopted in a meeting, on its day: that one was held on {heldOn}. Check the date.',
  },
  'no-quorum': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message: '{present} of {members} members were present, and the group needs {quorumPercent} percent to decide.',
  },
  'votes-do-not-add-up': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message: 'The votes add up to {cast}, and {present} members were present. Count who did not vote as abstained.',
  },
  'no-majority': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message:
      '{inFavour} in favour and {against} against adopt nothing. A recommendation needs more votes for it than against it.',
  },
  'no-such-recommendation': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message: 'The group adopted no recommendation {recommendation}. Choose one it adopted.',
  },
  'recommendation-answered': {
    rule: null,
    source: 'Social Reuse Registry, groups',
    message: 'The recommendation was already answered by the entry {answer}. An answer is given once.',
  },
  'answer-before-adoption': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'The recommendation was adopted on {adoptedOn} and cannot have been answered before. Check the date.',
  },
  'answered-by-member': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'You sit in the group that adopted this ({member}). Have a colleague answer who does not.',
  },
  'administrator-needed': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'Accounts and roles are given and taken by a signed-in administrator. Ask one, or sign in as one.',
  },
  'own-rights': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'This is your own account, and nobody decides on their own rights. Have another administrator do it; then there is always one left.',
  },
  'not-your-account': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'This account is not the one you signed in with. Sign in with it, and do it yourself.',
  },
  'one-affiliation': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'An account acts either for an agency or for an organisation. Give exactly one of both.',
  },
  'user-name-form': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'A user name is 3 to 64 of the letters a to z, digits and . _ @ + -, in lower case. Spell it so; others look alike and would pass for somebody else.',
  },
  'account-closed': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account was closed on {closedAt} and stays so. Open another one.',
  },
  'account-suspended': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account is suspended. Reinstate it first.',
  },
  'account-not-suspended': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account is not suspended, so there is nothing to reinstate.',
  },
  'role-of-others': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'The role {role} is held by accounts that act for an {of}. Choose a role of this account, or another account.',
  },
  'role-for-persons': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'The role {role} is held by persons, who look with their own eyes, and never by a program.',
  },
  'role-scope': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The role {role} cannot be granted like this: {wrong}.',
  },
  'incompatible-roles': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Nobody is {role} and {held} at once: who gives out rights must not also approve. Withdraw the other role first, or choose another person.',
  },
  'role-held': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account holds the role {role} over the same already. Nothing needs to be granted.',
  },
  'no-such-role': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account holds no role granted by the entry {grant}. It was withdrawn, or it has ended.',
  },
  'token-known': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account has had a token {token} before. Give the new one another id.',
  },
  'no-such-token': {
    rule: null,
    source: 'Social Reuse Registry, access',
    message: 'The account has no token {token} that could be revoked.',
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
