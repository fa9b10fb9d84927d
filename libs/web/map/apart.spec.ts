import { apart } from './browser/apart';
import type { Square } from './browser/apart';

/** Pairs that lie over one another once they are moved, by more than half a pixel. */
function over(squares: readonly Square[]): number {
  const shifts = apart(squares, 60);
  const placed = squares.map(({ x, y, size }, place) => ({ x: x + shifts[place]!.x, y: y + shifts[place]!.y, size }));
  return placed.flatMap((one, place) =>
    placed.slice(place + 1).filter((other) => {
      const room = (one.size + other.size) / 2 - 0.5;
      return Math.abs(one.x - other.x) < room && Math.abs(one.y - other.y) < room;
    }),
  ).length;
}

describe('marks on a map', () => {
  it('stay where they are with room enough', () =>
    expect(apart([{ x: 0, y: 0, size: 28 }, { x: 40, y: 0, size: 28 }], 60)).toEqual([{ x: 0, y: 0 }, { x: 0, y: 0 }])); // prettier-ignore

  it('make room for one another, also at one place', () => {
    expect(over([{ x: 0, y: 0, size: 28 }, { x: 0, y: 0, size: 28 }])).toBe(0); // prettier-ignore
    expect(over([{ x: 0, y: 0, size: 56 }, { x: 20, y: 8, size: 28 }, { x: 10, y: 25, size: 30 }])).toBe(0); // prettier-ignore
  });

  it('do not go further than allowed', () => {
    const crowd = Array.from({ length: 40 }, (_, place) => ({ x: place % 3, y: place % 5, size: 30 }));
    for (const { x, y } of apart(crowd, 20)) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(20);
  });
});
