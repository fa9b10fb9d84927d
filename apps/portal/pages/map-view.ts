import { assetsByArea, positionOf, registerSliceIn } from '#read-models';
import type { AreaCounts, Facet } from '#read-models';
import { geographyOf, levelBelow } from '#web';
import type { MapScript, MapView, Seen } from '#web';
import type { KeptAnswers } from '../kept-answers';
import { mapFeatures, marksIn, shownIn } from '../map-features';
import { orBuilding } from '../reading';
import type { Reading } from '../reading';
import { mapQueryOf } from '../register-query';
import type { RegisterDto } from '../register-query';
import { registerView } from './register-view';
import type { Listing } from './register-view';

const allOf = (areas: AreaCounts['areas']): number => areas.reduce((sum, { assets }) => sum + assets, 0);

/** The assets of a view: those its marks stand for, and so many as they say. */
const listIn =
  (reading: Reading, counts: KeptAnswers<AreaCounts>, dto: RegisterDto, { bounds, zoom }: Seen): Listing =>
  async (question, position) => {
    const asked = mapQueryOf(dto, (day) => reading.at(day));
    const features = await mapFeatures(reading, counts, bounds, zoom, asked, position);
    const page = await registerSliceIn(reading.database, marksIn(features, bounds), question);
    const answer = { total: shownIn(features), totalIsMinimum: features.isMinimum };
    return { page, total: { answer, position: features.position } };
  };

/** Everything the map's page shows, the list of a view of it where one is asked about, and the log position it is true for in all its parts. */
export async function mapView(
  reading: Reading,
  facets: KeptAnswers<Facet[]>,
  counts: KeptAnswers<AreaCounts>,
  dto: RegisterDto,
  script: MapScript | undefined,
  asked: Seen | undefined,
): Promise<{ readonly view: MapView; readonly since: number }> {
  const geography = geographyOf(reading.profile.country);
  // Nothing is drawn of a country whose outlines we do not have, and so no part of it can be looked at.
  const seen = geography && asked;
  const listing = seen && listIn(reading, counts, dto, seen);
  const { view: list, since } = await registerView(reading, facets, dto, listing);
  const level = levelBelow(dto);
  const query = mapQueryOf(dto, (day) => reading.at(day));
  const question = JSON.stringify([level, Object.entries(query).sort()]);
  const position = await positionOf(reading.database);
  const counted = await orBuilding(
    counts.to(question, position, () => assetsByArea(reading.database, level, query), dto.after),
  );
  const { areas, isMinimum } = counted.answer;
  const view = {
    // All that a day had is counted by area, while the list stops counting.
    list: {
      ...list,
      page: 'map' as const,
      ...(query.asOf !== undefined && !seen && { total: allOf(areas), totalIsMinimum: false }),
    },
    ...(seen && { seen }),
    level,
    areas,
    isMinimum,
    ...(geography && { geography }),
    ...(script && { script }),
  };
  return { view, since: Math.min(since, counted.position) };
}
