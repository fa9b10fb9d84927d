import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { dateOf, italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { isBox } from '#privacy';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { filesWith } from './keys';

const SECRET = 'Zaccaria Trovabile';
const TEXT = 'My neighbour at the third gate keeps a yellow tractor there.';

describe('the erasure of what a visitor wrote', () => {
  let system: TestSystem;
  let thread: string;
  let entry: string;
  beforeAll(async () => {
    system = await aSystem();
    const body = new FormData();
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    for (const [name, value] of Object.entries({
      token: '6d1f2c34-0000-4000-8000-000000000001', kind: 'observation', text: TEXT, askerName: SECRET,
      askerContact: 'z.trovabile@example.org', authority: 'local', 'photo-1-words': 'A gate',
    })) body.set(name, value); // prettier-ignore
    body.set('photo-1', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'gate.jpg');
    const answer = await fetch(`${system.url}/ask/en/report/register`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: system.url },
      body,
    });
    expect([answer.status, answer.status === 303 ? '' : await answer.text()]).toEqual([303, '']);
    thread = /IT-D-[0-9A-Z]+-[0-9A-Z]/.exec(answer.headers.get('location')!)![0];
    entry = (await system.store.readStream(`dialogue-${thread}`))[0]!.id;
  }, 60_000);
  afterAll(() => closed(system));

  const photos = () => readdir(join(system.folder, 'files', 'restricted'), { recursive: true });
  const erase = (key: string) =>
    system.post(
      `/api/v1/dialogues/${thread}/erase-personal-data`,
      { occurredOn: dateOf(new Date().toISOString(), italy.timeZone), data: { entry, erasureGround: 'consent-withdrawn', reason: 'Asked by whoever wrote it' } },
      { 'idempotency-key': key },
    ); // prettier-ignore

  it('lies in no file in plain from the first moment on', async () => {
    for (const words of [SECRET, TEXT, 'z.trovabile']) expect(filesWith(system.folder, Buffer.from(words))).toEqual([]);
    expect((await system.store.readStream(`dialogue-${thread}`))[0]?.data).toMatchObject({
      text: TEXT,
      askerName: SECRET,
    });
  });

  it('is read by whoever moderates it', async () => {
    expect(await (await system.get(`/office/dialogues/${thread}`)).text()).toContain('yellow tractor');
  });

  it('takes the key, the photo and every memory of it, and leaves the entry with its proof', async () => {
    expect((await photos()).length).toBeGreaterThan(0);
    const answer = await erase('erase-1');
    expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
    await system.erasing.reached(await system.store.head());
    const [asked, erased] = await system.store.readStream(`dialogue-${thread}`);
    expect(asked?.erased?.map(({ field }) => field).sort()).toEqual(['askerContact', 'askerName', 'photos', 'text']);
    expect(asked?.data).not.toHaveProperty('text');
    expect(erased?.type).toBe('ThreadDataErased');
    const page = await (await system.get(`/office/dialogues/${thread}`)).text();
    expect(page).not.toContain('yellow tractor');
    expect(page).toMatch(/cancellato per sempre/);
    expect((await photos()).filter((name) => /[0-9a-f]{64}/.test(name))).toEqual([]);
    // What was shown to the public of it is a sentence, not the data.
    const log = openEmbeddedLog(join(system.folder, 'events.sqlite'), { readOnly: true });
    expect(isBox((await log.readStream(`dialogue-${thread}`))[0]?.data.text)).toBe(true);
    await log.close();
  });

  it('happens once, and its repeat is known again', async () => {
    expect((await erase('erase-1')).status).toBe(200);
    const again = await erase('erase-2');
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('already-erased')]);
  });

  it('leaves a thread that can only be withheld', async () => {
    const moderate = (data: object) =>
      system.post(`/api/v1/dialogues/${thread}/moderate-thread`, { occurredOn: dateOf(new Date().toISOString(), italy.timeZone), data }, { 'idempotency-key': `moderate-${String((data as { outcome: string }).outcome)}` });
    const published = await moderate({ outcome: 'published', reason: 'in-order', text: TEXT });
    expect([published.status, await published.text()]).toEqual([422, expect.stringContaining('moderation-alters')]);
    expect((await moderate({ outcome: 'withheld', reason: 'personal-data' })).status).toBe(201);
  }); // prettier-ignore
});
