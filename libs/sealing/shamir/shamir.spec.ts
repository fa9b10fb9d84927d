import fc from 'fast-check';
import { inverse, multiply } from './gf256';
import { interpolate, split } from './secret-sharing';

const BYTES = Array.from({ length: 256 }, (_, value) => value);

/** The same field told otherwise: multiply polynomials as they are, then divide by x^8 + x^4 + x^3 + x + 1 from the top. */
function longhand(one: number, other: number): number {
  let product = 0;
  for (const bit of [0, 1, 2, 3, 4, 5, 6, 7]) if (other & (1 << bit)) product ^= one << bit;
  for (let bit = 14; bit >= 8; bit--) if (product & (1 << bit)) product ^= 0x11b << (bit - 8);
  return product;
}

/** The value at 0 of every polynomial of degree below `points.length` through the points, found by trying all there are. */
function bruteForce(points: readonly (readonly [x: number, y: number])[]): number[] {
  const found: number[] = [];
  const [first, second, third] = points;
  for (const constant of BYTES)
    for (const slope of BYTES)
      for (const curve of third ? BYTES : [0]) {
        const at = (x: number): number => constant ^ longhand(slope, x) ^ longhand(curve, longhand(x, x));
        if ([first, second, third].every((point) => !point || at(point[0]) === point[1])) found.push(constant);
      }
  return found;
}

describe('the field of 256 elements', () => {
  it('multiplies all 65 536 pairs as longhand does', () => {
    const wrong = BYTES.flatMap((one) => BYTES.filter((other) => multiply(one, other) !== longhand(one, other)));
    expect(wrong).toEqual([]);
  });

  it('multiplies and inverts as FIPS 197 §4.2 and §5.1.1 say', () => {
    expect(multiply(0x57, 0x83)).toBe(0xc1);
    expect(multiply(0x57, 0x13)).toBe(0xfe);
    expect(inverse(0x53)).toBe(0xca);
  });

  it('has an inverse of everything but 0', () => {
    expect(BYTES.map((value) => longhand(value, inverse(value)))).toEqual([0, ...Array<number>(255).fill(1)]);
  });
});

describe('sharing a secret', () => {
  it('opens the published shares of draft-mcgrew-tss-03 §9', () => {
    const published = [
      { index: 1, value: Buffer.from('b9fa07e185', 'hex') },
      { index: 2, value: Buffer.from('f5409b4511', 'hex') },
    ];
    expect(interpolate(published).toString('hex')).toBe('7465737400');
  });

  it('deals the published shares again from their polynomial', () => {
    const secret = Buffer.from('7465737400', 'hex');
    const coefficients = Buffer.from('b9fa07e185', 'hex').map((value, byte) => value ^ (secret[byte] ?? 0));
    expect(split(secret, 2, 2, coefficients).map(({ value }) => Buffer.from(value).toString('hex'))).toEqual([
      'b9fa07e185',
      'f5409b4511',
    ]);
  });

  it('finds the constant that trying every polynomial finds', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const places = fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(places, byte, byte, ([x = 1, z = 2], y, w) => {
        const points = [
          { index: x, value: Uint8Array.of(y) },
          { index: z, value: Uint8Array.of(w) },
        ];
        expect(
          bruteForce([
            [x, y],
            [z, w],
          ]),
        ).toEqual([...interpolate(points)]);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the secret to any k of n, in any order', () => {
    const cases = fc
      .record({ count: fc.integer({ min: 2, max: 32 }), secret: fc.uint8Array({ minLength: 1, maxLength: 40 }) })
      .chain(({ count, secret }) =>
        fc.record({
          secret: fc.constant(secret),
          order: fc.shuffledSubarray(BYTES.slice(0, count), { minLength: count, maxLength: count }),
          threshold: fc.integer({ min: 2, max: count }),
          coefficients: fc.uint8Array({ minLength: 31 * secret.length, maxLength: 31 * secret.length }),
        }),
      );
    fc.assert(
      fc.property(cases, ({ secret, order, threshold, coefficients }) => {
        const points = split(secret, threshold, order.length, coefficients);
        const chosen = order.slice(0, threshold).flatMap((place) => points[place] ?? []);
        expect([...interpolate(chosen)]).toEqual([...secret]);
      }),
    );
  });

  it('tells k − 1 evaluators nothing: whatever the secret, each thing they can see comes of exactly one deal', () => {
    for (const secret of [0x00, 0x01, 0x74, 0xff]) {
      const two = BYTES.map((slope) => split(Uint8Array.of(secret), 2, 5, Uint8Array.of(slope))[4]?.value[0]);
      expect(new Set(two).size).toBe(256);
    }
    for (const secret of [0x00, 0xa5]) {
      const seen = new Set<number>();
      for (const slope of BYTES)
        for (const curve of BYTES) {
          const [first, , third] = split(Uint8Array.of(secret), 3, 3, Uint8Array.of(slope, curve));
          seen.add((first?.value[0] ?? 0) * 256 + (third?.value[0] ?? 0));
        }
      expect(seen.size).toBe(65_536);
    }
  });
});
