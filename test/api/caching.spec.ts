import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { routesIn } from '../access/matrix-rows';
import { recordEstate } from '../reuse/estate';
import { BY_PEOPLE_ALONE, recordScene, scene } from './civic-scene';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

/** What is made for one person, or for a machine beside this one: nobody is to keep it. */
const FOR_ONE =
  /^\/(office|ask|health|metrics|api\/v1\/(own-account|restricted|files|annual-return-count|calls\/[^/]+\/(ciphertexts|opening|applications|sealing))|[a-z]{2}\/(accesso|sign-in|bandi\/.+\/candidatura|calls\/.+\/apply))/;
/** Leads on, or never changes, or says for itself how long it may be kept. */
const NO_PAGE = /^\/(|problems|problems\/:code|assets\/:script.*|files\/:sha256|log\/.*|\*)$/;

/** Bytes below which nothing is packed. */
const WORTH_PACKING = 1024;

describe('what caches may do with public answers', () => {
  let system: TestSystem;
  let entry: string;
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    system = await aSystem(BY_PEOPLE_ALONE);
    const { farm } = await recordEstate(system.store);
    await recordScene(system.store, '2026-11-02T09:30:00.000Z');
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    [entry = ''] = (await system.store.readStream(`asset-${farm}`, { max: 1 })).map(({ id }) => id);
    ids = {
      ...{ assets: farm, beni: farm, calls: scene.open, bandi: scene.open, organisations: scene.terra },
      ...{ organizzazioni: scene.terra, dialogues: scene.answered, dialogue: scene.answered, dialogo: scene.answered },
      ...{ groups: scene.group, gruppi: scene.group, entries: entry, annotazioni: entry },
    };
    for (let tries = 0; tries < 200 && (await system.get(`/api/v1/entries/${entry}/proof`)).status !== 200; tries += 1)
      await pause(50);
  }, 60_000);
  afterAll(() => closed(system));

  /** The bytes as they travel; fetch would unpack them. */
  const raw = (
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ answer: IncomingMessage; length: number }> =>
    new Promise((resolve, reject) => {
      get(system.url + path, { headers, agent: false }, (answer) => {
        let length = 0;
        answer.on('error', reject).on('data', (chunk: Buffer) => (length += chunk.length));
        answer.on('end', () => resolve({ answer, length }));
      }).on('error', reject);
    });

  /** The public routes of the running server, each with something there is. */
  function addresses(): string[] {
    const router = system.app.getHttpAdapter().getInstance();
    return routesIn(router.printRoutes({ commonPrefix: false }))
      .filter((route) => route.startsWith('GET '))
      .map((route) => route.slice('GET '.length))
      .filter(
        (path) => !FOR_ONE.test(path) && !NO_PAGE.test(path) && !/^\/assets\/(map|style|front|desk|fonts)/.test(path),
      )
      .map((path) =>
        path
          .replace(/([a-z]+)\/:(call\|:)?id/, (_, list: string) => `${list}/${ids[list]}`)
          .replace(':part', 'pages.xml')
          .replace(/(areas|territori)\/:code/, '$1/082034')
          .replace(':code', 'not-found')
          .replace(':year', '2018')
          .replace(':item', 'money-allocated')
          .replace(/^\/oembed$/, `/oembed?url=${encodeURIComponent(`${system.url}/en/assets/${ids.assets}`)}`)
          .replace(/^\/api\/v1\/map$/, '/api/v1/map?bbox=6,36,19,48&zoom=5'),
      );
  }

  /** What is told of a day is kept and asked for again like what is told of today. */
  const onADay = (): string[] =>
    [
      ...['/en/calls', '/it/organizzazioni', '/ar/dialogue', '/en/groups', `/en/calls/${scene.awarded}`],
      ...[`/it/organizzazioni/${scene.terra}`, `/api/v1/organisations/${scene.terra}`, '/api/v1/dialogue-answers'],
      ...['/api/v1/calls', '/api/v1/calls.csv', '/api/v1/organisations.json'],
    ]
      .map((path) => `${path}?asOf=2026-10-20`)
      .concat(
        ['/it', '/en/indicators', '/api/v1/indicators', '/en/areas', '/it/territori/082034', '/it/mappa'].map(
          (path) => `${path}?asOf=2018-06-30`,
        ),
      )
      .concat(['/api/v1/map?bbox=6,36,19,48&zoom=5&asOf=2018-06-30', '/it/mappa?bbox=6,36,19,48&zoom=5']);

  /** A workbook in the words of a language. */
  const inWords = (): string[] => ['assigned.xlsx?lang=it', 'calls.xlsx?asOf=2026-10-20&lang=ar', 'indicators.xlsx?lang=en', 'annual-returns.xlsx?lang=it&year=2018'].map((path) => `/api/v1/${path}`); // prettier-ignore

  it('is, for each page and each answer of the API: keep it, ask whether it is still so, and show it for a while longer meanwhile', async () => {
    const wrong: string[] = [];
    const asked = [...addresses(), ...onADay(), ...inWords()];
    for (const path of asked) {
      const { answer, length } = await raw(path);
      const { etag = '', vary = '', 'cache-control': keep = '', 'content-type': type = '' } = answer.headers;
      const demand = (holds: boolean, what: string): void => void (holds || wrong.push(`${path}: ${what}`));
      demand(answer.statusCode === 200, `is answered with ${answer.statusCode}`);
      demand(/^(W\/)?"[^"]+"$/.test(etag), `has the tag "${etag}"`);
      demand(/^public, max-age=\d+(, stale-while-revalidate=\d+)?$/.test(keep), `may be kept: "${keep}"`);
      const again = await raw(path, { 'if-none-match': etag });
      demand(again.answer.statusCode === 304 && again.length === 0, `is sent again with ${again.answer.statusCode}`);
      demand(again.answer.headers['cache-control'] === keep, 'may be kept otherwise when it is asked for again');
      // A browser takes what a 304 says for the page it kept: another policy would shut out that page's script, or the sites that show it.
      const [policy, then] = [answer, again.answer].map(({ headers }) => headers['content-security-policy']);
      demand(policy !== undefined && (then ?? policy) === policy, `has another policy when it is asked for again: "${String(then)}"`); // prettier-ignore
      if (!/^(text\/|image\/svg)|json|xml$/.test(type.split(';')[0] ?? '') || length < WORTH_PACKING) continue;
      demand(/accept-encoding/i.test(vary), `does not say that it depends on the encoding: "${vary}"`);
      for (const encoding of ['br', 'gzip']) {
        const packed = await raw(path, { 'accept-encoding': encoding });
        const sent = packed.answer.headers['content-encoding'];
        demand(sent === encoding && packed.length < length, `is sent as ${sent}, not as ${encoding}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked.length).toBeGreaterThan(100);
  }, 60_000);

  it('is, for what never changes under its name: keep it for good', async () => {
    const page = await (await system.get('/en/map')).text();
    const files = [...page.matchAll(/(?:href|src|data-[a-z]+)="(\/assets\/(?:map|style|fonts)[^"]+)"/g)].map(
      ([, path]) => path!,
    );
    expect(files.length).toBeGreaterThan(2);
    for (const path of files) {
      const { answer } = await raw(path, { 'accept-encoding': 'br' });
      expect([path, answer.headers['cache-control'], answer.headers['content-encoding']]).toEqual([
        path,
        'public, max-age=31536000, immutable',
        path.endsWith('.woff2') ? undefined : 'br',
      ]);
    }
  });

  it('is nothing, for one who waits for an entry just recorded: what was there before must not be shown', async () => {
    const { answer } = await raw(`/en/assets?after=${await system.store.head()}`);
    expect(answer.headers['cache-control']).toBe('public, no-cache');
  });
});
