import type { RegisterView } from '../register/view';
import type { AreaLevel, Geography } from './geography';
import type { Seen } from './seen';

/** How many assets an area has. */
export interface AreaCount {
  /** Official code; empty for the assets whose area is not known. */
  readonly code: string;
  readonly name: string;
  readonly assets: number;
  /** How many of them have a published position of their own. */
  readonly located: number;
}

/** What the page of the map shows: the register's list and, of the same assets, how many lie where. */
export interface MapView {
  readonly list: RegisterView;
  /** The part of the map whose assets are listed; undefined where all are. */
  readonly seen?: Seen;
  /** What the counts are of: regions of the country, provinces of a region, municipalities of a province. */
  readonly level: AreaLevel;
  readonly areas: readonly AreaCount[];
  /** Words find more than were counted by area. */
  readonly isMinimum: boolean;
  /** Undefined for a country whose outlines we do not have: the page then has the table and the list. */
  readonly geography?: Geography;
  /** What the map with script needs; undefined where it was not built: the page then has the picture. */
  readonly script?: MapScript;
}

export interface MapScript {
  readonly path: string;
  /** For the `integrity` of its element. */
  readonly integrity: string;
  readonly style: string;
  /** Where the outlines lie. */
  readonly outlines: string;
  /** Where pictures of the ground come from; none unless the operator says so. */
  readonly tiles?: MapTiles;
}

export interface MapTiles {
  /** Address of a tile, with {z}, {x} and {y}. */
  readonly url: string;
  /** Whom they are from, as their licence asks. */
  readonly attribution: string;
}

/** The areas that are counted where these are chosen. */
export function levelBelow({
  region,
  province,
}: {
  readonly region?: string | undefined;
  readonly province?: string | undefined;
}): AreaLevel {
  if (region === undefined && province === undefined) return 'region';
  return province === undefined ? 'province' : 'municipality';
}

/** What chooses one of the counted areas, besides what is chosen already. */
export const chooses = (level: AreaLevel, code: string): Readonly<Partial<Record<AreaLevel, string>>> => ({
  [level]: code,
});
