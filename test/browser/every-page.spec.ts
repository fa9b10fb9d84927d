import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { italy } from '#domain';
import { makeDay } from '#read-models';
import { BY_PEOPLE_ALONE, recordScene, scene } from '../api/civic-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { recordEstate } from '../reuse/estate';
import { startChromium } from './chromium';
import { sideways, violationsOn, visiting } from './visiting';

/** Where pictures of the pages go, for whoever wants to look at them. */
const pictures = process.env.PICTURES;

/** Every type of public page, and those that look different when asked for something else. Each once; the languages take turns. */
const pages = [
  '/it', '/en', '/it?asOf=2018-06-30', '/en/search', '/it/cerca?q=palermo', '/ar/search?q=villa', '/en/search?q=xyzxyz',
  '/it/beni', '/en/assets?q=nothing', '/en/assets?asOf=2015-12-31',
  '/en/assets/:farm', '/it/beni/:farm?asOf=2018-04-30', '/en/assets/:school', '/en/assets/:flat', '/en/assets/:villa',
  '/en/map', '/it/mappa?region=19', '/it/mappa?bbox=12,37,15,39&zoom=8', '/ar/map?bbox=13.3,38.08,13.42,38.15&zoom=14', '/en/indicators', '/it/mappa?asOf=2018-06-30', '/it/indicatori?asOf=2018-06-30', '/en/areas?area=19&area=08', '/it/territori', '/it/territori/19', '/en/areas/082034', '/en/areas?area=19&area=08&asOf=2018-06-30', '/it/territori/19?asOf=2018-06-30',
  '/en/annual-return', '/it/relazione-annuale', '/en/annual-return/2018', '/en/annual-return/2018/money-allocated', '/it/relazione-annuale/2018/stock', '/en/embed/assets/:farm', '/it/segnali?rule=overdue-publication',
  '/en/glossary', '/it/glossario', '/en/companies', '/it/imprese', '/it/accessibilita', '/en/accessibility',
  '/it/dati', '/en/data',
  '/it/integrita', '/en/integrity', '/en/integrity/entries/:entry',
  '/en/money', '/it/spesa-pubblica?source=eu', '/en/money?supplier=Edil+Sicula+s.r.l.', '/en/money?year=1999', '/it/spesa-pubblica?asOf=2018-04-30',
  '/it/sostegno', '/en/support?asOf=2018-04-30', '/en/use', '/it/uso?type=visit', '/it/uso?asOf=2019-06-30',
  '/en/assigned', '/it/assegnati?region=19', '/it/assegnati?asOf=2017-06-30',
  '/en/waiting', '/it/attese?kind=real-estate&assigned=open', '/en/red-flags', '/it/segnali?rule=long-idle',
  '/en/calls', '/en/calls/:awarded', '/it/bandi/:open', '/en/calls/:open/apply',
  '/en/organisations', '/en/organisations/:terra', '/it/organizzazioni/:mare',
  '/en/dialogue', '/it/dialogo/:answered', '/en/dialogue/:withheld', '/en/groups', '/it/gruppi?represents=company', '/en/groups/:group',
  '/en/calls?asOf=:day', '/it/bandi/:awarded?asOf=:day', '/en/organisations/:terra?asOf=:day', '/it/dialogo/:answered?asOf=:day', '/en/groups/:group?asOf=:day',
  '/ask/it/asset/:villa', '/ask/en/received/:answered',
  '/it/attese?knownAt=:yesterday', '/en/money?knownAt=:yesterday', '/ar/calls?knownAt=:yesterday', '/en/waiting?knownAt=2001-01-01',
  '/en/problems', '/en/problems/not-found', '/it/niente',
] as const; // prettier-ignore

/** Routes of the portal that answer no page in a language. */
const NO_PAGE = /feed\.atom$/;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe('every page in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let names: Readonly<Record<string, string>>;
  beforeAll(async () => {
    // People sign in, as under `npm start`: their way in stands on every page.
    system = await aSystem({ ...BY_PEOPLE_ALONE, REGISTRY_SIGN_IN: 'on' });
    const estate = await recordEstate(system.store);
    await recordScene(system.store, new Date().toISOString());
    const head = await system.store.head();
    await system.projecting.runner.reached(head, 20_000);
    expect(await system.notarising!.notary.reached(head, 20_000)).toBe(true);
    await system.notarising!.indexed(10_000);
    const [entry] = await system.store.readStream(`asset-${estate.farm}`);
    names = { ...scene, ...estate, entry: entry!.id, day: daysAgo(20), yesterday: daysAgo(1) };
    const kept = { folder: join(system.folder, 'known-days'), day: daysAgo(1), today: daysAgo(0), profile: italy };
    await makeDay(system.log, kept);
    browser = await startChromium();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const addressOf = (path: string): string => system.url + path.replace(/:(\w+)/g, (_, name: string) => names[name]!);

  const onPage = (path: string, options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> =>
    visiting(browser, options, async (page) => {
      await page.goto(addressOf(path));
      await visit(page);
    });

  /** Drawings that neither say what they show nor stand beside words that do. What the map's script draws stands in the table beside the map. */
  const mute = (page: Page): Promise<string[]> =>
    page.evaluate(
      `[...document.querySelectorAll('svg')].filter((each) => {
        const named = each.hasAttribute('aria-label') || each.hasAttribute('aria-labelledby') || each.querySelector(':scope > title') !== null;
        return !each.closest('[aria-hidden=true], .map-canvas') && !(named && ['img', 'group'].includes(each.getAttribute('role')));
      }).map((each) => each.outerHTML.slice(0, 120))`,
    );

  /** Places of texts that nobody gave a value: its name in the text is not the one in the code. */
  const unfilled = (page: Page): Promise<string[]> =>
    page.evaluate('document.body.innerText.match(/\\{\\w+\\}/g) ?? []');

  /** Text that its own box hides: cut off without a way to scroll to it. What is hidden from all eyes on purpose is no loss; a map is a picture. */
  const cutOff = (page: Page): Promise<string[]> =>
    page.evaluate(
      `[...document.querySelectorAll('body *')].filter((each) => {
        const { overflowX, overflowY, clipPath, position } = getComputedStyle(each);
        const hides = [overflowX, overflowY].some((how) => how === 'hidden' || how === 'clip');
        if (!hides || each.closest('svg, .hidden, [aria-hidden=true], .map-canvas') || clipPath !== 'none' || position === 'absolute') return false;
        return each.textContent.trim() !== '' && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
      }).map((each) => each.outerHTML.slice(0, 120))`,
    );

  /** What somebody sets in the browser as the size of letters, in pixels; 16 where nothing is set. */
  const letters = async (page: Page, standard: number): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard, fixed: (standard * 13) / 16 } });
    expect(await page.evaluate('parseFloat(getComputedStyle(document.documentElement).fontSize)')).toBeGreaterThanOrEqual(standard); // prettier-ignore
  };

  const picture = async (page: Page, path: string, how: string): Promise<void> => {
    if (pictures === undefined) return;
    await page.screenshot({ path: join(pictures, `${`${how}${path}`.replace(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true }); // prettier-ignore
  };

  it('is on the list of this test', () => {
    const routes = readFileSync(join(__dirname, '../access/matrix.txt'), 'utf8').matchAll(
      /^GET {2}(\/(?:en|ask)\b\S*)/gm,
    );
    const here = pages.map((path) => path.split('?')[0]!.split('/'));
    const fits = (route: string): boolean =>
      here.some((path) => {
        const parts = route.split('/');
        return parts.length === path.length && parts.every((part, place) => part === path[place] || (part.startsWith('{') && path[place] !== '')); // prettier-ignore
      });
    const missing = [...routes].map(([, route]) => route!).filter((route) => !NO_PAGE.test(route) && !fits(route));
    expect(missing).toEqual([]);
  });

  it.each(pages)('%s breaks no rule of accessibility, in both themes, on a phone and on a wide screen', (path) =>
    onPage(path, { viewport: { width: 1440, height: 900 }, colorScheme: 'light', bypassCSP: true }, async (page) => {
      await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
      await picture(page, path, 'wide-light');
      expect(['wide, light', await violationsOn(page), await sideways(page)]).toEqual(['wide, light', [], 0]);
      expect(['drawings', await mute(page)]).toEqual(['drawings', []]);
      expect(['without a value', await unfilled(page)]).toEqual(['without a value', []]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture(page, path, 'wide-dark');
      expect(['wide, dark', await violationsOn(page, 'color-contrast')]).toEqual(['wide, dark', []]);
      await page.setViewportSize({ width: 390, height: 844 });
      await picture(page, path, 'phone-dark');
      expect(['phone, dark', await violationsOn(page), await sideways(page)]).toEqual(['phone, dark', [], 0]);
      await page.emulateMedia({ colorScheme: 'light' });
      await picture(page, path, 'phone-light');
      expect(['phone, light', await violationsOn(page, 'color-contrast')]).toEqual(['phone, light', []]);
    }),
  );

  /** WCAG 2.2, 1.4.10: 320 pixels wide, as at 400 % on a screen of 1280; 1.4.4: letters twice their size. Tables scroll in a frame of their own. */
  it.each(pages)('%s loses nothing when it is enlarged, in forced colours, or without motion', (path) =>
    onPage(path, { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce', bypassCSP: true }, async (page) => {
      await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
      await picture(page, path, 'narrow');
      expect(['at 320 pixels', await sideways(page), await cutOff(page)]).toEqual(['at 320 pixels', 0, []]);
      expect(['pressed at 320 pixels', await violationsOn(page, 'target-size')]).toEqual(['pressed at 320 pixels', []]);
      const moving = await page.evaluate(
        `[...document.querySelectorAll('*')].filter((each) => { const { transitionDuration, animationDuration } = getComputedStyle(each); return !/^(0s(, )?)+$/.test(transitionDuration) || !/^(0s(, )?)+$/.test(animationDuration); }).length`,
      );
      expect(['moving', moving]).toEqual(['moving', 0]);

      await page.setViewportSize({ width: 1280, height: 900 });
      await letters(page, 32);
      await picture(page, path, 'large-text');
      expect(['letters of 200 %', await sideways(page), await cutOff(page)]).toEqual(['letters of 200 %', 0, []]);

      await letters(page, 16);
      await page.emulateMedia({ forcedColors: 'active' });
      await picture(page, path, 'forced-colours');
      // What can be pressed is told from what cannot, and what has the focus from what has not, by more than a colour that is gone.
      const unseen = await page.evaluate(
        `[...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')].filter((each) => each.checkVisibility() && !each.disabled).slice(0, 60).filter((each) => {
          each.focus();
          if (document.activeElement !== each) return false;
          const { outlineStyle, outlineWidth } = getComputedStyle(each);
          return outlineStyle === 'none' || parseFloat(outlineWidth) < 1;
        }).map((each) => each.outerHTML.slice(0, 120))`,
      );
      expect(['without a focus to be seen', unseen]).toEqual(['without a focus to be seen', []]);
    }),
  );
});
