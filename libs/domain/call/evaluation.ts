import { Type } from '@sinclair/typebox';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import type { DataOf } from '../schema/definition';
import { entryId, line, oneOf, optional, personalField, publicField, record, restrictedField, text } from '../schema/fields'; // prettier-ignore
import { actsOf } from '../stream/act';
import { applicationIn, disinterested, evaluatorBehind, isAccountOf, standsAt } from './call';
import type { Call, Evaluator, Score } from './call';
import { code } from './publication';

/** Evaluators are appointed, step back where they have an interest, and give points on each criterion (rule 6). */

export const EvaluatorAppointed = defineEvent('EvaluatorAppointed', {
  description: 'A person was appointed to judge applications. The public knows them by this entry, not by name.',
  source: 'Law 241/1990 artt. 1, 12',
  data: record({
    account: restrictedField(
      record({ login: line(80), agency: line(80) }),
      'The account they sign in with, by which their scores are known.',
    ),
    name: personalField(line(), 'Who they are.'),
    expertise: optional(restrictedField(line(), 'What they know about; in a small place it would name them.')),
  }),
});

export const interests = ['kinship', 'employment', 'business', 'membership', 'other'] as const;

export const EvaluatorRecused = defineEvent('EvaluatorRecused', {
  description:
    'An evaluator has an interest in the outcome and steps back. Their scores no longer count, and they decide nothing more.',
  source: 'Law 241/1990 art. 6-bis; Social Reuse Registry, rule 6',
  data: record({
    appointment: publicField(entryId(), 'The appointment of the evaluator.'),
    interest: publicField(oneOf(interests), 'What sort of interest they declared.'),
    declaration: optional(personalField(text(), 'What they declared.')),
  }),
});

export const ApplicationScored = defineEvent('ApplicationScored', {
  description:
    'An evaluator gave points on one criterion. A later score by the same evaluator replaces an earlier one.',
  source: 'Law 241/1990 art. 12; legislative decree 117/2017 art. 55',
  data: record({
    application: publicField(entryId(), 'The application.'),
    criterion: publicField(code(), 'The criterion, by its code in the call.'),
    points: restrictedField(
      Type.Integer({ minimum: 0, maximum: 100 }),
      'Points, from 0 to the maximum of the criterion. The sums become public with the award.',
    ),
    reasons: optional(restrictedField(text(), 'Why, without personal data.')),
  }),
});

function evaluatorIn({ evaluators }: Call, id: string): Evaluator {
  const found = evaluators.find((evaluator) => evaluator.id === id);
  demand(found !== undefined, 'no-such-evaluator', { appointment: id });
  return found;
}

/** The account as sign-in gives it. */
const accountOf = ({ account }: DataOf<typeof EvaluatorAppointed>): NonNullable<Evaluator['account']> => ({
  subject: account.login,
  agency: account.agency,
});

const replaces = (newer: Score, older: Score): boolean =>
  newer.application === older.application && newer.criterion === older.criterion && newer.evaluator === older.evaluator;

const { act } = actsOf<Call>();

export const evaluation = [
  act('appoint-evaluator', EvaluatorAppointed, {
    admit: (data, call, entry) => {
      const account = accountOf(data);
      standsAt(call, 'published', 'closed', 'opened');
      const before = call.evaluators.find((each) => isAccountOf(account, each.account));
      demand(before === undefined, 'evaluator-known', { appointment: before?.id ?? null });
      demand(!isAccountOf(account, entry.recordedBy), 'same-person', { what: 'the appointment of an evaluator' });
      disinterested(call, entry);
    },
    evolve: (call, data, { id }) => {
      // What is withheld from the public is not there in a public fold.
      const known = 'account' in data ? { account: accountOf(data) } : {};
      return { ...call, evaluators: [...call.evaluators, { id, ...known, recused: false }] };
    },
  }),

  act('recuse-evaluator', EvaluatorRecused, {
    admit: ({ appointment }, call) => {
      standsAt(call, 'published', 'closed', 'opened');
      demand(!evaluatorIn(call, appointment).recused, 'interest-declared', { appointment });
    },
    evolve: (call, { appointment }) => ({
      ...call,
      evaluators: call.evaluators.map((each) => (each.id === appointment ? { ...each, recused: true } : each)),
    }),
  }),

  act('score-application', ApplicationScored, {
    admit: ({ application, criterion, points }, call, entry) => {
      standsAt(call, 'opened');
      const { status } = applicationIn(call, application);
      demand(status === 'admitted', 'application-not-admitted', { status });
      const asked = call.criteria.find(({ code: own }) => own === criterion);
      demand(asked !== undefined, 'no-such-criterion', { criterion });
      demand(points <= asked.maximum, 'score-beyond-maximum', { points, maximum: asked.maximum });
      demand(evaluatorBehind(call, entry) !== undefined && entry.recordedBy?.person === true, 'not-an-evaluator');
      disinterested(call, entry);
    },
    evolve: (call, { application, criterion, points }, entry) => {
      const evaluator = evaluatorBehind(call, entry)?.id;
      if (evaluator === undefined) return call;
      const score = { application, criterion, evaluator, points };
      return { ...call, scores: [...call.scores.filter((older) => !replaces(score, older)), score] };
    },
  }),
];
