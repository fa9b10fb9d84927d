import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fastify from 'fastify';
import type { LightMyRequestResponse } from 'fastify';
import { italy } from '#domain';
import { sendMadeOf, sendTagged } from '#http';
import { physicalName, projectionsFor } from '#read-models';
import { keepSent } from '../../libs/http/sent-before';
import { textOf } from '../web/text-of';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

describe('an answer that many ask for', () => {
  let folder: string;
  let portal: TestPortal;
  let house: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sent-before-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    ({ id: house } = await portal.record('P-1', seizure('P-1', 'Palermo')));
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const page = async (headers: Record<string, string> = {}): Promise<[string, Headers]> => {
    const answer = await portal.get(`/en/assets/${house}`, headers);
    return [await answer.text(), answer.headers];
  };
  /** Changes what a page is made of behind the back of the log, which nothing but this test does. */
  function behindTheBack(change: string, value: string | number, table: string, of = table): void {
    const { version } = projectionsFor(italy).find(({ name }) => name === of)!;
    const file = new Database(join(folder, 'read.sqlite'));
    file.prepare(`UPDATE ${physicalName(table, version)} SET ${change}`).run(value);
    file.close();
  }
  const nameIt = (title: string): void => behindTheBack("data = json_set(data, '$.title', ?)", title, 'timeline');

  it('is made once for each state of the log, encoding and host, and is the same each time', async () => {
    const [first, headers] = await page({ 'accept-encoding': 'br' });
    nameIt('Behind the back');
    const [again, sameHeaders] = await page({ 'accept-encoding': 'br' });
    expect(again).toBe(first);
    const [told, tellsAgain] = [Object.fromEntries(headers), Object.fromEntries(sameHeaders)];
    expect({ ...tellsAgain, date: '' }).toEqual({ ...told, date: '' });
    expect((await page({ 'accept-encoding': 'identity' }))[0]).toContain('Behind the back');
    expect((await page({ 'accept-encoding': 'gzip' }))[0]).toContain('Behind the back');
  });

  it('is kept of the whole map, and not of a view, of which there is no end', async () => {
    const [whole, view] = ['/en/map', '/en/map?bbox=12%2C37%2C15%2C39&zoom=8'];
    const told = async (path: string): Promise<string> => (await portal.get(path)).text();
    for (const path of [whole, view]) expect(await told(path)).toContain(house);
    behindTheBack('title = ?', 'Seen once', 'register');
    expect([(await told(whole)).includes('Seen once'), (await told(view)).includes('Seen once')]).toEqual([
      false,
      true,
    ]);
  });

  it('is made from a stock that was counted once, whatever page and form it is in', async () => {
    const counted = async (encoding: string): Promise<string | undefined> =>
      /Sicilia (\d+)/.exec(textOf(await (await portal.get('/en/areas', { 'accept-encoding': encoding })).text()))?.[1];
    expect(await counted('br')).toBe('1');
    behindTheBack('assets = assets + ?', 41, 'wide_stock', 'register');
    expect(await counted('gzip')).toBe('1');
  });

  it('is another one for who asks for another form of it', async () => {
    const form = async (accept: string): Promise<string | null> =>
      (await portal.get('/api/v1/money/totals', { accept })).headers.get('content-type');
    const both = ['application/json', 'text/csv', 'application/json'];
    const told: (string | null)[] = [];
    for (const accept of both) told.push(await form(accept));
    expect(told.map((type) => type?.split(';')[0])).toEqual(both);
  });

  it('is made anew when something was written, and not sent at all to who has it', async () => {
    const [before, headers] = await page();
    expect((await portal.get(`/en/assets/${house}`, { 'if-none-match': headers.get('etag')! })).status).toBe(304);
    await portal.record('P-2', seizure('P-2', 'Palermo'));
    await portal.settled();
    nameIt('Another name');
    const [after, newer] = await page();
    expect(after).toContain('Another name');
    expect(before).not.toContain('Another name');
    expect(newer.get('etag')).not.toBe(headers.get('etag'));
  });

  it('is kept no longer than five hundred others were asked for since', async () => {
    const first = async (): Promise<string> => (await page())[0];
    await first();
    nameIt('While it is kept');
    for (let other = 1; other < 500; other += 1) await portal.get(`/api/v1/assets?q=other${other}`);
    expect(await first()).not.toContain('While it is kept');
    for (let other = 500; other <= 1000; other += 1) await portal.get(`/api/v1/assets?q=other${other}`);
    expect(await first()).toContain('While it is kept');
  }, 60_000);

  it('is not kept where it is great', async () => {
    const remarks = Array.from({ length: 80 }, (_, number) => ({
      command: 'describe-asset',
      on: '2020-01-01',
      data: { remarks: `${'Molto lungo. '.repeat(140)}${number}.` },
    }));
    const { id } = await portal.record('P-3', seizure('P-3', 'Palermo'), ...remarks);
    await portal.settled();
    const timeline = async (): Promise<string> =>
      (await portal.get(`/api/v1/assets/${id}/timeline`, { 'accept-encoding': 'identity' })).text();
    expect((await timeline()).length).toBeGreaterThan(128 * 1024);
    nameIt('Made anew');
    expect(await timeline()).toContain('Made anew');
  });
});

describe('an answer tagged by what it says', () => {
  const server = fastify();
  let made = 0;
  let mark = 'first';
  beforeAll(async () => {
    server.addHook('onSend', keepSent).get('/text', async (request, reply) => {
      if (await sendMadeOf(request, reply, mark)) return;
      made += 1;
      await sendTagged('The same text.', { type: 'text/plain', keep: 'public' }, request, reply);
    });
    await server.ready();
  });
  afterAll(() => server.close());
  const asked = (headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
    server.inject({ url: '/text', headers });

  it('is made once for each of what it is made of, and keeps its tag while it says the same', async () => {
    const first = await asked();
    const again = await asked();
    expect([made, again.body, again.headers.etag, again.headers['content-type']]).toEqual([1, 'The same text.', first.headers.etag, first.headers['content-type']]); // prettier-ignore
    mark = 'second';
    const anew = await asked();
    expect([made, anew.headers.etag]).toEqual([2, first.headers.etag]);
  });

  it('is not sent to who has it, whether it was kept or not', async () => {
    const { etag } = (await asked()).headers;
    const kept = await asked({ 'if-none-match': etag! });
    mark = 'third';
    const anew = await asked({ 'if-none-match': etag! });
    for (const answer of [kept, anew])
      expect([answer.statusCode, answer.body, answer.headers.etag, answer.headers['cache-control']]).toEqual([304, '', etag, 'public']); // prettier-ignore
    expect([kept.headers['content-type'], kept.headers['content-encoding']]).toEqual([undefined, undefined]);
  });
});
