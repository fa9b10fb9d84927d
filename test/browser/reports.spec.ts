import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { idFrom } from '#domain';
import type { JsonObject } from '#domain';
import { recordEstate, writing } from '../reuse/estate';
import type { Estate } from '../reuse/estate';
import { startChromium } from './chromium';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures of the pages go, for whoever wants to look at them. */
const pictures = process.env.PICTURES;

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
  const preparation = await record('prepare-return', { year }, 'officer-1');
  await record('publish-return', { preparation }, 'approver-1');
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
    system = await aSystem();
    estate = await recordEstate(system.store);
    await publishReturn(system, '2018');
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

  const paths = [
    '/en/money',
    '/it/spesa-pubblica?source=eu',
    '/en/money?supplier=Edil+Sicula+s.r.l.',
    '/it/sostegno',
    '/en/use',
    '/it/uso?type=visit',
    '/en/assigned',
    '/it/assegnati?region=19',
    '/en/money?year=1999',
    '/en/waiting',
    '/it/attese?kind=real-estate&assigned=open',
    '/en/indicators',
    '/en/red-flags',
    '/it/segnali?rule=long-idle',
    '/it/relazione-annuale',
    '/en/annual-return/2018',
    '/it/relazione-annuale/2018/money-allocated',
    '/en/assets/:farm',
    '/it/beni/:farm?asOf=2018-04-30',
    '/en/assets/:school',
    '/en/assets/:flat',
  ];
  describe.each([
    ['on a phone', { width: 390, height: 844 }, 'light'],
    ['on a wide screen, in the dark', { width: 1440, height: 900 }, 'dark'],
    ...(pictures === undefined ? [] : [['on a wide screen', { width: 1440, height: 900 }, 'light'] as const]),
  ] as const)('%s', (name, viewport, colorScheme) => {
    it.each(paths)('%s breaks no rule of accessibility, and does not scroll sideways', (path) =>
      onPage({ viewport, colorScheme, bypassCSP: true }, async (page) => {
        const url = path.replace(/:(\w+)/, (_, code: keyof Estate) => estate[code]);
        const answer = await page.goto(system.url + url);
        expect(answer?.status()).toBe(200);
        if (pictures !== undefined) {
          const file = `${name}${path}`.replace(/[^a-z0-9]+/gi, '-');
          await page.screenshot({ path: join(pictures, `${file}.png`), fullPage: true });
        }
        await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
        await page.evaluate(axe);
        const violations = await page.evaluate(
          `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`,
        );
        expect(violations).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
          0,
        );
      }),
    );
  });
});
