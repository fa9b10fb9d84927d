import { italy } from '#domain';
import { makeDay } from '#read-models';
import { CANARY as CIVIC_CANARY, scene } from '../api/civic-scene';
import { CANARY } from '../reuse/estate';
import type { Portal } from '../../apps/portal/server';
import { takesKnownAt } from '#web';
import { GrowingWorld, entriesInOrder } from './growing-world';

const DAY = '2026-11-05';
const LATER = '2026-11-25';

/** Every route that can be asked for a day of knowledge, with something there is, and with filters, days and pages. */
function addressesOf(routes: readonly string[], farm: string): string[] {
  const named: Readonly<Record<string, string>> = {
    ...{ assets: farm, beni: farm, calls: scene.awarded, bandi: scene.awarded, organisations: scene.terra },
    ...{ organizzazioni: scene.terra, dialogues: scene.answered, dialogue: scene.answered, dialogo: scene.answered },
    ...{ groups: scene.group, gruppi: scene.group },
  };
  const filled = routes.map((route) =>
    route
      .replace(/([a-z]+)\/:id/, (_, list: string) => `${list}/${named[list] ?? ''}`)
      .replace(/(areas|territori)\/:code/, '$1/082034')
      .replace(':year', '2018')
      .replace(':item', 'money-allocated')
      .replace(/^\/api\/v1\/map$/, '/api/v1/map?bbox=6,36,19,48&zoom=5'),
  );
  const lists = ['money', 'support', 'use', 'assigned', 'calls', 'organisations', 'dialogues', 'groups'];
  const filtered = [
    ...lists.flatMap((name) => [`/api/v1/${name}?asOf=2019-06-30`, `/api/v1/${name}?limit=2`, `/en/${name === 'dialogues' ? 'dialogue' : name}?asOf=2026-10-28`]),
    ...['/api/v1/indicators?asOf=2018-12-31', '/it/attese?kind=real-estate', '/api/v1/waiting/totals?by=region', '/api/v1/flags/totals?by=region'],
    ...['/api/v1/money/totals?by=year', '/en/areas?area=19&area=08', '/en?asOf=2018-12-31', '/en/map?region=19', '/en/map?bbox=6,36,19,48&zoom=5', '/en/feed.atom?area=19', '/api/v1/changes?after=10&limit=7'],
  ]; // prettier-ignore
  return [...filled, ...filtered].filter((address) => !address.includes(':'));
}

/** What a page says, without what only a page of a day of knowledge has, without the days that are kept, and without the box at its foot, which is about the page itself. */
const content = (html: string): string =>
  html
    .replace(/<div class="wide"><div class="notice known-notice">.*?<\/div><\/div>/s, '')
    .replace(/<section (class="data-box"|aria-labelledby="known-days").*?<\/section>/gs, '')
    .replace(/<div class="field"><label for="knownAt">.*?<\/select><\/div>/gs, '')
    .replace(/<input type="hidden" name="knownAt"[^>]*>/g, '')
    .replace(/<meta name="robots"[^>]*>|<link rel="(canonical|alternate)"[^>]*>/g, '')
    .replace(new RegExp(`&amp;knownAt=${DAY}|[?]knownAt=${DAY}(&amp;)?|&quot;`, 'g'), (found) => found.startsWith('?') && found.endsWith('&amp;') ? '?' : found === '&quot;' ? found : ''); // prettier-ignore

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly link: string | null;
  readonly body: string;
}

async function ask(portal: Portal, address: string): Promise<Answer> {
  const answer = await fetch(portal.url + address, { redirect: 'manual' });
  const type = answer.headers.get('content-type');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isText = /^(text|application\/(json|atom|geo|ld|cloud|problem))/.test(type ?? '');
  const body = isText ? bytes.toString('utf8').replaceAll(portal.url, '') : bytes.toString('latin1');
  const link = answer.headers.get('link')?.replaceAll(/([?&])knownAt=[\d-]+(&?)/g, (_, before: string, more: string) => (more ? before : '')) ?? null; // prettier-ignore
  return { status: answer.status, type, link, body: type?.startsWith('text/html') ? content(body) : body };
}

describe('what was known at the end of a day', () => {
  let world: GrowingWorld;
  const then = new Map<string, Answer>();
  const now = new Map<string, Answer>();
  let later: Portal;

  beforeAll(async () => {
    world = await GrowingWorld.begin();
    const { entries, estate } = await entriesInOrder();
    const known = entries.filter(({ metadata }) => metadata.recordedAt <= `${DAY}T23:59:59.999Z`);
    expect([known.length > 80, entries.length - known.length > 30]).toEqual([true, true]);
    await world.write(known);
    const atThatTime = await world.portalAt(`${DAY}T22:30:00.000Z`);
    const paths = Object.keys(routes(await (await fetch(`${atThatTime.url}/api/v1/openapi.json`)).json()));
    const api = paths.map((path) => path.replace(/\{(\w+)\}/g, ':$1'));
    const pages = ['', '/map', '/indicators', '/areas', '/areas/:code', '/data', '/calls', '/calls/:id', '/organisations', '/organisations/:id', '/dialogue', '/dialogue/:id', '/groups', '/groups/:id', '/money', '/support', '/use', '/assigned', '/waiting', '/red-flags', '/annual-return', '/annual-return/:year', '/annual-return/:year/:item', '/feed.atom', '/calls/feed.atom', '/assets/feed.atom', '/assets/:id/feed.atom', '/money/feed.atom', '/red-flags/feed.atom'].map((page) => `/en${page}`); // prettier-ignore
    const files = ['/data/datapackage.json', '/data/datapackage.it.json', '/data/catalogue.jsonld', '/data/catalogue.ttl', '/data/assets/:id']; // prettier-ignore
    const asked = addressesOf([...api, ...pages, ...files], estate.farm).filter((address) => takesKnownAt(address.split('?')[0]!)); // prettier-ignore
    for (const address of asked) then.set(address, await ask(atThatTime, address));
    await world.write(entries.slice(known.length));
    await makeDay(world.store, { folder: world.knownDays, day: DAY, today: LATER, profile: italy });
    later = await world.portalAt(`${LATER}T12:00:00.000Z`);
    for (const address of asked) now.set(address, await ask(later, address));
  }, 120_000);
  afterAll(() => world.end());

  const knownAt = (address: string): string => `${address}${address.includes('?') ? '&' : '?'}knownAt=${DAY}`;

  it('is what every page, file, feed and answer said then', async () => {
    const different: string[] = [];
    for (const [address, said] of then) {
      const again = await ask(later, knownAt(address));
      for (const part of ['status', 'type', 'link', 'body'] as const)
        if (again[part] !== said[part]) different.push(`${address}: ${part}${part === 'body' ? firstDifference(said.body, again.body) : `: ${said[part]} / ${again[part]}`}`); // prettier-ignore
    }
    expect(different).toEqual([]);
    expect(then.size).toBeGreaterThan(100);
    expect([...then.values()].filter(({ status }) => status !== 200).length).toBeLessThan(5);
  }, 120_000);

  it('is another thing than what is known now, or this spec proves nothing', () => {
    const changed = [...then].filter(([address, said]) => now.get(address)!.body !== said.body).map(([address]) => address);
    for (const name of ['money', 'support', 'use', 'calls', 'organisations', 'dialogues', 'groups', 'flags', 'waiting', 'indicators', 'map', 'changes'])
      expect([name, changed.some((address) => address.startsWith(`/api/v1/${name}`))]).toEqual([name, true]);
  }); // prettier-ignore

  it('holds nothing that not everybody may see', async () => {
    for (const address of then.keys()) {
      const { body } = await ask(later, knownAt(address));
      expect([address, body.includes(CANARY) || body.includes(CIVIC_CANARY)]).toEqual([address, false]);
    }
  }, 120_000);

  it('says in each answer of when it is, and may be kept for an hour', async () => {
    const answer = await fetch(`${later.url}/api/v1/money?knownAt=${DAY}`);
    expect(answer.headers.get('memento-datetime')).toBe('Thu, 05 Nov 2026 23:59:59 GMT');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600, stale-while-revalidate=86400');
    const etag = answer.headers.get('etag') ?? '';
    expect((await fetch(`${later.url}/api/v1/money`)).headers.get('etag')).not.toBe(etag);
    const again = await fetch(`${later.url}/api/v1/money?knownAt=${DAY}`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

const routes = (description: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries((description as { paths: Record<string, Record<string, unknown>> }).paths).filter(
      ([, methods]) => 'get' in methods,
    ),
  );

function firstDifference(one: string, other: string): string {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  const around = (text: string): string => text.slice(Math.max(0, place - 80), place + 80);
  return `: …${around(one)}… / …${around(other)}…`;
}
