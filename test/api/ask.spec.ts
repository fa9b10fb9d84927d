import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { aggregates } from '#domain';
import type { RecordedEvent } from '#domain';
import { MAX_PHOTO_BYTES } from '#files';
import { ASK_LIMITS } from '#web';
import { BY_PEOPLE_ALONE, HOSTILE, recordScene, scene } from './civic-scene';
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
    system = await aSystem({ ...BY_PEOPLE_ALONE, REGISTRY_TRUSTED_PROXIES: '127.0.0.1' });
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

  it('begins the offer of a company with the need it answers', async () => {
    const recorded = await system.recorder.record(
      `asset-${scene.villa}`,
      {
        name: 'publish-support-need',
        occurredOn: '2026-10-01',
        data: { kind: 'goods', title: 'Twelve <b>desks</b>', quantity: { value: 12, scale: 0, unit: 'piece' } },
      },
      {
        actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' },
        source: { kind: 'api' },
        idempotencyKey: 'need',
        correlationId: 'test',
      },
    );
    expect(recorded).toMatchObject({ kind: 'recorded' });
    const need = (await system.store.readStream(`asset-${scene.villa}`)).at(-1)!.id;
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    for (const page of [`/en/support?type=need&status=open`, `/en/assets/${scene.villa}`]) {
      const shown = await (await fetch(system.url + page)).text();
      expect(shown).toMatch(new RegExp(`href="${asset}\\?need=${need}"[^>]*>We can help`));
    }
    const form = async (id: string) => (await fetch(`${system.url}${asset}?need=${id}`)).text();
    expect(await form(need)).toMatch(
      new RegExp(
        `<textarea[^>]*>We can help with what is needed here: “Twelve &lt;b>desks&lt;/b>” \\(entry ${need}\\)\\.`,
      ),
    );
    expect(await form(need)).toContain(`href="/ask/it/asset/${scene.villa}?need=${need}"`);
    for (const other of ['x', randomUUID()]) expect(await form(other)).not.toContain('We can help');
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

  describe('with photos', () => {
    beforeAll(fresh, 60_000);
    const picture = (shade: number) =>
      sharp({ create: { width: 80, height: 50, channels: 3, background: { r: shade, g: 1, b: 1 } } })
        .withExif({ IFD0: { Copyright: 'Canary' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 6/1 56/1' } })
        .jpeg()
        .toBuffer();
    const file = (bytes: Uint8Array, name = 'roof.jpg'): File => new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'image/jpeg' }); // prettier-ignore
    const unchosen = file(new Uint8Array(), '');
    /** As a browser sends it: every field for a photo is there, whether one was chosen or not. */
    const posted = (fields: Record<string, string | File>) => {
      const form = new FormData();
      const all = { token: randomUUID(), kind: 'observation', text: 'The roof fell in.', 'photo-1': unchosen, 'photo-1-words': '', 'photo-2': unchosen, 'photo-2-words': '', ...fields }; // prettier-ignore
      for (const [name, value] of Object.entries(all)) form.append(name, value);
      return fetch(system.url + asset, { method: 'POST', redirect: 'manual', headers: { origin: system.url }, body: form }); // prettier-ignore
    };
    const restricted = () => join(system.folder, 'files', 'restricted');
    const filed = async (): Promise<string[]> => {
      const entries = await readdir(restricted(), { recursive: true, withFileTypes: true });
      return entries.filter((each) => each.isFile() && /^[0-9a-f]{64}$/.test(each.name)).map((each) => join(each.parentPath, each.name)); // prettier-ignore
    };

    it('takes an observation with photos, of which nothing but the pictures is kept', async () => {
      const answer = await posted({
        'photo-1': file(await picture(10)),
        'photo-1-words': ' The  roof, from the street ',
        'photo-2': file(await picture(200)),
        'photo-2-words': 'The door',
      });
      expect(answer.status).toBe(303);
      const [{ type, data }] = (await threads()) as [RecordedEvent];
      expect([type, data.photos]).toEqual([
        'ObservationFiled',
        [
          { sha256: expect.any(String) as string, mediaType: 'image/jpeg', alternative: 'The roof, from the street' },
          { sha256: expect.any(String) as string, mediaType: 'image/jpeg', alternative: 'The door' },
        ],
      ]);
      const kept = await Promise.all((await filed()).map((path) => readFile(path)));
      expect(kept).toHaveLength(2);
      for (const bytes of kept) {
        expect((await sharp(bytes).metadata()).exif).toBeUndefined();
        expect(bytes.includes('Canary')).toBe(false);
      }
      expect((await fetch(`${system.url}/files/${(data.photos as { sha256: string }[])[0]!.sha256}`)).status).toBe(404);
    });

    it('takes one without any', async () => {
      expect((await posted({})).status).toBe(303);
      expect((await threads())[0]!.data).not.toHaveProperty('photos');
    });

    it.each([
      ['with a question', 'with a report of what you saw', async () => ({ kind: 'question', 'photo-1': file(await picture(1)), 'photo-1-words': 'A roof' })],
      ['without words', 'Say in words', async () => ({ 'photo-1': file(await picture(1)), 'photo-1-words': ' ' })],
      ['that are none', 'no photo that can be shown', async () => ({ 'photo-1': file(Buffer.from('<svg onload=alert(1)>')), 'photo-1-words': 'A roof' })],
      ['that are cut off', 'cannot be read', async () => ({ 'photo-1': file((await picture(1)).subarray(0, 400)), 'photo-1-words': 'A roof' })],
      ['that are empty', 'cannot be read', async () => ({ 'photo-1': file(new Uint8Array()), 'photo-1-words': 'A roof' })],
      ['that are too large', '20 MB at most', async () => ({ 'photo-1': file(Buffer.concat([await picture(1), Buffer.alloc(MAX_PHOTO_BYTES)])), 'photo-1-words': 'A roof' })],
    ] as const)('takes no photos %s, and says so', async (_, sentence, fields) => {
      await fresh();
      const before = await filed();
      const answer = await posted(await fields());
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain(sentence);
      expect(page).toContain('Photos have to be chosen again.');
      expect(page).toContain('>The roof fell in.</textarea>');
      expect(await threads()).toEqual([]);
      expect(await filed()).toEqual(before);
    }); // prettier-ignore

    it('takes no more photos than it offers fields for, and no form that was cut off', async () => {
      const most = ASK_LIMITS.photos + 1;
      const many = await Promise.all(Array.from({ length: most }, async (_, place) => [`photo-${place + 1}`, file(await picture(place))] as const)); // prettier-ignore
      expect((await posted(Object.fromEntries(many))).status).toBe(400);
      const cut = await fetch(system.url + asset, {
        method: 'POST',
        headers: { origin: system.url, 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nThe ro',
      });
      expect(cut.status).toBe(400);
      expect(await cut.text()).toContain('did not arrive whole');
      expect(await threads()).toEqual([]);
      expect(ASK_LIMITS.photoMegabytes * 2 ** 20).toBe(MAX_PHOTO_BYTES);
    });
  });

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
