import { Readable } from 'node:stream';
import { registerItems } from '#read-models';
import type { ReadDatabase, RegisterItem, Row } from '#read-models';
import { addressOf } from '#web';
import { mapped } from './tables';

export const GEOJSON = 'application/geo+json; charset=utf-8';

/** The assets that have a position, as a map shows them (RFC 7946), written while they are read. How exact a point is, is said beside it. */
export const geoJsonOf = (items: AsyncIterable<RegisterItem>, origin: string): Readable =>
  Readable.from(pieces(mapped(items, (item) => pointOf(item, item.id, propertiesOf(item), origin))));

/** Something that is told of an asset: a movement of money, a call that is for it. */
export interface ToldOfAsset {
  readonly asset: string;
  readonly says: object;
}

/** What is told of assets that have a position today, each a point with what it says; the others are on no map. */
export const pointsOf = (database: ReadDatabase, told: AsyncIterable<ToldOfAsset>, origin: string): Readable =>
  Readable.from(pieces(placed(database, told, origin)));

/** What the rows of a report tell of their assets; a row about no asset tells of none. */
export async function* toldInRows(rows: AsyncIterable<Row>, said: (row: Row) => object): AsyncGenerator<ToldOfAsset> {
  for await (const row of rows) if (typeof row.asset === 'string') yield { asset: row.asset, says: said(row) };
}

const AT_ONCE = 500;

async function* placed(
  database: ReadDatabase,
  told: AsyncIterable<ToldOfAsset>,
  origin: string,
): AsyncGenerator<object | undefined> {
  for await (const some of inSome(told)) {
    const items = await registerItems(database, [...new Set(some.map(({ asset }) => asset))]);
    for (const { asset, says } of some) {
      const item = items.get(asset);
      if (item) yield pointOf(item, undefined, { ...says, precision: item.precision }, origin);
    }
  }
}

/** Some hundreds at a time. */
export async function* inSome<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let some: Item[] = [];
  for await (const item of items) {
    some.push(item);
    if (some.length < AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

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
