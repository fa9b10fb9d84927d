import { Readable } from 'node:stream';
import type { RegisterItem } from '#read-models';
import { addressOf } from '#web';

export const GEOJSON = 'application/geo+json; charset=utf-8';

/** The assets that have a position, as a map shows them (RFC 7946), written while they are read. How exact a point is, is said beside it. */
export function geoJsonOf(items: AsyncIterable<RegisterItem>, origin: string): Readable {
  return Readable.from(pieces(items, origin));
}

async function* pieces(items: AsyncIterable<RegisterItem>, origin: string): AsyncGenerator<string> {
  let before = '{"type":"FeatureCollection","features":[\n';
  let some = false;
  for await (const item of items) {
    const { latitude, longitude } = item;
    if (latitude === null || longitude === null) continue;
    yield before + JSON.stringify(feature(item, [longitude, latitude], origin));
    before = ',\n';
    some = true;
  }
  yield some ? '\n]}\n' : `${before}]}\n`;
}

function feature(item: RegisterItem, coordinates: readonly [longitude: number, latitude: number], origin: string): object {
  const { id, kind, category, title, phase, municipality, province, region, precision } = item;
  const page = origin + addressOf('en', { page: 'asset', id });
  const properties = { id, kind, category, title, phase, municipality, province, region, precision, page };
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates }, properties };
} // prettier-ignore
