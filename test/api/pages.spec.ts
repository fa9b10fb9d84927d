import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { italy } from '#domain';
import { ReadDatabase } from '#read-models';
import { startPortal } from '../../apps/portal/server';
import { loopholesIn, textOf } from '../web/text-of';
import { aPortal, anywhere, seizure } from './portal';
import type { TestPortal } from './portal';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'en-GB,en;q=0.9' };

describe('the pages over HTTP', () => {
  let folder: string;
  let portal: TestPortal;
  let house: string;
  let annulled: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pages-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    ({ id: house } = await portal.record('P-1', seizure('P-1', 'Palermo')));
    ({ id: annulled } = await portal.record('X-1', seizure('X-1', 'Palermo')));
    await portal.settled();
    const answer = await portal.get(`/api/v1/assets/${annulled}`);
    const { timeline } = (await answer.json()) as { timeline: { id: string }[] };
    const data = { entry: timeline[0]!.id, reason: 'Not this asset.' };
    await portal.record('X-1', { command: 'annul-entry', on: '2026-11-02', data, by: 'officer-2' });
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const page = (path: string, headers = {}): Promise<Response> => portal.get(path, { ...browser, ...headers });

  it.each([
    ['en-GB,en;q=0.9', '/en'],
    ['de, it;q=0.5', '/it'],
    ['fr', '/it'],
    ['ar-MA,fr;q=0.8', '/ar'],
  ])('lead from the front door to the language of "%s"', async (acceptLanguage, home) => {
    const answer = await page('/', { 'accept-language': acceptLanguage });
    expect([answer.status, answer.headers.get('location'), answer.headers.get('vary')]).toEqual([
      302,
      home,
      'Accept-Language',
    ]);
  });

  it.each([
    '/it',
    '/en',
    '/it/beni',
    '/en/assets?kind=company',
    '/it/indicatori',
    '/en/indicators',
    '/en/areas',
    '/it/territori/082',
    '/en/integrity',
    '/en/assets/:house',
    '/it/beni/:house?asOf=2011-01-01',
    '/en/nowhere',
    '/ar',
    '/ar/assets',
    '/ar/assets/:house',
    '/ar/nowhere',
  ])('%s is whole: in its language, without script or style of its own, and small', async (path) => {
    const answer = await page(path.replace(':house', house));
    const html = await answer.text();
    const language = path.slice(1, 3);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toMatch(
      new RegExp(`^<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`),
    );
    expect(loopholesIn(html)).toEqual([]);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:;/,
    );
    expect(html.length).toBeLessThan(40_000);
  });

  it('name themselves in every language', async () => {
    const html = await (await page(`/en/assets/${house}`)).text();
    for (const link of [
      `<link rel="canonical" href="${portal.url}/en/assets/${house}"/>`,
      `<link rel="alternate" hreflang="it" href="${portal.url}/it/beni/${house}"/>`,
      `<link rel="alternate" hreflang="ar" href="${portal.url}/ar/assets/${house}"/>`,
    ])
      expect(html).toContain(link);
  });

  it.each([
    ['/en/assets?q=&kind=&phase=seized', '/en/assets?phase=seized'],
    ['/en/assets?utm_source=mail&kind=company', '/en/assets?kind=company'],
    ['/it/beni/:house?asOf=', '/it/beni/:house'],
  ])('%s has one address: %s', async (asked, meant) => {
    const answer = await page(asked.replace(':house', house));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, meant.replace(':house', house)]);
  });

  it.each([
    ['/en/assets?kind=castle', 400, '“kind” does not have a value that exists.'],
    ['/it/beni?asOf=2015-02-30&limit=7', 400, '«asOf» non ha un valore che esiste.'],
    ['/it/beni/IT-0000000000-0', 404, 'A questo indirizzo non c’è nulla'],
    ['/nowhere', 404, 'There is nothing at this address'],
    ['/en/assets/%00', 404, 'There is nothing at this address'],
  ])('%s is a page that says what is wrong (%d)', async (path, status, words) => {
    const answer = await page(path);
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
      status,
      'no-store',
      null,
    ]);
    expect(textOf(await answer.text())).toContain(words);
  });

  it('give a program a problem document, not a page', async () => {
    const answer = await portal.get('/nowhere', { accept: 'application/json' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ]);
  });

  it('still show a dossier opened in error, as gone', async () => {
    const answer = await page(`/en/assets/${annulled}`);
    expect(answer.status).toBe(410);
    expect(textOf(await answer.text())).toContain('Reason: Not this asset.');
  });

  it('are sent once as long as nothing was written', async () => {
    const etag = (await page('/en/assets')).headers.get('etag')!;
    expect((await page('/en/assets', { 'if-none-match': etag })).status).toBe(304);
    const { position } = await portal.record('P-2', seizure('P-2', 'Forlì'));
    const fresh = await page(`/en/assets?after=${position}`, { 'if-none-match': etag });
    expect(textOf(await fresh.text())).toContain('2 assets in the register.');
    const answer = await page('/en/assets', { 'if-none-match': etag });
    expect(textOf(await answer.text())).toContain('2 assets in the register.');
  });

  it('are never tagged as newer than the oldest number in them', async () => {
    const shown = async (): Promise<[assets: string | undefined, tag: string | null]> => {
      const answer = await page('/it');
      return [/<strong>(\d+)<\/strong>/.exec(await answer.text())?.[1], answer.headers.get('etag')];
    };
    // An answer of before the last entry may still be shown, for two seconds.
    let [assets, before] = await shown();
    while (assets !== '2') [assets, before] = await shown();
    await portal.record('P-3', seizure('P-3', 'Forlì'));
    await portal.settled();
    const [after, tag] = await shown();
    expect([after, tag === before]).toEqual(after === '2' ? ['2', true] : ['3', false]);
  });

  it('use a stylesheet kept for ever under the name of its content', async () => {
    const path = /href="(\/assets\/style\.[\w-]{12}\.css)"/.exec(await (await page('/en')).text())?.[1];
    const plain = await page(path!, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toContain('text/css');
    // What means something on documents alone is not sent with each of a page's parts.
    expect(plain.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(plain.headers.get('permissions-policy')).toBeNull();
    expect((await page('/en')).headers.get('permissions-policy')).toContain('geolocation=()');
    const css = await plain.text();
    expect(css).not.toMatch(/@import|url\(\s*['"]?(https?:)?\/\//);
    expect(brotliDecompressSync(await compressed(portal.url + path!, 'br')).toString()).toBe(css);
    expect((await page('/assets/style.000000000000.css')).status).toBe(404);
  });

  it('use one typeface of this server, in files kept for ever under the names of their content', async () => {
    const html = await (await page('/ar')).text();
    const css = await (await page(/href="(\/assets\/style\.[^"]+)"/.exec(html)![1]!)).text();
    const named = [...css.matchAll(/src:url\(([^)]+)\)/g)].map(([, path]) => path!);
    const first = [...html.matchAll(/rel="preload" as="font" type="font\/woff2" href="([^"]+)"/g)].map(([, path]) => path!);
    expect(first.map((path) => path.replace(/\..*/, ''))).toEqual(['latin-400', 'latin-600', 'arabic-400', 'arabic-600'].map((name) => `/assets/fonts/${name}`));
    expect(named).toEqual(expect.arrayContaining(first));
    for (const path of named) {
      const file = await page(path);
      expect([file.status, file.headers.get('content-type'), file.headers.get('cache-control')]).toEqual([200, 'font/woff2', 'public, max-age=31536000, immutable']);
      expect(Buffer.from(await file.arrayBuffer()).toString('latin1', 0, 4)).toBe('wOF2');
    }
    expect((await page('/assets/fonts/latin-400.000000000000.woff2')).status).toBe(404);
  }); // prettier-ignore
});

/** The bytes as they travel; fetch would unpack them. */
async function compressed(url: string, encoding: string): Promise<Buffer> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', reject);
  });
}

describe('the portal by itself', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portal-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('says that the register is being prepared until it is', async () => {
    const readDatabase = { kind: 'sqlite', path: join(folder, 'read.sqlite') } as const;
    await (await ReadDatabase.openForWriting(readDatabase)).close();
    const portal = await startPortal({ where: anywhere, profile: italy }, readDatabase);
    const answer = await fetch(`${portal.url}/it/beni`, { headers: browser });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(textOf(await answer.text())).toContain('Il registro è in preparazione');
    for (const path of ['/api/v1/assets', '/api/v1/assets.csv', '/api/v1/indicators'])
      expect((await fetch(portal.url + path)).status).toBe(503);
    await portal.close();
  });
});
