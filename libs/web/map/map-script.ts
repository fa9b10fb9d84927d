import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geography, Outline } from './geography';

/** A file the map's page loads; its path changes with its content, so that it may be kept for ever. */
export interface MapFile {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  /** For the `integrity` of its element (W3C Subresource Integrity). */
  readonly integrity: string;
}

export interface MapFiles {
  readonly script: MapFile;
  readonly style: MapFile;
  readonly outlines: MapFile;
}

/** Where scripts/bundle.mjs puts them: beside this file once compiled, in dist when this runs from its sources. */
const places = [join(__dirname, 'browser'), join(__dirname, '../../../dist/libs/web/map/browser')];

/** Undefined where they were not built: the page then has its picture. */
export function mapFiles(geography: Geography): MapFiles | undefined {
  const place = places.find((folder) => existsSync(join(folder, 'map.bundle.js')));
  if (place === undefined) return undefined;
  const read = (name: string): Buffer => readFileSync(join(place, name));
  return {
    script: fileOf('script', 'js', 'text/javascript; charset=utf-8', read('map.bundle.js')),
    style: fileOf('style', 'css', 'text/css; charset=utf-8', read('map.bundle.css')),
    outlines: fileOf('outlines', 'json', 'application/geo+json', Buffer.from(JSON.stringify(geoJsonOf(geography)))),
  };
}

function fileOf(name: string, ending: string, type: string, body: Buffer): MapFile {
  const hash = createHash('sha256').update(body).digest();
  const path = `/assets/map/${name}.${hash.toString('base64url').slice(0, 12)}.${ending}`;
  return { path, type, body, integrity: `sha256-${hash.toString('base64')}` };
}

/** The outlines as GeoJSON: provinces, then regions, which are drawn over them. */
function geoJsonOf({ provinces, regions }: Geography): object {
  return {
    type: 'FeatureCollection',
    features: [
      ...[...provinces.values()].map((outline) => featureOf('province', outline)),
      ...[...regions.values()].map((outline) => featureOf('region', outline)),
    ],
  };
}

const featureOf = (level: string, { code, rings }: Outline): object => ({
  type: 'Feature',
  properties: { level, code },
  geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [[...ring, ring[0]]]) },
});
