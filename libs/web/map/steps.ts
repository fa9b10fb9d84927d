/** How many shades an area can have, besides that of one without assets. */
export const SHADES = 5;

/** The most assets of each shade, the last being the most of all: steps grow, for a few areas have most of the assets. */
export function stepsUpTo(most: number): number[] {
  const steps = Array.from({ length: SHADES }, (_, place) => Math.ceil((most * (place + 1) ** 2) / SHADES ** 2));
  return [...new Set(steps)].filter((step) => step > 0);
}

/** The shade of a number, from 1; 0 for none. */
export function shadeOf(assets: number, steps: readonly number[]): number {
  if (assets <= 0) return 0;
  const place = steps.findIndex((step) => assets <= step);
  return place === -1 ? steps.length : place + 1;
}
