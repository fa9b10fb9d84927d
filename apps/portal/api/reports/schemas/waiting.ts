import { Type } from '@sinclair/typebox';
import { milestones, phases, waitOutcomes } from '#domain';
import type { Milestone, WaitOutcome } from '#domain';
import { code, count, day, nullable, position } from '../../schema-parts';
import { asset, divided, list } from './common';

/** The shapes of what is answered on how long assets wait. */

const days = (description: string) => Type.Integer({ minimum: 0, description });
const wait = Type.Object({
  outcome: Type.Unsafe<WaitOutcome>(code(waitOutcomes, 'How the wait stands.')),
  on: nullable(day('When it was reached, or when the asset left.')),
  days: nullable(days('From the final confiscation until then; null while it is open, and where a date is missing.')),
});

export const waitingLineSchema = Type.Object(
  {
    ...asset,
    finalOn: nullable(day('When the confiscation became final.')),
    leftAs: nullable(code(phases, 'How the asset left.')),
    waits: Type.Object({ destined: wait, assigned: wait, 'in-use': wait }),
  },
  { description: 'An asset whose confiscation is final, and how long it waited for what was to come of it.' },
);

const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const step = Type.Object({
  days: days('Length of the wait.'),
  atRisk: count('How many had waited so long.'),
  reached: count('For how many of them the wait ended with this length.'),
  waiting: share('Share that waits longer (Kaplan–Meier).'),
  low: nullable(share('Lower bound at 95 % (Greenwood, log-log).')),
  high: nullable(share('Upper bound at 95 %.')),
});

export const waitingTotalSchema = Type.Object(
  {
    ...divided,
    milestone: Type.Unsafe<Milestone>(code(milestones, 'What is waited for.')),
    assets: count('Assets whose confiscation is final.'),
    reached: count('For how many it was reached.'),
    open: count('How many wait still: censored on the day of the answer.'),
    left: count('How many left before: censored on that day.'),
    undated: count('How many lack a date; they are not in the curve.'),
    median: nullable(
      Type.Object(
        {
          days: days('After so many days half or more had reached it.'),
          low: nullable(days('Lower bound at 95 %.')),
          high: nullable(days('Upper bound at 95 %; null where the data do not bound it.')),
        },
        { description: 'Null while more than half are waiting.' },
      ),
    ),
    longest: days('The longest wait there is; nothing is known beyond it.'),
    steps: Type.Array(step, { description: 'The curve; empty where the answer is divided.' }),
  },
  { description: 'How long assets wait after the final confiscation.' },
);

export const waitingPageSchema = Type.Object(
  { assets: list('WaitingAsset'), totals: list('WaitingTotal'), position },
  {
    description: 'The longest wait first; neighbours are in the Link header. Totals are of the region and kind alone.',
  },
);
