import type { Column, Row, Table } from '../projection';

const text: Column = { type: 'text' };
const integer: Column = { type: 'integer' };
const real: Column = { type: 'real' };

/** Positions are kept as whole numbers of this many to the side of the world's square (Web Mercator, EPSG:3857): some nine metres. */
export const SIDE = 2 ** 22;
/** The world is cut into so many strips from north to south, some two kilometres each: an index goes through those of a view, from west to east. */
export const STRIPS = 2 ** 14;

/** Web Mercator knows no poles. */
const FARTHEST = 85.051_128;

const clamped = (value: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(value)));

/** Where a longitude lies, from west to east. */
export const xOf = (longitude: number): number => clamped(((longitude + 180) / 360) * SIDE, SIDE);

/** Where a latitude lies, from north to south. */
export function yOf(latitude: number): number {
  const sine = Math.sin((Math.min(FARTHEST, Math.max(-FARTHEST, latitude)) * Math.PI) / 180);
  return clamped((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * SIDE, SIDE);
}

/** The degrees of a place on that square, to some nine metres: longitude, latitude. */
export function degreesAt(x: number, y: number): readonly [number, number] {
  const northing = Math.PI * (1 - (2 * (y + 0.5)) / SIDE);
  return [((x + 0.5) / SIDE) * 360 - 180, (Math.atan(Math.sinh(northing)) * 180) / Math.PI];
}

export const stripOf = (y: number): number => Math.floor(y / (SIDE / STRIPS));

/** The assets whose own position is published: an indexed grid. */
export const mapPointsTable: Table = {
  name: 'map_points',
  columns: {
    id: text,
    strip: integer,
    x: integer,
    y: integer,
    latitude: real,
    longitude: real,
    kind: text,
    category: { type: 'text', nullable: true },
    phase: text,
    region_code: { type: 'text', nullable: true },
    province_code: { type: 'text', nullable: true },
    municipality_code: { type: 'text', nullable: true },
  },
  key: ['id'],
  // What a view with many asks for is in the index, so that the rows themselves need not be read.
  indexes: [['strip', 'x', 'y', 'kind', 'category', 'phase']],
};

/** A position that stands for a whole municipality is not the asset's own. */
export const isLocated = ({ latitude, precision }: Row): boolean =>
  typeof latitude === 'number' && precision !== 'municipality';

/** None for an asset without a position of its own. */
export function pointRow(row: Row): Row[] {
  const { latitude, longitude } = row;
  if (!isLocated(row) || typeof latitude !== 'number' || typeof longitude !== 'number') return [];
  const { id, kind, category, phase, region_code, province_code, municipality_code } = row;
  const y = yOf(latitude);
  const facts = { kind: kind!, category: category ?? null, phase: phase! };
  const area = {
    region_code: region_code ?? null,
    province_code: province_code ?? null,
    municipality_code: municipality_code ?? null,
  };
  return [{ id: id!, strip: stripOf(y), x: xOf(longitude), y, latitude, longitude, ...facts, ...area }];
}
