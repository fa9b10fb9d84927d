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
