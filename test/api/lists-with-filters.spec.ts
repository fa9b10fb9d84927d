import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { idFrom, italy, streamName } from '#domain';
import { ProjectionRunner, ReadDatabase, projectionsFor } from '#read-models';
import { startPortal } from '../../apps/portal/server';
import type { EventStore } from '#event-store';
import { startPostgres } from '../read-models/databases';
import type { PostgresServer } from '../read-models/databases';
import { recordEstate, writing } from '../reuse/estate';
import { CANARY, recordScene, scene } from './civic-scene';
import { aPortal, anywhere, seizure } from './portal';
import type { TestPortal } from './portal';
import { rowsIn } from '../open-data/sheet';
import type { Cell } from '../open-data/sheet';

type Item = Readonly<Record<string, unknown>>;

/** A list as a page shows it: where the page and its data are, by which queries it is asked here, and what names a row in JSON and in a table. */
interface List {
  readonly page: string;
  readonly api: string;
  readonly key: (item: Item) => readonly unknown[];
  readonly columns: readonly string[];
  /** Empty for the whole; each of the others finds something, and not everything. */
  readonly queries: readonly string[];
  readonly map?: true;
}

const byId = { key: ({ id }: Item) => [id], columns: ['id'] };
const byAsset = { key: ({ asset }: Item) => [asset], columns: ['asset'] };
const subject = (item: Item): unknown => (item.subject as Item).id;

const lists: readonly List[] = [
  { page: 'assets', api: 'assets', ...byId, map: true, queries: ['', 'region=19', 'kind=company', 'category=villa&region=19', 'phase=seized', 'province=040', 'municipality=082053&region=19', 'q=casa', 'asOf=2016-06-01', 'knownAt=2025-10-01', 'purpose=social', 'use=in-use', 'call=open&asOf=2026-11-03', 'managedBy=organisation', 'managedBy=not-stated', 'manager=Comune+di+Forlì', 'use=in-use&asOf=2018-06-01', 'idle=1&asOf=2017-01-01'] },
  { page: 'map', api: 'assets', ...byId, map: true, queries: ['', 'region=19', 'kind=company', 'q=casa', 'use=in-use', 'managedBy=body'] },
  { page: 'calls', api: 'calls', ...byId, map: true, queries: ['', 'state=awarded', 'authority=ANBSC', `asset=${scene.villa}`, 'q=secondo'] },
  { page: 'organisations', api: 'organisations', ...byId, queries: ['', 'kind=academia', 'standing=verified', 'region=19', 'q=terra'] },
  { page: 'dialogue', api: 'dialogues', ...byId, map: true, queries: ['', 'kind=complaint', 'state=none', 'authority=Palermo', `asset=${scene.villa}`, `call=${scene.awarded}`, 'report=calls', 'q=aspettano+lav'] },
  { page: 'groups', api: 'groups', ...byId, queries: ['', 'represents=academia', `organisation=${scene.terra}`, 'region=19', 'authority=Palermo', 'q=riuso+duri'] },
  { page: 'money', map: true, api: 'money', key: ({ asset, number }) => [asset, number], columns: ['asset', 'number'], queries: ['', 'source=eu', 'year=2018', 'region=08', 'currency=EUR', 'asOf=2018-06-01'] },
  { page: 'support', map: true, api: 'support', ...byId, queries: ['', 'type=pledge', 'form=money', 'status=open', 'region=19', 'asOf=2018-06-01', 'stage=accepted', 'stage=passed'] },
  { page: 'use', map: true, api: 'use', ...byId, queries: ['', 'type=visit', 'year=2023', 'region=19', 'found=partly-used', 'activity=agriculture'] },
  { page: 'assigned', map: true, api: 'assigned', ...byAsset, queries: ['', 'purpose=social', 'held=third-party', 'region=19', 'use=in-use', 'kind=real-estate'] },
  { page: 'waiting', map: true, api: 'waiting', ...byAsset, queries: ['', 'region=19', 'kind=real-estate', 'destined=reached', 'assigned=reached', 'in-use=open'] },
  { page: 'red-flags', map: true, api: 'flags', key: (item) => [item.rule, item.entry, subject(item)], columns: ['rule', 'entry', 'subject'], queries: ['', 'rule=overdue-publication', 'region=19'] },
]; // prettier-ignore

const cases = lists.flatMap((list) => list.queries.map((query) => [`${list.page}?${query}`, list, query] as const));

describe('a page with a list', () => {
  let folder: string;
  let portal: TestPortal;
  let server: PostgresServer;
  let xml: Client;
  beforeAll(async () => {
    server = await startPostgres();
    xml = new Client({ connectionString: await server.freshDatabase() });
    await xml.connect();
    folder = await mkdtemp(join(tmpdir(), 'lists-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const { farm } = await recordEstate(portal.store);
    await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
    const position = { coordinates: { latitude: 38.5, longitude: 13.14, precision: 'locality' } };
    await portal.record('C1', seizure('C1', 'Palermo', { title: 'Casa al mare', ...position }));
    await portal.record('C2', seizure('C2', 'Forlì', { title: 'Casa grande', ...position }, '2019-01-01'));
    await portal.record('C3', seizure('C3', 'Forlì', { kind: 'company', category: 'limited-company', title: 'Ditta', ...position })); // prettier-ignore
    await recordOthers(portal.store);
    await placeAssets(portal.store, [scene.villa, farm]);
    await portal.settled();
    const changes = (await (await portal.get('/api/v1/changes?limit=1000')).json()) as {
      id: string;
      sequence: string;
    }[];
    for (const { id, sequence } of changes) positions.set(id, Number(sequence));
  }, 120_000);
  afterAll(async () => {
    await portal.close();
    await xml.end();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const positions = new Map<string, number>();
  /** Where an entry of a feed stands in the log; of what is not public, nowhere. */
  const positionOf = (id: string): number => positions.get(id.slice('urn:uuid:'.length)) ?? NaN;

  const ok = async (path: string): Promise<Response> => {
    const answer = await portal.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer;
  };

  /** Every item of the API under a filter, a few at a time, as a program reads them. */
  async function items(api: string, query: string): Promise<Item[]> {
    const found: Item[] = [];
    for (let path: string | undefined = `/api/v1/${api}?${query}${query && '&'}limit=3`; path !== undefined;) {
      const answer: Response = await ok(path);
      const said = (await answer.json()) as Record<string, unknown>;
      const name = ['movements', 'items', 'records', 'assets', 'flags', api].find((each) => Array.isArray(said[each]))!;
      found.push(...(said[name] as Item[]));
      path = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    return found;
  }

  /** The files the box at the foot of a page offers, by their forms; and its feed. */
  async function box(path: string): Promise<{ files: Map<string, string>; feed: string; page: string }> {
    const page = await (await ok(path)).text();
    const html = /<section class="data-box".*?<\/section>/s.exec(page)?.[0] ?? '';
    const files = [...html.matchAll(/<a href="([^"]+)"[^>]*><span class="hidden">/g)].map(([, href]) => unescaped(href!)); // prettier-ignore
    const feed = unescaped(/<a href="([^"]+feed\.atom[^"]*)"/.exec(html)?.[1] ?? '');
    return { files: new Map(files.toReversed().map((href) => [/\.(\w+)(\?|$)/.exec(href)?.[1] ?? '', href])), feed, page }; // prettier-ignore
  }

  const inTable = (header: readonly Cell[], rows: readonly (readonly Cell[])[], columns: readonly string[]): string[] =>
    rows.map((row) => JSON.stringify(columns.map((column) => String(row[header.indexOf(column)]))));

  it.each(cases)('gives of %s what it shows, as CSV, JSON and workbook', async (_, { page, api, key, columns, map }, query) => {
    const { files } = await box(`/en/${page}?${query}`);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['csv', 'xlsx', 'json', ...(map ? ['geojson'] : [])]));
    const asked = await items(api, query);
    const expected = asked.map((item) => JSON.stringify(key(item).map(String)));
    if (query !== '') {
      expect(expected.length).toBeGreaterThan(0);
      expect(expected.length).toBeLessThanOrEqual((await items(api, '')).length);
    }
    const [header = [], ...lines] = parse(await (await ok(files.get('csv')!)).text());
    expect(inTable(header, lines, columns)).toEqual(expected);
    const array = (await (await ok(files.get('json')!)).json()) as Item[];
    expect(array.map((item) => JSON.stringify(key(item).map(String)))).toEqual(expected);
    const sheetAt = async (path: string): Promise<Cell[][]> => rowsIn(Buffer.from(await (await ok(path)).arrayBuffer()));
    // In the words of the page, whose own spec holds them against these; here by the names of the CSV.
    const inWords = files.get('xlsx')!;
    const [names = [], ...cells] = await sheetAt(inWords.replace(/[?&]lang=en$/, ''));
    expect(inTable(names, cells, columns)).toEqual(expected);
    expect([inWords.slice(-8), (await sheetAt(inWords)).length]).toEqual([expect.stringMatching(/[?&]lang=en$/), expected.length + 1]); // prettier-ignore
    if (!map) return;
    const { features } = (await (await ok(files.get('geojson')!)).json()) as { features: { properties: Item }[] };
    const points = new Set((await items('assets', '')).filter((item) => (item.location as Item).latitude !== null).map((item) => item.id)); // prettier-ignore
    const about = async ({ id, asset }: Item): Promise<readonly unknown[]> =>
      api === 'calls' ? ((await (await ok(`/api/v1/calls/${String(id)}`)).json()) as { assetIds: string[] }).assetIds : [asset];
    const placed: string[] = [];
    for (const item of asked) {
      // An asset's own position is that of the moment the list is about, what is told of it lies where it is today.
      const places = api === 'assets' ? [(item.location as Item).latitude !== null] : (await about(item)).map((asset) => points.has(asset));
      for (const there of places) if (there) placed.push(JSON.stringify(key(item).map(String)));
    }
    if (query === '') expect(placed.length).toBeGreaterThan(0);
    expect(features.map(({ properties }) => JSON.stringify(columns.map((column) => String(properties[column]))))).toEqual(placed);
  }); // prettier-ignore

  it('says of calls and threads where their asset lies, and leads to it on the map where its position is published', async () => {
    for (const list of ['calls', 'dialogue']) {
      const shown = await (await ok(`/en/${list}?asset=${scene.villa}`)).text();
      expect(shown).toContain(`<a href="/en/map?q=${scene.villa}">On the map</a>`);
    }
    const { features } = (await (await ok(`/api/v1/calls.geojson?asset=${scene.villa}`)).json()) as { features: { properties: Item }[] };
    expect(features[0]?.properties).toMatchObject({ asset: scene.villa, precision: expect.any(String) as string, page: expect.stringContaining(`/en/assets/${scene.villa}`) as string });
    expect(await (await ok(`/en/map?q=${scene.villa}`)).text()).toMatch(/1 asset\b/);
  }); // prettier-ignore

  it('chooses by each of its filters less than everything', async () => {
    const whole = new Map<string, number>();
    const same: string[] = [];
    for (const { page, api, queries } of lists)
      for (const query of queries) {
        const { length } = await items(api, query);
        if (query === '') whole.set(page, length);
        else if (length === whole.get(page)) same.push(`${page}?${query}`);
      }
    // Here one authority publishes all calls, all for one asset; money is in one currency, and what is assigned is alike.
    expect(same).toEqual([
      'calls?authority=ANBSC',
      `calls?asset=${scene.villa}`,
      'money?currency=EUR',
      'support?region=19',
      'assigned?purpose=social',
      'assigned?kind=real-estate',
      'waiting?kind=real-estate',
      'waiting?destined=reached',
    ]);
  });

  /** What a real XML parser (libxml2, in PostgreSQL) finds at a path; it throws where the document is not well-formed. */
  async function found(document: string, path: string): Promise<string[]> {
    const { rows } = await xml.query<{ text: string }>(
      'SELECT unnest(xpath($1, XMLPARSE(DOCUMENT $2), $3))::text AS text', [path, document, [['a', 'http://www.w3.org/2005/Atom']]],
    ); // prettier-ignore
    return rows.map(({ text }) => text);
  }

  it.each(cases)('has of %s a feed by the same filters', async (_, { page, api }, query) => {
    const { feed, page: html } = await box(`/en/${page}?${query}`);
    expect(unescaped(/<link rel="alternate" type="application\/atom\+xml" href="([^"]+)"/.exec(html)?.[1] ?? '')).toBe(feed); // prettier-ignore
    const answer = await ok(feed);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const text = await answer.text();
    expect(text).not.toContain(CANARY);
    for (const name of ['id', 'title', 'updated', 'author/a:name', "link[@rel='self']", "link[@rel='alternate']"])
      expect([name, (await found(text, `/a:feed/a:${name}`)).length]).toEqual([name, 1]);
    const ids = await found(text, '/a:feed/a:entry/a:id/text()');
    expect(new Set(ids).size).toBe(ids.length);
    for (const name of ['title', 'updated', 'author/a:name', 'link', 'content'])
      expect([name, (await found(text, `/a:feed/a:entry/a:${name}`)).length]).toEqual([name, ids.length]);
    expect((await found(text, "/a:feed/a:link[@rel='self']/@href")).map(unescaped)).toEqual([portal.url + feed]);
    if (api !== 'flags') expect(ids.map(positionOf)).toEqual(ids.map(positionOf).toSorted((one, other) => other - one));
    // Feeds are of today: of another day they pass it over.
    if (/asOf|knownAt/.test(query)) return;
    const listed = await items(api, query);
    const links = await found(text, '/a:feed/a:entry/a:link/@href');
    const about = new Set(links.map((link) => /[A-Z]{2}-[0-9A-Z]{10}-./.exec(link)?.[0]));
    expect([query, listed.length > 0]).toEqual([query, about.size > 0]);
    const things = new Set(listed.map((item) => (api === 'flags' ? subject(item) : (item.asset ?? item.id))));
    if (api === 'dialogues') for (const { id } of listed) things.add(id);
    expect([...about].filter((id) => !things.has(id))).toEqual([]);
    // Where rows are entries, the feed names them and no others.
    if (api === 'support' || api === 'use')
      expect(ids.map((id) => id.slice('urn:uuid:'.length)).toSorted()).toEqual(listed.map(({ id }) => String(id)).toSorted()); // prettier-ignore
  }); // prettier-ignore

  it('has the same feeds where its reports lie in PostgreSQL', async () => {
    const settings = { kind: 'postgres', url: await server.freshDatabase() } as const;
    const database = await ReadDatabase.openForWriting(settings);
    const runner = new ProjectionRunner(portal.store, database, projectionsFor(italy));
    await runner.start();
    await runner.reached(await portal.store.head(), 60_000);
    const other = await startPortal({ where: anywhere, profile: italy }, settings);
    try {
      for (const [, { page }, query] of cases) {
        const { feed } = await box(`/en/${page}?${query}`);
        const text = await (await fetch(other.url + feed)).text();
        expect(text.replaceAll(other.url, portal.url)).toBe(await (await ok(feed)).text());
      }
    } finally {
      await other.close();
      await runner.stop();
      await database.close();
    }
  }, 60_000);

  const feedOf = async (path: string): Promise<string[]> =>
    found(await (await ok(`${path}/feed.atom`)).text(), '/a:feed/a:entry/a:title/text()');

  it('leads to single things, each with a feed of what happened to it, the latest first', async () => {
    const call = await feedOf(`/en/calls/${scene.awarded}`);
    expect(call[0]).toBe('Una villa per il lavoro sociale: The call was awarded on the points of 2 evaluators.');
    expect(call.at(-1)).toContain('A call for applications was drafted');
    expect((await feedOf(`/en/organisations/${scene.terra}`)).length).toBe(3);
    expect((await feedOf(`/it/gruppi/${scene.group}`))[0]).toMatch(/^Tavolo di Palermo: Ufficio patrimonio /);
    expect((await feedOf(`/ar/dialogue/${scene.answered}`)).length).toBe(3);
  });

  it('has no feed of what nobody published, nor of what is not there', async () => {
    for (const path of [`/en/calls/${scene.draft}`, '/en/calls/nothing', `/en/groups/${scene.terra}`, '/en/annual-return/1492', '/en/annual-return/2018/nothing'])
      expect([path, (await portal.get(`${path}/feed.atom`)).status]).toEqual([path, 404]);
    expect((await portal.get('/en/money/feed.atom?year=x')).status).toBe(400);
    const drafts = await (await ok('/en/calls/feed.atom')).text();
    expect(drafts).not.toContain('Una bozza che nessuno ha pubblicato');
    expect(drafts).not.toContain(scene.draft);
  }); // prettier-ignore

  it('has of the annual return the entries behind a figure, by the same part', async () => {
    const behind = async (query: string): Promise<string[]> => {
      const { entries } = (await (await ok(`/api/v1/annual-returns/2018/money-paid${query}`)).json()) as { entries: { entry: string }[] }; // prettier-ignore
      return entries.map(({ entry }) => entry);
    };
    const { feed } = await box('/en/annual-return/2018/money-paid?part=eu');
    expect(feed).toBe('/en/annual-return/2018/money-paid/feed.atom?part=eu');
    const ids = await found(await (await ok(feed)).text(), '/a:feed/a:entry/a:id/text()');
    expect(ids.map((id) => id.slice(9)).toSorted()).toEqual((await behind('?part=eu')).toSorted());
    expect(ids.length).toBeGreaterThan(0);
    expect((await box('/en/annual-return')).feed).toBe('/en/annual-return/feed.atom');
    expect((await box('/en/annual-return/2018')).feed).toBe('/en/annual-return/2018/feed.atom');
    expect(await feedOf('/en/annual-return/2018')).toEqual([]);
  });
});

/** A group and an organisation that are in no list but the whole one. */
async function recordOthers(store: EventStore): Promise<void> {
  const { to } = writing(store);
  const group = to(streamName('group', idFrom('group', 'IT', 'test', 'another')));
  await group('form-group', '2026-01-01', { name: 'Altro tavolo', aims: 'Altro.', quorumPercent: 50 });
  const organisation = to(streamName('organisation', idFrom('organisation', 'IT', 'it-runts', 'NEW')));
  await organisation('register-organisation', '2026-01-01', { kind: 'civil-society', name: 'Appena nata' });
}

/** Gives assets with rows in every report a position. */
async function placeAssets(store: EventStore, ids: readonly string[]): Promise<void> {
  const { to } = writing(store);
  const coordinates = { latitude: 38.1, longitude: 13.3, precision: 'street' };
  for (const id of ids) await to(streamName('asset', id))('describe-asset', '2026-10-01', { coordinates });
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&');
