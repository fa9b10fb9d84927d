import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** Calls: their stages, applications and outcome. */
export const call = {
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
} as const satisfies Record<string, Ground>;
