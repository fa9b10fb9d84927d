import { randomUUID } from 'node:crypto';
import { aggregates } from '#domain';
import { HOSTILE, recordScene, scene } from './civic-scene';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

describe('the form for questions and observations', () => {
  let system: TestSystem;
  let before: number;
  let started = false;
  /** Tests that send much are counted together with those before them: then a new server takes over. */
  async function fresh(): Promise<void> {
    if (started) await closed(system);
    started = true;
    system = await aSystem({ REGISTRY_TRUSTED_PROXIES: '127.0.0.1' });
    await recordScene(system.store, new Date().toISOString());
    before = await system.store.head();
  }
  beforeAll(fresh, 60_000);
  beforeEach(async () => {
    before = await system.store.head();
  });
  afterAll(() => closed(system));

  const asset = `/ask/en/asset/${scene.villa}`;
  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(system.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: system.url, ...headers },
      body: new URLSearchParams({ token: randomUUID(), kind: 'question', ...fields }),
    });
  const threads = async () =>
    (await system.store.readAll(before, 10_000)).filter(
      ({ stream, metadata }) => stream.startsWith('dialogue-') && metadata.actor.subject === 'visitor',
    );

  it('records a question of somebody nobody knows, and says where its answer will be', async () => {
    const answer = await send(asset, { text: 'Why?\r\nSince when?', askerName: 'Rosa', authority: 'ANBSC' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/ask\/en\/received\/IT-D-/)]); // prettier-ignore
    const [asked] = await threads();
    expect(asked).toMatchObject({
      type: 'QuestionAsked',
      data: { kind: 'question', asset: scene.villa, addressedTo: 'ANBSC', text: 'Why?\nSince when?', askerName: 'Rosa' },
      metadata: { actor: { subject: 'visitor', agency: 'public', role: 'visitor' }, source: { kind: 'form' } },
    }); // prettier-ignore
    const received = await fetch(system.url + answer.headers.get('location')!);
    const id = asked!.stream.slice('dialogue-'.length);
    expect(await received.text()).toMatch(new RegExp(`href="/en/dialogue/${id}\\?after=\\d+"`));
  });

  it.each([
    ['observation', 'ObservationFiled', `/ask/it/call/${scene.awarded}`],
    ['complaint', 'QuestionAsked', '/ask/en/report/calls'],
  ])('records a %s', async (kind, type, path) => {
    expect((await send(path, { kind, text: 'I saw it.' })).status).toBe(303);
    expect((await threads()).map((event) => event.type)).toEqual([type]);
  });

  it('records once what is sent twice', async () => {
    const token = randomUUID();
    const answers = [await send(asset, { text: 'Why?', token }), await send(asset, { text: 'Why?', token })];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(answers[0]!.headers.get('location')).toBe(answers[1]!.headers.get('location'));
    expect(await threads()).toHaveLength(1);
  });

  it('gives a form that was changed after it was sent a name of its own', async () => {
    await fresh();
    const token = randomUUID();
    await send(asset, { text: 'Why?', token });
    const again = await send(asset, { text: 'And since when?', token });
    expect(again.status).toBe(422);
    const renamed = /name="token" value="([^"]+)"/.exec(await again.text())![1]!;
    expect((await send(asset, { text: 'And since when?', token: renamed })).status).toBe(303);
  });

  it.each([
    ['from another site', 403, { text: 'Why?' }, { origin: 'https://evil.example' }],
    ['from nowhere', 403, { text: 'Why?' }, { origin: 'null' }],
    ['by a machine that fills in every field', 422, { text: 'Why?', website: 'https://spam.example' }, {}],
    ['without a text', 422, { text: ' \n ' }, {}],
    ['with too long a text', 422, { text: 'x'.repeat(4001) }, {}],
    ['with too long a name', 422, { text: 'Why?', askerName: 'x'.repeat(201) }, {}],
  ] as const)('takes nothing %s, and keeps what was written', async (_, status, fields, headers) => {
    const answer = await send(asset, { ...fields }, { ...headers });
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).toContain('role="alert"');
    if (fields.text === 'Why?') expect(page).toContain('>Why?</textarea>');
    expect(await threads()).toEqual([]);
  });

  it('takes nothing from a browser that says neither where it comes from nor that it is here', async () => {
    const { origin: _, ...none } = { origin: '' };
    const body = new URLSearchParams({ text: 'Why?' });
    const bare = await fetch(system.url + asset, { method: 'POST', headers: none, body });
    expect(bare.status).toBe(403);
    const here = await fetch(system.url + asset, { method: 'POST', redirect: 'manual', headers: { 'sec-fetch-site': 'same-origin' }, body }); // prettier-ignore
    expect(here.status).toBe(303);
  });

  it('takes only so many from one address', async () => {
    await fresh();
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await send(asset, { text: `Why ${count}?` })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(303), 429, 429]);
    expect(await threads()).toHaveLength(10);
    const behind = (address: string) => send(asset, { text: 'Why?' }, { 'x-forwarded-for': address });
    expect((await behind('1.1.1.1, 203.0.113.7')).status).toBe(303);
    for (let count = 0; count < 9; count += 1) await behind(`10.0.0.${count}, 203.0.113.7`);
    expect((await behind('9.9.9.9, 203.0.113.7')).status).toBe(429);
    expect((await behind('203.0.113.8')).status).toBe(303);
  });

  it('sends it to an authority that is offered, whatever the form says', async () => {
    await fresh();
    await send(asset, { text: 'Why?', authority: 'Elsewhere' });
    expect((await threads())[0]!.data.addressedTo).toBe('ANBSC');
  });

  it('shows hostile text as text', async () => {
    const page = await (await send(asset, { text: HOSTILE, askerName: 'x'.repeat(201) })).text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script>');
  });

  it.each(['/ask/en/asset/IT-0000000000-0', `/ask/en/call/${scene.draft}`, '/ask/en/report/nothing', '/ask/de/report/calls', '/ask/en/moon/1', '/ask/en/received/x'])(
    'knows nothing at %s',
    async (path) => {
      expect((await system.get(path, { accept: 'text/html' })).status).toBe(404);
    },
  ); // prettier-ignore

  it('opens threads a moderator can take further', async () => {
    await send(asset, { text: 'Why?' });
    const { stream } = (await threads())[0]!;
    const { state } = aggregates.dialogue.replay(await system.store.readStream(stream));
    expect(state).toMatchObject({ kind: 'question', filedBy: 'visitor' });
  });
});

describe('without the form', () => {
  it('offers none and has none', async () => {
    const system = await aSystem({ REGISTRY_QUESTIONS: 'off' });
    expect((await system.get('/ask/en/report/calls', { accept: 'text/html' })).status).toBe(404);
    expect(await (await system.get('/en/calls', { accept: 'text/html' })).text()).not.toContain('/ask/');
    await closed(system);
  });
});
