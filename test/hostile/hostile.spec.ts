import { parse } from 'csv-parse/sync';
import type { Browser } from 'playwright-core';
import { events, exampleOf, shapeErrors } from '#domain';
import { languageFacts, languages } from '#web';
import type { Language } from '#web';
import { aRegistry } from '../access/registry';
import type { TestRegistry } from '../access/registry';
import { startChromium } from '../browser/chromium';
import { loopholesIn } from '../web/text-of';
import { hostileData, hostileStreams, payloads, turned } from './hostile-content';
import type { Hostile } from './hostile-content';

const tables = ['assets', 'money', 'support', 'use', 'assigned', 'waiting', 'flags', 'calls', 'organisations', 'dialogues', 'groups'] as const; // prettier-ignore
const lists = { call: 'calls', organisation: 'organisations', dialogue: 'dialogues', group: 'groups' } as const;

/** The one script there is: that of the map's page, by its digest. */
const MAP_SCRIPT = /<script src="\/assets\/map\/[\w.-]+" integrity="sha\d+-[\w+/=]+" defer><\/script>/;

describe('what people type to do harm', () => {
  let registry: TestRegistry;
  let hostile: Hostile;

  beforeAll(async () => {
    registry = await aRegistry();
    hostile = hostileStreams(new Date().toISOString());
    for (const [stream, facts] of hostile.streams) await registry.store.append(stream, facts, 'no-stream');
    const head = await registry.store.head();
    await registry.projecting.runner.reached(head, 120_000);
    expect((await registry.projecting.health()).reasons).toEqual([]);
  }, 240_000);
  afterAll(() => registry.close());

  const get = async (path: string): Promise<{ answer: Response; text: string }> => {
    const answer = await fetch(registry.url + path, { headers: { accept: '*/*' } });
    return { answer, text: await answer.text() };
  };

  /** Every page of a language with one entry of every type behind it. */
  const pagesIn = (language: Language): readonly string[] => {
    const { paths } = languageFacts[language];
    const whole = ['search', 'assets', 'map', 'indicators', 'money', 'support', 'use', 'assigned', 'waiting', 'flags', 'calls', 'organisations', 'dialogues', 'groups', 'integrity', 'data'] as const; // prettier-ignore
    return [
      `/${language}`,
      ...whole.map((each) => `/${language}/${paths[each]}`),
      // Each finds what was typed to do harm, of every kind.
      ...['alert', 'script', 'onload', 'SUM'].map((q) => `/${language}/${paths.search}?q=${q}`),
      ...hostile.ids.asset.map((id) => `/${language}/${paths.search}?q=${id}`),
      ...hostile.ids.asset.flatMap((id) => [`/${language}/${paths.assets}/${id}`, `/${language}/${paths.assets}/${id}?asOf=2020-06-01`, `/${language}/embed/${paths.assets}/${id}`, `/ask/${language}/asset/${id}`]), // prettier-ignore
      ...Object.entries(lists).flatMap(([kind, list]) => hostile.ids[kind as keyof typeof lists].map((id) => `/${language}/${paths[list]}/${id}`)), // prettier-ignore
    ];
  };

  it('is taken by the domain as the plain text it is, in some field of most types; what turns text round is taken nowhere', () => {
    const types = [...events.keys()];
    const taken = types.filter((type) => JSON.stringify(hostileData(type, payloads[0])).includes('<script>'));
    expect(taken.length).toBeGreaterThan(types.length / 2);
    for (const type of taken) {
      const { data } = events.get(type)!.definition;
      const flaws = shapeErrors(data, exampleOf(data, { text: turned })).map(({ detail }) => detail);
      expect([type, flaws.some((flaw) => flaw.includes('U+202E'))]).toEqual([type, true]);
    }
  });

  it.each(languages)('stays text on every page (%s)', async (language) => {
    const shown = new Set<string>();
    for (const path of pagesIn(language)) {
      const { answer, text } = await get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, loopholesIn(text.replace(MAP_SCRIPT, ''))]).toEqual([path, []]);
      for (const payload of payloads) if (text.includes(escaped(payload))) shown.add(payload);
    }
    expect([...shown].sort()).toEqual([...payloads].sort());
  }, 240_000); // prettier-ignore

  it('is no formula in any table, and breaks none', async () => {
    let cells = 0;
    const paths = [
      ...tables.map((name) => `/api/v1/${name}.csv`),
      ...hostile.ids.asset.map((id) => `/api/v1/assets/${id}/timeline.csv`),
      '/api/v1/indicators.csv', '/api/v1/assigned/municipalities.csv',
    ]; // prettier-ignore
    for (const path of paths) {
      const { answer, text } = await get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      const rows: string[][] = parse(text);
      const formulas = rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell));
      expect([path, formulas]).toEqual([path, []]);
      cells += rows.flat().filter((cell) => cell.includes('alert(')).length;
    }
    expect(cells).toBeGreaterThan(50);
  }, 120_000); // prettier-ignore

  it('leaves JSON, GeoJSON and JSON-LD what they are, and no browser takes them for a page', async () => {
    const paths = [
      ...tables.flatMap((name) => [`/api/v1/${name}.json`, `/api/v1/${name}`]),
      '/api/v1/search?q=alert', '/api/v1/assets.geojson', '/api/v1/map?bbox=6,36,19,48&zoom=5', '/api/v1/changes?after=0&limit=1000', '/data/datapackage.json', '/data/catalogue.jsonld',
      ...hostile.ids.asset.flatMap((id) => [`/api/v1/assets/${id}`, `/data/assets/${id}`, `/oembed?url=${encodeURIComponent(`${registry.url}/en/assets/${id}`)}`]),
      ...Object.entries(lists).flatMap(([kind, list]) => hostile.ids[kind as keyof typeof lists].map((id) => `/api/v1/${list}/${id}`)),
      ...hostile.ids.call.map((id) => `/api/v1/ocds/calls/${id}`),
    ]; // prettier-ignore
    for (const path of paths) {
      const { answer, text } = await get(path);
      expect([path, answer.status, answer.headers.get('x-content-type-options')]).toEqual([path, 200, 'nosniff']);
      expect([path, /json/.test(answer.headers.get('content-type') ?? '')]).toEqual([path, true]);
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  }, 120_000);

  describe('in a real browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startChromium();
    }, 60_000);
    afterAll(() => browser.close());

    it('runs nowhere, and nothing is there that the policy would have had to stop', async () => {
      const seen: string[] = [];
      const context = await browser.newContext();
      await context.addInitScript(
        `addEventListener('securitypolicyviolation', (event) => console.log('violation', event.violatedDirective, event.sourceFile))`,
      );
      const page = await context.newPage();
      page.on('dialog', (dialog) => void (seen.push(`dialog ${dialog.message()}`), dialog.dismiss()));
      // Photos that an example names lie nowhere.
      page.on('console', (message) => message.location().url.includes('/files/') || seen.push(message.text()));
      page.on('pageerror', (error) => seen.push(error.message));
      const own = (kind: 'asset' | 'call' | 'organisation' | 'dialogue' | 'group') => hostile.ids[kind];
      const paths = [
        ...own('asset').flatMap((id) => [`/en/assets/${id}`, `/en/embed/assets/${id}`]), ...own('call').map((id) => `/en/calls/${id}`),
        ...own('organisation').map((id) => `/en/organisations/${id}`), ...own('dialogue').map((id) => `/en/dialogue/${id}`), ...own('group').map((id) => `/en/groups/${id}`), '/en/map', '/en/money', '/en/search?q=alert',
      ]; // prettier-ignore
      for (const path of paths) {
        await page.goto(registry.url + path, { waitUntil: 'load' });
        await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
        const bad = await page.evaluate<string[]>(
          `[...document.querySelectorAll('a, form, iframe, img')].map((each) => each.getAttribute('href') ?? each.getAttribute('src') ?? each.getAttribute('action') ?? '').filter((address) => /^\\s*(javascript|data|vbscript):/i.test(address))`,
        );
        expect([path, bad]).toEqual([path, []]);
      }
      expect(seen).toEqual([]);
      await context.close();
    }, 240_000);

    it('leaves feeds and the sitemap XML', async () => {
      const page = await browser.newPage();
      const lists = ['assets', 'calls', 'organisations', 'dialogue', 'groups', 'money', 'support', 'use', 'assigned', 'waiting', 'red-flags', 'annual-return'];
      const { asset, call, organisation, dialogue, group } = hostile.ids;
      const single = { assets: asset, calls: call, organisations: organisation, dialogue, groups: group };
      const each = Object.entries(single).flatMap(([list, ids]) => ids.map((id) => `/en/${list}/${id}`));
      const feeds = [...lists.map((list) => `/en/${list}`), ...each].map((page) => `${page}/feed.atom`);
      for (const path of ['/en/feed.atom', '/it/feed.atom', '/sitemap.xml', ...feeds]) {
        const { answer, text } = await get(path);
        expect([path, answer.status]).toEqual([path, 200]);
        const wrong = await page.evaluate<string | null>(
          `new DOMParser().parseFromString(${JSON.stringify(text)}, 'application/xml').querySelector('parsererror')?.textContent ?? null`,
        );
        expect([path, wrong]).toEqual([path, null]);
        expect([path, /<(script|img|svg)/.test(text)]).toEqual([path, false]);
      }
      await page.close();
    }, 60_000); // prettier-ignore
  });
});

/** As the pages write it. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
