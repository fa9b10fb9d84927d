import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Problem } from '#http';
import type { AssetResource } from '../../apps/portal/api/resources';
import { onBothDatabases } from '../read-models/databases';
import { textOf } from '../web/text-of';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

interface List {
  readonly assets: readonly AssetResource[];
  readonly total: number;
  readonly position: number;
}

onBothDatabases((fresh) => {
  describe('the query API', () => {
    let portal: TestPortal;
    let villa: string;
    let annulled: string;
    let last: number;

    beforeAll(async () => {
      portal = await aPortal(await fresh());
      const person = { formerHolder: 'Canary Person', protectedAddress: 'Canary Street 1' };
      const money = { estimatedValue: { minor: 48_500_050, currency: 'EUR' } };
      ({ id: villa } = await portal.record(
        'P-1',
        seizure('P-1', 'Palermo', {
          category: 'villa',
          title: '=HYPERLINK("http://evil.example")',
          ...person,
          ...money,
        }),
        {
          command: 'order-confiscation',
          on: '2012-05-01',
          data: { instance: 'first' },
          at: '2026-11-03T10:00:00.000Z',
        },
        { command: 'make-confiscation-final', on: '2015-03-12', data: {}, at: '2026-11-05T10:00:00.000Z' },
      ));
      for (let number = 2; number <= 7; number += 1) {
        await portal.record(`P-${number}`, seizure(`P-${number}`, number % 2 === 0 ? 'Palermo' : 'Forlì'));
      }
      await portal.record('C-1', seizure('C-1', 'Forlì', { kind: 'company', category: 'cooperative' }, null));
      const wrong = await portal.record('X-1', seizure('X-1', 'Palermo'));
      annulled = wrong.id;
      await portal.settled();
      const { timeline } = (await (await portal.get(`/api/v1/assets/${annulled}`)).json()) as {
        timeline: { id: string }[];
      };
      ({ position: last } = await portal.record('X-1', {
        command: 'annul-entry',
        on: '2026-11-05',
        data: { entry: timeline[0]!.id, reason: 'Not this asset.' },
        by: 'officer-2',
      }));
      await portal.settled();
    }, 60_000);
    afterAll(() => portal.close());

    const list = async (query: string): Promise<List> => {
      const answer = await portal.get(`/api/v1/assets${query}`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as List;
    };
    const problem = async (path: string): Promise<Problem> => {
      const answer = await portal.get(path);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      return (await answer.json()) as Problem;
    };

    it('lists the register with its total and the log position it is true for', async () => {
      const { assets, total, position } = await list('');
      expect([assets.length, total, position]).toEqual([8, 8, last]);
      expect(assets.find(({ id }) => id === villa)).toMatchObject({
        kind: 'real-estate',
        category: 'villa',
        phase: 'confiscated-final',
        phaseSince: '2015-03-12',
        location: { region: { code: '19', name: 'Sicilia' }, municipality: { code: '082053', name: 'Palermo' } },
        seizedOn: '2010-05-14',
        value: { minor: 48_500_050, currency: 'EUR' },
        identifiers: [{ scheme: 'it-anbsc', id: 'P-1' }],
      });
    });

    it.each([
      ['?kind=company', 1],
      ['?phase=confiscated-final', 1],
      ['?region=19', 4],
      ['?region=19&category=dwelling', 3],
      ['?municipality=040012', 4],
      ['?q=palermo', 4],
      ['?q=FORLI%20P-3', 1],
      ['?q=%22%27%3B%20%25_%5C*%3A%26%7C!()', 8],
      ['?q=palermo%27%3B%20DROP%20TABLE%20register%3B--', 0],
      ['?q=nowhere', 0],
      ['?q=&kind=', 8],
      ['?asOf=2011-01-01&phase=seized', 7],
      ['?asOf=2013-01-01&phase=confiscated-first', 1],
      ['?asOf=2013-01-01&knownAt=2026-11-02&phase=confiscated-first', 0],
      ['?asOf=2009-12-31', 0],
      ['?knownAt=2026-11-01', 0],
    ])('finds with %s: %d', async (query, count) => {
      const { assets, total } = await list(query);
      expect([assets.length, total]).toEqual([count, count]);
    });

    it('leads from page to page and back, each asset once', async () => {
      const all = (await list('')).assets.map(({ id }) => id);
      const pages: string[][] = [];
      let next: string | undefined = '/api/v1/assets?limit=3';
      let previous: string | undefined;
      const linkIn = (answer: Response, rel: string): string | undefined =>
        new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')?.[1];
      while (next !== undefined) {
        const answer: Response = await portal.get(next);
        pages.push(((await answer.json()) as List).assets.map(({ id }) => id));
        [next, previous] = [linkIn(answer, 'next'), linkIn(answer, 'prev')];
        expect(linkIn(answer, 'first')).toBe('/api/v1/assets?limit=3');
      }
      expect(pages.map(({ length }) => length)).toEqual([3, 3, 2]);
      expect(pages.flat()).toEqual(all);
      for (const page of pages.slice(0, -1).reverse()) {
        const answer = await portal.get(previous!);
        expect(((await answer.json()) as List).assets.map(({ id }) => id)).toEqual(page);
        expect(linkIn(answer, 'next')).toBeDefined();
        previous = linkIn(answer, 'prev');
      }
      expect(previous).toBeUndefined();
    });

    it('gives everything a filter finds as CSV, safe to open in a spreadsheet', async () => {
      const answer = await portal.get('/api/v1/assets.csv?region=19');
      expect(answer.headers.get('content-type')).toContain('text/csv');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="assets.csv"');
      const rows = parse<Record<string, string>>(await answer.text(), { columns: true });
      expect(rows).toHaveLength(4);
      const row = rows.find(({ id }) => id === villa);
      expect(row).toMatchObject({
        title: `'=HYPERLINK("http://evil.example")`,
        value: '485000.50',
        currency: 'EUR',
        identifiers: 'it-anbsc:P-1',
        region_code: '19',
        final_on: '2015-03-12',
      });
    });

    it('gives CSV to whoever asks for it by Accept, and JSON exports in one piece', async () => {
      const csv = await portal.get('/api/v1/assets?kind=company', { accept: 'text/csv' });
      expect(parse(await csv.text(), { columns: true })).toHaveLength(1);
      const json = await portal.get('/api/v1/assets.json?region=08');
      expect((await json.json()) as unknown[]).toHaveLength(4);
      expect(await (await portal.get('/api/v1/assets.json?q=nowhere')).json()).toEqual([]);
      const none = await (await portal.get('/api/v1/assets.csv?q=nowhere')).text();
      expect(none.trim().split('\n')).toHaveLength(1);
    });

    it('tells a dossier with its entries, and at another moment as it was known then', async () => {
      const now = (await (await portal.get(`/api/v1/assets/${villa}`)).json()) as {
        asset: { phase: string };
        timeline: unknown[];
      };
      expect([now.asset.phase, now.timeline.length]).toEqual(['confiscated-final', 3]);
      const then = await portal.get(`/api/v1/assets/${villa}?asOf=2016-01-01&knownAt=2026-11-03`);
      expect(await then.json()).toMatchObject({
        asOf: '2016-01-01',
        knownAt: '2026-11-03',
        asset: { phase: 'confiscated-first' },
        timeline: [{ type: 'AssetSeized' }, { type: 'ConfiscationOrdered' }],
      });
      const before = await portal.get(`/api/v1/assets/${villa}?asOf=2001-01-01`);
      expect([before.status, ((await before.json()) as { asset: unknown }).asset]).toEqual([200, null]);
    });

    it('gives the timeline as JSON and CSV, with what is withheld named and never given', async () => {
      const json = await (await portal.get(`/api/v1/assets/${villa}/timeline`)).text();
      const csv = await (await portal.get(`/api/v1/assets/${villa}/timeline.csv`)).text();
      const [seized] = parse<Record<string, string>>(csv, { columns: true });
      expect(seized).toMatchObject({
        type: 'AssetSeized',
        occurred_on: '2010-05-14',
        withheld: 'formerHolder protectedAddress',
      });
      for (const text of [json, csv]) expect(text).not.toMatch(/Canary|officer-1/);
    });

    it('adds up the indicators', async () => {
      const indicators = (await (await portal.get('/api/v1/indicators')).json()) as {
        total: number;
        cells: { assets: number }[];
      };
      expect(indicators.total).toBe(8);
      const csv = await (await portal.get('/api/v1/indicators.csv')).text();
      const rows = parse<Record<string, string>>(csv, { columns: true });
      expect(rows.reduce((sum, { assets }) => sum + Number(assets), 0)).toBe(8);
      expect(rows.find(({ valued }) => valued === '1')).toMatchObject({ value: '485000.50', currency: 'EUR' });
    });

    it('adds up the indicators of any day as the register does, with their values', async () => {
      type Counts = { asOf: string | null; total: number; valued: number; byPhase: { code: string; assets: number }[]; cells: { assets: number; valued: number; value_minor: number }[] };
      const read = async <Body>(path: string): Promise<Body> => (await (await portal.get(path)).json()) as Body;
      let seen = 0;
      for (const asOf of ['2009-12-31', '2010-05-13', '2010-05-14', '2012-06-30', '2015-03-11', '2015-03-12', '2025-12-31']) {
        const counts = await read<Counts>(`/api/v1/indicators?asOf=${asOf}`);
        expect([asOf, counts.asOf, counts.total]).toEqual([asOf, asOf, (await read<{ total: number }>(`/api/v1/assets?asOf=${asOf}`)).total]);
        for (const { code, assets } of counts.byPhase)
          expect([asOf, code, assets]).toEqual([asOf, code, (await read<{ total: number }>(`/api/v1/assets?phase=${code}&asOf=${asOf}`)).total]);
        expect(counts.cells.reduce((sum, { assets }) => sum + assets, 0)).toBe(counts.total);
        const { assets } = await read<{ assets: { value: { minor: number } | null }[] }>(`/api/v1/assets?asOf=${asOf}`);
        expect(counts.valued).toBe(assets.filter(({ value }) => value !== null).length);
        expect(counts.cells.reduce((sum, { value_minor }) => sum + value_minor, 0)).toBe(assets.reduce((sum, { value }) => sum + (value?.minor ?? 0), 0));
        seen += counts.valued;
      }
      expect(seen).toBeGreaterThan(3);
      const csv = await (await portal.get('/api/v1/indicators.csv?asOf=2012-06-30')).text();
      const rows = parse<Record<string, string>>(csv, { columns: true });
      expect(rows.find(({ valued }) => valued === '1')).toMatchObject({ value: '485000.50', currency: 'EUR' });
      const page = await (await portal.get('/en/indicators?asOf=2012-06-30')).text();
      expect(textOf(page)).toContain('The register as it stood on 30 June 2012. Back to today');
      expect(page).toContain('/en/assets?asOf=2012-06-30&amp;phase=seized');
      expect(page).toContain('/api/v1/indicators.csv?asOf=2012-06-30');
      expect((await portal.get('/en/indicators?asOf=')).headers.get('location')).toBe('/en/indicators');
    }); // prettier-ignore

    it('tells on the front page what had become of the assets by a day, and leads on to that day', async () => {
      const asOf = '2012-06-30';
      const { total } = (await (await portal.get(`/api/v1/indicators?asOf=${asOf}`)).json()) as { total: number };
      const [front, then] = await Promise.all(
        ['/en', `/en?asOf=${asOf}`].map(async (path) => (await portal.get(path)).text()),
      );
      expect(front).toMatch(/<form method="get" action="\/en"[^>]*>.*?<input type="date" id="asOf" name="asOf"/s);
      expect(front).toContain('class="news"');
      expect(textOf(then!)).toContain('The register as it stood on 30 June 2012. Back to today');
      expect(/<p class="headline"><strong>(\d+)<\/strong>/.exec(then!)?.[1]).toBe(String(total));
      for (const path of [`/en/assets?asOf=${asOf}&amp;phase=seized`, `/en/indicators?asOf=${asOf}`, `/en/calls?asOf=${asOf}`, `/api/v1/indicators.csv?asOf=${asOf}`]) expect(then).toContain(`href="${path}"`); // prettier-ignore
      // What was written down last is today's, and an address of a day is none that a search engine keeps.
      expect(then).not.toContain('class="news"');
      expect(then).toContain('content="noindex"');
      expect((await portal.get('/en?asOf=&from=mail')).headers.get('location')).toBe('/en');
    });

    it('says 410 of a dossier opened in error, and still shows its entries', async () => {
      expect(await problem(`/api/v1/assets/${annulled}`)).toMatchObject({
        status: 410,
        type: '/problems/gone',
        detail: expect.stringContaining(`/api/v1/assets/${annulled}/timeline`) as string,
      });
      const { timeline } = (await (await portal.get(`/api/v1/assets/${annulled}/timeline`)).json()) as {
        timeline: unknown[];
      };
      expect(timeline).toHaveLength(2);
    });

    it.each([
      ['/api/v1/assets?colour=red', '/colour', 'not known'],
      ['/api/v1/assets?kind=castle', '/kind', 'real-estate, company'],
      ['/api/v1/assets?kind=company&kind=crypto', '/kind', 'Use one of'],
      ['/api/v1/assets?asOf=2015-02-30', '/asOf', 'a date that exists'],
      ['/api/v1/assets?limit=201', '/limit', '1 to 200'],
      ['/api/v1/assets?limit=many', '/limit', '1 to 200'],
      ['/api/v1/assets?cursor=after~IT-0000000000-0', '/cursor', 'Take the cursor'],
      ['/api/v1/assets?region=..%2F', '/region', 'official code'],
      ['/api/v1/assets?after=-1', '/after', 'log position'],
      ['/api/v1/assets?q=palermo&asOf=2015-01-01', '/q', 'Leave "q" out'],
      ['/api/v1/assets.csv?limit=5', '/limit', 'not known'],
      ['/api/v1/indicators?region=19', '/region', 'not known'],
    ])('refuses %s and says what to do', async (path, pointer, words) => {
      const { status, errors } = await problem(path);
      expect(status).toBe(400);
      expect(errors).toContainEqual({ pointer, detail: expect.stringContaining(words) as string });
    });

    it.each([
      '/api/v1/assets/IT-0000000000-0',
      '/api/v1/assets/IT-4GQ2X9PK3M-W',
      '/api/v1/assets/x/timeline.csv',
      '/api/v1/castles',
    ])('knows nothing at %s', async (path) => {
      const answer = await portal.get(path);
      expect([answer.status, answer.headers.get('etag')]).toEqual([404, null]);
    });

    it('answers 304 as long as nothing was written', async () => {
      const first = await portal.get('/api/v1/assets');
      const etag = first.headers.get('etag')!;
      expect(etag).toContain(String(last));
      for (const header of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
        const again = await portal.get('/api/v1/assets', { 'if-none-match': header });
        expect([again.status, await again.text()]).toEqual([304, '']);
      }
      expect((await portal.get('/api/v1/assets', { 'if-none-match': '"other"' })).status).toBe(200);
    });

    it('waits for what has just been recorded', async () => {
      const before = (await portal.get('/api/v1/assets')).headers.get('etag')!;
      const { id, position } = await portal.record('P-9', seizure('P-9', 'Forlì'));
      const answer = await portal.get(`/api/v1/assets?after=${position}&q=P-9`, { 'if-none-match': before });
      expect(((await answer.json()) as List).assets.map((asset) => asset.id)).toEqual([id]);
    });

    it('may be read from any page of the web', async () => {
      const answer = await portal.get('/api/v1/assets', { origin: 'https://elsewhere.example' });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding');
    });
  });
});

describe('the query API', () => {
  it('gives up waiting for what is never recorded, and says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-models-'));
    const portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const answer = await portal.get('/api/v1/assets?after=1000000');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    await portal.close();
    await rm(folder, { recursive: true });
  });
});
