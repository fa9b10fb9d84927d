import { assetsByArea, positionOf } from '#read-models';
import type { AreaCounts, Facet } from '#read-models';
import { geographyOf, levelBelow } from '#web';
import type { MapScript, MapView } from '#web';
import type { KeptAnswers } from '../kept-answers';
import { orBuilding } from '../reading';
import type { Reading } from '../reading';
import { mapQueryOf } from '../register-query';
import type { RegisterDto } from '../register-query';
import { registerView } from './register-view';

const allOf = (areas: AreaCounts['areas']): number => areas.reduce((sum, { assets }) => sum + assets, 0);

/** Everything the map's page shows, and the log position it is true for in all its parts. */
export async function mapView(
  reading: Reading,
  facets: KeptAnswers<Facet[]>,
  counts: KeptAnswers<AreaCounts>,
  dto: RegisterDto,
  script: MapScript | undefined,
): Promise<{ readonly view: MapView; readonly since: number }> {
  const { view: list, since } = await registerView(reading, facets, dto);
  const level = levelBelow(dto);
  const query = mapQueryOf(dto, reading.now());
  const question = JSON.stringify([level, Object.entries(query).sort()]);
  const position = await positionOf(reading.database);
  const counted = await orBuilding(
    counts.to(question, position, () => assetsByArea(reading.database, level, query), dto.after),
  );
  const { areas, isMinimum } = counted.answer;
  const geography = geographyOf(reading.profile.country);
  const view = {
    // All that a day had is counted by area, while the list stops counting.
    list: {
      ...list,
      page: 'map' as const,
      ...(query.asOf !== undefined && { total: allOf(areas), totalIsMinimum: false }),
    },
    level,
    areas,
    isMinimum,
    ...(geography && { geography }),
    ...(script && { script }),
  };
  return { view, since: Math.min(since, counted.position) };
}
