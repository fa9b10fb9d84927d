import { isCoordinateSystem, toWgs84 } from './coordinate-systems';
import { mappingProfile } from './profile';

const METRES_PER_DEGREE = 111_320;

function metresApart(
  [east, north]: readonly [number, number],
  [otherEast, otherNorth]: readonly [number, number],
): number {
  const x = (east - otherEast) * METRES_PER_DEGREE * Math.cos((north * Math.PI) / 180);
  return Math.hypot(x, (north - otherNorth) * METRES_PER_DEGREE);
}

describe('a coordinate system', () => {
  const { definition } = mappingProfile('it-toscana').coordinateSystems!['EPSG:3003']!;

  it('puts Gauss-Boaga west (EPSG:3003) where others put it, within the 4 m of its change of datum', () => {
    // Cusago, as the tests of the geometry library SearchAThing (devel0/netcore-sci) give it in EPSG:4326 and EPSG:3003.
    expect(metresApart(toWgs84(definition, 1502699.63, 5032780.63), [9.034168, 45.448365])).toBeLessThan(4);
  });

  it('is wrong by more than 50 m without the change of datum, so that the check above means something', () => {
    const without = definition.replace(/\+towgs84=\S+/, '');
    expect(metresApart(toWgs84(without, 1502699.63, 5032780.63), [9.034168, 45.448365])).toBeGreaterThan(50);
  });

  it('is known by its definition', () => {
    expect([isCoordinateSystem(definition), isCoordinateSystem('+proj=nonsense')]).toEqual([true, false]);
  });
});
