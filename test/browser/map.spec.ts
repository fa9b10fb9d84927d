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

  const inView = (page: Page, number: string) => page.locator('.map-found', { hasText: number }).waitFor();
  const rows = (page: Page) => page.locator('.map-lines tbody tr').count();
  const box = (page: Page): string | null => new URL(page.url()).searchParams.get('bbox');

  /** Until the map shows Sicily from close by and the list below has followed. */
  async function lookAtSicily(page: Page): Promise<void> {
    await page.goto(`${portal.url}/en/map`);
    await shown(page);
    expect(await rows(page)).toBe(4);
    await page.getByRole('button', { name: 'Sicilia: 3 assets' }).click();
    await page.getByRole('button', { name: 'Look closer' }).click();
    await inView(page, '3 assets in this part of the map.');
  }

  it.each([['wide', wide], ['a phone', phone]] as const)('lists what is in view, on %s: after a move, after loading again, and without a script', (_, options) =>
    onPage(options, async (page) => {
      await lookAtSicily(page);
      expect(await rows(page)).toBe(3);
      expect(await page.locator('.strip').innerText()).toContain('3 assets in this part of the map.');
      const [address, seen] = [page.url(), box(page)];
      expect(seen).not.toBeNull();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.reload();
      await shown(page);
      await page.waitForTimeout(700);
      // The same view on the same screen: nothing to ask for again, and no other address.
      expect([page.url(), asked.filter((url) => url.includes('/en/map')).length, await rows(page)]).toEqual([address, 1, 3]);
      // What was kept is shown, and asked for again behind it.
      const views = asked.filter((url) => url.includes('/api/v1/map')).map((url) => new URL(url).searchParams.get('bbox')); // prettier-ignore
      expect([...new Set(views)]).toEqual([seen]);
      expect(await page.getByRole('link', { name: 'IT', exact: true }).getAttribute('href')).toContain('bbox=');
      expect(await sideways(page)).toBe(0);
      await onPage({ ...options, javaScriptEnabled: false }, async (silent) => {
        await silent.goto(address);
        expect([await rows(silent), await silent.locator('.map-found').innerText()]).toEqual([3, '3 assets in this part of the map.']);
        expect(await silent.locator('.map-seen').count()).toBe(1);
      });
    }),
  ); // prettier-ignore

  it('follows the keys, and leaves whoever moves it where they are', () =>
    onPage({ ...wide, reducedMotion: 'reduce' }, async (page) => {
      await lookAtSicily(page);
      await page.locator('#map').focus();
      const replaced = page.locator('.map-found');
      await replaced.evaluate((element) => Object.assign(element, { wasHere: true }));
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowLeft');
      await inView(page, '0 assets in this part of the map.');
      expect(await page.locator('.map-lines').innerText()).toContain('No asset lies in this part of the map.');
      expect(await page.evaluate('document.activeElement.id')).toBe('map');
      expect(await replaced.evaluate((element) => 'wasHere' in element)).toBe(true);
      expect(await replaced.getAttribute('role')).toBe('status');
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
      await inView(page, '3 assets in this part of the map.');
      expect(await rows(page)).toBe(3);
    }));

  it('leaves an open mark open, and the keyboard on it, while the map moves below', () =>
    onPage({ ...wide, reducedMotion: 'reduce' }, async (page) => {
      await lookAtSicily(page);
      const mark = page.getByRole('button', { name: 'Palermo: 3 assets' });
      await mark.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Show these assets' }).waitFor();
      const before = box(page);
      await page.getByRole('button', { name: 'Palermo: 3 assets' }).evaluate((element) => Object.assign(element, { wasHere: true }));
      await page.locator('#map').focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((seen) => new URL(location.href).searchParams.get('bbox') !== seen, before);
      expect(await page.getByRole('link', { name: 'Show these assets' }).isVisible()).toBe(true);
      expect(await mark.evaluate((element) => 'wasHere' in element)).toBe(true);
    })); // prettier-ignore

  it('lists what this screen shows where an address comes from another', () =>
    onPage(phone, async (page) => {
      await page.goto(`${portal.url}/en/map?bbox=13.35,38.1,13.37,38.2&zoom=6`);
      await shown(page);
      await page.waitForFunction(() => !location.search.includes('zoom=6'));
      await inView(page, 'asset');
    }));

  it('asks nothing while it has no size, as on paper', () =>
    onPage(wide, async (page) => {
      await lookAtSicily(page);
      const [address, asked] = [page.url(), [] as string[]];
      page.on('request', (request) => asked.push(request.url()));
      await page.emulateMedia({ media: 'print' });
      await page.evaluate('dispatchEvent(new Event("resize"))');
      await page.waitForTimeout(900);
      expect([page.url(), asked]).toEqual([address, []]);
      await page.emulateMedia({ media: 'screen' });
    }));

  it('says that the list cannot be brought into step, and keeps the one there is', () =>
    onPage(wide, async (page) => {
      await page.goto(`${portal.url}/en/map`);
      await shown(page);
      await page.route('**/en/map?*', (route) => route.fulfill({ status: 200, body: '' }));
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.locator('.map-status', { hasText: 'cannot be updated' }).waitFor();
      expect(await rows(page)).toBe(4);
    }));

  it('says that it cannot be updated, and keeps the table', () =>
    onPage(wide, async (page) => {
      await page.route('**/api/v1/map*', (route) => route.fulfill({ status: 200, body: 'not JSON' }));
      await page.goto(`${portal.url}/it/mappa`);
      await page.locator('#map[data-state="failed"]').waitFor();
      expect(await page.locator('.map-status').innerText()).toContain('usa la tabella');
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
