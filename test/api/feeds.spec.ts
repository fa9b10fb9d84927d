import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { atomOf } from '#web';
import { startPostgres } from '../read-models/databases';
import type { PostgresServer } from '../read-models/databases';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

const ATOM = 'http://www.w3.org/2005/Atom';

describe('the feeds', () => {
  let folder: string;
  let portal: TestPortal;
  let server: PostgresServer;
  let xml: Client;
  let palermo: string;
  let forlì: string;
  beforeAll(async () => {
    server = await startPostgres();
    xml = new Client({ connectionString: await server.freshDatabase() });
    await xml.connect();
    folder = await mkdtemp(join(tmpdir(), 'feeds-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const title = 'Villa <b>"A" & \'B\'</b>';
    palermo = (await portal.record('P', seizure('P', 'Palermo', { title }))).id;
    forlì = (await portal.record('F', seizure('F', 'Forlì'))).id;
    await portal.record('P', {
      command: 'order-confiscation',
      on: '2012-01-01',
      data: { instance: 'first' },
      at: '2026-11-03T08:00:00.000Z',
    });
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await xml.end();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** What a real XML parser (libxml2, in PostgreSQL) finds at a path; it throws where the document is not well-formed. */
  async function found(document: string, path: string): Promise<string[]> {
    const { rows } = await xml.query<{ text: string }>(
      'SELECT unnest(xpath($1, XMLPARSE(DOCUMENT $2), $3))::text AS text', [path, document, [['a', ATOM]]],
    ); // prettier-ignore
    return rows.map(({ text }) => text);
  }
  const read = async (path: string): Promise<string> => {
    const answer = await portal.get(path);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      'application/atom+xml; charset=utf-8',
    ]);
    return answer.text();
  };

  it('are well-formed Atom with all that must be there', async () => {
    for (const path of [
      '/it/feed.atom',
      '/en/feed.atom?area=19',
      `/it/beni/${palermo}/feed.atom`,
      '/en/feed.atom?area=999',
    ]) {
      const feed = await read(path);
      for (const name of ['id', 'title', 'updated', 'author/a:name', "link[@rel='self']", "link[@rel='alternate']"])
        expect([path, name, (await found(feed, `/a:feed/a:${name}`)).length]).toEqual([path, name, 1]);
      const entries = (await found(feed, '/a:feed/a:entry')).length;
      expect(entries).toBe(path.endsWith('999') ? 0 : path === '/it/feed.atom' ? 3 : 2);
      for (const name of ['id', 'title', 'updated', 'author/a:name', 'link', 'content'])
        expect((await found(feed, `/a:feed/a:entry/a:${name}`)).length).toBe(entries);
      expect(await found(feed, '/a:feed/a:link[@rel="self"]/@href')).toEqual([portal.url + path]);
    }
  });
  it('tell the latest first, in the words of the language, and nothing of a title is markup', async () => {
    const feed = await read(`/en/assets/${palermo}/feed.atom`);
    const titles = await found(feed, '/a:feed/a:entry/a:title/text()');
    expect(titles[0]).toMatch(/Palermo: Confiscation was ordered/);
    expect(titles[0]).toContain('Villa &lt;b&gt;');
    expect(await found(feed, '/a:feed/a:updated/text()')).toEqual(['2026-11-03T08:00:00.000Z']);
    expect(await found(feed, '/a:feed/a:entry[1]/a:link/@href')).toEqual([
      `${portal.url}/en/assets/${palermo}#entry-1`,
    ]);
  });
  it('are about their area or asset alone', async () => {
    const links = async (path: string) =>
      (await found(await read(path), '/a:feed/a:entry/a:link/@href')).map(
        (link) => /IT-[0-9A-Z]{10}-./.exec(link)?.[0],
      );
    expect(await links('/it/feed.atom?area=040012')).toEqual([forlì]);
    expect(await links('/it/feed.atom?area=19')).toEqual([palermo, palermo]);
    expect(await found(await read('/it/feed.atom?area=040'), '/a:feed/a:title/text()')).toEqual([
      'Novità in Forlì-Cesena',
    ]);
  });
  it('keep the ids of their entries in every feed and language, and have one of their own', async () => {
    const ids = (feed: string) => found(feed, '/a:feed/a:entry/a:id/text()');
    const whole = await ids(await read('/it/feed.atom'));
    expect(await ids(await read('/en/feed.atom'))).toEqual(whole);
    expect(new Set(whole).size).toBe(3);
    for (const id of whole) expect(id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    const own: string[] = [];
    for (const path of ['/it/feed.atom', '/it/feed.atom?area=19', `/it/beni/${palermo}/feed.atom`])
      own.push(...(await found(await read(path), '/a:feed/a:id/text()')));
    expect(new Set(own).size).toBe(3);
  });
  it('answer 304 until something changes in them, whatever happens elsewhere', async () => {
    const path = `/it/beni/${palermo}/feed.atom`;
    const tag = (await portal.get(path)).headers.get('etag')!;
    await portal.record('F', { command: 'order-confiscation', on: '2012-01-01', data: { instance: 'first' } });
    await portal.settled();
    const same = await portal.get(path, { 'if-none-match': tag });
    expect([same.status, await same.text()]).toEqual([304, '']);
    await portal.record('P', { command: 'make-confiscation-final', on: '2013-01-01', data: {} });
    await portal.settled();
    expect((await portal.get(path, { 'if-none-match': tag })).status).toBe(200);
  });
  it('are linked from their pages', async () => {
    const page = async (path: string) => (await portal.get(path)).text();
    expect(await page('/it')).toMatch(/<link rel="alternate" type="application\/atom\+xml" href="\/it\/feed\.atom"/);
    expect(await page('/en/assets?region=19')).toContain(
      'href="/en/assets/feed.atom?region=19" title="News: Register of assets, Sicilia"',
    );
    expect(await page('/en/areas/19')).toContain('href="/en/feed.atom?area=19" title="What is new in Sicilia"');
    expect(await page(`/it/beni/${palermo}`)).toContain(
      `type="application/atom+xml" href="/it/beni/${palermo}/feed.atom"`,
    );
  });
  it('are not there for what the register has never heard of, nor for what is no area', async () => {
    expect((await portal.get('/it/beni/IT-0000000000-0/feed.atom')).status).toBe(404);
    expect((await portal.get('/it/beni/nothing/feed.atom')).status).toBe(404);
    expect((await portal.get('/it/feed.atom?area=1%27%20OR%201')).status).toBe(400);
  });
  it('hold no character that XML forbids', async () => {
    const bad = 'a\u0000b\u001b\ud800c\uffff😀';
    const feed = atomOf({
      id: 'urn:x',
      language: 'it',
      title: bad,
      author: 'a',
      self: 'http://h/?a=1&b="',
      page: 'http://h/',
      entries: [],
    });
    expect(await found(feed.replaceAll('\ud800', '\ufffd'), '/a:feed/a:title/text()')).toEqual([
      'a\ufffdb\ufffd\ufffdc\ufffd😀',
    ]);
    expect(feed).not.toContain('\ud800');
  });

  it('tell the fifty entries written last, and no more', async () => {
    const entries = Array.from({ length: 60 }, (_, number) => ({
      command: 'describe-asset',
      on: '2020-01-01',
      data: { remarks: `Remark ${number}.` },
    }));
    const { id } = await portal.record('L', seizure('L', 'Palermo'), ...entries);
    await portal.settled();
    for (const path of ['/en/feed.atom', `/en/assets/${id}/feed.atom`, '/en/assets/feed.atom?region=19'])
      expect([path, (await found(await read(path), '/a:feed/a:entry/a:link/@href')).map((link) => link.split('#')[1])]).toEqual([
        path,
        Array.from({ length: 50 }, (_, number) => `entry-${60 - number}`),
      ]);
  }, 30_000); // prettier-ignore

  it('tell red flags by when each could be told, the latest first, where their list goes by the day of what happened', async () => {
    const decided = (on: string, at: string) =>
      [
        { command: 'order-confiscation', on: '2011-06-10', data: { instance: 'first' } },
        { command: 'make-confiscation-final', on: '2012-02-20', data: {} },
        { command: 'decide-destination', on, data: { purpose: 'sale' }, at },
      ] as const;
    await portal.record('L1', seizure('L1', 'Palermo'), ...decided('2014-05-01', '2026-11-10T08:00:00.000Z'));
    await portal.record('L2', seizure('L2', 'Palermo'), ...decided('2013-05-01', '2026-11-20T08:00:00.000Z'));
    await portal.settled();
    const list = (await (await portal.get('/api/v1/flags.json?rule=recorded-late')).json()) as { on: string }[];
    expect(list.map(({ on }) => on)).toEqual(['2014-05-01', '2013-05-01']);
    const feed = await (await portal.get('/en/red-flags/feed.atom?rule=recorded-late')).text();
    const told = [...feed.matchAll(/<entry>.*?<updated>(.*?)<\/updated>/gs)].map(([, updated]) => updated);
    expect(told).toEqual(['2026-11-20T08:00:00.000Z', '2026-11-10T08:00:00.000Z']);
  });
});
