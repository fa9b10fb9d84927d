import { Readable } from 'node:stream';
import { registerItems } from '#read-models';
import type { ReadDatabase, RegisterItem, Row } from '#read-models';
import { addressOf } from '#web';
import { mapped } from './tables';

export const GEOJSON = 'application/geo+json; charset=utf-8';

/** The assets that have a position, as a map shows them (RFC 7946), written while they are read. How exact a point is, is said beside it. */
export const geoJsonOf = (items: AsyncIterable<RegisterItem>, origin: string): Readable =>
  Readable.from(pieces(mapped(items, (item) => pointOf(item, item.id, propertiesOf(item), origin))));

/** The rows of a report whose asset has a position today, each with what its table says of it; a row about no asset is on no map. */
export const rowsAsGeoJson = (
  database: ReadDatabase,
  rows: AsyncIterable<Row>,
  said: (row: Row) => object,
  origin: string,
): Readable => Readable.from(pieces(placed(database, rows, said, origin)));

const AT_ONCE = 500;

async function* placed(
  database: ReadDatabase,
  rows: AsyncIterable<Row>,
  said: (row: Row) => object,
  origin: string,
): AsyncGenerator<object | undefined> {
  let some: Row[] = [];
  async function* points(): AsyncGenerator<object | undefined> {
    const items = await registerItems(database, [...new Set(some.map(assetIn).filter((id) => id !== undefined))]);
    for (const row of some) {
      const item = items.get(assetIn(row) ?? '');
      if (item) yield pointOf(item, undefined, { ...said(row), precision: item.precision }, origin);
    }
    some = [];
  }
  for await (const row of rows) if (some.push(row) === AT_ONCE) yield* points();
  yield* points();
}

const assetIn = ({ asset }: Row): string | undefined => (typeof asset === 'string' ? asset : undefined);

async function* pieces(features: AsyncIterable<object | undefined>): AsyncGenerator<string> {
  let before = '{"type":"FeatureCollection","features":[\n';
  let some = false;
  for await (const feature of features) {
    if (feature === undefined) continue;
    yield before + JSON.stringify(feature);
    before = ',\n';
    some = true;
  }
  yield some ? '\n]}\n' : `${before}]}\n`;
}

/** Undefined where no position is published. */
function pointOf(
  { id, latitude, longitude }: RegisterItem,
  name: string | undefined,
  said: object,
  origin: string,
): object | undefined {
  if (latitude === null || longitude === null) return undefined;
  const properties = { ...said, page: origin + addressOf('en', { page: 'asset', id }) };
  const geometry = { type: 'Point', coordinates: [longitude, latitude] };
  return { type: 'Feature', ...(name !== undefined && { id: name }), geometry, properties };
}

function propertiesOf(item: RegisterItem): object {
  const { id, kind, category, title, phase, municipality, province, region, precision } = item;
  return { id, kind, category, title, phase, municipality, province, region, precision };
}
