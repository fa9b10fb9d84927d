import type { AccountRole, StreamKind, TokenScope } from '#domain';

/**
 * Over what a role must be held:
 * `keeper`: the agency that keeps the stream, and the area the asset lies in; `here`: the agency the account acts for, which will keep what is opened, and the area of what is
 * opened; `anywhere`: whichever agency; `own organisation`: what is asked for concerns the account's organisation and no other; `own account`: the stream is the account's own;
 * `speaking for nobody`: what is said names no organisation.
 */
export type Reach = 'keeper' | 'here' | 'anywhere' | 'own organisation' | 'own account' | 'speaking for nobody';

/** One way to be allowed something. `everyone` is everybody, signed in or not; `holder` everybody who is signed in. */
export interface Right {
  readonly role: AccountRole | 'everyone' | 'holder';
  readonly over: Reach;
}

const officer: Right = { role: 'officer', over: 'keeper' };
const opener: Right = { role: 'officer', over: 'here' };
const anyOfficer: Right = { role: 'officer', over: 'anywhere' };
const approver: Right = { role: 'approver', over: 'keeper' };
const anyApprover: Right = { role: 'approver', over: 'anywhere' };
const evaluator: Right = { role: 'evaluator', over: 'keeper' };
const auditor: Right = { role: 'auditor', over: 'keeper' };
const anyAuditor: Right = { role: 'auditor', over: 'anywhere' };
const moderator: Right = { role: 'moderator', over: 'keeper' };
const administrator: Right = { role: 'administrator', over: 'anywhere' };
const member: Right = { role: 'organisation-member', over: 'own organisation' };
const holder: Right = { role: 'holder', over: 'own account' };
const everyone: Right = { role: 'everyone', over: 'anywhere' };
const speaker: Right = { role: 'everyone', over: 'speaking for nobody' };
/** By no request: the registry records it itself, where it belongs to something larger. */
const nobody: readonly Right[] = [];

/**
 * Who may send which command. A command that is not here is denied to everybody. Beside this stand the rules of the domain: the second person of rule 6 is another one
 * than the first, whatever their roles.
 */
export const commandRights: { readonly [Kind in StreamKind]: Readonly<Record<string, readonly Right[]>> } = {
  asset: {
    'record-seizure': [opener],
    'order-confiscation': [officer],
    'make-confiscation-final': [officer],
    'revoke-seizure': [officer],
    'revoke-confiscation': [officer],
    'describe-asset': [officer],
    'split-asset': [officer],
    'merge-asset': [officer],
    'appoint-administrator': [officer],
    'discharge-administrator': [officer],
    'record-valuation': [officer],
    'record-problem': [officer],
    'resolve-problem': [officer],
    'record-inspection': [officer],
    'record-management-cost': [officer],
    'record-management-income': [officer],
    'authorise-interlocutory-sale': [approver],
    'grant-provisional-use': [approver],
    'record-interest': [officer],
    'decide-destination': [approver],
    'revoke-destination': [approver],
    'transfer-asset': [officer],
    'propose-assignment': [officer],
    'approve-assignment': [approver],
    'reject-assignment': [approver],
    'waive-blocking-problem': [approver],
    'sign-agreement': [officer],
    'record-handover': [officer],
    'amend-agreement': [officer],
    'renew-agreement': [officer],
    'suspend-agreement': [officer],
    'resume-agreement': [officer],
    'terminate-agreement': [officer],
    'record-return': [officer],
    'start-use': [officer],
    'report-activity': [officer, member],
    'record-monitoring-visit': [officer],
    'establish-non-use': [officer],
    'publish-support-need': [officer],
    'pledge-support': [officer, member],
    'screen-support': [approver],
    'waive-conflict': [approver],
    'accept-support': [officer],
    'decline-support': [officer],
    'deliver-support': [officer, member],
    'withdraw-support': [officer, member],
    'allocate-funds': [officer],
    'reduce-allocation': [officer],
    'commit-expenditure': [officer],
    'reduce-commitment': [officer],
    'request-payment': [officer],
    'approve-payment': [approver],
    'make-payment': [officer],
    'reverse-payment': [officer],
    'start-works': [officer],
    'complete-works': [officer],
    'screen-buyer': [approver],
    'sell-asset': [officer],
    'allocate-proceeds': [officer],
    'record-destruction': [officer],
    'return-to-owner': [officer],
    'compensate-victims': [officer],
    'attach-document': [officer],
    'correct-entry': [officer],
    'annul-entry': [approver],
    'disclose-field': [approver],
    'erase-personal-data': [approver],
  },
  // Organisations deal with every agency, and no agency keeps them for itself.
  organisation: {
    'register-organisation': [anyOfficer],
    'describe-organisation': [anyOfficer, member],
    'declare-beneficial-owners': [anyOfficer, member],
    'verify-organisation': [anyApprover],
    'suspend-organisation': [anyApprover],
    'reinstate-organisation': [anyApprover],
    'erase-personal-data': [anyApprover],
  },
  call: {
    'draft-call': [opener],
    // Whoever holds a share is named in the ceremony; the domain asks for that very account.
    'deal-call-key': [officer],
    'confirm-call-key': [{ role: 'holder', over: 'anywhere' }],
    'release-share': [{ role: 'holder', over: 'anywhere' }],
    'publish-call': [approver],
    'clarify-call': [officer],
    'submit-application': [member],
    'withdraw-application': [member],
    'close-call': [officer],
    'open-applications': [officer],
    'admit-application': [officer],
    'exclude-application': [officer],
    'appoint-evaluator': [officer],
    'recuse-evaluator': [evaluator, officer],
    'score-application': [evaluator],
    'award-call': [approver],
    'desert-call': [officer],
    'cancel-call': [approver],
    'erase-personal-data': [approver],
  },
  // A thread is kept by the authority it is addressed to, and by those it was escalated to.
  dialogue: {
    'ask-question': [member, speaker],
    'file-observation': [member, speaker],
    'moderate-thread': [moderator],
    'publish-answer': [officer],
    'escalate-thread': [moderator],
    'close-thread': [officer, moderator],
    'erase-personal-data': [moderator],
  },
  group: {
    'form-group': [anyOfficer],
    'admit-member': [officer],
    'record-leaving': [officer],
    'record-meeting': [officer],
    'adopt-recommendation': [officer],
    // Which authority owes the answer is a rule of the group.
    'answer-recommendation': [anyOfficer],
    'erase-personal-data': [approver],
  },
  // What is counted is the same for everybody; which agency keeps a return is who prepared it first.
  return: {
    'prepare-return': [opener],
    'revise-return': [officer],
    // When the registry has counted.
    'write-down-return': nobody,
    'write-down-revision': nobody,
    'publish-return': [approver],
  },
  account: {
    'open-account': [administrator],
    'suspend-account': [administrator],
    'reinstate-account': [administrator],
    'close-account': [administrator],
    'grant-role': [administrator],
    'withdraw-role': [administrator],
    // With the token itself, which only the sign-in can make.
    'issue-access-token': nobody,
    'revoke-access-token': [holder, administrator],
    // When something is read.
    'record-reading': nobody,
    // With the change itself, which only the sign-in can make.
    'record-sign-in-change': nobody,
    'erase-personal-data': [administrator],
  },
};

/** Who may read a stream of each kind with its restricted fields. */
export const readingRights: { readonly [Kind in StreamKind]: readonly Right[] } = {
  asset: [officer, approver, auditor],
  organisation: [anyOfficer, anyApprover, anyAuditor],
  // Not for evaluators: they would see what the others gave before they have given theirs.
  call: [officer, approver, auditor],
  dialogue: [moderator, officer, auditor],
  group: [anyOfficer, anyAuditor],
  account: [holder, administrator, auditor],
  return: [officer, approver, auditor],
};

/** Of which kinds of streams the personal fields are shown too: those that cannot be dealt with unseen (a text to be moderated, a person to be told apart). */
export const personalRights: { readonly [Kind in StreamKind]: readonly Right[] } = {
  asset: [],
  organisation: [],
  call: [],
  dialogue: [moderator, officer],
  group: [],
  return: [],
  account: [holder, administrator, auditor],
};

/** Everything else that is guarded. */
export const actionRights = {
  /** Send a file of another agency; what it opens is kept by the account's own agency, and it adds to what that agency keeps and to nothing else. */
  'import-file': [opener],
  /** Hand in a photo or document, which an entry then names. */
  'upload-file': [{ role: 'holder', over: 'anywhere' }],
  /** Read a file that no entry has made public. A file belongs to no agency, so this is over all of them. */
  'read-file': [anyOfficer, anyApprover, { role: 'moderator', over: 'anywhere' }, anyAuditor],
  /** Read an application of a call one was appointed to judge, once it is opened; whether one was, the call says. */
  'read-application': [{ role: 'evaluator', over: 'anywhere' }],
  /** List the accounts with their roles on a day: those whose streams one may read. */
  'list-accounts': [administrator, anyAuditor],
  /** Give somebody the means to sign in: invitations, second factors, sessions of others. */
  'administer-credentials': [administrator],
  /** See that the processes are alive; these addresses are not for the public network (docs/operating.md). */
  'read-health': [everyone],
  'read-metrics': [everyone],
} as const satisfies Readonly<Record<string, readonly Right[]>>;
export type GuardedAction = keyof typeof actionRights;

/**
 * Roles that count only where a second factor was shown, when somebody signs in with a password: with them a stolen one is enough to change who may do what, or to be the second person.
 */
export const secondFactorRoles: ReadonlySet<Right['role']> = new Set<Right['role']>(['administrator', 'approver']);

/** What a token must be for, beside the roles of its account. */
export const scopeOf = {
  command: (kind: StreamKind): TokenScope => (kind === 'account' ? 'administer' : 'record'),
  reading: (): TokenScope => 'read-restricted',
  action: (action: GuardedAction): TokenScope | undefined => actionScopes[action],
};

const actionScopes: Readonly<Record<GuardedAction, TokenScope | undefined>> = {
  'import-file': 'import',
  'upload-file': 'record',
  'read-file': 'read-restricted',
  'read-application': 'read-restricted',
  'list-accounts': 'read-restricted',
  'administer-credentials': 'administer',
  'read-health': undefined,
  'read-metrics': undefined,
};
