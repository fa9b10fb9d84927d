import { aggregates } from '#domain';
import type { RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { allScores, award, closed, drafted, mare, ofAnna, published, sole, submitted, terra, underEvaluation } from './calls'; // prettier-ignore
import { recordedIn } from './stream-specification';
import type { StreamFact } from './stream-specification';
import { entry } from './specification';

const recorded = (fact: StreamFact, place: number): RecordedEvent => recordedIn('call', fact, place);
const publicOf = (...facts: StreamFact[]) => facts.map((fact, place) => publicEvent(recorded(fact, place)));
const said = (...facts: StreamFact[]): string => JSON.stringify(publicOf(...facts));

/** What everybody reads of a call: the public gate over its whole stream (docs/decisions/009-calls.md). */
describe('the public', () => {
  const sealed = [drafted(), published, submitted(terra), submitted(mare), submitted(sole), { type: 'ApplicationWithdrawn', on: '2026-06-02', data: { application: entry(4) } }, closed]; // prettier-ignore
  const life = [...underEvaluation(), ...allScores];

  it('does not learn who applied before the opening', () => {
    expect(said(...sealed)).not.toMatch(new RegExp([terra, mare, sole].join('|')));
    expect(publicOf(...sealed)[2]).toMatchObject({ withheld: ['organisation'] });
  });
  it('learns it from the opening, but not who withdrew', () => {
    const rows = [
      { application: entry(2), organisation: terra },
      { application: entry(3), organisation: mare },
    ];
    const opened = said(...sealed, { type: 'ApplicationsOpened', on: '2026-07-01', data: { custodians: ['Comune'], releasedKey: 'ef'.repeat(32), applications: rows } }); // prettier-ignore
    expect(opened).toMatch(terra);
    expect(opened).toMatch(mare);
    expect(opened).not.toMatch(sole);
  });
  it('does not learn who the evaluators are, nor who gave how many points', () => {
    expect(said(...life)).not.toMatch(/anna|luca|Verdi|"points":/);
    expect(publicOf(...life)[8]).toMatchObject({ withheld: ['account', 'name'] });
  });
  it('learns the points of all evaluators together from the award', () =>
    expect(said(...life, { type: 'CallAwarded', on: '2026-07-10', data: award })).toMatch('"sum":50'));

  it('can fold what it sees', () => {
    const { state } = publicOf(...life, { type: 'EvaluatorRecused', on: '2026-07-10', data: { appointment: ofAnna, interest: 'other' } })
      .map((event) => ({ ...event, metadata: { ...recorded(drafted(), 0).metadata, actor: undefined } }) as unknown as RecordedEvent)
      .reduce(aggregates.call.evolve, aggregates.call.empty); // prettier-ignore
    expect(state).toMatchObject({ status: 'opened', applications: [{ organisation: terra }, { organisation: mare }] });
    expect(state?.evaluators).toEqual([
      { id: ofAnna, recused: true },
      { id: entry(9), recused: false },
    ]);
    expect(state?.scores).toEqual([]);
  });
});
