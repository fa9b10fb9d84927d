import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { JsonValue } from '#domain';
import { isBox, sealed, valueIn } from '../../libs/privacy/keys/box';

const place = { id: '11111111-1111-5111-8111-111111111111', type: 'AssetSeized', field: 'formerHolder' };
const key = randomBytes(32);
const anyValue = fc.jsonValue({ depthSize: 'small' }) as fc.Arbitrary<JsonValue>;

describe('a box', () => {
  it('gives back whatever value was put in', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const box = sealed(value, place, 'key', key);
        expect(isBox(JSON.parse(JSON.stringify(box)))).toBe(true);
        // JSON has one zero.
        expect(valueIn(box, place, key)).toEqual({ value: JSON.parse(JSON.stringify(value)) as JsonValue });
      }),
    );
  });

  it('is another one each time, so that equal names cannot be told', () =>
    expect(sealed('Mario', place, 'key', key).box).not.toBe(sealed('Mario', place, 'key', key).box));

  it('opens at no other place, and with no other key', () => {
    const box = sealed('Mario', place, 'key', key);
    for (const other of [{ id: '2' }, { type: 'AssetSold' }, { field: 'owner' }])
      expect(valueIn(box, { ...place, ...other }, key)).toBeUndefined();
    expect(valueIn(box, place, randomBytes(32))).toBeUndefined();
  });

  it('is refused when any of its bits was flipped, or it was cut', () => {
    const box = sealed('Mario Rossi', place, 'key', key);
    const bytes = Buffer.from(box.box, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(valueIn({ ...box, box: changed.toString('base64url') }, place, key)).toBeUndefined();
    }
    for (let length = 0; length < bytes.length; length += 1)
      expect(valueIn({ ...box, box: bytes.subarray(0, length).toString('base64url') }, place, key)).toBeUndefined();
  });

  it.each([
    ['text', 'Mario'],
    ['nothing', null],
    ['a list', []],
    ['another version', { sealed: 2, key: 'k', box: 'AAAA' }],
    ['more beside it', { sealed: 1, key: 'k', box: 'AAAA', name: 'Mario' }],
    ['no base64url', { sealed: 1, key: 'k', box: 'AA==' }],
  ])('is not %s', (_, value) => expect(isBox(value)).toBe(false));
});
