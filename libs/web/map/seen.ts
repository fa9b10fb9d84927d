import type { Bounds } from './geography';

/** The part of the map that is looked at, and how close (as of web maps: 0 shows the world, whole numbers). */
export interface Seen {
  readonly bounds: Bounds;
  readonly zoom: number;
}

/** How a view stands in an address; the names are those of the API. */
export interface SeenInAddress {
  readonly bbox?: string;
  readonly zoom?: string;
}

/** Views lie on a grid of so many pixels of their zoom, so that there is an end to them. */
export const GRID = 8;
/** Across the world at zoom 0, in pixels. */
const WORLD = 256;

const stepAt = (zoom: number): number => (360 * GRID) / (WORLD * 2 ** zoom);

/** True where two views on the grid differ by no more than rounding may make of one. */
export function isNear({ bounds: one, zoom }: Seen, { bounds: other, zoom: otherZoom }: Seen): boolean {
  const sides = ['west', 'south', 'east', 'north'] as const;
  return zoom === otherZoom && sides.every((side) => Math.abs(one[side] - other[side]) < stepAt(zoom) * 1.5);
}

/** The view on the grid of its zoom. What is rounded already stays as it is; a view narrower than the grid becomes one step wide. */
export function onGrid({ bounds: { west, south, east, north }, zoom }: Seen): Seen {
  const step = stepAt(zoom);
  const near = (degrees: number): number => Math.round(degrees / step);
  const between = (least: number, from: number, to: number): readonly [number, number] => {
    const start = Math.min(near(from), Math.floor(-least / step) - 1);
    return [degreesOf(start * step), degreesOf(Math.max(near(to), start + 1) * step)];
  };
  const [left, right] = between(-180, west, east);
  const [bottom, top] = between(-90, south, north);
  return { bounds: { west: left, south: bottom, east: right, north: top }, zoom };
}

/** To a metre, and in few letters. */
const degreesOf = (value: number): number => Number(value.toFixed(5));

/** A view as its address says it. */
export const seenInAddress = ({ bounds: { west, south, east, north }, zoom }: Seen): Required<SeenInAddress> => ({
  bbox: [west, south, east, north].join(','),
  zoom: String(zoom),
});
