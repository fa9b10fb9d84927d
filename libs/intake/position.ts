import { toWgs84 } from './coordinate-systems';
import type { MappingProfile, PositionSource } from './profile';
import { RowRefused, cell } from './row';
import type { Cells, Remark } from './row';

/** A position as the log keeps it. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: PositionSource['precision']['otherwise'];
}

/** Six decimals are a tenth of a metre, finer than any change of datum, and the same number on every machine. */
const DECIMALS = 1e6;

/**
 * The WGS 84 position of a row whose source gives plane coordinates. Undefined where the source gives none, or, with a warning, a point outside
 * the area it is about: swapped or mistyped coordinates would put an asset into the sea. A coordinate that is no number refuses the row.
 */
export function positionOf(
  source: PositionSource,
  cells: Cells,
  profile: MappingProfile,
  warnings: Remark[],
): Position | undefined {
  const { east, north, within, crs } = source;
  if (cell(cells, east) === '' || cell(cells, north) === '') return undefined;
  const { definition = '' } = profile.coordinateSystems?.[crs] ?? {};
  const [x, y] = toWgs84(definition, metres(cells, east), metres(cells, north));
  const inside = y >= within.south && y <= within.north && x >= within.west && x <= within.east;
  if (inside) {
    return { latitude: rounded(y), longitude: rounded(x), precision: precisionOf(source.precision, cells) };
  }
  const area = `latitude ${within.south} to ${within.north}, longitude ${within.west} to ${within.east}`;
  const reason = `The point lies outside the area this source is about (${area}); left out.`;
  warnings.push({ column: `${north}, ${east}`, value: `${cell(cells, north)}, ${cell(cells, east)}`, reason });
  return undefined;
}

function metres(cells: Cells, column: string): number {
  const value = cell(cells, column);
  if (!/^-?\d{1,9}([.,]\d{1,12})?$/.test(value))
    throw new RowRefused({ column, value, reason: 'Not a coordinate in metres.' });
  return Number(value.replace(',', '.'));
}

const rounded = (degrees: number): number => Math.round(degrees * DECIMALS) / DECIMALS;

/** The first case that holds; a source never claims more than it says. */
function precisionOf({ cases, otherwise }: PositionSource['precision'], cells: Cells): Position['precision'] {
  return cases.find(({ column, matches }) => new RegExp(matches, 'iu').test(cell(cells, column)))?.is ?? otherwise;
}
