import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { aPortal, seizure } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { startChromium } from './chromium';
import { sideways, violationsOn, visiting } from './visiting';

const phone = { viewport: { width: 390, height: 844 } };
const wide = { viewport: { width: 1440, height: 900 } };

describe('the map in a real browser', () => {
  let folder: string;
  let portal: TestPortal;
  let browser: Browser;
  let house: string;
  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(__dirname, '../../scripts/bundle.mjs')]);
    folder = await mkdtemp(join(tmpdir(), 'map-browser-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const at = (latitude: number, longitude: number) => ({
      coordinates: { latitude, longitude, precision: 'exact' },
    });
    const title = '<img src=x onerror=alert(1)> Villa Rosa';
    ({ id: house } = await portal.record('P-1', seizure('P-1', 'Palermo', { ...at(38.1144, 13.3562), title })));
    await portal.record('P-2', seizure('P-2', 'Palermo', at(38.1144, 13.3562)));
    await portal.record('P-3', seizure('P-3', 'Palermo', { kind: 'company', category: undefined }));
    await portal.record('F-1', seizure('F-1', 'Forlì'));
    await portal.settled();
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const onPage = <Result>(options: BrowserContextOptions, visit: (page: Page) => Promise<Result>): Promise<Result> =>
    visiting(browser, options, async (page) => {
      const wrong: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(portal.url) && !request.url().startsWith('data:')) wrong.push(request.url());
      });
      page.on('pageerror', (error) => wrong.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') wrong.push(message.text());
      });
      const result = await visit(page);
      expect(wrong).toEqual([]);
      return result;
    });

  const shown = (page: Page) => page.locator('#map[data-state="shown"]').waitFor();

  it('leads to a municipality and its list without a script, on a phone', () =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${portal.url}/en/assets?kind=real-estate`);
      await page.getByRole('navigation', { name: 'Ways to look at these assets' }).getByText('Map').click();
      expect(page.url()).toBe(`${portal.url}/en/map?kind=real-estate`);
      await page.getByRole('link', { name: 'Sicilia', exact: true }).click();
      await page.locator('.area-number', { hasText: '2' }).waitFor();
      await page.getByRole('link', { name: 'Palermo', exact: true }).click();
      await page.getByRole('link', { name: 'Palermo', exact: true }).click();
      expect(page.url()).toBe(`${portal.url}/en/map?kind=real-estate&municipality=082053&province=082&region=19`);
      expect(await page.getByRole('link', { name: /Villa Rosa/ }).count()).toBe(1);
      expect(await page.locator('.strip').innerText()).toContain('2 assets match.');
    }));

  it('can be followed by its areas with a mouse alone', () =>
    onPage({ ...wide, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${portal.url}/en/map`);
      const { x, y, width, height } = (await page.locator('.area-number', { hasText: '3' }).boundingBox())!;
      await page.mouse.click(x + width / 2, y + height / 2);
      await page.waitForURL(/region/);
      expect(page.url()).toBe(`${portal.url}/en/map?region=19`);
    }));

  it('is moved with a script, and asks this server alone', () =>
    onPage(wide, async (page) => {
      await page.goto(`${portal.url}/en/map`);
      await shown(page);
      expect(await page.locator('.map-picture').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Sicilia: 3 assets' }).click();
      await page.getByRole('button', { name: 'Look closer' }).click();
      await page.getByRole('button', { name: 'Palermo: 3 assets' }).click();
      await page.getByRole('link', { name: 'Show these assets' }).click();
      await page.waitForURL(`${portal.url}/en/map?province=082`);
      expect(await page.locator('.strip').innerText()).toContain('3 assets match.');
    }));

  it('is used by keyboard alone, down to the published position and beside it those without one', () =>
    onPage({ ...wide, reducedMotion: 'reduce' }, async (page) => {
      await page.goto(`${portal.url}/en/map?municipality=082053&province=082&region=19`);
      await shown(page);
      await page.getByRole('button', { name: 'Palermo: 1 asset' }).waitFor();
      const together = page.getByRole('button', { name: 'Assets close together: 2 assets' });
      await together.focus();
      await page.keyboard.press('Enter');
      // What a title says is text, whatever it looks like.
      const link = page.getByRole('link', { name: '<img src=x onerror=alert(1)> Villa Rosa' }).first();
      await link.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`${portal.url}/en/assets/${house}`);
    }));

  it('says that it cannot be updated, and keeps the table', () =>
    onPage(wide, async (page) => {
      await page.route('**/api/v1/map*', (route) => route.fulfill({ status: 200, body: 'not JSON' }));
      await page.goto(`${portal.url}/it/mappa`);
      await page.locator('#map[data-state="failed"]').waitFor();
      expect(await page.getByRole('status').innerText()).toContain('usa la tabella');
      expect(await page.getByRole('link', { name: 'Sicilia', exact: true }).count()).toBe(1);
    }));

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    it.each(['/it/mappa', '/en/map?region=19', '/en/map?province=082&region=19', '/en/map?q=nothing'])(
      '%s breaks no rule of accessibility, and does not scroll sideways on a phone',
      (path) =>
        onPage({ ...phone, colorScheme, bypassCSP: true }, async (page) => {
          await page.goto(portal.url + path);
          if (!path.includes('nothing')) await shown(page);
          const violations = await violationsOn(page);
          expect(violations).toEqual([]);
          expect(await sideways(page)).toBe(0);
        }),
    );
  });
});
