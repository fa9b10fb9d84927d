import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listedPart } from '#read-models';
import { ReadDatabase } from '#read-models';
import { recordScene, scene } from '../api/civic-scene';
import { aPortal, seizure } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { loopholesIn } from '../web/text-of';
import { A_PART, indexOf, partFrom } from '../../apps/portal/open-data/sitemap';

describe('what search engines and developers find', () => {
  let folder: string;
  let portal: TestPortal;
  let villa: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crawlers-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
    const position = { coordinates: { latitude: 38.1, longitude: 13.3, precision: 'street' }, title: 'Villa "A" & </script>' };
    villa = (await portal.record('V', seizure('V', 'Palermo', position))).id;
    await portal.settled();
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });
  const text = async (path: string): Promise<string> => (await portal.get(path)).text();
  const locations = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address!.replaceAll('&amp;', '&')); // prettier-ignore

  it('is, from robots.txt on, every page there is and none that is not', async () => {
    const sitemap = /^Sitemap: (.+)$/m.exec(await text('/robots.txt'))![1]!;
    const parts = locations(await (await fetch(sitemap)).text());
    const pages: string[] = [];
    for (const part of parts) pages.push(...locations(await (await fetch(part)).text()));
    expect(new Set(pages).size).toBe(pages.length);
    for (const [path, there] of [
      [`/it/beni/${villa}`, true],
      [`/en/assets/${scene.villa}`, true],
      [`/en/calls/${scene.open}`, true],
      [`/en/calls/${scene.draft}`, false],
      ['/it/dati', true],
      ['/it/mappa', true],
      ['/en/glossary', true],
      ['/it/accessibilita', true],
      ['/en/companies', true],
    ] as const)
      expect([path, pages.includes(portal.url + path)]).toEqual([path, there]);
    for (const page of pages) expect([page, (await fetch(page)).status]).toEqual([page, 200]);
  }, 60_000);

  it('keeps parts within the limit, whatever there is', () => {
    const index = indexOf(new Map([['assets', 1_000_000], ['calls', 0], ['groups', A_PART]]), 'https://registry.example');
    const names = locations(index).map((address) => address.split('/').at(-1)!);
    const parts = Math.ceil(1_000_000 / A_PART);
    expect(names).toHaveLength(1 + parts + 1);
    expect(names.slice(1).map(partFrom)).toContainEqual({ kind: 'assets', number: parts - 1 });
    for (const name of ['assets-1', '../assets-1.xml', 'accounts-0.xml', 'assets--1.xml']) expect(partFrom(name)).toBeUndefined();
  }); // prettier-ignore

  it('is parted so that every id is in one part', async () => {
    const database = await ReadDatabase.openForReading({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    try {
      const whole = await listedPart(database, 'dialogues', 0, 10);
      const parts = [await listedPart(database, 'dialogues', 0, 2), await listedPart(database, 'dialogues', 2, 2), await listedPart(database, 'dialogues', 4, 2)]; // prettier-ignore
      expect(whole.length).toBe(3);
      expect(parts.flat()).toEqual(whole);
    } finally {
      await database.close();
    }
    expect((await portal.get('/sitemaps/assets-7.xml')).status).toBe(404);
  });

  it('has an asset in the words of schema.org beside its page, which holds no script', async () => {
    const page = await text(`/en/assets/${villa}`);
    expect(loopholesIn(page)).toEqual([]);
    const address = /<link rel="alternate" type="application\/ld\+json" href="([^"]+)"/.exec(page)![1]!;
    const answer = await portal.get(address);
    expect(answer.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(await answer.json()).toMatchObject({
      '@type': 'Place',
      name: 'Villa "A" & </script>',
      address: { addressLocality: 'Palermo' },
      geo: { latitude: 38.1 },
    });
    expect((await portal.get('/data/assets/IT-0000000000-0')).status).toBe(404);
  });

  it.each(['/en/data', '/it/dati'])('has at %s links that answer, and examples that work', async (path) => {
    const page = await text(path);
    expect(loopholesIn(page)).toEqual([]);
    const main = /<main.*<\/main>/s.exec(page)![0];
    const links = [...main.matchAll(/href="(\/[^"]+)"/g), ...page.matchAll(/<link rel="alternate"[^>]*? href="(\/[^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&')); // prettier-ignore
    const examples = [...main.matchAll(/'(http[^']+|http.+?)(?:'|&#39;)/g)].map(([, address]) => new URL(address!.replaceAll('&amp;', '&')));
    expect(links.length).toBeGreaterThan(35);
    expect(examples.length).toBe(3);
    for (const address of [...links, ...examples.map(({ pathname, search }) => pathname + search)])
      expect([address, (await portal.get(address)).status]).toEqual([address, 200]);
  }); // prettier-ignore

  it('is linked from every list as data, with the filter shown', async () => {
    for (const [page, data] of [
      ['/en/assets?region=19', '/api/v1/assets.csv?region=19'],
      ['/it/bandi?state=awarded', '/api/v1/calls.csv?state=awarded'],
      ['/en/money?year=2020', '/api/v1/money.csv?year=2020'],
      ['/en/indicators', '/api/v1/indicators.csv'],
    ] as const)
      expect(await text(page)).toContain(`<link rel="alternate" type="text/csv" href="${data}"/>`);
  });
});
