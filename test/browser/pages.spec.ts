import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startChromium } from './chromium';
import { visiting } from './visiting';

describe('the pages in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let asset: string;
  beforeAll(async () => {
    system = await aSystem();
    const seizure = {
      occurredOn: '2015-03-12',
      data: {
        kind: 'real-estate',
        category: 'villa',
        title: '<b>Villa</b> "Rosa" & figli',
        identifiers: [{ scheme: 'it-anbsc', id: 'I-PA-1-S' }],
        location: {
          country: 'IT',
          region: { code: '19', name: 'Sicilia' },
          municipality: { code: '082053', name: 'Palermo' },
        },
        formerHolder: 'Canary Person',
        protectedAddress: 'Canary Street 1',
      },
    };
    const opened = await system.post('/api/v1/assets', seizure, { 'idempotency-key': 'seizure' });
    ({ asset } = (await opened.json()) as { asset: string });
    const order = { occurredOn: '2016-05-01', data: { instance: 'first' } };
    const answer = await system.post(`/api/v1/assets/${asset}/order-confiscation`, order, {
      'idempotency-key': 'order',
    });
    const { position } = (await answer.json()) as { position: number };
    await system.projecting.runner.reached(position, 5000);
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const onPage = <Result>(options: BrowserContextOptions, visit: (page: Page) => Promise<Result>): Promise<Result> =>
    visiting(browser, options, async (page) => {
      const foreign: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(system.url)) foreign.push(request.url());
      });
      const result = await visit(page);
      expect(foreign).toEqual([]);
      return result;
    });
  const phone = { viewport: { width: 390, height: 844 } };

  it('leads from search to the asset and its timeline, on a phone and without script', () =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${system.url}/en`);
      await page.getByRole('searchbox').fill('palermo');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: /Villa/ }).click();
      expect(page.url()).toContain(`/en/assets/${asset}`);
      const text = await page.locator('body').innerText();
      expect(text).toContain('<b>Villa</b> "Rosa" & figli');
      expect(text).toContain('1 May 2016');
      expect(text).not.toContain('Canary');
    }));

  it('filters by keyboard alone', () =>
    onPage({}, async (page) => {
      await page.goto(`${system.url}/en/assets`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByLabel('Phase', { exact: true }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('searchbox', { name: 'Search', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/phase=/);
      expect(await page.getByRole('link', { name: /Villa/ }).count()).toBe(1);
    }));

  it('shows the register of another day', () =>
    onPage({}, async (page) => {
      await page.goto(`${system.url}/en/assets?asOf=2015-12-31`);
      expect(await page.locator('table, .found').first().innerText()).toContain('Seized');
      await page.goto(`${system.url}/en/assets?asOf=2014-12-31`);
      expect(await page.getByRole('link', { name: /Villa/ }).count()).toBe(0);
    }));

  const everyType = ['/it', '/it/beni', '/it/mappa?region=19', '/it/beni/:asset', '/it/indicatori', '/it/glossario', '/it/spesa-pubblica', '/it/bandi']; // prettier-ignore

  it.each(everyType)('%s is printed dark on white, without what cannot be pressed on paper', (path) =>
    onPage({ colorScheme: 'dark', viewport: { width: 794, height: 1123 } }, async (page) => {
      await page.goto(system.url + path.replace(':asset', asset));
      await page.emulateMedia({ media: 'print' });
      const [ground, ...inks] = await page.evaluate<string[]>(
        `[getComputedStyle(document.body).backgroundColor, ...[...document.querySelectorAll('main :is(h1, h2, p, td, th, dd, li)')].filter((each) => each.checkVisibility()).map((each) => getComputedStyle(each).color)]`,
      );
      expect(ground).toBe('rgb(255, 255, 255)');
      expect(inks.length).toBeGreaterThan(0);
      const light = inks.filter((ink) => (ink.match(/\d+/g) ?? []).slice(0, 3).every((part) => Number(part) > 160)); // prettier-ignore
      expect(light).toEqual([]);
      for (const gone of ['.site-header nav', '.filter-form', '.ways', '.pages', '.downloads'])
        for (const each of await page.locator(gone).all())
          expect([gone, await each.isVisible()]).toEqual([gone, false]);
    }),
  );
});
