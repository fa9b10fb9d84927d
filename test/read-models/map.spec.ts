import { POINTS_AT_ONCE, ReadDatabase, assetsByArea, clustersIn } from '#read-models';
import type { AreaAssets, Bounds, ReadDatabaseSettings } from '#read-models';
import { aPortal, seizure } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { onBothDatabases } from './databases';

const at = (latitude: number, longitude: number, precision = 'exact') => ({
  coordinates: { latitude, longitude, precision },
});
/** Around the cathedral of Palermo. */
const palermo: Bounds = { west: 13.3, south: 38.08, east: 13.42, north: 38.15 };

onBothDatabases((fresh) => {
  let portal: TestPortal;
  let database: ReadDatabase;
  beforeAll(async () => {
    const settings: ReadDatabaseSettings = await fresh();
    portal = await aPortal(settings);
    database = await ReadDatabase.openForReading(settings);
    await portal.record('P-1', seizure('P-1', 'Palermo', { ...at(38.1144, 13.3562), title: 'Casa in via Roma' }));
    await portal.record('P-2', seizure('P-2', 'Palermo', { ...at(38.1145, 13.3563), category: 'garage' }));
    await portal.record('P-3', seizure('P-3', 'Palermo', { ...at(38.09, 13.4), kind: 'company', category: undefined }));
    await portal.record('P-4', seizure('P-4', 'Palermo', at(38.1157, 13.3615, 'municipality')));
    await portal.record('P-5', seizure('P-5', 'Palermo', { title: 'Casa al mare' }));
    await portal.record('F-1', seizure('F-1', 'Forlì', at(44.2227, 12.0407, 'street')));
    await portal.record('N-1', seizure('N-1', 'Palermo', { location: { country: 'IT' } }));
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await portal.close();
  });

  const counts = (areas: readonly AreaAssets[]) => areas.map(({ code, assets, located }) => [code, assets, located]);

  it('counts the assets of each region, and those with a position of their own', async () => {
    const { areas } = await assetsByArea(database, 'region', {});
    expect(counts(areas)).toEqual([['19', 5, 3], ['', 1, 0], ['08', 1, 1]]); // prettier-ignore
    expect(areas[0]!.name).toBe('Sicilia');
  });

  it('counts by the same filters as the register', async () => {
    expect(counts((await assetsByArea(database, 'province', { kind: 'company' })).areas)).toEqual([['082', 1, 1]]);
    expect(counts((await assetsByArea(database, 'region', { province_code: '040' })).areas)).toEqual([['08', 1, 1]]);
    expect(counts((await assetsByArea(database, 'province', { region_code: '19', category: 'dwelling' })).areas)).toEqual([['082', 3, 1]]); // prettier-ignore
    expect(counts((await assetsByArea(database, 'municipality', { phase: 'seized' }, ['082053', '040012', '001001'])).areas)).toEqual([['082053', 5, 3], ['040012', 1, 1]]); // prettier-ignore
    expect((await assetsByArea(database, 'region', { phase: 'sold' })).areas).toEqual([]);
  });

  it('counts what words find', async () => {
    const { areas, isMinimum } = await assetsByArea(database, 'region', { text: 'casa' });
    expect([counts(areas), isMinimum]).toEqual([[['19', 2, 1]], false]);
  });

  it('puts positions together where they lie close on the screen, and apart when one looks closer', async () => {
    const far = await clustersIn(database, palermo, 13, {});
    expect(far!.clusters.map(({ assets }) => assets).sort()).toEqual([1, 2]);
    const [pair] = far!.clusters.filter(({ assets }) => assets === 2);
    expect(pair!.items!.map(({ title, category }) => title ?? category).sort()).toEqual(['Casa in via Roma', 'garage']);
    expect(pair!.latitude).toBeCloseTo(38.11445, 5);
  });

  it('shows no position that stands for a whole municipality', async () => {
    const found = await clustersIn(database, palermo, 18, {});
    const ids = found!.clusters.flatMap(({ items = [] }) => items.map(({ identifiers }) => identifiers));
    expect(ids).toHaveLength(3);
    expect(ids.join()).not.toContain('P-4');
  });

  it('filters positions, and finds them by words', async () => {
    const company = await clustersIn(database, palermo, 13, { kind: 'company' });
    expect(company!.clusters.map(({ assets }) => assets)).toEqual([1]);
    const house = await clustersIn(database, palermo, 13, { text: 'casa roma' });
    expect(house!.clusters.map(({ assets }) => assets)).toEqual([1]);
    expect((await clustersIn(database, palermo, 13, { phase: 'sold' }))!.clusters).toEqual([]);
  });

  it('leaves a view of a whole country to the areas', async () => {
    expect(await clustersIn(database, { west: 6, south: 36, east: 19, north: 47 }, 6, {})).toBeUndefined();
    expect(POINTS_AT_ONCE).toBe(10_000);
  });

  it('counts more than can be named by the cells of the screen alone', async () => {
    const many = Array.from({ length: 310 }, (_, place) => place);
    for (const place of many) await portal.record(`M-${place}`, seizure(`M-${place}`, 'Forlì', at(44.2, 12.05)));
    await portal.settled();
    const forli: Bounds = { west: 12, south: 44.1, east: 12.1, north: 44.3 };
    const { clusters } = (await clustersIn(database, forli, 14, {}))!;
    expect(clusters.map(({ assets, items }) => [assets, items])).toEqual([[1, undefined], [310, undefined]]); // prettier-ignore
    expect(Math.abs(clusters[1]!.latitude - 44.2) + Math.abs(clusters[1]!.longitude - 12.05)).toBeLessThan(0.0003);
    expect((await clustersIn(database, forli, 14, { kind: 'company' }))!.clusters).toEqual([]);
  }, 60_000);

  it('moves an asset when its position is corrected', async () => {
    const described = { command: 'describe-asset', on: '2026-10-01', data: at(38.13, 13.33) };
    await portal.record('P-3', described);
    await portal.settled();
    const near = await clustersIn(database, { west: 13.32, south: 38.12, east: 13.34, north: 38.14 }, 15, {});
    expect(near!.clusters.map(({ items }) => items!.map(({ kind }) => kind))).toEqual([['company']]);
    expect((await clustersIn(database, { west: 13.39, south: 38.08, east: 13.41, north: 38.1 }, 15, {}))!.clusters).toEqual([]); // prettier-ignore
  });
});
