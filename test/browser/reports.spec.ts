import type { Browser, Page } from 'playwright-core';
import { BY_PEOPLE_ALONE } from '../api/civic-scene';
import { recordSuspicions } from '../api/flag-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { recordEstate } from '../reuse/estate';
import type { Estate } from '../reuse/estate';
import { startChromium } from './chromium';

describe('the pages of the reports in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let estate: Estate;
  beforeAll(async () => {
    // A process of the registry would close the calls that are due before their people do.
    system = await aSystem(BY_PEOPLE_ALONE);
    estate = await recordEstate(system.store);
    await recordSuspicions(system.store);
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  async function onPage<Result>(
    options: Parameters<Browser['newContext']>[0],
    visit: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const context = await browser.newContext(options);
    try {
      return await visit(await context.newPage());
    } finally {
      await context.close();
    }
  }

  it('lead from the sum to the movement, and from there to the entry in the timeline, without a script', () =>
    onPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${system.url}/en`);
      await page.getByRole('link', { name: 'Reuse', exact: true }).click();
      expect(page.url()).toBe(`${system.url}/en/money`);
      expect(await page.locator('main').innerText()).toContain('€297,345.67');
      await page.getByRole('link', { name: 'European Union', exact: true }).click();
      expect(page.url()).toBe(`${system.url}/en/money?source=eu`);
      await page.getByRole('link', { name: 'Masseria in contrada Drago' }).first().click();
      expect(page.url()).toBe(`${system.url}/en/assets/${estate.farm}#money`);
      const account = page.locator('.account');
      expect(await account.innerText()).toMatch(/Paid to suppliers\s+-€88,800/);
      expect(await account.locator('tfoot').innerText()).toMatch(/Difference\s+€0/);
      await page.getByRole('link', { name: /Allocated by European Union/ }).click();
      const [, place] = /#(entry-\d+)$/.exec(page.url()) ?? [];
      expect(await page.locator(`#${place}`).innerText()).toContain('Public money was set aside: €250,000');
    }));

  it('lead from a line of the list to its entry', () =>
    onPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${system.url}/en/money`);
      await page.getByRole('link', { name: '2 May 2018' }).click();
      const entry = page.locator('.entry', { has: page.locator(':target') });
      expect(await entry.innerText()).toContain('Of a payment, €1,200 came back.');
    }));

  it('are filtered by a plain form, and by taking filters away', () =>
    onPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${system.url}/it/sostegno`);
      await page.getByText('Filtri', { exact: true }).click();
      await page.getByLabel('Esito').selectOption('declined');
      await page.getByRole('button', { name: 'Mostra' }).click();
      expect(page.url()).toBe(`${system.url}/it/sostegno?status=declined`);
      const list = page.locator('table.results');
      expect(await list.innerText()).toContain('Costruzioni Ombra S.r.l.');
      expect(await list.innerText()).not.toContain('Frantoi Riuniti');
      await page.getByRole('link', { name: 'Togli il filtro Esito' }).click();
      expect(page.url()).toBe(`${system.url}/it/sostegno`);
    }));
});
