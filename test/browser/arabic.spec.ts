import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BY_PEOPLE_ALONE, recordScene, scene } from '../api/civic-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { recordEstate } from '../reuse/estate';
import type { Estate } from '../reuse/estate';
import { startChromium } from './chromium';
import { sideways, violationsOn, visiting } from './visiting';

/** Where pictures of the pages go, for whoever wants to look at them. */
const pictures = process.env.PICTURES;
const phone = { width: 390, height: 844 };
const wide = { width: 1440, height: 900 };

describe('the pages in Arabic in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let estate: Estate;
  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(__dirname, '../../scripts/bundle.mjs')]);
    system = await aSystem(BY_PEOPLE_ALONE);
    estate = await recordEstate(system.store);
    await recordScene(system.store, new Date().toISOString());
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    browser = await startChromium();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const onPage = <Result>(options: BrowserContextOptions, visit: (page: Page) => Promise<Result>): Promise<Result> =>
    visiting(browser, options, visit);

  const placed = (path: string): string =>
    path.replace(/:(\w+)/, (_, name: string) => ({ ...scene, ...estate })[name as keyof Estate | keyof typeof scene]);

  const paths = [
    '/ar',
    '/ar/assets',
    '/ar/assets?q=nothing',
    '/ar/assets?asOf=2017-12-31',
    '/ar/assets/:farm',
    '/ar/assets/:school',
    '/ar/assets/:flat',
    '/ar/assets/:villa',
    '/ar/assets/:farm?asOf=2018-04-30',
    '/ar/search?q=villa',
    '/ar/map',
    '/ar/map?region=19',
    '/ar/indicators',
    '/ar/money',
    '/ar/money?source=eu',
    '/ar/support',
    '/ar/use',
    '/ar/assigned',
    '/ar/waiting',
    '/ar/red-flags',
    '/ar/calls',
    '/ar/calls/:awarded',
    '/ar/calls/:open',
    '/ar/organisations',
    '/ar/organisations/:terra',
    '/ar/dialogue',
    '/ar/dialogue/:answered',
    '/ar/groups',
    '/ar/groups/:group',
    '/ask/ar/asset/:villa',
    '/ar/data',
    '/ar/integrity',
    '/ar/glossary',
    '/ar/companies',
    '/ar/accessibility',
    '/ar/problems',
    '/ar/problems/not-found',
    '/ar/nothing-here',
  ];

  describe.each([
    ['on a phone', phone, 'light'],
    ['on a wide screen, in the dark', wide, 'dark'],
    ...(pictures === undefined ? [] : [['on a wide screen', wide, 'light'] as const]),
  ] as const)('%s', (name, viewport, colorScheme) => {
    it.each(paths)('%s runs from the right, breaks no rule of accessibility, and does not scroll sideways', (path) =>
      onPage({ viewport, colorScheme, bypassCSP: true }, async (page) => {
        await page.goto(system.url + placed(path));
        if (path === '/ar/map') await page.locator('#map[data-state="shown"]').waitFor();
        if (pictures !== undefined) {
          const file = `${name}${path}`.replace(/[^a-z0-9]+/gi, '-');
          await page.screenshot({ path: join(pictures, `${file}.png`), fullPage: true });
        }
        await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
        expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
          'ar',
          'rtl',
        ]);
        expect(await page.evaluate('getComputedStyle(document.body).direction')).toBe('rtl');
        expect(await sideways(page)).toBe(0);
        const violations = await violationsOn(page);
        expect(violations).toEqual([]);
      }),
    );
  });

  it('are found by who prefers Arabic, and left for the same page in another language', () =>
    onPage({ locale: 'ar-EG', viewport: phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(system.url);
      expect(page.url()).toBe(`${system.url}/ar`);
      await page.getByRole('searchbox').fill('palermo');
      await page.getByRole('button', { name: 'بحث' }).click();
      await page.getByRole('link', { name: 'Villa Rosa' }).click();
      expect(page.url()).toBe(`${system.url}/ar/assets/${scene.villa}`);
      await page.getByRole('navigation', { name: 'اللغة' }).getByText('IT').click();
      expect(page.url()).toBe(`${system.url}/it/beni/${scene.villa}`);
      await page.getByRole('navigation', { name: 'Lingua' }).getByText('AR').click();
      expect(page.url()).toBe(`${system.url}/ar/assets/${scene.villa}`);
    }));

  it('name themselves in every language, each of them', () =>
    onPage({ javaScriptEnabled: false }, async (page) => {
      for (const path of paths.filter((each) => each.startsWith('/ar') && !/[?]|nothing-here/.test(each))) {
        await page.goto(system.url + placed(path));
        const named = await page.evaluate(
          `[...document.querySelectorAll('link[hreflang]')].map((each) => each.hreflang)`,
        );
        expect([path, named]).toEqual([path, ['it', 'en', 'ar']]);
      }
    }));

  it('begin on the right: the first phase, the first column, a bar', () =>
    onPage({ viewport: wide }, async (page) => {
      await page.goto(`${system.url}/ar/assets/${estate.farm}`);
      const left = async (selector: string): Promise<number> => (await page.locator(selector).first().boundingBox())!.x;
      expect(await left('.phase-bar > li:first-child')).toBeGreaterThan(await left('.phase-bar > li:nth-child(2)'));
      expect(await left('.asset-side')).toBeGreaterThan(await left('.asset-main'));
      await page.goto(`${system.url}/ar/assets`);
      expect(await left('thead th:first-child')).toBeGreaterThan(await left('thead th:nth-child(2)'));
      await page.goto(`${system.url}/ar`);
      const bar = (await page.locator('.parted').boundingBox())!;
      const first = (await page.locator('.parted .part').first().boundingBox())!;
      expect(first.width).toBeLessThan(bar.width);
      // Its edge is drawn half outside of it.
      expect(Math.abs(first.x + first.width - bar.x - bar.width)).toBeLessThanOrEqual(2);
    }));

  it('keep what is written from the left in its own order', () =>
    onPage({ viewport: wide }, async (page) => {
      await page.goto(`${system.url}/ar/assets/${scene.villa}`);
      expect(await page.locator('h1 [lang="it"]').getAttribute('dir')).toBe('ltr');
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.asset-head .id')).direction`)).toBe('ltr');
      await page.goto(`${system.url}/ar/waiting`);
      expect(await page.locator('.step-chart').first().getAttribute('dir')).toBe('ltr');
    }));

  it('count on the map with the forms of Arabic, and keep its marks where they lie', () =>
    onPage({ viewport: wide, reducedMotion: 'reduce' }, async (page) => {
      await page.goto(`${system.url}/ar/map?region=19`);
      await page.locator('#map[data-state="shown"]').waitFor();
      const names = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.map-mark')].map((each) => each.ariaLabel)`,
      );
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(name).toMatch(/: (أصل واحد · 1|أصلان · 2|\d+ أصول)$/);
      await page.locator('.map-mark').first().click();
      expect(await page.locator('.leaflet-popup-content > div').getAttribute('dir')).toBe('rtl');
    }));
});
