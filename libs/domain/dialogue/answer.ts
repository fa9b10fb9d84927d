import { byPersonOf } from '../answering';
import { documentReference } from '../asset/references';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import { agencyCode, oneOf, optional, publicField, record, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import { moderated, notWithheld, openThread } from './rules';
import { answerDuty, authoritiesOf, closingReasons } from './thread';
import type { Thread } from './thread';

/** What becomes of a contribution: the authority's answer, or the next authority when it stays silent, and the end. */

export const AnswerPublished = defineEvent('AnswerPublished', {
  description: 'The authority answered in public. A later answer completes or puts right an earlier one.',
  source: 'Legislative decree 33/2013 art. 5(6); United Nations Convention against Corruption art. 13(1)(a)',
  data: record({
    text: publicField(text(), 'The answer, in plain words and without personal data.'),
    document: optional(publicField(documentReference(), 'The document it refers to.')),
  }),
});

export const ThreadEscalated = defineEvent('ThreadEscalated', {
  description: 'The deadline passed without an answer and the thread went on to another body, which may answer too.',
  source: 'Legislative decree 33/2013 art. 5(7)',
  data: record({
    to: publicField(agencyCode(), 'The body it went to, such as the officer responsible for transparency.'),
    details: optional(publicField(text(1000), 'What that body is asked for, without personal data.')),
  }),
});

export const ThreadClosed = defineEvent('ThreadClosed', {
  description: 'The thread ended; a new contribution opens a new one.',
  source: 'Social Reuse Registry, dialogue',
  data: record({
    reason: publicField(oneOf(closingReasons), 'Why.'),
    details: optional(publicField(text(1000), 'Details, without personal data.')),
  }),
});

const { act } = actsOf<Thread>();

export const answer = [
  act('publish-answer', AnswerPublished, {
    admit: (_, thread, entry) => {
      openThread(thread);
      notWithheld(thread);
      moderated(thread, entry.occurredOn);
      byPersonOf(authoritiesOf(thread), 'an answer', entry);
    },
    evolve: (thread, _, { id, occurredOn, recordedAt }) => ({
      ...thread,
      answers: [...thread.answers, { id, on: occurredOn, at: recordedAt }],
    }),
  }),

  act('escalate-thread', ThreadEscalated, {
    admit: ({ to }, thread) => {
      openThread(thread);
      notWithheld(thread);
      demand(!authoritiesOf(thread).includes(to), 'already-escalated', { to });
    },
    // The profile, and with it the deadline, is known to a new entry alone. Whoever does not moderate does not escape: what nobody read is overdue as well.
    judge: (_, thread, { profile, today }, entry) => {
      const { dueOn, answeredOn } = answerDuty(thread, profile);
      demand(answeredOn === undefined, 'already-answered', { answeredOn });
      demand((entry.occurredOn ?? today) > dueOn, 'deadline-not-passed', { dueOn });
    },
    evolve: (thread, { to }) => ({ ...thread, escalatedTo: [...thread.escalatedTo, to] }),
  }),

  act('close-thread', ThreadClosed, {
    admit: ({ reason }, thread) => {
      openThread(thread);
      const { answers, moderation } = thread;
      const founded = {
        answered: answers.length > 0,
        withheld: moderation?.outcome === 'withheld',
        withdrawn: true,
      }[reason];
      demand(founded, 'closing-unfounded', { reason });
    },
    evolve: (thread, { reason }, { occurredOn }) => ({ ...thread, closed: { on: occurredOn, reason } }),
  }),
];
