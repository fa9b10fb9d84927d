import { phases } from '#domain';
import { indicatorsFrom } from '../indicators/view';
import { answerFrom } from './answer';

const cell = (phase: string, assets: number) => ({
  area_code: '19', area: 'Sicilia', kind: 'real-estate', phase, assets, valued: 0, value_minor: 0, currency: '',
}); // prettier-ignore

describe('the answer on the front page', () => {
  it('counts each asset once, whatever its phase', () => {
    const answer = answerFrom(
      indicatorsFrom(
        phases.map((phase, place) => cell(phase, 2 ** place)),
        1,
      ),
    );
    expect(answer.reduce((sum, { assets }) => sum + assets, 0)).toBe(2 ** phases.length - 1);
    expect(answer.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
  });

  it('does not take a recipient on paper for an asset that came back', () => {
    const counts = answerFrom(indicatorsFrom([cell('destined', 3), cell('in-use', 2), cell('transferred', 1)], 1));
    expect(counts.filter(({ assets }) => assets > 0)).toEqual([
      { fate: 'back', assets: 3, share: 0.5 },
      { fate: 'promised', assets: 3, share: 0.5 },
    ]);
  });

  it('is nothing for an empty register, and no division by it', () => {
    expect(answerFrom(indicatorsFrom([], -1)).every(({ assets, share }) => assets === 0 && share === 0)).toBe(true);
  });
});
