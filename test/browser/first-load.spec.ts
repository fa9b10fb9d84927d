import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { addressOf, civicLists, guides, reportPages } from '#web';
import type { Target } from '#web';
import { fillWithSample } from '../../apps/standalone/sample';
import { settingsFromEnv } from '../../apps/standalone/settings';
import { firstLoad, totalOf } from '../../bench/first-load';
import { BY_PEOPLE_ALONE, recordScene, scene } from '../api/civic-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { recordEstate } from '../reuse/estate';
import { startChromium } from './chromium';

/** Of everything a page needs, packed, over the wire. */
const LIMIT = 60_000;
/** The map comes with its script and the outlines of a country. */
const LIMIT_WITH_MAP = 160_000;

describe('the first look at a page, over the sample data', () => {
  let system: TestSystem;
  let browser: Browser;
  let farm: string;
  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(__dirname, '../../scripts/bundle.mjs')]);
    system = await aSystem(BY_PEOPLE_ALONE);
    await fillWithSample(system, settingsFromEnv({ REGISTRY_DATA: system.folder }), () => undefined);
    ({ farm } = await recordEstate(system.store));
    await recordScene(system.store, '2026-11-02T09:30:00.000Z');
    await system.projecting.runner.reached(await system.store.head(), 60_000);
    browser = await startChromium();
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const lists = [...reportPages, ...civicLists].map((page): Target => ({ page }));
  const pages: [string, () => Target][] = [
    ['home', () => ({ page: 'home' })],
    ['register', () => ({ page: 'register' })],
    ['search', () => ({ page: 'search', q: 'palermo' })],
    ['register of a region', () => ({ page: 'register', query: { region: '19', province: '082' } })],
    ['asset', () => ({ page: 'asset', id: farm })],
    ...lists.map((target): [string, () => Target] => [target.page, () => target]),
    ['call', () => ({ page: 'civic', list: 'calls', id: scene.open })],
    ['organisation', () => ({ page: 'civic', list: 'organisations', id: scene.terra })],
    ['question', () => ({ page: 'civic', list: 'dialogues', id: scene.answered })],
    ['group', () => ({ page: 'civic', list: 'groups', id: scene.group })],
    ['indicators', () => ({ page: 'indicators' })],
    ['integrity', () => ({ page: 'integrity' })],
    ['data', () => ({ page: 'data' })],
    ...guides.map((guide): [string, () => Target] => [guide, () => ({ page: 'guide', guide })]),
  ];

  it.each(pages)('%s: at most 60 kB, nothing from elsewhere, and nothing moves', async (_, target) => {
    const load = await firstLoad(browser, system.url + addressOf('it', target()));
    expect({ elsewhere: load.elsewhere, shift: load.shift, scripts: load.bytes.script }).toEqual({
      elsewhere: [],
      shift: 0,
      scripts: 0,
    });
    expect(load.bytes.page).toBeGreaterThan(0);
    expect(load.bytes.style).toBeGreaterThan(0);
    expect(load.firstPaint).toBeGreaterThan(0);
    expect(totalOf(load)).toBeLessThanOrEqual(LIMIT);
  });

  /** Arabic letters come beside the Latin ones, which its digits and names need. */
  it.each(pages)('%s in Arabic: at most 60 kB, and nothing moves', async (_, target) => {
    const load = await firstLoad(browser, system.url + addressOf('ar', target()));
    expect([load.elsewhere, load.shift]).toEqual([[], 0]);
    expect(totalOf(load)).toBeLessThanOrEqual(LIMIT);
  });

  it('map: at most 160 kB with script and outlines, nothing from elsewhere, and nothing moves', async () => {
    const load = await firstLoad(browser, system.url + addressOf('it', { page: 'map' }));
    expect([load.elsewhere, load.shift]).toEqual([[], 0]);
    expect(load.bytes.script).toBeGreaterThan(0);
    expect(totalOf(load)).toBeLessThanOrEqual(LIMIT_WITH_MAP);
  });

  it('finds what moves: a page whose parts are pushed down when it is there', async () => {
    const html =
      '<p>Here</p><script>setTimeout(() => document.body.prepend(Object.assign(document.createElement("div"), { style: "height:300px" })), 50)</script>';
    const load = await firstLoad(browser, `data:text/html,${encodeURIComponent(html)}`);
    expect(load.shift).toBeGreaterThan(0);
  });
});
