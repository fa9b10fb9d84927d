import italy from './outlines/it.json';

/** Degrees (WGS 84): longitude, latitude. */
export type Position = readonly [number, number];

/** West, south, east, north, in degrees. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export const areaLevels = ['region', 'province', 'municipality'] as const;
export type AreaLevel = (typeof areaLevels)[number];

export interface Outline {
  readonly code: string;
  readonly name: string;
  /** The region a province lies in. */
  readonly region?: string;
  /** Closed lines; the first point is not repeated. */
  readonly rings: readonly (readonly Position[])[];
  readonly bounds: Bounds;
  /** The middle of its largest part. */
  readonly centre: Position;
}

/** Where the areas of a country lie. What is drawn comes from here; the names shown are those of the register. */
export interface Geography {
  readonly regions: ReadonlyMap<string, Outline>;
  readonly provinces: ReadonlyMap<string, Outline>;
  /** Centres by official code. */
  readonly municipalities: ReadonlyMap<string, Position>;
  readonly bounds: Bounds;
  /** Whom the outlines are from, as their licence asks. */
  readonly source: { readonly name: string; readonly licence: string; readonly href: string };
}

/** How the file says it (see outlines/LICENCE.md): thousandths of a degree, each point as the difference from the one before. */
interface Packed {
  readonly code: string;
  readonly name: string;
  readonly region?: string;
  readonly rings: readonly (readonly number[])[];
}

const SCALE = 1000;

const known = new Map<string, Geography>();
const files: Readonly<
  Record<
    string,
    {
      readonly regions: readonly Packed[];
      readonly provinces: readonly Packed[];
      readonly municipalities: readonly (readonly (string | number)[])[];
    }
  >
> = { IT: italy };

/** The geography of a country by its ISO 3166-1 code; undefined for one whose outlines we do not have. Made once. */
export function geographyOf(country: string): Geography | undefined {
  const file = files[country];
  if (!file) return undefined;
  const made = known.get(country) ?? madeOf(file);
  known.set(country, made);
  return made;
}

function madeOf({ regions, provinces, municipalities }: NonNullable<(typeof files)[string]>): Geography {
  const outlines = regions.map(outlineOf);
  return {
    regions: byCode(outlines),
    provinces: byCode(provinces.map(outlineOf)),
    municipalities: new Map(
      municipalities.map(([code, x, y]) => [String(code), [Number(x) / SCALE, Number(y) / SCALE] as const]),
    ),
    bounds: around(outlines.map(({ bounds }) => bounds)),
    source: { name: 'Istat, Openpolis', licence: 'CC BY 4.0', href: 'https://creativecommons.org/licenses/by/4.0/' },
  };
}

const byCode = (outlines: readonly Outline[]): ReadonlyMap<string, Outline> =>
  new Map(outlines.map((outline) => [outline.code, outline]));

function outlineOf({ code, name, region, rings: packed }: Packed): Outline {
  const rings = packed.map(unpacked);
  const largest = rings.reduce((best, ring) => (sizeOf(ring) > sizeOf(best) ? ring : best));
  const bounds = boundsOf(rings.flat());
  return { code, name, ...(region !== undefined && { region }), rings, bounds, centre: centreOf(largest) };
}

function unpacked(numbers: readonly number[]): Position[] {
  const points: Position[] = [];
  let [x, y] = [0, 0];
  for (let place = 0; place < numbers.length; place += 2) {
    x += numbers[place]!;
    y += numbers[place + 1]!;
    points.push([x / SCALE, y / SCALE]);
  }
  return points;
}

const crossesOf = (ring: readonly Position[]): [Position, Position, number][] =>
  ring.map((from, place) => {
    const to = ring[(place + 1) % ring.length]!;
    return [from, to, from[0] * to[1] - to[0] * from[1]];
  });

const signedSize = (ring: readonly Position[]): number =>
  crossesOf(ring).reduce((sum, [, , cross]) => sum + cross, 0) / 2;
const sizeOf = (ring: readonly Position[]): number => Math.abs(signedSize(ring));

/** The centroid of an area with one border. */
function centreOf(ring: readonly Position[]): Position {
  const six = signedSize(ring) * 6;
  const [x, y] = crossesOf(ring).reduce(
    ([sumX, sumY], [from, to, cross]) => [sumX + (from[0] + to[0]) * cross, sumY + (from[1] + to[1]) * cross],
    [0, 0],
  );
  return [x / six, y / six];
}

export function boundsOf(points: readonly Position[]): Bounds {
  return around(points.map(([x, y]) => ({ west: x, south: y, east: x, north: y })));
}

const around = (all: readonly Bounds[]): Bounds =>
  all.reduce((one, other) => ({
    west: Math.min(one.west, other.west),
    south: Math.min(one.south, other.south),
    east: Math.max(one.east, other.east),
    north: Math.max(one.north, other.north),
  }));

/** Where an area's assets are drawn that have no position of their own; undefined where its place is not known. */
export function centreOfArea(geography: Geography, level: AreaLevel, code: string): Position | undefined {
  if (level === 'municipality') return geography.municipalities.get(code);
  return (level === 'region' ? geography.regions : geography.provinces).get(code)?.centre;
}

/** The codes of the areas whose centre lies in a view. */
export function areasWithin(geography: Geography, level: AreaLevel, bounds: Bounds): string[] {
  const codes = { region: geography.regions, province: geography.provinces, municipality: geography.municipalities };
  return [...codes[level].keys()].filter((code) => {
    const centre = centreOfArea(geography, level, code);
    return centre !== undefined && isWithin(bounds, centre);
  });
}

export const isWithin = ({ west, south, east, north }: Bounds, [x, y]: Position): boolean =>
  x >= west && x <= east && y >= south && y <= north;

/** What a map of these areas has to show: the smallest area chosen, or the whole country. */
export function boundsOfArea(
  geography: Geography,
  { region, province, municipality }: Readonly<Partial<Record<AreaLevel, string | undefined>>>,
): Bounds {
  const centre = municipality === undefined ? undefined : geography.municipalities.get(municipality);
  if (centre) {
    const [x, y] = centre;
    return { west: x - 0.08, south: y - 0.06, east: x + 0.08, north: y + 0.06 };
  }
  const outline =
    (province === undefined ? undefined : geography.provinces.get(province)) ??
    (region === undefined ? undefined : geography.regions.get(region));
  return outline?.bounds ?? geography.bounds;
}
