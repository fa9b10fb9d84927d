import proj4 from 'proj4';

const converters = new Map<string, proj4.Converter>();

/** Longitude and latitude (WGS 84, degrees) of a point in the system a proj4 definition describes. Throws where proj4 does not understand it. */
export function toWgs84(definition: string, east: number, north: number): readonly [number, number] {
  const converter = converters.get(definition) ?? proj4(definition, 'WGS84');
  converters.set(definition, converter);
  const [longitude = NaN, latitude = NaN] = converter.forward([east, north]);
  return [longitude, latitude];
}

/** Whether proj4 understands the definition. */
export function isCoordinateSystem(definition: string): boolean {
  try {
    return toWgs84(definition, 0, 0).length === 2;
  } catch {
    return false;
  }
}
