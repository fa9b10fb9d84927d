import { inverse, multiply } from './gf256';

/** One point of the polynomials: where (1 to 255), and the value of each byte's polynomial there. */
export interface Point {
  readonly index: number;
  readonly value: Uint8Array;
}

/**
 * Shares of a secret at 1 … count, after Shamir (1979), byte by byte. Any `threshold` of them give the secret; fewer are, whatever the
 * secret, uniformly distributed. `coefficients` are (threshold − 1) × length of the secret unpredictable bytes.
 */
export function split(secret: Uint8Array, threshold: number, count: number, coefficients: Uint8Array): Point[] {
  return Array.from({ length: count }, (_, place) => {
    const index = place + 1;
    const value = secret.map((constant, byte) => {
      let sum = 0;
      for (let degree = threshold - 1; degree > 0; degree--)
        sum = multiply(sum ^ (coefficients[(degree - 1) * secret.length + byte] ?? 0), index);
      return sum ^ constant;
    });
    return { index, value };
  });
}

/** The secret: Lagrange's interpolation at 0. The points are as many as the threshold, of one length, no two at one index. */
export function interpolate(points: readonly Point[]): Buffer {
  const secret = Buffer.alloc(points[0]?.value.length ?? 0);
  for (const { index, value } of points) {
    let weight = 1;
    for (const other of points)
      if (other.index !== index) weight = multiply(weight, multiply(other.index, inverse(other.index ^ index)));
    for (let byte = 0; byte < secret.length; byte++)
      secret[byte] = (secret[byte] ?? 0) ^ multiply(weight, value[byte] ?? 0);
  }
  return secret;
}
