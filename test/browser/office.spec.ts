import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '#intake';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startChromium } from './chromium';
import { sideways, violationsOn, visiting } from './visiting';

const desk = { viewport: { width: 1440, height: 1000 } };
const phone = { viewport: { width: 390, height: 844 } };

/** OFFICE_PICTURES=folder keeps a picture of each page, for whoever works on its look. */
const pictures = process.env.OFFICE_PICTURES;

describe('the back office in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  beforeAll(async () => {
    system = await aSystem();
    browser = await startChromium();
    if (pictures) mkdirSync(pictures, { recursive: true });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const onPage = (options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> =>
    visiting(browser, { locale: 'en-GB', ...options }, visit);

  async function looksRight(page: Page, name: string): Promise<void> {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
    expect(await sideways(page)).toBe(0);
  }

  async function axeFinds(page: Page, expected: readonly string[]): Promise<void> {
    const violations = await violationsOn(page);
    expect(violations).toEqual(expected);
  }

  /** Reaches an element by the Tab key alone, from wherever the focus is. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 250; presses += 1) {
      if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${selector} cannot be reached by keyboard on ${page.url()}`);
  }

  async function type(page: Page, selector: string, text: string): Promise<void> {
    await tabTo(page, selector);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  }

  /** Chooses an answer of a closed question, as arrow keys do. */
  async function choose(page: Page, name: string, code: string): Promise<void> {
    await tabTo(page, `[name="${name}"]`);
    const current = (): Promise<unknown> =>
      page.evaluate(`document.activeElement.tagName === 'SELECT' || document.activeElement.checked ? document.activeElement.value : ''`);
    await page.keyboard.press((await page.evaluate(`document.activeElement.tagName`)) === 'SELECT' ? 'ArrowDown' : 'Space');
    for (let presses = 0; presses < 60 && (await current()) !== code; presses += 1) await page.keyboard.press('ArrowDown');
    expect(await current()).toBe(code);
  } // prettier-ignore

  async function press(page: Page, selector: string): Promise<void> {
    await tabTo(page, selector);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  }

  const step = (name: string): string => `button[name=step][value=${name}]:not(.hidden)`;

  async function checkAndRecord(page: Page): Promise<void> {
    await press(page, step('check'));
    expect(await page.locator('h1').innerText()).toBe('Is this right?');
    await axeFinds(page, []);
    // Impatient as people are; waiting for what the second press leads to.
    await page.locator(step('record')).dblclick({ noWaitAfter: true });
    await page.locator('.done').waitFor();
    expect(await page.getByRole('status').innerText()).toContain('Recorded.');
  }

  describe.each([
    ['desk', desk],
    ['phone', phone],
  ] as const)('at the width of a %s, by keyboard', (width, options) => {
    it(
      'an officer takes an asset from the seizure to its transfer, and puts a mistake right',
      () =>
        onPage({ ...options, bypassCSP: true }, async (page) => {
          await page.goto(`${system.url}/office`);
          await looksRight(page, `${width}-home`);
          await press(page, 'a[href$="/new/record-seizure"]');
          await type(page, '[name=occurredOn]', '12/3/2015');
          await choose(page, 'data.kind', 'real-estate');
          await type(page, '[name="data.title"]', `Villa ${width}`);
          await looksRight(page, `${width}-form`);
          await press(page, step('check'));
          await looksRight(page, `${width}-confirm`);
          expect(await page.locator('.to-record').innerText()).toContain('On 12 March 2015: The asset was seized.');
          await press(page, step('record'));
          await looksRight(page, `${width}-dossier`);
          const address = page.url().split('?')[0]!;
          const id = address.split('/').at(-1)!;

          await press(page, 'a[href$="/order-confiscation"]');
          await type(page, '[name=occurredOn]', '31/2/2016');
          await type(page, '[name="data.court"]', 'Tribunale di Palermo');
          await press(page, step('check'));
          expect(await page.getByRole('alert').innerText()).toContain('2 things need your attention');
          expect(await page.locator('[name="data.court"]').inputValue()).toBe('Tribunale di Palermo');
          await looksRight(page, `${width}-errors`);
          await axeFinds(page, []);
          await tabTo(page, 'a[href="#data-instance"]');
          await page.keyboard.press('Enter');
          await page.waitForFunction(`document.activeElement.id === 'data-instance'`);
          await type(page, '[name=occurredOn]', '1/5/2016');
          await choose(page, 'data.instance', 'first');
          await checkAndRecord(page);

          await press(page, 'a[href$="/make-confiscation-final"]');
          await type(page, '[name=occurredOn]', '1/4/2016');
          await press(page, step('check'));
          expect(await page.getByRole('alert').innerText()).toContain('Rule 3.');
          await looksRight(page, `${width}-refused`);
          await axeFinds(page, []);
          await type(page, '[name=occurredOn]', '1/9/2018');
          await checkAndRecord(page);

          await press(page, 'a[href$="/decide-destination"]');
          await type(page, '[name=occurredOn]', '10/1/2019');
          await choose(page, 'data.purpose', 'social');
          await looksRight(page, `${width}-destination`);
          await tabTo(page, 'details.folded summary');
          while ((await page.locator('[name="data.recipient.name"]').isVisible()) === false) {
            await page.keyboard.press('Enter');
            if (!(await page.locator('[name="data.recipient.name"]').isVisible())) {
              await page.keyboard.press('Tab');
              await tabTo(page, 'details.folded summary');
            }
          }
          await choose(page, 'data.recipient.kind', 'municipality');
          await type(page, '[name="data.recipient.name"]', 'Comune di Palermo');
          await checkAndRecord(page);

          await press(page, 'a[href$="/transfer-asset"]');
          await type(page, '[name=occurredOn]', '20/6/2019');
          await choose(page, 'data.to.kind', 'municipality');
          await type(page, '[name="data.to.name"]', 'Comune di Palermo');
          await checkAndRecord(page);
          expect(await page.locator('.status').first().innerText()).toContain('Palermo');

          await press(page, 'a[href*="/correct-entry"]');
          await looksRight(page, `${width}-which-field`);
          await axeFinds(page, []);
          await press(page, 'a[href$="data.field=title"]');
          expect(await page.locator('[name="data.value"]').inputValue()).toBe(`Villa ${width}`);
          await type(page, '[name="data.value"]', 'Villa Gialla');
          await type(page, '[name="data.reason"]', 'Misread');
          await looksRight(page, `${width}-correct`);
          await checkAndRecord(page);
          expect(await page.locator('h1').innerText()).toBe('Villa Gialla');
          await looksRight(page, `${width}-done`);
          expect(await system.store.readStream(`asset-${id}`)).toHaveLength(6);
        }),
      120_000,
    );
  });

  it('all of it works without a script, and somebody else’s entry meanwhile is shown before one goes on', () =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      const seizure = { occurredOn: '2015-03-12', data: { kind: 'company', title: 'Ditta' } };
      const opened = await system.post('/api/v1/assets', seizure, { 'idempotency-key': 'meanwhile' });
      const { asset } = (await opened.json()) as { asset: string };
      await page.goto(`${system.url}/office/assets/${asset}/record-problem`);
      await page.locator('[name=occurredOn]').fill('1/5/2016');
      await page.locator('[name="data.kind"]').selectOption('occupied');
      await page.locator('[name="data.blocking"][value=yes]').check();
      await page.locator('[name="data.details"]').fill('Two families\nlive there.');
      await page.locator(step('check')).click();
      const order = { occurredOn: '2016-01-01', data: { instance: 'first' } };
      await system.post(`/api/v1/assets/${asset}/order-confiscation`, order, { 'idempotency-key': 'meanwhile-2' });
      await page.locator(step('record')).click();
      expect(await page.locator('h1').innerText()).toBe('Somebody else wrote here meanwhile');
      expect(await page.locator('.meanwhile').innerText()).toContain('1 January 2016: Confiscation was ordered');
      await looksRight(page, 'phone-conflict');
      await page.locator(step('check')).click();
      await page.locator(step('record')).click();
      expect(await page.locator('.warning').innerText()).toContain('One problem stands in the way of reuse');
      await looksRight(page, 'phone-warning');
      const [, , problem] = await system.store.readStream(`asset-${asset}`);
      expect(problem?.data).toEqual({ kind: 'occupied', blocking: true, details: 'Two families\nlive there.' });
    }));

  it('a file is imported without a script, after a look at what is wrong with it', () =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${system.url}/office`);
      await page.getByRole('link', { name: 'Import a CSV file' }).click();
      await page.getByLabel('ANBSC').check();
      const lines = readFileSync(join(sample.folder, 'companies-managed.csv'), 'utf8').split('\n');
      const content = [lines[0], lines[1], lines[2]?.replace(/^[^,]*/, ''), ''].join('\n');
      await page
        .getByLabel('The file')
        .setInputFiles({ name: 'beni.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.getByRole('heading', { name: 'The file was checked' }).waitFor();
      await looksRight(page, 'phone-import');
      expect(await page.getByRole('table').innerText()).toContain('Refused:');
      await page.getByRole('button', { name: /Record \d+ entr/ }).click();
      await page.getByRole('heading', { name: 'The file was imported' }).waitFor();
      await looksRight(page, 'phone-imported');
    }));

  it.each([['/office'], ['/office/assets/new/record-seizure'], ['/office/calls/new/draft-call'], ['/office/groups/new/form-group'], ['dossier'], ['dossier/commit-expenditure'], ['dossier/attach-document'], ['dossier/publish-support-need'], ['/office/import'], ['/office/nothing/here']])(
    '%s breaks no rule of accessibility, in light and dark, at both widths, in both languages',
    async (path) => {
      const opened = await system.post('/api/v1/assets', { occurredOn: '2015-03-12', data: { kind: 'company', protectedAddress: 'Secret street', formerHolder: 'Canary Person', identifiers: [{ scheme: 'x', id: 'axe' }] } }, { 'idempotency-key': 'axe' });
      const { asset } = (await opened.json()) as { asset: string };
      await system.post(`/api/v1/assets/${asset}/record-problem`, { occurredOn: '2016-01-01', data: { kind: 'occupied', blocking: true } }, { 'idempotency-key': 'axe-2' });
      const address = path.replace(/^dossier/, `/office/assets/${asset}`);
      for (const options of [{ ...desk, colorScheme: 'light', locale: 'it' }, { ...phone, colorScheme: 'dark', locale: 'en' }] as const)
        await onPage({ ...options, bypassCSP: true }, async (page) => {
          await page.goto(system.url + address);
          for (const open of await page.locator('details').all()) await open.evaluate((each) => each.setAttribute('open', ''));
          await looksRight(page, `axe-${options.locale}-${path.replaceAll('/', '_')}`);
          await axeFinds(page, []);
          expect(await page.content()).not.toContain('Canary');
          if (path === 'dossier') expect(await page.content()).toContain('Secret street');
        });
    },
  ); // prettier-ignore
});
