import type { Map } from 'leaflet';
import { GRID, isNear, onGrid } from '../seen';
import type { Seen } from '../seen';

/** A view on the grid is up to half a step larger than the one it was, and a step is longer from north to south; in pixels, so that the map comes back as close as it was. */
export const FITTING = [-2 * GRID, -2 * GRID] as const;

const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** What the map shows, on the grid; it is asked for, listed and named in the address as this. */
function seenOf(shown: Map): Seen {
  const box = shown.getBounds();
  const bounds = {
    west: within(box.getWest(), 180),
    south: within(box.getSouth(), 85),
    east: within(box.getEast(), 180),
    north: within(box.getNorth(), 85),
  };
  return onGrid({ bounds, zoom: Math.floor(shown.getZoom()) });
}

/** What the map shows whenever it is asked. A map that comes back from an address, or moves by a hair, still shows what it did: nothing needs to be asked for anew. */
export function lookingAt(shown: Map, named: Seen | undefined): () => Seen {
  let seen = named;
  return () => {
    const now = seenOf(shown);
    seen = seen && isNear(seen, now) ? seen : now;
    return seen;
  };
}
