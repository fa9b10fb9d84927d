/**
 * GF(2^8) modulo x^8 + x^4 + x^3 + x + 1, the field of AES (FIPS 197 §4). Without tables and without branches on the operands, so that
 * neither cache nor branch predictor tells secrets. An engine promises no constant time; this gives it no reason to vary.
 */
const REDUCTION = 0x1b;

/** Both 0 to 255. Addition and subtraction are `^`. */
export function multiply(one: number, other: number): number {
  let product = 0;
  let factor = one;
  for (let bit = 0; bit < 8; bit++) {
    product ^= -((other >> bit) & 1) & factor;
    factor = ((factor << 1) & 0xff) ^ (-(factor >> 7) & REDUCTION);
  }
  return product;
}

/** The 254th power: the inverse, and 0 for 0. */
export function inverse(value: number): number {
  let power = value;
  for (let step = 0; step < 6; step++) power = multiply(multiply(power, power), value);
  return multiply(power, power);
}
