import type { JsonObject, Refusal, RefusalCode } from '#domain';
import { grounds } from '#domain';

/** Ways a request can fail before or beside the law of the domain. */
export const requestProblems = {
  'malformed-request': { status: 400, title: 'The request cannot be understood' },
  'idempotency-key-needed': { status: 400, title: 'An Idempotency-Key is needed' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'not-allowed': { status: 403, title: 'Your roles do not allow this' },
  'not-from-a-page': { status: 403, title: 'Requests from web pages are not accepted here' },
  'forged-request': { status: 403, title: 'The request did not come from a page of this registry' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'day-not-kept': { status: 404, title: 'What was known on that day is not kept' },
  'method-not-allowed': { status: 405, title: 'This cannot be done here' },
  gone: { status: 410, title: 'This dossier was annulled' },
  'moved-on': { status: 412, title: 'The dossier has moved on' },
  'file-missing': { status: 409, title: 'A file that is named was not handed in' },
  'shares-missing': { status: 409, title: 'The key of the call is not released yet' },
  'too-large': { status: 413, title: 'The request is too large' },
  'wrong-content-type': { status: 415, title: 'The content type is not accepted' },
  'too-many-rows': { status: 422, title: 'Too many rows for a workbook' },
  'file-refused': { status: 422, title: 'The file cannot be taken' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available at the moment' },
  'files-full': { status: 507, title: 'There is no room for more files' },
  'storage-full': { status: 507, title: 'The event log has no room left' },
} as const satisfies Record<string, { status: number; title: string }>;
export type RequestProblemCode = keyof typeof requestProblems;

/** The status of each ground for refusal: 400 for a wrong shape, 403 for who may not decide it, 409 where the dossier's state stands against it, 422 for the rest. */
const statuses: Record<RefusalCode, number> = {
  'malformed-entry': 400,
  'not-seized': 409,
  'already-seized': 409,
  'after-exit': 409,
  'in-the-future': 422,
  'before-seizure': 422,
  'date-needed': 422,
  'contradicts-later-entry': 409,
  'instance-out-of-order': 409,
  'confiscation-not-ordered': 409,
  'confiscation-already-final': 409,
  'seizure-superseded': 409,
  'destination-before-final': 409,
  'authorisation-not-needed': 409,
  'already-destined': 409,
  'no-destination': 409,
  'already-transferred': 409,
  'transfer-not-destined': 409,
  'no-administrator': 409,
  'administrator-in-office': 409,
  'no-such-problem': 409,
  'period-reversed': 422,
  'not-opened': 409,
  'already-opened': 409,
  'before-opening': 422,
  'owners-inconsistent': 422,
  'owners-not-declared': 409,
  'already-suspended': 409,
  'not-suspended': 409,
  'no-such-entry': 409,
  'correction-changes-nothing': 409,
  'correction-of-closed-field': 422,
  'correction-of-fixed-field': 409,
  'correction-breaks-entry': 422,
  'correction-contradicts': 409,
  'personal-data-in-public-field': 422,
  'second-person-needed': 422,
  'same-person': 409,
  'annulled-by-recorder': 409,
  'agreed-entry-corrected': 409,
  'no-such-reference': 409,
  'no-such-personal-data': 409,
  'already-erased': 409,
  'not-sealed': 409,
  'field-never-opens': 422,
  'no-such-withheld-field': 409,
  'already-disclosed': 409,
  'disclosed-before-recorded': 409,
  'delay-not-passed': 409,
  'currency-differs': 409,
  'amount-beyond-exact': 422,
  'allocation-exceeded': 409,
  'allocation-below-committed': 409,
  'commitment-exceeded': 409,
  'commitment-below-approved': 409,
  'already-approved': 409,
  'approval-differs': 409,
  'payment-not-approved': 409,
  'approval-exceeded': 409,
  'reversal-exceeds-payment': 409,
  'works-completed': 409,
  'one-measure': 422,
  'unit-differs': 409,
  'pledge-off-need': 409,
  'screening-inconsistent': 422,
  'support-not-screened': 409,
  'support-conflict': 409,
  'no-conflict-to-waive': 409,
  'support-decided': 409,
  'support-not-accepted': 409,
  'delivery-exceeds-pledge': 409,
  'call-or-direct': 422,
  'no-such-organisation': 409,
  'organisation-named-otherwise': 409,
  'organisation-not-verified': 409,
  'organisation-suspended': 409,
  'proposal-off-award': 409,
  'proposal-decided': 409,
  'proposal-not-approved': 409,
  'agreement-off-proposal': 409,
  'agreement-needs-transfer': 409,
  'one-agreement-at-a-time': 409,
  'blocking-problems': 409,
  'agreement-period': 422,
  'free-or-fee': 422,
  'no-agreement': 409,
  'already-handed-over': 409,
  'nothing-to-return': 409,
  'renewal-after-expiry': 409,
  'agreement-not-renewable': 409,
  'renewal-too-early': 409,
  'amendment-extends': 409,
  'agreement-suspended': 409,
  'agreement-not-suspended': 409,
  'revocation-needs-reason': 422,
  'not-expired-yet': 409,
  'use-needs-handover': 409,
  'use-needs-transfer': 409,
  'already-in-use': 409,
  'use-not-started': 409,
  'report-before-use': 422,
  'report-before-end': 422,
  'report-overlaps': 409,
  'parts-exceed-total': 422,
  'sale-not-destined': 409,
  'one-buyer': 422,
  'buyer-linked': 409,
  'proceeds-without-sale': 409,
  'proceeds-exceed-price': 409,
  'destruction-not-destined': 409,
  'compensation-not-destined': 409,
  'compensation-exceeds-proceeds': 409,
  'call-at-other-stage': 409,
  'call-deadline-passed': 409,
  'call-deadline-not-reached': 409,
  'criterion-repeated': 422,
  'asset-not-callable': 409,
  'no-such-call': 409,
  'call-not-repeated': 409,
  'sealing-differs': 422,
  'call-without-key': 409,
  'call-key-given': 409,
  'call-key-malformed': 422,
  'call-of-another': 422,
  'key-digest-differs': 409,
  'not-a-custodian': 409,
  'call-key-unconfirmed': 409,
  'share-false': 422,
  'share-released': 409,
  'shares-too-few': 409,
  'released-key-wrong': 422,
  'already-applied': 409,
  'applicant-not-registered': 409,
  'applicant-not-entitled': 409,
  'no-such-application': 409,
  'application-decided': 409,
  'opening-incomplete': 409,
  'application-not-admitted': 409,
  'no-such-criterion': 409,
  'score-beyond-maximum': 422,
  'no-such-evaluator': 409,
  'evaluator-known': 409,
  'not-an-evaluator': 409,
  'interest-declared': 409,
  'applications-undecided': 409,
  'applications-admitted': 409,
  'scores-missing': 409,
  'ranking-differs': 409,
  'award-skips-first': 422,
  'document-already-attached': 409,
  'one-subject': 422,
  'not-in-registry': 409,
  'thread-closed': 409,
  'thread-withheld': 409,
  'moderation-inconsistent': 422,
  'moderation-alters': 422,
  'answer-before-moderation': 409,
  'answer-not-by-authority': 409,
  'already-escalated': 409,
  'already-answered': 409,
  'deadline-not-passed': 409,
  'closing-unfounded': 409,
  'one-member': 422,
  'accounts-needed': 422,
  'already-member': 409,
  'represents-others': 409,
  'not-a-member': 409,
  'year-not-over': 409,
  'return-of-other-year': 409,
  'nothing-to-publish': 409,
  'return-being-counted': 409,
  'figures-not-asked-for': 409,
  'figures-are-counted': 409,
  'left-before-presence': 422,
  'no-such-meeting': 409,
  'adopted-off-meeting': 422,
  'no-quorum': 409,
  'votes-do-not-add-up': 422,
  'no-majority': 409,
  'no-such-recommendation': 409,
  'recommendation-answered': 409,
  'answer-before-adoption': 422,
  'answered-by-member': 409,
  'administrator-needed': 403,
  'own-rights': 403,
  'not-your-account': 403,
  'one-affiliation': 422,
  'user-name-form': 422,
  'account-closed': 409,
  'account-open': 409,
  'account-suspended': 409,
  'account-not-suspended': 409,
  'role-of-others': 422,
  'role-for-persons': 422,
  'role-scope': 422,
  'incompatible-roles': 409,
  'role-held': 409,
  'no-such-role': 409,
  'token-known': 409,
  'no-such-token': 409,
  'key-reused': 422,
};

/** What is wrong with one part of a request; `pointer` is a JSON Pointer (RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** A problem document (RFC 9457). `type` is stable and leads to a page about it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Number of the rule that was broken, in docs/rules.md. */
  readonly rule?: number;
  /** The legal or business source of the rule. */
  readonly source?: string;
  readonly facts?: JsonObject;
  readonly errors?: readonly Fault[];
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Thrown where a request fails; the filter answers with the document. */
export class RequestFailed extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.detail);
    this.name = 'RequestFailed';
  }
}

export function requestProblem(
  code: RequestProblemCode,
  detail: string,
  more: Pick<Problem, 'errors' | 'facts'> = {},
): Problem {
  return { type: `/problems/${code}`, ...requestProblems[code], detail, ...more };
}

export function failed(
  code: RequestProblemCode,
  detail: string,
  more: Pick<Problem, 'errors' | 'facts'> = {},
): RequestFailed {
  return new RequestFailed(requestProblem(code, detail, more));
}

export function refusalProblem({ code, rule, source, message, facts }: Refusal): Problem {
  const { errors, ...others } = facts;
  return {
    type: `/problems/${code}`,
    title: titleOf(code),
    status: statuses[code],
    detail: message,
    ...(rule !== null && { rule }),
    source,
    ...(Object.keys(others).length > 0 && { facts: others }),
    ...(Array.isArray(errors) && { errors: errors }),
  };
}

function titleOf(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;
}

/** A type of problem: what its URI stands for. */
export interface ProblemDescription {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly source?: string;
  readonly rule?: number;
  readonly message?: string;
}

/** What a problem type means, for the page its URI leads to; undefined for an unknown one. */
export function describeProblem(code: string): ProblemDescription | undefined {
  return problemTypes.find((type) => type.code === code);
}

/** Every type of problem document there is: first those of requests, then those that state a rule. */
export const problemTypes: readonly ProblemDescription[] = [
  ...Object.entries(requestProblems).map(([code, { status, title }]) => ({ code, status, title })),
  ...Object.entries(grounds).map(([code, { rule, source, message }]) => ({
    code,
    title: titleOf(code),
    status: statuses[code as RefusalCode],
    source,
    message,
    ...(rule !== null && { rule }),
  })),
];
