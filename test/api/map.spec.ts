import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapTilesFrom } from '../../apps/portal/map-tiles';
import { textOf } from '../web/text-of';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

interface Answer {
  readonly level: string;
  readonly features: readonly {
    readonly geometry: { readonly coordinates: readonly [number, number] };
    readonly properties: Readonly<Record<string, unknown>> & { readonly assets: number };
  }[];
}

describe('the map', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'map-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const coordinates = { latitude: 38.1144, longitude: 13.3562, precision: 'exact' };
    await portal.record('P-1', seizure('P-1', 'Palermo', { coordinates, title: 'Casa <b>Rosa</b>' }));
    await portal.record('P-2', seizure('P-2', 'Palermo', { protectedAddress: 'Canary Street 1' }));
    await portal.record('P-3', seizure('P-3', 'Palermo', { kind: 'company', category: undefined }));
    await portal.record('F-1', seizure('F-1', 'Forlì'));
    await portal.record('N-1', seizure('N-1', 'Palermo', { location: { country: 'IT' } }));
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const view = async (query: string): Promise<Answer> => {
    const answer = await portal.get(`/api/v1/map?${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/geo+json; charset=utf-8']);
    return (await answer.json()) as Answer;
  };
  const counts = ({ features }: Answer) =>
    features.map(({ properties: { name, level, assets } }) => `${String(name ?? level)} ${assets}`);
  const italy = 'bbox=6,36,19,48';
  const palermo = 'bbox=13.3,38.08,13.42,38.15';

  it('counts by region, province and municipality the closer one looks', async () => {
    expect(counts(await view(`${italy}&zoom=5`))).toEqual(['Sicilia 3', 'Emilia-Romagna 1']);
    expect(counts(await view(`${italy}&zoom=7`))).toEqual(['Palermo 3', 'Forlì-Cesena 1']);
    expect((await view('bbox=13,37.9,13.8,38.3&zoom=10')).level).toBe('municipality');
    expect((await view('bbox=8,45,10,46&zoom=10')).level).toBe('province');
  });

  it('shows a position only where one is published, and counts the others beside it', async () => {
    const { level, features } = await view(`${palermo}&zoom=14`);
    expect(level).toBe('position');
    expect(features.map(({ properties }) => [properties.level, properties.assets])).toEqual([['position', 1], ['municipality', 2]]); // prettier-ignore
    expect(features[0]!.geometry.coordinates).toEqual([13.3562, 38.1144]);
    const text = JSON.stringify(features);
    expect(text).toContain('Casa <b>Rosa</b>');
    expect(text).not.toContain('Canary');
  });

  it('keeps to the filters of the register', async () => {
    expect(counts(await view(`${italy}&zoom=5&kind=company`))).toEqual(['Sicilia 1']);
    expect(counts(await view(`${italy}&zoom=5&region=08`))).toEqual(['Emilia-Romagna 1']);
    expect(counts(await view(`${italy}&zoom=5&q=rosa`))).toEqual(['Sicilia 1']);
    expect(counts(await view(`${palermo}&zoom=14&kind=company`))).toEqual(['Palermo 1']);
  });

  it('counts another day by area alone: nothing before the seizures, and no positions', async () => {
    expect(counts(await view(`${italy}&zoom=5&asOf=2010-05-13`))).toEqual([]);
    expect(counts(await view(`${italy}&zoom=5&asOf=2010-05-14`))).toEqual(['Sicilia 3', 'Emilia-Romagna 1']);
    expect(counts(await view(`${italy}&zoom=7&asOf=2012-08-01&kind=company`))).toEqual(['Palermo 1']);
    const near = await view(`bbox=12,37,15,39&zoom=14&asOf=2012-08-01`);
    expect([near.level, counts(near)]).toEqual(['province', ['Palermo 3']]);
    const within = await view(`${palermo}&zoom=14&asOf=2012-08-01&province=082`);
    expect([within.level, counts(within)]).toEqual(['municipality', ['Palermo 3']]);
  });

  it.each([
    ['zoom=5', '/bbox'],
    ['bbox=1,2,3&zoom=5', '/bbox'],
    ['bbox=19,36,6,48&zoom=5', '/bbox'],
    ['bbox=6,36,19,48&bbox=6,36,19,48&zoom=5', '/bbox'],
    ['bbox=6,36,19,95&zoom=5', '/bbox'],
    [`${italy}`, '/zoom'],
    [`${italy}&zoom=20`, '/zoom'],
    [`${italy}&zoom=5.5`, '/zoom'],
    [`${italy}&zoom=5&knownAt=2020`, '/knownAt'],
    [`${italy}&zoom=5&asOf=2020-01-01&q=rosa`, '/q'],
    [`${italy}&zoom=5&region=x%27y`, '/region'],
  ])('refuses %s and says what is wrong', async (query, pointer) => {
    const answer = await portal.get(`/api/v1/map?${query}`);
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toContain(pointer);
  });

  it('answers 304 to who has the answer already, and is open to every page', async () => {
    const first = await portal.get(`/api/v1/map?${italy}&zoom=5`);
    expect(first.headers.get('access-control-allow-origin')).toBe('*');
    const again = await portal.get(`/api/v1/map?${italy}&zoom=5`, { 'if-none-match': first.headers.get('etag')! });
    expect(again.status).toBe(304);
  });

  describe('as a page', () => {
    const page = async (path: string): Promise<string> => {
      const answer = await portal.get(path, { accept: 'text/html' });
      expect(answer.status).toBe(200);
      return answer.text();
    };

    it('shows the same assets as picture, as table and as list', async () => {
      const html = await page('/it/mappa');
      expect(html.match(/<path class="area /g)).toHaveLength(20);
      const text = textOf(html);
      expect(text).toMatch(/Sicilia\s+3\s+1/);
      expect(text).toMatch(/Luogo non indicato\s+1\s+0/);
      expect(text).toMatch(/Tutti\s+5\s+1/);
      expect(text).toContain('5 beni nel registro');
      expect(text).toContain('La mappa li conta nel comune');
      expect(html).toContain('Istat, Openpolis');
    });

    it('leads from the country to a region, a province and a municipality, the list in step', async () => {
      const region = await page('/en/map?region=19');
      expect(region.match(/<path class="area /g)).toHaveLength(9);
      expect(textOf(region)).toContain('3 assets match');
      expect(region).toContain('href="/en/map?province=082&amp;region=19"');
      const province = await page('/en/map?region=19&province=082&kind=company');
      expect(province.match(/<circle class="area-circle"/g)).toHaveLength(1);
      expect(province).toContain('href="/en/map?kind=company&amp;municipality=082053&amp;province=082&amp;region=19"');
      expect(textOf(province)).toContain('1 asset matches');
    });

    it('takes words and days, and has one address', async () => {
      expect(textOf(await page('/en/map?q=rosa'))).toMatch(/Sicilia\s+1\s+1/);
      const then = await page('/en/map?asOf=2012-08-01&kind=company');
      expect(textOf(then)).toContain('The register as it stood on 1 August 2012.');
      expect(textOf(then)).toMatch(/Sicilia\s+1\s+0/);
      expect(then).toContain('href="/en/map?asOf=2012-08-01&amp;kind=company&amp;region=19"');
      expect(await page('/en/assets?asOf=2012-08-01')).toContain('href="/en/map?asOf=2012-08-01"');
      const answer = await portal.get('/en/map?kind=company&region=');
      expect([answer.status, answer.headers.get('location')]).toEqual([302, '/en/map?kind=company']);
    });

    it('lists what lies in a view, so many as the map of it says, and keeps the view in its links', async () => {
      const seen = 'bbox=10,43,13,46&zoom=6';
      const html = await page(`/en/map?${seen}`);
      const text = textOf(html);
      expect(text).toContain('The assets in this part of the map 1 asset in this part of the map.');
      expect(html.match(/<tr role="row"/g)).toHaveLength(2);
      expect(html).toContain('<rect class="map-seen"');
      expect(html).toContain('<meta name="robots" content="noindex"/>');
      const [, box] = /href="\/it\/mappa\?(bbox=[^"]+)"/.exec(html) ?? [];
      expect(box).toMatch(/^bbox=[\d.]+%2C[\d.]+%2C[\d.]+%2C[\d.]+&amp;zoom=6$/);
      expect(html).toContain(`href="/api/v1/map?${box!}"`);
      // What is on the grid already stays where it is.
      expect(await page(`/en/map?${box!.replaceAll('&amp;', '&')}`)).toBe(html);
      const close = textOf(await page(`/en/map?${palermo}&zoom=14&kind=company`));
      expect(close).toContain('1 asset in this part of the map.');
      expect(close).toContain('Show all assets of the map');
      const sea = await page('/en/map?bbox=7,38.5,8,39&zoom=8');
      expect(textOf(sea)).toContain('No asset lies in this part of the map.');
      expect(sea).toContain('<svg class="area-map"');
      expect(textOf(await page(`/en/map?${italy}&zoom=5&asOf=2009-01-01`))).toContain(
        '0 assets in this part of the map.',
      );
    });

    it.each([
      ['bbox=1,2,3&zoom=5', '/bbox'],
      ['bbox=19,36,6,48&zoom=5', '/bbox'],
      ['bbox=6,36,19,48&bbox=6,36,19,48&zoom=5', '/bbox'],
      ['zoom=5', '/bbox'],
      ['bbox=6,36,19,48', '/zoom'],
      ['bbox=6,36,19,48&zoom=20', '/zoom'],
    ])('refuses %s and says what is wrong', async (query, pointer) => {
      const answer = await portal.get(`/en/map?${query}`);
      expect(answer.status).toBe(400);
      const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
      expect(new Set(errors.map((error) => error.pointer))).toEqual(new Set([pointer]));
    });

    it('is drawn nothing for codes it has no outlines of', async () => {
      const html = await page('/en/map?region=99');
      expect(html).not.toContain('<svg class="area-map"');
      expect(textOf(html)).toContain('No asset matches');
    });

    it('runs its own script alone', async () => {
      const answer = await portal.get('/en/map', { accept: 'text/html' });
      const policy = answer.headers.get('content-security-policy')!;
      expect(policy).toContain("script-src 'self'; connect-src 'self'");
      expect(policy).toContain("img-src 'self' data:;");
    });
  });
});

describe('the ground of the map', () => {
  const tiles = (PORTAL_MAP_TILES: string, PORTAL_MAP_ATTRIBUTION?: string) =>
    mapTilesFrom({ PORTAL_MAP_TILES, ...(PORTAL_MAP_ATTRIBUTION && { PORTAL_MAP_ATTRIBUTION }) });

  it('is none unless the operator says where pictures come from, and whose they are', () => {
    expect(mapTilesFrom({})).toBeUndefined();
    const url = 'https://tiles.example/{z}/{x}/{y}.png';
    expect(tiles(url, '© Tiles')).toEqual({ url, attribution: '© Tiles' });
    expect(() => tiles(url)).toThrow('PORTAL_MAP_ATTRIBUTION');
    expect(() => tiles('https://tiles.example/{z}.png', '© Tiles')).toThrow('{x}');
    expect(() => tiles("https://tiles.example/{z}/{x}/{y}.png'; script-src *", '© Tiles')).toThrow('PORTAL_MAP_TILES');
    expect(() => tiles('javascript:{z}{x}{y}', '© Tiles')).toThrow('PORTAL_MAP_TILES');
  });
});
