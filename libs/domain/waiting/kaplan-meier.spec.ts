import fc from 'fast-check';
import { lengthsAlong, lengthsOf, stillWaiting, summaryOf, waitingCurve } from './kaplan-meier';
import type { Waits } from './kaplan-meier';

const reached = (...lengths: number[]): Waits[] => lengths.map((days) => ({ days, reached: 1, censored: 0 }));
const censored = (...lengths: number[]): Waits[] => lengths.map((days) => ({ days, reached: 0, censored: 1 }));

describe('the product-limit estimate', () => {
  // Freireich et al., Blood 21 (1963) 699–716: weeks of remission under 6-mercaptopurine, the example of most textbooks (Collett; Klein and Moeschberger; Kleinbaum and Klein).
  const remissions = [
    ...reached(6, 6, 6, 7, 10, 13, 16, 22, 23),
    ...censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
  ];

  it('gives the published curve of the 6-MP trial, with log-log bounds', () => {
    const rounded = waitingCurve(remissions).steps.map(({ days, atRisk, waiting, low, high }) =>
      [days, atRisk, waiting, low!, high!].map((number, place) => (place < 2 ? number : Number(number.toFixed(3)))),
    );
    expect(rounded).toEqual([
      [6, 21, 0.857, 0.62, 0.952],
      [7, 17, 0.807, 0.563, 0.923],
      [10, 15, 0.753, 0.503, 0.889],
      [13, 12, 0.69, 0.432, 0.849],
      [16, 11, 0.627, 0.368, 0.805],
      [22, 7, 0.538, 0.268, 0.747],
      [23, 6, 0.448, 0.188, 0.68],
    ]);
  });

  it('gives its median, 23 weeks, with a lower bound of 13 and no upper one', () => {
    expect(waitingCurve(remissions)).toMatchObject({
      waits: 21,
      reached: 9,
      censored: 12,
      longest: 35,
      median: { days: 23, low: 13, high: null },
    });
  });

  it('has no median while more than half are waiting, and nothing to say beyond the longest wait', () => {
    const curve = waitingCurve([...reached(5), ...censored(7, 8, 9)]);
    expect(curve.median).toBeNull();
    expect([stillWaiting(curve, 4), stillWaiting(curve, 5), stillWaiting(curve, 9), stillWaiting(curve, 10)]).toEqual([
      1,
      0.75,
      0.75,
      null,
    ]);
  });

  it('counts one half as half, however it came about', () => {
    expect(waitingCurve(reached(1, 2, 2, 3, 4, 5)).median?.days).toBe(2);
    expect(waitingCurve(reached(1, 2, 3, 4)).median?.days).toBe(2);
  });

  it('is empty where nothing waits, and refuses what is no wait', () => {
    expect(waitingCurve([])).toMatchObject({ waits: 0, steps: [], median: null });
    expect(() => waitingCurve(reached(-1))).toThrow('-1');
    expect(() => waitingCurve(reached(0.5))).toThrow('0.5');
  });
});

describe('for any waits', () => {
  const wait = fc.record({ days: fc.nat(40), ended: fc.boolean() });
  const asWaits = (each: { days: number; ended: boolean }): Waits =>
    each.ended ? { days: each.days, reached: 1, censored: 0 } : { days: each.days, reached: 0, censored: 1 };

  /** Day by day, each wait looked at for itself: nothing in common with the estimate but its definition. */
  function naive(waits: readonly { days: number; ended: boolean }[], day: number): [number, number] {
    let [share, sum] = [1, 0];
    for (let now = 0; now <= day; now += 1) {
      const present = waits.filter(({ days }) => days >= now).length;
      const ending = waits.filter(({ days, ended }) => ended && days === now).length;
      if (ending > 0) {
        share *= (present - ending) / present;
        sum += ending / (present * (present - ending));
      }
    }
    return [share, sum];
  }

  it('agrees with the definition, day by day, in share and variance', () => {
    fc.assert(
      fc.property(fc.array(wait, { minLength: 1, maxLength: 60 }), (waits) => {
        for (const { days, waiting, low, high } of waitingCurve(waits.map(asWaits)).steps) {
          const [share, sum] = naive(waits, days);
          expect(waiting).toBeCloseTo(share, 9);
          if (share === 0) expect([low, high]).toEqual([null, null]);
          else {
            // Back from the bounds to the variance they were made of.
            const spread = (Math.log(-Math.log(low!)) - Math.log(-Math.log(high!))) / (2 * 1.959963984540054);
            expect((spread * Math.log(share)) ** 2).toBeCloseTo(sum, 6);
          }
        }
      }),
    );
  });

  it('never rises, stays within its bounds, and does not mind order or division of the waits', () => {
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 60 }), (waits) => {
        const curve = waitingCurve(waits.map(asWaits));
        expect(waitingCurve([...waits].reverse().map(asWaits))).toEqual(curve);
        let before = 1;
        for (const { waiting, low, high } of curve.steps) {
          expect(waiting).toBeLessThan(before);
          if (low !== null) expect(low <= waiting && waiting <= high!).toBe(true);
          before = waiting;
        }
      }),
    );
  });

  it('is the plain share of those who waited longer where nothing is censored', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (lengths) => {
        for (const { days, waiting } of waitingCurve(reached(...lengths)).steps) {
          expect(waiting).toBeCloseTo(lengths.filter((length) => length > days).length / lengths.length, 9);
        }
      }),
    );
  });

  it('has the median of its steps, with or without them, however the waits are put in order', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 60 }), (waits) => {
        const { steps, ...summary } = waitingCurve(waits.map(asWaits));
        const lengths = lengthsOf(waits.map(asWaits));
        expect(summaryOf(lengths)).toEqual(summary);
        const at = (ended: boolean): number[] =>
          Array.from(
            { length: 41 },
            (_, days) => waits.filter((each) => each.ended === ended && each.days === days).length,
          );
        expect(lengthsAlong(at(true), at(false))).toEqual(lengths);
        const downToHalf = (share: 'waiting' | 'low' | 'high'): number | null =>
          steps.find((step) => (step[share] ?? 1) <= 0.5 + 1e-9)?.days ?? null;
        const days = downToHalf('waiting');
        expect(summary.median).toEqual(
          days === null ? null : { days, low: downToHalf('low'), high: downToHalf('high') },
        );
        if (days !== null) found += 1;
      }),
    );
    expect(found).toBeGreaterThan(10);
  });
});
