import { Type } from '@sinclair/typebox';
import { actReference } from '../asset/references';
import { bySecondPerson, personBehind } from '../asset/four-eyes';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import type { DataOf } from '../schema/definition';
import { count, entryId, optional, publicField, record, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import { applicationIn, applicationsAt, disinterested, standsAt } from './call';
import type { Call } from './call';
import { code } from './publication';
import { activeEvaluators, missingScore, rankingOf } from './ranking';
import type { Ranked } from './ranking';

/** How a call ends: awarded in the order of merit, deserted, or cancelled. */

/** Digits of a whole number that may be larger than a double holds exactly. */
const digits = () => Type.String({ pattern: '^(0|[1-9][0-9]{0,59})$', examples: ['1'] });

export const CallAwarded = defineEvent('CallAwarded', {
  description: 'The call was awarded. The order of merit follows from the scores and anybody can add up its points.',
  source: 'Legislative decree 159/2011 art. 48(3)(c); law 241/1990 art. 12; legislative decree 117/2017 art. 55',
  data: record({
    ranking: publicField(
      Type.Array(
        record({
          application: entryId(),
          points: Type.Array(record({ criterion: code(), sum: count() }), { minItems: 1, maxItems: 20 }),
          weightedTotal: record({ numerator: digits(), denominator: digits() }),
        }),
        { minItems: 1, maxItems: 10_000 },
      ),
      'The admitted applications, the best first, with the points of all evaluators together on each criterion and the weighted total.',
    ),
    evaluators: publicField(
      Type.Integer({ minimum: 1, maximum: 100 }),
      'How many evaluators’ points are in the sums; the weighted mean is over them.',
    ),
    awardedTo: publicField(entryId(), 'The application the call is awarded to.'),
    reason: optional(publicField(text(1000), 'Why not to the first, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const CallDeserted = defineEvent('CallDeserted', {
  description: 'The call ended without any application that could be admitted.',
  source: 'Legislative decree 159/2011 art. 48(3)(c)',
  data: record({ act: optional(publicField(actReference(), 'The record of it.')) }),
});

export const CallCancelled = defineEvent('CallCancelled', {
  description: 'The call was called off before an award. Applications that are sealed stay so.',
  source: 'Law 241/1990 art. 21-quinquies',
  data: record({
    reason: publicField(text(1000), 'Why, without personal data.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

/** One form for each ranking, whatever the order of keys in a request. */
const written = (ranking: readonly Ranked[]): string =>
  JSON.stringify(
    ranking.map(({ application, points, weightedTotal }) => [
      application,
      points.map(({ criterion, sum }) => [criterion, sum]),
      weightedTotal.numerator,
      weightedTotal.denominator,
    ]),
  );

function allDecided(call: Call): void {
  const undecided = applicationsAt(call, 'opened').length + applicationsAt(call, 'sealed').length;
  demand(undecided === 0, 'applications-undecided', { undecided });
}

/** An award follows from complete scores, and goes to the first unless it says why not. */
function follows({ ranking, evaluators, awardedTo, reason }: DataOf<typeof CallAwarded>, call: Call): void {
  const active = activeEvaluators(call).length;
  const admitted = applicationsAt(call, 'admitted').length;
  const missing = missingScore(call);
  demand(active > 0 && admitted > 0 && missing === undefined, 'scores-missing', { active, admitted, ...missing });
  const expected = rankingOf(call);
  demand(evaluators === active && written(ranking) === written(expected), 'ranking-differs', {
    expected: expected.map(({ application }) => application),
    evaluators: active,
  });
  const { status } = applicationIn(call, awardedTo);
  demand(status === 'admitted', 'application-not-admitted', { status });
  demand(awardedTo === expected[0]?.application || reason !== undefined, 'award-skips-first', {
    first: expected[0]?.application ?? null,
  });
}

const { act } = actsOf<Call>();

export const outcome = [
  act('award-call', CallAwarded, {
    admit: (data, call, entry) => {
      standsAt(call, 'opened');
      bySecondPerson('the award of a call', entry, []);
      disinterested(call, entry);
      allDecided(call);
      follows(data, call);
    },
    evolve: (call, { awardedTo }, entry) => {
      const by = personBehind(entry);
      return { ...call, status: 'awarded', awardedTo, ...(by !== undefined && { awardedBy: by }) };
    },
  }),

  act('desert-call', CallDeserted, {
    admit: (_, call, entry) => {
      standsAt(call, 'closed', 'opened');
      disinterested(call, entry);
      allDecided(call);
      const admitted = applicationsAt(call, 'admitted').length;
      demand(admitted === 0, 'applications-admitted', { admitted });
    },
    evolve: (call) => ({ ...call, status: 'deserted' }),
  }),

  act('cancel-call', CallCancelled, {
    admit: (_, call, entry) => {
      standsAt(call, 'draft', 'published', 'closed', 'opened');
      disinterested(call, entry);
    },
    evolve: (call) => ({ ...call, status: 'cancelled' }),
  }),
];
