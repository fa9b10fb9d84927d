import { languages, wordsFor } from '#web';
import { italy } from '#domain';
import { problemTypes } from '#http';
import { loopholesIn, textOf } from '../web/text-of';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

describe('the type of a problem', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem();
  });
  afterAll(() => closed(system));

  const page = (path: string, language: string): Promise<Response> =>
    fetch(system.url + path, { headers: { accept: 'text/html', 'accept-language': language }, redirect: 'manual' });

  it('leads from a problem document to the page about it, in the reader’s language', async () => {
    const answer = await system.get('/api/v1/assets/IT-0000000000-0');
    const { type } = (await answer.json()) as { type: string };
    for (const [language, address] of [
      ['en', '/en/problems/not-found'],
      ['it', '/it/problemi/not-found'],
      ['ar', '/ar/problems/not-found'],
    ] as const) {
      const led = await page(type, language);
      expect([led.status, led.headers.get('location'), led.headers.get('vary')]).toEqual([
        302,
        address,
        'Accept-Language',
      ]);
      expect((await page(address, language)).status).toBe(200);
    }
  });

  it.each(problemTypes.map(({ code }) => code))('%s is explained in every language', async (code) => {
    for (const language of languages) {
      const address = `/${language}/${language === 'it' ? 'problemi' : 'problems'}/${code}`;
      const answer = await page(address, language);
      const html = await answer.text();
      const words = wordsFor(language, italy);
      for (const part of ['title', 'text', 'remedy'] as const) {
        expect([code, part, words.problemText(code, part)]).toEqual([code, part, expect.stringMatching(/\S/)]);
        expect(textOf(html)).toContain(words.problemText(code, part)!);
      }
      expect(textOf(html)).toContain(`/problems/${code}`);
      expect(loopholesIn(html)).toEqual([]);
    }
  });

  it('is explained in English to who reads Arabic, and says so in Arabic', async () => {
    const html = await (await page('/ar/problems/not-found', 'ar')).text();
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('هذه الشروح مكتوبة بالإنجليزية والإيطالية فقط.');
    expect(html).toMatch(/<h1><span lang="en" dir="ltr">/);
    expect(await (await page('/en/problems/not-found', 'en')).text()).not.toContain('The explanations are in English');
  });

  it('names the rule it states and its source', async () => {
    const text = textOf(await (await page('/en/problems/destination-before-final', 'en')).text());
    expect(text).toContain('Rule 4 of the law of the domain');
    expect(text).toContain('Legislative decree 159/2011 artt. 47, 48');
    expect(text).toContain('HTTP status 409');
  });

  it('is found in the list of all types', async () => {
    expect((await page('/problems', 'it')).headers.get('location')).toBe('/it/problemi');
    const html = await (await page('/it/problemi', 'it')).text();
    for (const { code } of problemTypes) expect(html).toContain(`href="/it/problemi/${code}"`);
    expect(html).toContain('<link rel="alternate" hreflang="en"');
  });

  it.each(['/problems/castle', '/en/problems/castle', '/problems/__proto__', '/it/problemi/constructor'])(
    'knows nothing at %s',
    async (path) => {
      expect((await page(path, 'en')).status).toBe(404);
    },
  );
});
