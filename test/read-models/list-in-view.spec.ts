import fc from 'fast-check';
import type { JsonObject } from '#domain';
import { italy } from '#domain';
import { ReadDatabase, positionOf, registerSlice, registerSliceIn } from '#read-models';
import type { AreaCounts, Bounds, MapQuery, ReadDatabaseSettings, RegisterItem } from '#read-models';
import { centreOfArea, geographyOf, isWithin, onGrid } from '#web';
import { KeptAnswers } from '../../apps/portal/kept-answers';
import { mapFeatures, marksIn, shownIn } from '../../apps/portal/map-features';
import { Reading } from '../../apps/portal/reading';
import { aPortal } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { onBothDatabases } from './databases';
import { mergedTown, places } from './places';

const ASSETS = 70;

const assets = fc.array(
  fc.record({
    location: fc.constantFrom(...places, mergedTown),
    kind: fc.constantFrom('real-estate', 'company'),
    title: fc.constantFrom('Casa al mare', 'Terreno'),
    // Some lie outside the middle of their municipality's view, or where another municipality is.
    position: fc.option(
      fc.record({
        latitude: fc.double({ min: 38.0, max: 38.2, noNaN: true }),
        longitude: fc.double({ min: 13.2, max: 13.5, noNaN: true }),
        precision: fc.constantFrom('exact', 'street', 'municipality'),
      }),
    ),
  }),
  { minLength: ASSETS, maxLength: ASSETS },
);

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Views of the country, of Sicily, and of Palermo's streets. */
const views = fc.oneof(
  fc.record({ west: between(5, 12), south: between(35, 37), wide: between(4, 14), high: between(2, 12), zoom: fc.integer({ min: 4, max: 6 }) }),
  fc.record({ west: between(12, 13.2), south: between(37, 38), wide: between(0.5, 3), high: between(0.5, 2), zoom: fc.integer({ min: 7, max: 11 }) }),
  fc.record({ west: between(13.15, 13.45), south: between(37.95, 38.15), wide: between(0.02, 0.3), high: between(0.02, 0.2), zoom: fc.integer({ min: 12, max: 16 }) }),
); // prettier-ignore

const questions = fc.constantFrom<MapQuery>(
  {}, {}, { kind: 'company' }, { kind: 'company', category: 'dwelling' }, { text: 'casa' }, { municipality_code: '082053' }, { phase: 'seized' }, { phase: 'sold' },
  { use_standing: 'not-stated' }, { asOf: '2014-01-01' }, { asOf: '2009-01-01' }, { idleUpTo: '2024-01-01' },
); // prettier-ignore

/** Whether an asset is of a question, read in its row alone. */
const asked = (item: RegisterItem, { kind, category, text, municipality_code, phase, asOf, use_standing, idleUpTo }: MapQuery): boolean =>
  (kind === undefined || item.kind === kind) && (category === undefined || item.category === category) && (text === undefined || /casa/i.test(item.title ?? '')) &&
  (municipality_code === undefined || item.municipality_code === municipality_code) && (phase === undefined || item.phase === phase) &&
  (asOf === undefined || asOf >= '2010-05-14') && (use_standing === undefined || item.use_standing === null) && idleUpTo === undefined; // prettier-ignore

/** Whether an asset lies in a view that is shown by a level. */
function liesIn(item: RegisterItem, level: 'region' | 'province' | 'municipality' | 'position', bounds: Bounds): boolean {
  const { latitude, longitude, precision } = item;
  if (level === 'position' && latitude !== null && longitude !== null && precision !== 'municipality') {
    return isWithin(bounds, [longitude, latitude]);
  }
  const area = level === 'position' ? 'municipality' : level;
  const code = item[`${area}_code`];
  const centre = code === null ? undefined : centreOfArea(geographyOf('IT')!, area, code);
  return centre !== undefined && isWithin(bounds, centre);
} // prettier-ignore

/** Positions are kept to some nine metres: of one right at the edge of a view both answers are right. */
const isAtEdge = ({ latitude, longitude }: RegisterItem, { west, south, east, north }: Bounds): boolean =>
  latitude !== null &&
  longitude !== null &&
  ([west, east].some((edge) => Math.abs(edge - longitude) < 0.0002) || [south, north].some((edge) => Math.abs(edge - latitude) < 0.0002)); // prettier-ignore

onBothDatabases((fresh) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let portal: TestPortal;
  let database: ReadDatabase;
  let all: readonly RegisterItem[];
  beforeAll(async () => {
    const settings: ReadDatabaseSettings = await fresh();
    portal = await aPortal(settings);
    database = await ReadDatabase.openForReading(settings);
    for (const [place, { position, ...facts }] of fc.sample(assets, { numRuns: 1, seed })[0]!.entries()) {
      const code = `V-${place}`;
      const data = { ...facts, category: facts.kind === 'company' ? undefined : 'dwelling', identifiers: [{ scheme: 'it-anbsc', id: code }], ...(position && { coordinates: position }) }; // prettier-ignore
      await portal.record(code, { command: 'record-seizure', on: '2010-05-14', data: JSON.parse(JSON.stringify(data)) as JsonObject }); // prettier-ignore
    }
    await portal.settled();
    all = (await registerSlice(database, { limit: 1000 })).items;
    expect(all).toHaveLength(ASSETS);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await portal.close();
  });

  /** The ids of a view, page by page to the end, and what lies before the last page. */
  async function listed(bounds: Bounds, zoom: number, query: MapQuery, limit: number) {
    const counts = new KeptAnswers<AreaCounts>();
    const features = await mapFeatures(new Reading(database, italy), counts, bounds, zoom, query, await positionOf(database)); // prettier-ignore
    const marks = marksIn(features, bounds);
    const pages: (readonly string[])[] = [];
    let after: string | undefined;
    let last: string | undefined;
    do {
      const page = await registerSliceIn(database, marks, { ...query, ...(after !== undefined && { after }), limit });
      pages.push(page.items.map(({ id }) => id));
      [after, last] = [page.next, page.previous];
    } while (after !== undefined);
    const before = last === undefined ? [] : (await registerSliceIn(database, marks, { ...query, before: last, limit })).items.map(({ id }) => id); // prettier-ignore
    return { level: features.level, total: shownIn(features), pages, before };
  }

  it('lists of any view what a search through all assets finds in it, so many as the map says, page by page there and back', async () => {
    const levels = new Set<string>();
    let found = 0;
    await fc.assert(
      fc.asyncProperty(views, questions, fc.constantFrom(4, 25), async ({ west, south, wide, high, zoom }, query, limit) => {
        const { bounds } = onGrid({ bounds: { west, south, east: west + wide, north: south + high }, zoom });
        fc.pre(!all.some((item) => isAtEdge(item, bounds)));
        const { level, total, pages, before } = await listed(bounds, zoom, query, limit);
        const expected = all.filter((item) => asked(item, query) && liesIn(item, level as 'position', bounds)).map(({ id }) => id).sort();
        expect({ level, ids: pages.flat() }).toEqual({ level, ids: expected });
        expect(total).toBe(expected.length);
        expect(before).toEqual(pages.length > 1 ? pages.at(-2) : []);
        levels.add(level);
        found += expected.length;
      }),
      { seed, numRuns: 150 },
    ); // prettier-ignore
    expect([...levels].sort()).toEqual(['municipality', 'position', 'province', 'region']);
    expect(found).toBeGreaterThan(500);
  }, 60_000);

  it('lists nothing of a view in which nothing is marked', async () => {
    const page = await registerSliceIn(database, { level: 'region', areas: [] }, { limit: 5 });
    expect([page.items, page.next, page.previous]).toEqual([[], undefined, undefined]);
  });

  it('goes along the filter that finds little, and finds the same', async () => {
    // Of all areas at once, one by one in any order: the same list as without a map.
    const areas = ['19', '08'].map((code) => ({ code, assets: 1 }));
    for (const query of [
      { kind: 'company' },
      { kind: 'company', text: 'casa' },
      { phase: 'seized', kind: 'real-estate' },
    ]) {
      const some = await registerSliceIn(database, { level: 'region', areas }, { ...query, limit: 100 });
      const whole = await registerSlice(database, { ...query, limit: 100 });
      expect(some.items.map(({ id }) => id)).toEqual(whole.items.filter((item) => item.region_code !== null).map(({ id }) => id)); // prettier-ignore
    }
  });
});
