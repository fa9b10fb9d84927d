import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BY_PEOPLE_ALONE } from '../api/civic-scene';
import { recordSuspicions } from '../api/flag-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { idFrom } from '#domain';
import type { JsonObject } from '#domain';
import { recordEstate, writing } from '../reuse/estate';
import type { Estate } from '../reuse/estate';
import { startChromium } from './chromium';
import { visiting } from './visiting';

/** The figures of a return, once the registry has counted them. */
async function figuresOf(recorder: TestSystem['recorder'], stream: string): Promise<{ readonly id: string }> {
  for (;;) {
    const prepared = (await recorder.state('return', stream.slice('return-'.length)))?.prepared;
    if (prepared) return prepared;
    await pause(5);
  }
}

/** One officer prepares the return of a year, and an approver publishes it; then something of that year comes in late. */
async function publishReturn({ recorder, store }: TestSystem, year: string): Promise<void> {
  const stream = `return-${idFrom('return', 'IT', 'year', year)}` as const;
  const record = async (name: string, data: JsonObject, subject: string): Promise<string> => {
    const actor = { subject, agency: 'ANBSC', role: 'officer' };
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: name, correlationId: 'test' };
    const recorded = await recorder.record(stream, { name, occurredOn: '2026-11-02', data }, origin);
    if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
    return recorded.entry;
  };
  await record('prepare-return', { year }, 'officer-1');
  const prepared = await figuresOf(recorder, stream);
  await record('publish-return', { preparation: prepared.id }, 'approver-1');
  const late = writing(store).to(`dialogue-${idFrom('dialogue', 'IT', 'test', 'late')}`);
  await late('ask-question', `${year}-11-05`, {
    kind: 'question',
    report: 'annual-return',
    addressedTo: 'ANBSC',
    text: 'Quanti?',
  });
}

describe('the pages of the reports in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let estate: Estate;
  beforeAll(async () => {
    // A process of the registry would close the calls that are due before their people do.
    system = await aSystem(BY_PEOPLE_ALONE);
    estate = await recordEstate(system.store);
    await recordSuspicions(system.store);
    await publishReturn(system, '2018');
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const onPage = <Result>(options: BrowserContextOptions, visit: (page: Page) => Promise<Result>): Promise<Result> =>
    visiting(browser, options, visit);

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

  it('and of dossiers have links large enough for a finger beside their values (WCAG 2.2, 2.5.8)', () =>
    onPage({ viewport: { width: 320, height: 800 }, javaScriptEnabled: false }, async (page) => {
      for (const path of [`/en/assets/${estate.farm}`, '/en/support']) {
        await page.goto(system.url + path);
        const links = await page.locator('.results .beside a').all();
        const heights = await Promise.all(links.map(async (link) => (await link.boundingBox())!.height));
        expect([path, heights.length > 0, heights.filter((height) => height < 24)]).toEqual([path, true, []]);
      }
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
