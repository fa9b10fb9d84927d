import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { loopholesIn } from '../web/text-of';
import { startChromium } from './chromium';

const title = '<script>document.title="ran"</script> "Villa" & figli';

describe('the card of an asset on other sites', () => {
  let system: TestSystem;
  let browser: Browser;
  let asset: string;

  beforeAll(async () => {
    system = await aSystem();
    const seizure = { occurredOn: '2015-03-12', data: { kind: 'real-estate', title } };
    const answer = await system.post('/api/v1/assets', seizure, { 'idempotency-key': 'seizure' });
    const opened = (await answer.json()) as { asset: string; position: number };
    ({ asset } = opened);
    await system.projecting.runner.reached(opened.position, 5000);
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const policyOf = async (path: string): Promise<[number, string | null]> => {
    const answer = await system.get(path, { accept: 'text/html' });
    return [answer.status, answer.headers.get('content-security-policy')];
  };

  it('may be framed, and nothing else of the registry', async () => {
    const [status, policy] = await policyOf(`/en/embed/assets/${asset}`);
    expect([status, policy]).toEqual([200, "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors *"]);
    expect((await system.get(`/it/embed/beni/${asset}`)).headers.get('x-frame-options')).toBeNull();
    for (const path of ['/en', `/en/assets/${asset}`, '/en/embed/assets/IT-0000000000-0', '/en/embed/assets/%00', '/en/map', '/oembed'])
      expect([path, (await policyOf(path))[1]]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
  }); // prettier-ignore

  it('shows in a frame of another site, runs nothing, and is small', async () => {
    const html = await (await system.get(`/en/embed/assets/${asset}`)).text();
    expect(loopholesIn(html)).toEqual([]);
    expect(html.length).toBeLessThan(4000);
    const page = await (await system.get(`/en/assets/${asset}`)).text();
    const snippet = /<pre class="command">(.*?)<\/pre>/s.exec(page)?.[1]?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? ''; // prettier-ignore
    const site = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(`<!doctype html>${snippet}<iframe src="${system.url}/en/assets/${asset}"></iframe>`)).listen(0, '127.0.0.1'); // prettier-ignore
    try {
      const visitor = await browser.newPage();
      const dialogs: string[] = [];
      visitor.on('dialog', (dialog) => dialogs.push(dialog.message()));
      await visitor.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
      const frame = visitor.frames().find((each) => each.url().includes('/embed/'))!;
      expect(await frame.locator('h1').innerText()).toBe(title);
      expect(await frame.title()).toContain('Villa');
      expect(dialogs).toEqual([]);
      // The page itself refuses to be framed.
      expect(visitor.frames().some((each) => each.url() === `${system.url}/en/assets/${asset}`)).toBe(false);
      await visitor.close();
    } finally {
      site.close();
    }
  }, 30_000);

  it('is offered by oEmbed, which pages name', async () => {
    const page = await (await system.get(`/en/assets/${asset}`)).text();
    const address = /type="application\/json\+oembed" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    const answer = await system.get(address!);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toEqual({
      version: '1.0',
      type: 'rich',
      title,
      provider_name: 'Social Reuse Registry',
      provider_url: `${system.url}/en`,
      width: 480,
      height: 260,
      html: expect.stringMatching(/^<iframe src="[^"]+" title="[^"<]*" width="480" height="260" loading="lazy"><\/iframe>$/) as string,
    });
    const about = encodeURIComponent(`${system.url}/it/beni/${asset}?asOf=2016-01-01`);
    const narrow = (await (await system.get(`/oembed?url=${about}&maxwidth=300`)).json()) as { width: number; html: string };
    expect([narrow.width, narrow.html.includes('/it/embed/beni/')]).toEqual([300, true]);
    for (const [query, status] of [
      ['', 400], ['url=x', 404], [`url=${encodeURIComponent('https://elsewhere.example/en/assets/x')}`, 404], [`url=${about}&format=xml`, 400], [`url=${about}&maxwidth=-1`, 400], [`url=${encodeURIComponent(`${system.url}/en/assets/IT-0000000000-0`)}`, 404],
    ] as const) expect([query, (await system.get(`/oembed?${query}`)).status]).toEqual([query, status]);
  }); // prettier-ignore
});
