import { CorruptLog } from '../errors';
import { positionOf } from './stored-event';

describe('a position of the database', () => {
  test('is a number as long as a number is exact', () => {
    const commit = BigInt(Number.MAX_SAFE_INTEGER);
    expect(positionOf({ commit, prepare: commit }, 'event 1')).toBe(Number.MAX_SAFE_INTEGER);
  });

  test.each([
    ['is missing', undefined, /gave no position/],
    ['is not exact as a number', { commit: 2n ** 53n, prepare: 2n ** 53n }, /gave no position .*9007199254740992/],
    ['is the "unknown" of old servers', { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n }, /Update the server/],
    ['is shared by the events of a transaction', { commit: 20n, prepare: 10n }, /several appends/],
  ])('is refused when it %s', (_, position, reason) => {
    expect(() => positionOf(position, 'event 1 of asset-1')).toThrow(CorruptLog);
    expect(() => positionOf(position, 'event 1 of asset-1')).toThrow(reason);
    expect(() => positionOf(position, 'event 1 of asset-1')).toThrow(/event 1 of asset-1/);
  });
});
