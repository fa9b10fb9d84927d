import { assetIdFrom, derivedUuid, isAssetId } from './ids';

const CHECKED = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ids = Array.from({ length: 300 }, (_, place) => assetIdFrom(place % 2 ? 'IT' : 'XX', 'scheme', `asset ${place}`));
/** Places of the characters between the hyphens. */
const places = [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14];
const withAt = (id: string, place: number, character: string): string =>
  id.slice(0, place) + character + id.slice(place + 1);

describe('a registry id', () => {
  it('follows from country, scheme and code alone', () => {
    // Fixed for ever: the dossiers of every log are found by it.
    expect(assetIdFrom('IT', 'it-anbsc', 'I-NA-89-S')).toBe('IT-WGJG3HNG80-A');
    expect(assetIdFrom('IT', 'it-anbsc', 'I-NA-89-S')).toBe(assetIdFrom('IT', 'it-anbsc', 'I-NA-89-S'));
    const bodies = [
      assetIdFrom('IT', 'it-anbsc', 'I-NA-89-S'),
      assetIdFrom('IT', 'it-anbsc', 'I-NA-90-S'),
      assetIdFrom('IT', 'it-anbsc-m', 'I-NA-89-S'),
      assetIdFrom('IT', 'it-anbscI', '-NA-89-S'),
      assetIdFrom('XX', 'it-anbsc', 'I-NA-89-S'),
    ].map((id) => id.slice(3));
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it('is known by its form and its check character', () => {
    for (const id of ids) expect([id, isAssetId(id)]).toEqual([id, true]);
  });

  it.each([
    '',
    'IT-4GQ2X9PK3M',
    'it-4gq2x9pk3m-w',
    ' IT-4GQ2X9PK3M-W',
    'IT-4GQ2X9PK3M-W\n',
    'IT4GQ2X9PK3MW',
    'I1-4GQ2X9PK3M-W',
    'IT-4GQ2X9PK3I-W',
  ])('is not %j', (text) => expect(isAssetId(text)).toBe(false));

  it('with any single character mistyped is none', () => {
    const taken = ids.flatMap((id) =>
      places.flatMap((place) =>
        [...CHECKED]
          .filter((character) => character !== id[place])
          .map((character) => withAt(id, place, character))
          .filter(isAssetId),
      ),
    );
    expect(taken).toEqual([]);
  });

  it('with two neighbours transposed is none, but for neighbours in the alphabet at one state of the check in 36', () => {
    // MOD 37,36 promises no more (ISO/IEC 7064): of all transpositions one in 630 goes unnoticed.
    let tried = 0;
    const taken = ids.flatMap((id) =>
      places.slice(1).flatMap((place, before) => {
        const [left, right] = [id[places[before]!]!, id[place]!];
        if (left === right) return [];
        tried += 1;
        const transposed = withAt(withAt(id, places[before]!, right), place, left);
        return isAssetId(transposed) ? [[left, right]] : [];
      }),
    );
    expect(tried).toBeGreaterThan(3000);
    expect(taken.length / tried).toBeLessThan(1 / 200);
    const apart = (left: string, right: string) => Math.abs(CHECKED.indexOf(left) - CHECKED.indexOf(right));
    expect(taken.filter(([left, right]) => ![1, 35].includes(apart(left!, right!)))).toEqual([]);
  });

  it('spreads over its alphabet without the letters that are mistaken for others', () => {
    const bodies = ids.map((id) => id.slice(3, 13)).join('');
    expect(new Set(bodies)).toEqual(new Set('0123456789ABCDEFGHJKMNPQRSTVWXYZ'));
  });
});

describe('a derived UUID', () => {
  it('follows from its parts alone', () => {
    // Fixed for ever: repeats of commands recorded long ago are known by it.
    expect(derivedUuid('command', 3)).toBe('93a7e006-5b9e-8e5f-91e4-cba44e20cf8b');
  });
  it('has version 8 and the variant of RFC 9562', () => {
    for (let part = 0; part < 200; part += 1) {
      expect(derivedUuid(part)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
  it('tells parts from their joints, and numbers from words', () => {
    const all = [
      derivedUuid('a', 'b'),
      derivedUuid('ab'),
      derivedUuid('b', 'a'),
      derivedUuid('a', 'b', ''),
      derivedUuid(1),
      derivedUuid('1'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
