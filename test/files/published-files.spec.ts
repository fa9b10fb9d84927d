import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { openFiles } from '#files';
import type { Files } from '#files';
import type { JsonObject, NewEvent } from '#domain';
import { ORPHAN_DAYS, PublishedFiles } from '../../apps/registry/published-files';

describe('the shelves follow the log', () => {
  let folder: string;
  let store: EventStore;
  let files: Files;
  let published: PublishedFiles;
  const notices: string[] = [];

  const following = async (): Promise<void> => {
    published = new PublishedFiles(store, files, { folder, onNotice: (notice) => notices.push(notice) });
    await published.start();
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'published-'));
    store = openEmbeddedLog(join(folder, 'events.sqlite'));
    files = await openFiles(folder, 64 * 1024 * 1024);
    notices.length = 0;
    await following();
  });
  afterEach(async () => {
    await published.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const event = (type: string, data: JsonObject, id: string = randomUUID()): NewEvent => ({
    id,
    type,
    version: 1,
    data,
    metadata: {
      occurredOn: '2026-05-01',
      recordedAt: '2026-05-01T08:00:00.000Z',
      actor: { subject: 'x', agency: 'local', role: 'officer' },
      source: { kind: 'api' },
      commandId: 'c',
      commandDigest: 'd',
      correlationId: 'r',
      causationId: 'c',
    },
  });
  const revisions = new Map<string, number>();
  beforeEach(() => revisions.clear());
  const append = async (stream: string, ...events: NewEvent[]): Promise<void> => {
    const { revision } = await store.append(stream, events, revisions.get(stream) ?? 'no-stream');
    revisions.set(stream, revision);
  };
  const reached = async () => published.reached(await store.head());
  const photo = async () => (await files.restricted.put(randomBytes(100))).sha256;
  const moderated = (...photos: string[]) =>
    event('ThreadModerated', {
      outcome: 'published',
      reason: 'in-order',
      photos: photos.map((sha256) => ({ sha256 })),
    });
  const submitted = (sha256: string, id: string) =>
    event(
      'ApplicationSubmitted',
      { organisation: 'o', sealed: { scheme: 'seal1', ciphertext: { sha256, size: 1 }, digest: 'd' } },
      id,
    );
  const shown = async (...digests: string[]) =>
    Promise.all(digests.map(async (sha256) => (await files.public.sizeOf(sha256)) !== undefined));

  it('and go on where they were after a stop, and from the start where that was lost', async () => {
    const [one, two] = [await photo(), await photo()];
    await append('dialogue-a', moderated(one));
    await reached();
    await published.close();
    await append('dialogue-b', moderated(two));
    await following();
    await reached();
    expect(await shown(one, two)).toEqual([true, true]);
    await published.close();
    await files.public.remove(one);
    await writeFile(join(folder, 'followed.json'), '{ "after": 1');
    await following();
    await reached();
    expect(await shown(one, two)).toEqual([true, true]);
  });

  it('and start over in another log, or in one that was put back as it was earlier', async () => {
    const [one, two] = [await photo(), await photo()];
    await append('dialogue-a', moderated(one));
    await append('dialogue-a', moderated(two));
    await reached();
    await published.close();
    await store.close();
    await rm(join(folder, 'events.sqlite'));
    store = openEmbeddedLog(join(folder, 'events.sqlite'));
    revisions.clear();
    await append('dialogue-a', moderated(one));
    await following();
    await reached();
    expect(await shown(one)).toEqual([true]);
  });

  it('show what the last moderation shows, and nothing that was never handed in', async () => {
    const [one, two] = [await photo(), await photo()];
    await append('dialogue-a', moderated(one, two));
    await append('dialogue-a', moderated(two, 'ab'.repeat(32)));
    await reached();
    expect(await shown(one, two, 'ab'.repeat(32))).toEqual([false, true, false]);
    expect(notices).toEqual([]);
  });

  it('throw away the ciphertext of an application that was withdrawn, and no other', async () => {
    const [gone, kept] = [
      (await files.sealed.put(randomBytes(50))).sha256,
      (await files.sealed.put(randomBytes(50))).sha256,
    ];
    const [first, second] = [randomUUID(), randomUUID()];
    await append('call-a', submitted(gone, first), submitted(kept, second));
    await append('call-a', event('ApplicationWithdrawn', { application: first }));
    await reached();
    expect(await files.sealed.sizeOf(gone)).toBeUndefined();
    expect(await files.sealed.sizeOf(kept)).toBe(50);
  });

  it('throw away a sealed file that no application has named for long, and nothing else', async () => {
    const [orphan, young, named] = [
      (await files.sealed.put(randomBytes(50))).sha256,
      (await files.sealed.put(randomBytes(50))).sha256,
      (await files.sealed.put(randomBytes(50))).sha256,
    ];
    await append('call-a', submitted(named, randomUUID()));
    await reached();
    const old = new Date(Date.now() - (ORPHAN_DAYS + 1) * 86_400_000);
    for (const sha256 of [orphan, named])
      await utimes(join(folder, 'sealed', sha256.slice(0, 2), sha256.slice(2, 4), sha256), old, old);
    expect(await published.collectOrphans()).toBe(1);
    expect(await Promise.all([orphan, young, named].map((each) => files.sealed.sizeOf(each)))).toEqual([
      undefined,
      50,
      50,
    ]);
    expect(JSON.parse(await readFile(join(folder, 'followed.json'), 'utf8'))).toMatchObject({
      after: await store.head(),
    });
  });
});
