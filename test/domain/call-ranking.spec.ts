import fc from 'fast-check';
import { hash } from 'node:crypto';
import { rankingOf } from '#domain';
import type { Call, Score, TieBreak } from '#domain';
import { allScores, anna, award, drafted, luca, ofMare, ofTerra, scored, underEvaluation } from './calls';
import { streamOf } from './stream-specification';
import type { StreamFact } from './stream-specification';

const given = streamOf('call');
const stateOf = (...facts: StreamFact[]): Call => given(...facts).situation.state!;
const evaluated = stateOf(...underEvaluation(), ...allScores);

/** A call with a few admitted applications, criteria and evaluators, all scored. */
const anyCall = fc
  .record({
    tieBreak: fc.constantFrom<TieBreak>('draw', 'earliest'),
    criteria: fc.array(fc.record({ maximum: fc.integer({ min: 1, max: 100 }), weight: fc.integer({ min: 1, max: 1000 }) }), { minLength: 1, maxLength: 4 }),
    applications: fc.integer({ min: 1, max: 5 }),
    evaluators: fc.integer({ min: 1, max: 3 }),
    marks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 60, maxLength: 60 }),
  })
  .map(({ tieBreak, criteria, applications, evaluators, marks }): Call => {
    const own = criteria.map((each, at) => ({ ...each, code: `c${at}`, words: '' }));
    const judges = Array.from({ length: evaluators }, (_, at) => ({ id: `e${at}`, recused: false }));
    const admitted = Array.from({ length: applications }, (_, at) => ({ id: `a${at}`, status: 'admitted' as const }));
    const scores = admitted.flatMap(({ id: application }) =>
      own.flatMap(({ code: criterion, maximum }) => judges.map(({ id: evaluator }) => ({ application, criterion, evaluator, maximum }))),
    ).map(({ maximum, ...place }, at): Score => ({ ...place, points: Math.min(maximum, marks[at % marks.length]!) }));
    return { ...evaluated, tieBreak, criteria: own, applications: admitted, evaluators: judges, scores };
  }); // prettier-ignore

describe('the ranking of a call', () => {
  it('adds up what the scores say, without rounding', () => expect(rankingOf(evaluated)).toEqual(award.ranking));

  it('does not depend on the order of the scores', () => {
    const shuffled = fc
      .shuffledSubarray([...allScores], { minLength: allScores.length })
      .map((scores) => stateOf(...underEvaluation(), ...scores));
    fc.assert(fc.property(shuffled, (call) => expect(rankingOf(call)).toEqual(award.ranking)));
    const anyOrder = anyCall.chain((call) =>
      fc.tuple(fc.constant(call), fc.shuffledSubarray([...call.scores], { minLength: call.scores.length })),
    );
    fc.assert(
      fc.property(anyOrder, ([call, scores]) => expect(rankingOf({ ...call, scores })).toEqual(rankingOf(call))),
    );
  });

  it('takes the last of several scores by one evaluator', () =>
    expect(
      rankingOf(stateOf(...underEvaluation(), scored(anna, ofMare, 'plan', 0), ...allScores)),
    ).toEqual(award.ranking)); // prettier-ignore

  it('holds each admitted application once, the totals never rising', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const ranking = rankingOf(call);
        expect(ranking.map(({ application }) => application).sort()).toEqual(call.applications.map(({ id }) => id));
        ranking.slice(1).forEach(({ weightedTotal: lower }, at) => {
          const { numerator, denominator } = ranking[at]!.weightedTotal;
          expect(BigInt(numerator) * BigInt(lower.denominator)).toBeGreaterThanOrEqual(
            BigInt(lower.numerator) * BigInt(denominator),
          );
        });
      }),
    );
  });

  it('tells totals apart that a double does not', () => {
    // A third of the weight three times over is the whole weight, and nothing less.
    const thirds = [3, 3, 3].map((maximum, at) => ({ code: `t${at}`, words: '', maximum, weight: 1 }));
    const codes = thirds.map(({ code }) => code);
    const scores = codes.map((criterion): Score => ({ application: 'a0', criterion, evaluator: 'e0', points: 1 }));
    const call = { ...evaluated, criteria: thirds, evaluators: [{ id: 'e0', recused: false }], scores, applications: [{ id: 'a0', status: 'admitted' as const }] }; // prettier-ignore
    expect(rankingOf(call)[0]?.weightedTotal).toEqual({ numerator: '1', denominator: '1' });
  });

  describe('puts equal totals in order', () => {
    const equal = (tieBreak: TieBreak): Call => stateOf(
      ...underEvaluation({ tieBreak }),
      ...[ofTerra, ofMare].flatMap((application) => [anna, luca].flatMap((by) => [scored(by, application, 'impact', 10), scored(by, application, 'plan', 1)])),
    ); // prettier-ignore
    const order = (call: Call) => rankingOf(call).map(({ application }) => application);

    it('as they were handed in', () => expect(order(equal('earliest'))).toEqual([ofTerra, ofMare]));
    it('by a draw that anybody can repeat from the released key', () => {
      const seed = 'ef'.repeat(32);
      const lot = (application: string) => hash('sha256', `${seed} ${application}`, 'hex');
      const drawn = [ofTerra, ofMare].sort((one, other) => (lot(one) < lot(other) ? -1 : 1));
      expect(order(equal('draw'))).toEqual(drawn);
      const seeds = Array.from({ length: 20 }, (_, at) => order({ ...equal('draw'), releasedKey: String(at) })[0]);
      expect(new Set(seeds).size).toBe(2);
    });
  });

  it('is empty before anybody is admitted', () => expect(rankingOf(stateOf(drafted()))).toEqual([]));
});
