import type { Ground } from './ground';

/** Questions and observations of the public, and the answers. */
export const dialogue = {
  'one-subject': {
    rule: null,
    source: 'Social Reuse Registry, dialogue',
    message: 'A contribution is about one asset, one call or one report; {named} are named. Name exactly one.',
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
} as const satisfies Record<string, Ground>;
