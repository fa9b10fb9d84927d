import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { Recorder } from '#recording';
import { dateOf, italy } from '#domain';
import type { Actor, JsonObject, StreamName } from '#domain';
import { people, BY_PEOPLE_ALONE, recordScene, scene } from '../api/civic-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startChromium } from './chromium';
import { visiting } from './visiting';

const phone = { viewport: { width: 390, height: 844 } };

describe('the pages on calls, organisations, dialogue and groups in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  beforeAll(async () => {
    system = await aSystem(BY_PEOPLE_ALONE);
    await recordScene(system.store, new Date().toISOString());
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const onPage = <Result>(options: BrowserContextOptions, visit: (page: Page) => Promise<Result>): Promise<Result> =>
    visiting(browser, options, visit);

  /** Records as an officer would, through the rules, and waits until the pages know. */
  async function record(stream: string, name: string, data: JsonObject, actor: Actor): Promise<void> {
    const recorder = new Recorder(system.store, { profile: italy });
    const occurredOn = dateOf(new Date().toISOString(), italy.timeZone);
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'test' };
    const recorded = await recorder.record(stream as StreamName, { name, occurredOn, data }, origin);
    expect(recorded.kind).toBe('recorded');
    await system.projecting.runner.reached(await system.store.head(), 5000);
  }

  describe('by the forms of the back office, as whoever sits at this machine', () => {
    const plain = { ...phone, javaScriptEnabled: false, locale: 'en-GB' };

    /** Asks the office itself; where the question can then be found. */
    async function ask(page: Page, text: string): Promise<{ readonly asked: string; readonly id: string }> {
      await page.goto(`${system.url}/en/assets/${scene.villa}`);
      await page.getByRole('link', { name: 'Ask a question or report something' }).click();
      await page.getByLabel('Your text').fill(text);
      await page.getByLabel('Your name (optional)').fill('Rosa Verdi');
      await page.getByLabel('Who is to answer').selectOption('local');
      await page.getByRole('button', { name: 'Send' }).click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('We have received it');
      await page.getByRole('link', { name: 'See it and its answer' }).click();
      const told = await page.locator('main').innerText();
      expect(told).toContain('A moderator has not read it yet');
      expect(told).not.toContain(text);
      return { asked: page.url(), id: /IT-D-[0-9A-Z-]+/.exec(page.url())![0] };
    }

    async function act(page: Page, id: string, command: string, fill: () => Promise<void>): Promise<void> {
      await page.goto(`${system.url}/office/dialogues/${id}`);
      await page.locator(`a[href*="/${command}"]`).first().click();
      await page.locator('[name=occurredOn]').fill(dateOf(new Date().toISOString(), italy.timeZone));
      await fill();
      await page.locator('button[name=step][value=check]:not(.hidden)').click();
      expect(await page.locator('h1').innerText()).toBe('Is this right?');
      await page.locator('button[name=step][value=record]:not(.hidden)').click();
      expect(await page.getByRole('status').innerText()).toContain('Recorded.');
      await system.projecting.runner.reached(await system.store.head(), 5000);
    }

    const moderate = (page: Page, id: string, outcome: string, reason: string, text: string): Promise<void> =>
      act(page, id, 'moderate-thread', async () => {
        await page.locator(`[name="data.outcome"][value=${outcome}]`).check();
        await page.locator('[name="data.reason"]').selectOption(reason);
        // What was handed in, to take away from.
        expect(await page.locator('[name="data.text"]').inputValue()).toBe(text);
      });

    it('a question is published and answered', () =>
      onPage(plain, async (page) => {
        const text = 'Who keeps the keys?';
        const { id } = await ask(page, text);
        await moderate(page, id, 'published', 'in-order', text);
        await act(page, id, 'publish-answer', () => page.locator('[name="data.text"]').fill('The municipality.'));
        await page.goto(`${system.url}/en/assets/${scene.villa}`);
        await page.getByRole('link', { name: text }).click();
        expect(page.url()).toContain(id);
        const told = await page.locator('main').innerText();
        for (const part of [text, 'The municipality.', 'Answered in time']) expect(told).toContain(part);
        expect(told).not.toContain('Verdi');
      }));

    it('a question is withheld, and nothing of it is shown', () =>
      onPage(plain, async (page) => {
        const text = 'You are all thieves?';
        const { asked, id } = await ask(page, text);
        await moderate(page, id, 'withheld', 'offensive', text);
        await page.goto(asked);
        const told = await page.locator('main').innerText();
        expect(told).toContain('The text was withheld: it offends.');
        expect(told).not.toContain('thieves');
      }));
  });

  it('takes a report with a photo on a phone, and shows the picture once a moderator let it pass', () =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      const taken = sharp({ create: { width: 800, height: 500, channels: 3, background: '#46733c' } });
      const buffer = await taken.withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 6/1 56/1' } }).jpeg().toBuffer(); // prettier-ignore
      await page.goto(`${system.url}/ask/en/asset/${scene.villa}`);
      const photo = page.getByLabel('Photo 1', { exact: true });
      const roof = { name: 'roof.jpg', mimeType: 'image/jpeg', buffer };
      // A question carries no photo: the fields are there once something seen is to be told.
      expect(await photo.isVisible()).toBe(false);
      await page.getByLabel('You saw something that should be known.').check();
      await page.getByLabel('Your text').fill(' '.repeat(3));
      await photo.setInputFiles(roof);
      await page.getByLabel('What photo 1 shows').fill('The roof, from the street');
      await page.getByRole('button', { name: 'Send' }).click();
      // The text is missing: what was written is kept, and the photo chosen again.
      expect(await page.getByRole('alert').innerText()).toContain('Photos have to be chosen again.');
      expect(await page.getByLabel('What photo 1 shows').inputValue()).toBe('The roof, from the street');
      await page.getByLabel('Your text').fill('The roof fell in.');
      await photo.setInputFiles(roof);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('link', { name: 'See it and its answer' }).click();
      const id = /IT-D-[0-9A-Z-]+/.exec(page.url())![0];
      expect(await page.locator('main img').count()).toBe(0);
      const [filed] = await system.store.readStream(`dialogue-${id}`);
      await record(`dialogue-${id}`, 'moderate-thread', { outcome: 'published', reason: 'in-order', text: 'The roof fell in.', photos: filed!.data.photos! }, people.checker); // prettier-ignore
      await system.publishedFiles.reached(await system.store.head());
      await page.reload();
      const picture = page.getByRole('img', { name: 'The roof, from the street' });
      const shown = await page.request.get(new URL((await picture.getAttribute('src'))!, page.url()).href);
      const { width, exif } = await sharp(await shown.body()).metadata();
      expect([shown.status(), width, exif]).toEqual([200, 800, undefined]);
    }));

  it('says what is missing, and keeps the rest', () =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${system.url}/it/bandi/${scene.open}`);
      await page.getByRole('link', { name: 'Fai una domanda o una segnalazione' }).click();
      await page.getByLabel('Il tuo testo').fill(' '.repeat(3));
      await page.getByLabel('Il tuo nome (facoltativo)').fill('Rosa');
      await page.getByRole('button', { name: 'Invia' }).click();
      expect(await page.getByRole('alert').innerText()).toContain('Scrivi che cosa vuoi chiedere o segnalare.');
      expect(await page.getByLabel('Il tuo nome (facoltativo)').inputValue()).toBe('Rosa');
    }));

  it('filters calls by keyboard and leads from an asset to its calls', () =>
    onPage(phone, async (page) => {
      await page.goto(`${system.url}/en/assets/${scene.villa}`);
      await page.getByRole('link', { name: 'All calls for this asset' }).click();
      expect(page.url()).toContain(`asset=${scene.villa}`);
      await page.locator('summary', { hasText: 'Filters' }).click();
      await page.getByLabel('State').selectOption('deserted');
      await page.getByRole('button', { name: 'Show' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/state=deserted/);
      expect(page.url()).toContain(`asset=${scene.villa}`);
      expect(await page.locator('.card').count()).toBe(1);
    }));
});
