import { assetsByArea, AREAS_AT_ONCE, clustersIn } from '#read-models';
import type { AreaCounts, Cluster, MapQuery, Marks, RegisterItem } from '#read-models';
import { areasWithin, centreOfArea, geographyOf } from '#web';
import type { AreaLevel, Bounds, Geography } from '#web';
import type { KeptAnswers } from './kept-answers';
import type { Reading } from './reading';
import { orBuilding } from './reading';

/** From this zoom on a view is shown by the positions of the assets. */
const POSITIONS_FROM = 12;
const PROVINCES_FROM = 7;
const MUNICIPALITIES_FROM = 9;

export interface Feature {
  readonly type: 'Feature';
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly [number, number] };
  readonly properties: AreaProperties | ClusterProperties;
}

/** Assets counted at the middle of an area: all of them, or, among positions, those without one. */
interface AreaProperties {
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  readonly assets: number;
  readonly located: number;
}

/** Assets at or around a published position. */
interface ClusterProperties {
  readonly level: 'position';
  readonly assets: number;
  readonly items?: readonly NamedAsset[];
}

type NamedAsset = Pick<RegisterItem, 'id' | 'kind' | 'category' | 'subcategory' | 'title' | 'phase'>;

export interface MapFeatures {
  readonly type: 'FeatureCollection';
  /** What the view is shown by. */
  readonly level: AreaLevel | 'position';
  readonly features: readonly Feature[];
  /** Words find more than were counted. */
  readonly isMinimum: boolean;
  readonly position: number;
}

/** The counts of the regions or provinces are the same for every view, and are kept. */
export type KeptCounts = KeptAnswers<AreaCounts>;

/** What lies in a view of the map. Throws RequestFailed while the register is being built. */
export async function mapFeatures(
  reading: Reading,
  counts: KeptCounts,
  bounds: Bounds,
  zoom: number,
  query: MapQuery,
  position: number,
): Promise<MapFeatures> {
  const geography = geographyOf(reading.profile.country);
  const found =
    zoom < POSITIONS_FROM || query.asOf !== undefined
      ? undefined
      : await orBuilding(clustersIn(reading.database, bounds, zoom, query));
  const level = geography && levelAt(geography, bounds, zoom, query);
  const areas = geography && level && (await areasIn(reading, counts, geography, level, bounds, query, position));
  const marks = areas ? areaFeatures(geography, level, areas, bounds) : [];
  const isMinimum = areas?.isMinimum ?? false;
  const since = Math.min(...[found?.position, areas?.position].filter((each) => each !== undefined), position);
  if (!found) {
    return { type: 'FeatureCollection', level: level ?? 'position', features: marks, isMinimum, position: since };
  }
  const features = [...found.clusters.map(clusterFeature), ...marks.flatMap(withoutPosition)];
  return { type: 'FeatureCollection', level: 'position', features, isMinimum, position: since };
}

/** What the features of a view stand for, for a list of the same assets. */
export function marksIn({ features, level }: MapFeatures, bounds: Bounds): Marks {
  const areas = features.flatMap(({ properties }) => (properties.level === 'position' ? [] : [properties]));
  return {
    level: areas[0]?.level ?? 'municipality',
    areas: areas.map(({ code, assets }) => ({ code, assets })),
    ...(level === 'position' && { positions: bounds }),
  };
}

/** How many assets a view shows. */
export const shownIn = ({ features }: MapFeatures): number =>
  features.reduce((sum, { properties }) => sum + properties.assets, 0);

/** The smallest areas that are far enough apart on the screen, and few enough to be asked for; of another day municipalities are counted within a province alone. */
function levelAt(geography: Geography, bounds: Bounds, zoom: number, query: MapQuery): AreaLevel {
  if (zoom < PROVINCES_FROM) return 'region';
  if (query.asOf !== undefined && query.province_code === undefined) return 'province';
  const few = zoom >= MUNICIPALITIES_FROM && areasWithin(geography, 'municipality', bounds).length <= AREAS_AT_ONCE;
  return few ? 'municipality' : 'province';
}

async function areasIn(
  { database }: Reading,
  counts: KeptCounts,
  geography: Geography,
  level: AreaLevel,
  bounds: Bounds,
  query: MapQuery,
  position: number,
): Promise<AreaCounts> {
  if (level === 'municipality') {
    return orBuilding(assetsByArea(database, level, query, areasWithin(geography, level, bounds)));
  }
  const question = JSON.stringify([level, Object.entries(query).sort()]);
  const { answer } = await orBuilding(counts.to(question, position, () => assetsByArea(database, level, query)));
  return answer;
}

function areaFeatures(
  geography: Geography | undefined,
  level: AreaLevel | undefined,
  { areas }: AreaCounts,
  bounds: Bounds,
): (Feature & { readonly properties: AreaProperties })[] {
  if (!geography || !level) return [];
  const within = new Set(areasWithin(geography, level, bounds));
  return areas.flatMap(({ code, name, assets, located }) => {
    const coordinates = within.has(code) ? centreOfArea(geography, level, code) : undefined;
    if (!coordinates) return [];
    const properties = { level, code, name, assets, located };
    return [{ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates }, properties }];
  });
}

/** Beside the positions, an area stands for those of its assets that have none. */
function withoutPosition(feature: Feature & { readonly properties: AreaProperties }): Feature[] {
  const { assets, located } = feature.properties;
  return assets > located ? [{ ...feature, properties: { ...feature.properties, assets: assets - located } }] : [];
}

const clusterFeature = ({ assets, longitude, latitude, items }: Cluster): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [rounded(longitude), rounded(latitude)] },
  properties: { level: 'position', assets, ...(items && { items: items.map(nameOf) }) },
});

/** To a tenth of a metre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

const nameOf = ({ id, kind, category, subcategory, title, phase }: RegisterItem): NamedAsset => ({
  id,
  kind,
  category,
  subcategory,
  title,
  phase,
});
