import type { Ground } from './ground';

/** Groups, their meetings and recommendations. */
export const group = {
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
} as const satisfies Record<string, Ground>;
