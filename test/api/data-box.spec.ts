import { languageFacts } from '#web';
import { aRegistry } from '../access/registry';
import type { TestRegistry } from '../access/registry';
import { hostileStreams } from '../hostile/hostile-content';
import type { Hostile } from '../hostile/hostile-content';
import { textOf } from '../web/text-of';

/** A registry with an entry of every type, and a log that is signed. */
describe('what every page with data has', () => {
  let registry: TestRegistry;
  let recorded: Hostile;

  beforeAll(async () => {
    registry = await aRegistry();
    recorded = hostileStreams(new Date().toISOString());
    for (const [stream, facts] of recorded.streams) await registry.store.append(stream, facts, 'no-stream');
    const head = await registry.store.head();
    await registry.projecting.runner.reached(head, 120_000);
    expect(await registry.notarising!.notary.reached(head, 60_000)).toBe(true);
  }, 240_000);
  afterAll(() => registry.close());

  const page = async (path: string): Promise<string> =>
    (await fetch(registry.url + path, { headers: { accept: 'text/html' } })).text();

  const addresses = (): readonly string[] => {
    const { paths } = languageFacts.en;
    const whole = ['search', 'assets', 'map', 'indicators', 'money', 'support', 'use', 'assigned', 'waiting', 'flags', 'calls', 'organisations', 'dialogues', 'groups', 'integrity', 'data'] as const;
    const { ids } = recorded;
    return [
      '/en', ...whole.map((each) => `/en/${paths[each]}`), `/en/${paths.assets}/${ids.asset[0]!}`, `/en/${paths.calls}/${ids.call[0]!}`,
      `/en/${paths.organisations}/${ids.organisation[0]!}`, `/en/${paths.dialogues}/${ids.dialogue[0]!}`, `/en/${paths.groups}/${ids.group[0]!}`,
    ];
  }; // prettier-ignore

  it('is one box: files and a feed that answer, a citation with position and signed state, and where to report an error', async () => {
    const checkpoint = await page('/log/checkpoint');
    const root = checkpoint.split('\n')[2]!;
    for (const path of addresses()) {
      const html = await page(path);
      const box = /<section class="data-box".*?<\/section>/s.exec(html)?.[0] ?? '';
      expect([path, html.split('class="data-box"').length - 1]).toEqual([path, 1]);
      const files = [...box.matchAll(/<a href="([^"]+)"[^>]*><span class="hidden">/g)].map(([, href]) => href!.replaceAll('&amp;', '&')); // prettier-ignore
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect([file, (await fetch(registry.url + file)).status]).toEqual([file, 200]);
      const feed = (/<a href="([^"]+feed\.atom[^"]*)"/.exec(box)?.[1] ?? '').replaceAll('&amp;', '&');
      const told = await fetch(registry.url + feed);
      expect([path, feed, told.headers.get('content-type')]).toEqual([path, feed, 'application/atom+xml; charset=utf-8']); // prettier-ignore
      expect([path, textOf(box).includes(`root hash ${root}`)]).toEqual([path, true]);
      const [, ask] = /<a href="(\/ask\/[^"]+)"/.exec(box) ?? [];
      expect([path, ask?.includes('?error=')]).toEqual([path, true]);
    }
  }, 120_000);

  it('is its answer in one sentence, on what is of the whole register with the day of the last entry', async () => {
    for (const path of addresses().filter(
      (each) => each !== '/en' && !each.includes('/assets/') && each !== '/en/data',
    )) {
      const [, strip = ''] = /<p class="strip">(.*?)<\/p>/s.exec(await page(path)) ?? [];
      const said = textOf(strip);
      expect([path, said]).toEqual([path, expect.stringMatching(/\w.*\./)]);
      const ofOne = path.split('/').length > 3;
      expect([path, / ?Last entry in the register: \d+ \w+ \d{4}\./.test(said)]).toEqual([path, !ofOne]);
    }
  }, 60_000);

  it('leads to the same page on the day of the citation', async () => {
    const html = await page(`/en/assets/${recorded.ids.asset[0]!}`);
    const [, path = ''] = / at https?:\/\/[^/]+(\/en\/assets\/[^<]+)<\/p>/.exec(html) ?? [];
    expect(path).toMatch(/\?asOf=\d{4}-\d\d-\d\d&amp;knownAt=\d{4}-\d\d-\d\d$/);
    const then = await page(path.replaceAll('&amp;', '&'));
    expect(textOf(then)).toContain('This asset as it stood on');
  });

  it('begins the form with where the error is, and takes no address of another site', async () => {
    const [, ask = ''] =
      /<a href="(\/ask\/en\/report\/money-trail[^"]+)"/.exec(await page('/en/money?year=2015')) ?? [];
    const form = await page(ask.replaceAll('&amp;', '&'));
    const [, text = ''] = /<textarea[^>]*>(.*?)<\/textarea>/s.exec(form) ?? [];
    expect(text).toMatch(
      /^Error in the data of the page http:\/\/[^ ]+\/en\/money\?year=2015 \(log position [\d,]+\)\./,
    );
    expect(form).toMatch(/value="observation" checked/);
    expect(form).toContain('hreflang="it"');
    for (const wrong of ['//evil.example/', 'https://evil.example/', 'x', '/a b', `/${'x'.repeat(700)}`]) {
      const answer = await fetch(`${registry.url}/ask/en/report/money-trail?error=${encodeURIComponent(wrong)}`);
      expect([wrong, answer.status]).toEqual([wrong, 404]);
    }
  });
});
