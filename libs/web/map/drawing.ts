import { boundsOf } from './geography';
import type { Outline, Position } from './geography';

/** The drawing is so many units wide or high, whichever is more. */
const SIZE = 1000;
const MARGIN = 12;

/** Puts positions on a flat drawing as web maps do (Web Mercator), so that the picture and the map with script show the same shapes. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly place: (position: Position) => readonly [number, number];
  /** The outline as the `d` of an SVG path. */
  readonly path: (outline: Outline) => string;
}

const northing = (latitude: number): number => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));

/** A drawing in which all these outlines have room. */
export function drawingOf(outlines: readonly Outline[]): Drawing {
  const { west, south, east, north } = boundsOf(
    outlines.flatMap(({ bounds }): Position[] => [
      [bounds.west, bounds.south],
      [bounds.east, bounds.north],
    ]),
  );
  const [bottom, top] = [northing(south), northing(north)];
  const wide = ((east - west) * Math.PI) / 180;
  const scale = (SIZE - 2 * MARGIN) / Math.max(wide, top - bottom);
  const place = ([x, y]: Position): readonly [number, number] => [
    Math.round(MARGIN + (((x - west) * Math.PI) / 180) * scale),
    Math.round(MARGIN + (top - northing(y)) * scale),
  ];
  return {
    width: Math.round(wide * scale) + 2 * MARGIN,
    height: Math.round((top - bottom) * scale) + 2 * MARGIN,
    place,
    path: ({ rings }) => rings.map((ring) => lineOf(ring.map(place))).join(''),
  };
}

/** Relative steps are the shorter text; points that fall together are left out. */
function lineOf(points: readonly (readonly [number, number])[]): string {
  let [x, y] = points[0] ?? [0, 0];
  let text = `M${x} ${y}l`;
  for (const [nextX, nextY] of points.slice(1)) {
    if (nextX === x && nextY === y) continue;
    const [dx, dy] = [nextX - x, nextY - y];
    text += `${dx < 0 || text.endsWith('l') ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`;
    [x, y] = [nextX, nextY];
  }
  return `${text}z`;
}
