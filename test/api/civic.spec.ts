import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dateOf, italy } from '#domain';
import { START } from '#event-store';
import { ReadDatabase, check, projectionsFor } from '#read-models';
import { loopholesIn, textOf } from '../web/text-of';
import { CANARY, HOSTILE, BY_PEOPLE_ALONE, recordScene, scene, unknown } from './civic-scene';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

describe('organisations, calls, dialogue and groups', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem(BY_PEOPLE_ALONE);
    await recordScene(system.store, new Date().toISOString());
    await system.projecting.runner.reached(await system.store.head(), 10_000);
  }, 60_000);
  afterAll(() => closed(system));

  const json = async <Body>(path: string): Promise<Body> => {
    const answer = await system.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Body;
  };
  type Listed = Record<string, { id: string; state?: string }[]> & { total: number };

  it('lists published calls and no drafts, each where it stands', async () => {
    const { calls, total } = await json<Listed>('/api/v1/calls');
    expect(calls!.map(({ id, state }) => [id, state])).toEqual([
      [scene.open, 'closing'],
      [scene.awarded, 'awarded'],
      [scene.deserted, 'deserted'],
    ]);
    expect(total).toBe(3);
    expect((await system.get(`/api/v1/calls/${scene.draft}`)).status).toBe(404);
  });

  it.each([
    ['calls?state=open', [scene.open]],
    ['calls?state=closing', [scene.open]],
    ['calls?state=deserted', [scene.deserted]],
    ['calls?state=closed', []],
    ['calls?q=secondo', [scene.open]],
    ['calls?q=secondo+palermo', [scene.open]],
    ['calls?q=bologna', []],
    ['calls?region=19&state=awarded', [scene.awarded]],
    ['calls?municipality=082053&province=082&q=secondo', [scene.open]],
    ['calls?region=08', []],
    [`calls?asset=${scene.villa}&state=awarded`, [scene.awarded]],
    ['organisations?kind=academia', [scene.university]],
    ['organisations?q=terra', [scene.terra]],
    ['organisations?standing=suspended', []],
    ['dialogues?state=overdue', [scene.unread]],
    ['dialogues?state=in-time', [scene.answered]],
    ['dialogues?state=none', [scene.withheld]],
    [`dialogues?asset=${scene.villa}`, [scene.answered]],
    [`dialogues?call=${scene.awarded}`, [scene.unread]],
    ['dialogues?report=calls', [scene.withheld]],
    ['groups?represents=civil-society', [scene.group]],
    ['groups?represents=company', []],
    ['groups?authority=ANBSC&region=19', [scene.group]],
  ])('finds by %s', async (query, ids) => {
    const name = query.split('?')[0]!;
    expect((await json<Listed>(`/api/v1/${query}`))[name]!.map(({ id }) => id)).toEqual(ids);
  });

  it('calls agencies by their names, in every page that speaks of them', async () => {
    const name = italy.agencies.ANBSC!;
    const one = [`calls/${scene.open}`, `dialogue/${scene.answered}`, `groups/${scene.group}`, `assets/${scene.villa}`];
    const feeds = ['feed.atom', 'calls/feed.atom', 'dialogue/feed.atom', 'groups/feed.atom'];
    const pages = [...['calls', 'dialogue', 'groups', 'search?q=secondo', 'search?q=perch%C3%A9', 'red-flags'], ...one, ...feeds].map((page) => `/en/${page}`); // prettier-ignore
    for (const page of [...pages, `/ask/en/asset/${scene.villa}`]) {
      const text = textOf(await (await system.get(page)).text());
      // What codes of assets are called is another matter.
      expect([page, text.replaceAll(name, '').replaceAll('Codice bene ANBSC', '').includes('ANBSC')]).toEqual([
        page,
        false,
      ]);
      if (page !== '/en/groups' && page !== '/en/red-flags') expect([page, text.includes(name)]).toEqual([page, true]);
    }
  });

  it('leads from page to page and back', async () => {
    const first = await system.get('/api/v1/organisations?limit=2');
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1];
    const second = await system.get(next!);
    const { organisations } = (await second.json()) as Listed;
    expect(organisations).toHaveLength(1);
    const previous = /<([^>]+)>; rel="prev"/.exec(second.headers.get('link') ?? '')?.[1];
    expect(await (await system.get(previous!)).json()).toEqual(await first.json());
    expect((await system.get('/api/v1/organisations?cursor=after~x')).status).toBe(400);
  });

  it('answers 304 to whoever has the answer, and waits for what was just written', async () => {
    const first = await system.get('/api/v1/calls');
    const again = await system.get('/api/v1/calls', { 'if-none-match': first.headers.get('etag')! });
    expect(again.status).toBe(304);
    const { position } = await json<{ position: number }>('/api/v1/groups');
    expect((await system.get(`/api/v1/dialogues?after=${position}`)).status).toBe(200);
  });

  it('shows whoever recorded something what they recorded', async () => {
    const entry = { occurredOn: '2024-05-01', data: { kind: 'academia', name: 'Politecnico' } };
    const opened = await system.post('/api/v1/organisations', entry, { 'idempotency-key': 'politecnico' });
    const read = await system.get(opened.headers.get('location')!);
    expect([opened.status, read.status, ((await read.json()) as { name: string }).name]).toEqual([201, 200, 'Politecnico']); // prettier-ignore
    expect((await system.get('/api/v1/organisations?after=999999999')).status).toBe(503);
  });

  describe('on a day', () => {
    const daysAgo = (days: number): string => dateOf(new Date(Date.now() - days * 86_400_000).toISOString(), italy.timeZone);
    const page = async (path: string): Promise<string> => (await system.get(path)).text();

    it('lists what there was, with what it had become by then, in every form', async () => {
      const early = daysAgo(220);
      const { calls, asOf, total } = await json<Listed & { asOf: string }>(`/api/v1/calls?asOf=${early}`);
      expect(calls!.map(({ id, state }) => [id, state])).toEqual([
        [scene.awarded, 'open'],
        [scene.deserted, 'deserted'],
      ]);
      expect([asOf, total]).toEqual([early, 2]);
      expect(await json(`/api/v1/calls.json?asOf=${early}`)).toEqual(calls);
      expect((await page(`/api/v1/calls.csv?asOf=${early}`)).trim().split('\r\n')).toHaveLength(3);
      expect((await json<Listed>(`/api/v1/calls?asOf=${early}&state=awarded`)).calls).toEqual([]);
      expect((await json<{ asOf: null }>('/api/v1/calls')).asOf).toBeNull();
    });

    it('knows nobody who applied before the opening, and what an organisation held', async () => {
      const before = JSON.stringify(await json(`/api/v1/calls/${scene.awarded}?asOf=${daysAgo(220)}`));
      expect(before).toContain('"status":"sealed"');
      expect(before).not.toContain(scene.terra);
      type Held = { holds: number; holdings: unknown[]; applications: number };
      const held = async (days: number) => {
        const { holds, holdings, applications } = await json<Held>(`/api/v1/organisations/${scene.terra}?asOf=${daysAgo(days)}`);
        return [applications, holdings.length, holds];
      };
      expect([await held(220), await held(190), await held(179), await held(100)]).toEqual([[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]]);
    });

    it('counts the answers that could be read by then', async () => {
      type Answers = { authorities: { authority: string; answered: number; awaited: number; overdue: number }[] };
      const { authorities } = await json<Answers>(`/api/v1/dialogue-answers?asOf=${daysAgo(55)}`);
      expect(authorities.find(({ authority }) => authority === 'ANBSC')).toMatchObject({ answered: 0, awaited: 1, overdue: 0 });
      const thread = await json<{ state: string; answers: unknown[] }>(`/api/v1/dialogues/${scene.answered}?asOf=${daysAgo(55)}`);
      expect([thread.state, thread.answers]).toEqual(['awaited', []]);
      const groups = await json<Listed>(`/api/v1/groups?asOf=${daysAgo(99)}`);
      expect(groups.groups).toMatchObject([{ members: 2, recommendations: 0 }]);
    });

    it('says so on the page, and keeps to the day from page to page', async () => {
      const asOf = daysAgo(150);
      const list = await page(`/en/calls?asOf=${asOf}`);
      expect(textOf(list)).toContain('This list as it stood on');
      expect(list).toContain(`/en/calls/${scene.awarded}?asOf=${asOf}`);
      expect(list).toContain(`/api/v1/calls.csv?asOf=${asOf}`);
      expect(list).toContain('noindex');
      expect(list).not.toContain(scene.open);
      const one = await page(`/en/calls/${scene.awarded}?asOf=${asOf}`);
      expect(one).toContain(`href="/en/calls?asOf=${asOf}"`);
      expect(one).toContain(`/en/assets/${scene.villa}?asOf=${asOf}`);
      expect(one).toContain(`/api/v1/calls/${scene.awarded}?asOf=${asOf}`);
      expect(one).toContain(`value="${asOf}"`);
      for (const path of [`organisations/${scene.terra}`, `dialogue/${scene.answered}`, `groups/${scene.group}`])
        expect(textOf(await page(`/en/${path}?asOf=${daysAgo(20)}`))).toContain('as it stood on');
      expect((await system.get(`/en/groups/${scene.group}?asOf=`)).url).toBe(`${system.url}/en/groups/${scene.group}`);
    });

    it('shows on the page of an asset what was around it then', async () => {
      const then = await page(`/en/assets/${scene.villa}?asOf=${daysAgo(220)}`);
      expect(then).toContain(`/en/calls/${scene.awarded}?asOf=${daysAgo(220)}`);
      expect(then).not.toContain(scene.answered);
      expect(await page(`/en/assets/${scene.villa}?asOf=${daysAgo(20)}`)).toContain(`/en/dialogue/${scene.answered}?asOf=${daysAgo(20)}`);
    });

    it('says that something was not there yet, and refuses what is no day', async () => {
      const early = await system.get(`/api/v1/groups/${scene.group}?asOf=${daysAgo(101)}`);
      expect([early.status, ((await early.json()) as { detail: string }).detail]).toEqual([404, expect.stringContaining('had not heard of')]);
      expect((await system.get('/api/v1/calls?asOf=2026-02-30')).status).toBe(400);
      expect((await system.get(`/api/v1/calls?asOf=${daysAgo(-40)}`)).status).toBe(200);
      expect((await json<Listed>(`/api/v1/calls?asOf=${daysAgo(-40)}`)).calls).toEqual((await json<Listed>('/api/v1/calls')).calls);
    });
  }); // prettier-ignore

  it('refuses what no list knows, and says which values there are', async () => {
    for (const query of ['calls?state=ajar', 'calls?colour=red', 'dialogues?asset=IT-0', 'groups?represents=nobody', 'organisations?limit=0']) {
      const answer = await system.get(`/api/v1/${query}`);
      const { errors } = (await answer.json()) as { errors: { pointer: string; detail: string }[] };
      expect([query, answer.status, errors.length]).toEqual([query, 400, 1]);
    }
  }); // prettier-ignore

  it('gives every list as CSV and as one array', async () => {
    for (const [name, rows] of [['calls', 3], ['organisations', 4], ['dialogues', 3], ['groups', 1]] as const) {
      const csv = await (await system.get(`/api/v1/${name}.csv`)).text();
      const asked = await (await system.get(`/api/v1/${name}`, { accept: 'text/csv' })).text();
      expect(asked).toBe(csv);
      expect((await json<unknown[]>(`/api/v1/${name}.json`)).length).toBe(rows);
    }
    const csv = await (await system.get('/api/v1/dialogues.csv')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(4);
  }); // prettier-ignore

  it('tells who applied since the opening, and of an open call nobody', async () => {
    const opened = await json<{ applicationList: { organisation: { id: string } | null; status: string }[]; attempts: { id: string }[] }>(`/api/v1/calls/${scene.awarded}`); // prettier-ignore
    expect(opened.applicationList.map(({ organisation, status }) => [organisation?.id, status])).toEqual([
      [scene.terra, 'admitted'],
      [scene.mare, 'admitted'],
      [scene.university, 'excluded'],
    ]);
    expect(opened.attempts.map(({ id }) => id)).toEqual([scene.deserted, scene.awarded]);
    const open = JSON.stringify(await json(`/api/v1/calls/${scene.open}`));
    expect(open).toContain('"sealed"');
    expect(open).not.toContain(scene.terra);
  });

  it('tells of an organisation what it holds and applied for', async () => {
    const terra = await json<Record<string, unknown>>(`/api/v1/organisations/${scene.terra}`);
    expect(terra).toMatchObject({
      standing: 'verified',
      holds: 1,
      applications: 1,
      awards: 0,
      holdings: [{ asset: scene.villa, inForce: true, inHands: true, object: 'Centro diurno' }],
      appliedFor: [{ call: scene.awarded, status: 'admitted', awarded: false }],
      groups: [{ id: scene.group, represents: 'civil-society', left: false }],
    });
    expect(await json(`/api/v1/organisations/${scene.mare}`)).toMatchObject({ awards: 1, holds: 0 });
  });

  it('tells how each authority answers', async () => {
    const { authorities } = await json<{ authorities: object[] }>('/api/v1/dialogue-answers');
    expect(authorities).toEqual([
      { authority: 'ANBSC', threads: 2, answered: 1, late: 0, awaited: 0, overdue: 0, medianDays: 10 },
      { authority: 'Palermo', threads: 1, answered: 0, late: 0, awaited: 0, overdue: 1, medianDays: null },
    ]);
  });

  it('tells of a group what it recommended and what came of it', async () => {
    const group = await json<{ recommendationList: { state: string }[]; memberships: object[] }>(`/api/v1/groups/${scene.group}`); // prettier-ignore
    expect(group.recommendationList.map(({ state }) => state)).toEqual(['in-time', 'overdue']);
    expect(group).toMatchObject({ overdue: 1, members: 2 });
  });

  it.each(['organisation', 'call', 'dialogue', 'group'] as const)('knows no %s that nobody opened', async (kind) => {
    const answer = await system.get(`/api/v1/${kind}s/${unknown(kind)}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ]);
  });

  it('keeps everything that is not public out of the database of the read models', () => {
    const files = readdirSync(system.folder).filter((name) => name.startsWith('read-models'));
    expect(files.length).toBeGreaterThan(0);
    const bytes = files.map((name) => readFileSync(join(system.folder, name)));
    expect(bytes.some((file) => file.includes('Cooperativa Terra Buona'))).toBe(true);
    for (const file of bytes) expect(file.includes(CANARY)).toBe(false);
    expect(readFileSync(join(system.folder, 'events.sqlite')).includes(CANARY) || readdirSync(system.folder).some((name) => name.startsWith('events') && readFileSync(join(system.folder, name)).includes(CANARY))).toBe(true); // prettier-ignore
  });

  it('is what the log says, row by row', async () => {
    async function* log() {
      for (let batch = await system.store.readAll(START, 50); batch.length > 0;) {
        yield batch;
        batch = await system.store.readAll(batch.at(-1)!.position, 50);
      }
    }
    const database = await ReadDatabase.openForReading({ kind: 'sqlite', path: join(system.folder, 'read-models.sqlite') }); // prettier-ignore
    try {
      const checked = await check(database, projectionsFor(italy), log, 7);
      expect(checked.map(({ name, drift, failure }) => ({ name, drift, failure }))).toEqual(
        projectionsFor(italy).map(({ name }) => ({ name, drift: [], failure: undefined })),
      );
      expect(checked.find(({ name }) => name === 'organisations')!.rows).toBeGreaterThan(8);
    } finally {
      await database.close();
    }
  });

  const browser = { accept: 'text/html', 'accept-language': 'en' };
  const pages = [
    '/en/calls', '/it/bandi?state=awarded', `/en/calls/${scene.awarded}`, `/it/bandi/${scene.open}`, `/en/calls/${scene.deserted}`,
    '/en/organisations', '/it/organizzazioni?q=mare', `/en/organisations/${scene.terra}`, `/it/organizzazioni/${scene.mare}`,
    '/en/dialogue', '/it/dialogo?state=overdue', `/en/dialogue/${scene.answered}`, `/it/dialogo/${scene.unread}`, `/en/dialogue/${scene.withheld}`,
    '/en/groups', `/it/gruppi/${scene.group}`, `/en/assets/${scene.villa}`,
    `/ask/en/asset/${scene.villa}`, `/ask/it/call/${scene.awarded}`, '/ask/en/report/calls',
  ]; // prettier-ignore

  it.each(pages)('%s is a page without loopholes, and without a word left untold', async (path) => {
    const answer = await system.get(path, browser);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await answer.text();
    expect(loopholesIn(html)).toEqual([]);
    const text = textOf(html);
    expect(text).not.toMatch(/civic\.|\{\{|undefined|\bnull\b|\[object|NaN/);
    expect(text).not.toContain(CANARY);
  });

  it('shows hostile text as text', async () => {
    for (const path of [`/en/organisations/${scene.mare}`, `/en/dialogue/${scene.answered}`, `/en/groups/${scene.group}`]) {
      expect(textOf(await (await system.get(path, browser)).text())).toContain(HOSTILE);
    }
    const page = await (await system.get(`/en/organisations/${scene.mare}`, browser)).text();
    expect(page).not.toContain('href="javascript:');
  }); // prettier-ignore

  it('shows a deadline as an instant where the authority sits', async () => {
    const text = textOf(await (await system.get(`/en/calls/${scene.awarded}`, browser)).text());
    expect(text).toMatch(/\d{1,2} \w+ \d{4} at \d{2}:\d{2} (CES?T|GMT\+[12])/);
    expect(text).toContain('64.286 = 450/7');
  });
});
