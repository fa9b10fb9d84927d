import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { JsonObject } from '#domain';
import { digestOf } from '#files';
import type { Problem } from '#http';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

interface Uploaded {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

describe('files over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem({ REGISTRY_OFFICER: 'citizen' });
  });
  afterAll(() => closed(system));

  /** The same data folder with somebody else signed in. */
  const signedInAs = async (officer: string): Promise<void> => {
    await system.close();
    system = await aSystem({ REGISTRY_DATA: system.folder, REGISTRY_OFFICER: officer });
  };
  const upload = (path: string, bytes: Uint8Array, headers: Record<string, string> = {}) => {
    const form = new FormData();
    form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'text/html' }), '../../etc/passwd.html');
    return fetch(`${system.url}/api/v1/${path}`, { method: 'POST', body: form, headers });
  };
  const sent = (path: string, data: JsonObject, occurredOn = '2026-01-10') =>
    system.post(`/api/v1/${path}`, { occurredOn, data }, { 'idempotency-key': randomUUID() });
  const idIn = async (answer: Response, kind: string): Promise<string> => {
    expect(answer.status).toBe(201);
    return ((await answer.json()) as Record<string, string>)[kind]!;
  };
  const settled = async () => system.publishedFiles.reached(await system.store.head());
  const photo = (shade: number) =>
    sharp({ create: { width: 80, height: 50, channels: 3, background: { r: shade, g: 1, b: 1 } } })
      .withExif({ IFD0: { Copyright: 'Canary' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 6/1 56/1' } })
      .jpeg()
      .toBuffer();
  const there = (...path: string[]) =>
    access(join(system.folder, 'files', ...path)).then(
      () => true,
      () => false,
    );

  it('are published by the moderator and by nobody else, and taken back by the moderator', async () => {
    const asset = await idIn(await sent('assets', { kind: 'real-estate' }, '2015-03-12'), 'asset');
    const [shown, kept] = await Promise.all(
      [10, 200].map(async (shade) => {
        const answer = await upload('photos', await photo(shade));
        expect(answer.status).toBe(201);
        return (await answer.json()) as Uploaded;
      }),
    );
    expect(shown).toMatchObject({ mediaType: 'image/jpeg', width: 80, height: 50 });
    const filed = ({ sha256, mediaType }: Uploaded) => ({ sha256, mediaType, alternative: 'A broken window.' });
    const observation = {
      asset,
      addressedTo: 'ANBSC',
      text: 'The window is broken.',
      photos: [filed(shown!), filed(kept!)],
    };
    const thread = await idIn(await sent('dialogues/file-observation', observation), 'dialogue');
    await settled();
    expect((await system.get(`/files/${shown!.sha256}`)).status).toBe(404);

    await signedInAs('moderator');
    const moderation = { outcome: 'partly-redacted', reason: 'personal-data', text: 'The window is broken.' };
    const moderated = await sent(`dialogues/${thread}/moderate-thread`, { ...moderation, photos: [filed(shown!)] });
    expect(moderated.status).toBe(201);
    await settled();
    const answer = await system.get(`/files/${shown!.sha256}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, digestOf(bytes)]).toEqual([200, shown!.sha256]);
    expect(bytes.toString('latin1')).not.toMatch(/Canary|Exif|GPS/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': expect.stringMatching(/^inline; filename="[0-9a-f]{12}\.jpg"$/) as string,
    });
    const again = await system.get(`/files/${shown!.sha256}`, { 'if-none-match': `"${shown!.sha256}"` });
    expect(again.status).toBe(304);
    expect((await system.get(`/files/${kept!.sha256}`)).status).toBe(404);
    expect((await system.get(`/api/v1/files/${kept!.sha256}`)).headers.get('content-disposition')).toMatch(
      /^attachment/,
    );

    await signedInAs('second-moderator');
    const withheld = await sent(`dialogues/${thread}/moderate-thread`, { outcome: 'withheld', reason: 'safety' });
    expect(withheld.status).toBe(201);
    await settled();
    expect((await system.get(`/files/${shown!.sha256}`)).status).toBe(404);
  });

  it('that are documents stay restricted until an entry makes them public, and no longer than that', async () => {
    const asset = await idIn(await sent('assets', { kind: 'company' }, '2015-03-12'), 'asset');
    const content = Buffer.from('%PDF-1.7\nA plan.');
    const uploaded = (await (await upload('documents', content)).json()) as Uploaded;
    expect(uploaded).toEqual({ sha256: digestOf(content), size: content.length, mediaType: 'application/pdf' });
    const attached = await sent(`assets/${asset}/attach-document`, {
      sha256: uploaded.sha256,
      title: 'Plan',
      kind: 'plan',
      classification: 'public',
    });
    expect(attached.status).toBe(201);
    await settled();
    const answer = await system.get(`/files/${uploaded.sha256}`);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="${uploaded.sha256.slice(0, 12)}.pdf"`,
    ]);
    const [, entry] = await system.store.readStream(`asset-${asset}`);
    const correction = { entry: entry!.id, field: 'classification', value: 'restricted', reason: 'It names a person.' };
    expect((await sent(`assets/${asset}/correct-entry`, correction)).status).toBe(201);
    await settled();
    expect((await system.get(`/files/${uploaded.sha256}`)).status).toBe(404);
  });

  it('lie on shelves that are apart, and none of them has a name from outside', async () => {
    expect([await there('public'), await there('restricted'), await there('sealed')]).toEqual([true, true, true]);
    for (const name of ['..%2f..%2fevents.sqlite', 'x', '0'.repeat(64)])
      expect((await system.get(`/files/${name}`)).status).toBe(404);
  });

  it('named by an entry must have been handed in', async () => {
    const asset = await idIn(await sent('assets', { kind: 'movable' }, '2015-03-12'), 'asset');
    const photos = [{ sha256: 'ab'.repeat(32), mediaType: 'image/png', alternative: 'Nothing.' }];
    const answer = await sent('dialogues/file-observation', { asset, addressedTo: 'ANBSC', text: 'Look.', photos });
    expect([answer.status, ((await answer.json()) as Problem).type]).toEqual([409, '/problems/file-missing']);
  });

  it.each([
    ['photos', 'no photo', 422, '/problems/file-refused'],
    ['documents', '<html>', 422, '/problems/file-refused'],
    ['documents', '', 422, '/problems/file-refused'],
  ])('are refused by %s when they are %j', async (path, content, status, type) => {
    const answer = await upload(path, Buffer.from(content));
    expect([answer.status, ((await answer.json()) as Problem).type]).toEqual([status, type]);
  });

  it('are not taken beyond their size, in another form, or from a page of another site', async () => {
    const large = await upload('photos', Buffer.alloc(20 * 1024 * 1024 + 1, 0xff));
    expect([large.status, ((await large.json()) as Problem).type]).toEqual([413, '/problems/too-large']);
    expect((await system.post('/api/v1/photos', {})).status).toBe(415);
    const cut = await fetch(`${system.url}/api/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n%PDF-1.7',
    });
    expect([cut.status, ((await cut.json()) as Problem).type]).toEqual([400, '/problems/malformed-request']);
    const foreign = await upload('photos', await photo(3), { origin: 'https://elsewhere.example' });
    expect([foreign.status, ((await foreign.json()) as Problem).type]).toEqual([403, '/problems/not-from-a-page']);
  });

  it('are not taken without end from one place', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => upload('documents', Buffer.from('x'))));
    const refused = answers.find(({ status }) => status === 429);
    expect(((await refused?.json()) as Problem | undefined)?.type).toBe('/problems/too-many-requests');
  });
});
