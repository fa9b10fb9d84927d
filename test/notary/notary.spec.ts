import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#domain';
import { assetIdFrom, italy } from '#domain';
import type { EventStore } from '#event-store';
import { START, openEmbeddedLog, openEventStoreDbLog } from '#event-store';
import { Notary, keysFileIn, leafOf, openIdentity, tilesFolderIn } from '#notary';
import type { NotarySettings } from '#notary';
import { Recorder } from '#recording';
import { FilesystemTileStorage, TreeReader, checkLog, parseLogKeys, verifyCheckpoint } from '#transparency-log';
import { verifyLog } from '../../apps/auditor/verify';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { aSystem, closed } from '../api/system';

const actor = { subject: 'rosa', agency: 'ANBSC', role: 'officer' };

/** Opens so many dossiers. */
async function recorded(store: EventStore, from: number, to: number): Promise<void> {
  const recorder = new Recorder(store, { profile: italy });
  for (let number = from; number < to; number += 1) {
    const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: `${number}`, correlationId: 'test' };
    const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: `Company ${number}`, formerHolder: `Person ${number}` } }; // prettier-ignore
    await recorder.record(`asset-${assetIdFrom('IT', 'test', String(number))}`, command, origin);
  }
}

async function everything(store: EventStore): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (let page = await store.readAll(START, 500); page.length > 0; page = await store.readAll(all.at(-1)!.position, 500))
    all.push(...page);
  return all;
} // prettier-ignore

/** The leaves under the checkpoint, once signature, tiles and root were found good. */
async function logged(folder: string): Promise<Uint8Array[]> {
  const storage = FilesystemTileStorage.reader(tilesFolderIn(folder));
  const keys = parseLogKeys(await readFile(keysFileIn(folder), 'utf8'));
  const head = verifyCheckpoint((await storage.read('checkpoint'))!, { origin: keys[0]!.verifier.name, keys });
  const leaves: Uint8Array[] = [];
  const { findings } = await checkLog(storage, head, { onEntry: (entry) => void leaves.push(entry) });
  expect(findings).toEqual([]);
  return leaves;
}

const stores: [string, () => Promise<{ open: () => Promise<EventStore>; end: () => Promise<void> }>][] = [
  [
    'the embedded log',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'notary-'));
      const open = () => Promise.resolve<EventStore>(openEmbeddedLog(join(folder, 'events.sqlite')));
      return { open, end: () => rm(folder, { recursive: true }) };
    },
  ],
  [
    'EventStoreDB',
    async () => {
      const server = await EventStoreDbServer.start();
      return { open: () => openEventStoreDbLog(server.connectionString), end: () => Promise.resolve(server.stop()) };
    },
  ],
];

describe.each(stores)('the notary on %s', (_, opened) => {
  let store: EventStore;
  let log: Awaited<ReturnType<typeof opened>>;
  let folder: string;
  let settings: NotarySettings;
  beforeEach(async () => {
    log = await opened();
    store = await log.open();
    folder = await mkdtemp(join(tmpdir(), 'transparency-'));
    settings = {
      folder: join(folder, 'transparency-log'),
      key: { file: join(folder, 'log.key') },
      maxDelaySeconds: 60,
    };
  });
  afterEach(async () => {
    await store.close();
    await log.end();
    await rm(folder, { recursive: true });
  });

  async function notarised(task: (notary: Notary) => Promise<void>, batchSize?: number): Promise<Notary> {
    const notary = new Notary(store, settings.folder, await openIdentity(settings), {
      ...(batchSize !== undefined && { batchSize }),
    });
    notary.start();
    await task(notary);
    await notary.stop();
    return notary;
  }
  const caughtUp = async (notary: Notary) => expect(await notary.reached(await store.head(), 10_000)).toBe(true);

  it('logs every event once and in order, goes on after restarts, and follows what comes', async () => {
    await recorded(store, 0, 300);
    await notarised(caughtUp, 128);
    await recorded(store, 300, 310);
    await notarised(async (notary) => {
      await caughtUp(notary);
      await recorded(store, 310, 320);
      await caughtUp(notary);
      expect(await notary.waiting()).toBe(0);
    });
    expect(await logged(settings.folder)).toEqual((await everything(store)).map(leafOf));
    const { findings, size, newer } = await verifyLog({ log: settings.folder, store });
    expect([findings, size, newer]).toEqual([[], 320, 0]);
  }, 60_000);

  it('takes in a long past without an alarm: it was not there to be late', async () => {
    const long = () => '2015-01-01T00:00:00.000Z';
    await new Recorder(store, { profile: italy, clock: long }).record(
      `asset-${assetIdFrom('IT', 'test', 'old')}`,
      { name: 'record-seizure', occurredOn: '2014-01-01', data: { kind: 'company', title: 'Old' } },
      { actor, source: { kind: 'api' }, idempotencyKey: 'old', correlationId: 'test' },
    );
    const notary = new Notary(store, settings.folder, await openIdentity(settings));
    expect(await notary.waiting(Date.now() + 1000)).toBeLessThan(10);
  });

  it('makes a key for this user alone, and keeps name and keys', async () => {
    await notarised(async () => undefined);
    expect((await stat(join(folder, 'log.key'))).mode & 0o777).toBe(0o600);
    await expect(openIdentity({ ...settings, origin: 'registry.example/log' })).rejects.toThrow(/keeps its name/);
    await rm(join(folder, 'log.key'));
    await expect(openIdentity(settings)).rejects.toThrow(/is not in .*keys/);
  });

  it('signs nothing over a store that lost what was signed', async () => {
    await recorded(store, 0, 20);
    await notarised(caughtUp);
    const before = await logged(settings.folder);
    await store.close();
    await log.end();
    log = await opened();
    store = await log.open();
    await recorded(store, 0, 10);
    const notary = await notarised((each) => each.reached(Number.MAX_SAFE_INTEGER, 3000).then(() => undefined));
    expect(notary.progress()).toMatchObject({ size: 20, stopped: expect.stringContaining('is not in the event store') as string }); // prettier-ignore
    expect(await logged(settings.folder)).toEqual(before);
  }, 60_000);
});

describe('the notary on a store that was changed behind its back', () => {
  it.each([
    ['the entry before the last', (position: number) => `position = ${position - 1}`],
    ['the last entry', (position: number) => `position = ${position}`],
  ])('signs nothing more after %s', async (_, where) => {
    const folder = await mkdtemp(join(tmpdir(), 'notary-'));
    const path = join(folder, 'events.sqlite');
    const settings = { folder: join(folder, 'transparency-log'), key: { file: join(folder, 'log.key') }, maxDelaySeconds: 60 }; // prettier-ignore
    const turn = async (): Promise<Notary> => {
      const store = openEmbeddedLog(path);
      await recorded(store, 0, 5);
      const notary = new Notary(store, settings.folder, await openIdentity(settings));
      notary.start();
      await notary.reached(await store.head(), 10_000);
      await notary.stop();
      await store.close();
      return notary;
    };
    const { size } = (await turn()).progress();
    const before = await logged(settings.folder);
    const database = new Database(path);
    for (const name of database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      database.exec(`DROP TRIGGER "${name}"`);
    const { changes } = database.prepare(`UPDATE events SET data = replace(data, 'Company', 'Firm') WHERE ${where(size)}`).run();
    expect(changes).toBe(1);
    database.close();
    expect((await turn()).progress().stopped).toMatch(/data\.title differ/);
    expect(await logged(settings.folder)).toEqual(before);
    await rm(folder, { recursive: true });
  }); // prettier-ignore
});

describe('the notary on a store that holds half a character, as no command lets in', () => {
  it('logs it, goes on, and an auditor finds the store as it was logged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'notary-'));
    const path = join(folder, 'events.sqlite');
    const settings = { folder: join(folder, 'transparency-log'), key: { file: join(folder, 'log.key') }, maxDelaySeconds: 60 }; // prettier-ignore
    const first = openEmbeddedLog(path);
    await recorded(first, 0, 5);
    await first.close();
    const database = new Database(path);
    for (const name of database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      database.exec(`DROP TRIGGER "${name}"`);
    const { changes } = database.prepare(`UPDATE events SET data = replace(data, 'Company 3', 'Company \\ud83d') WHERE data LIKE '%Company 3%'`).run();
    expect(changes).toBe(1);
    database.close();
    const store = openEmbeddedLog(path);
    for (const size of [5, 8]) {
      await recorded(store, 5, size);
      const notary = new Notary(store, settings.folder, await openIdentity(settings));
      notary.start();
      expect([await notary.reached(await store.head(), 10_000), notary.progress().stopped]).toEqual([true, undefined]);
      await notary.stop();
      expect(await verifyLog({ log: settings.folder, store })).toMatchObject({ size, findings: [] });
    }
    expect((await logged(settings.folder)).filter((leaf) => Buffer.from(leaf).includes('"asJson":["data.title"]'))).toHaveLength(1);
    await store.close();
    await rm(folder, { recursive: true });
  }); // prettier-ignore
});

describe('the notary, stopped at any moment', () => {
  it('never forks, never skips, never logs twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 6 }), async (turns) => {
        const folder = await mkdtemp(join(tmpdir(), 'notary-'));
        const store = openEmbeddedLog(join(folder, 'events.sqlite'));
        const settings = { folder: join(folder, 'transparency-log'), key: { file: join(folder, 'log.key') }, maxDelaySeconds: 60 }; // prettier-ignore
        try {
          let count = 0;
          for (const [more, milliseconds, batchSize] of turns) {
            await recorded(store, count, (count += more));
            const notary = new Notary(store, settings.folder, await openIdentity(settings), { batchSize });
            notary.start();
            await new Promise((resolve) => setTimeout(resolve, milliseconds));
            await notary.stop();
            expect(notary.progress().stopped).toBeUndefined();
          }
          const last = new Notary(store, settings.folder, await openIdentity(settings));
          last.start();
          expect(await last.reached(await store.head(), 10_000)).toBe(true);
          await last.stop();
          expect(await logged(settings.folder)).toEqual((await everything(store)).map(leafOf));
        } finally {
          await store.close();
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 12 },
    ); // prettier-ignore
  }, 120_000);
});

describe('the transparency log of a running registry', () => {
  it('is published, can be verified over HTTP by whoever has a key, and is watched by health and metrics', async () => {
    const system = await aSystem();
    try {
      await recorded(system.store, 0, 300);
      expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
      const address = `${system.url}/log`;
      const { findings, size, checkpoint } = await verifyLog({ log: address, store: system.log });
      expect([findings, size]).toEqual([[], await system.store.count()]);
      const answer = await fetch(`${address}/checkpoint`);
      expect(await answer.text()).toBe(checkpoint);
      expect([answer.headers.get('cache-control'), answer.headers.get('access-control-allow-origin')]).toEqual(['no-cache', '*']); // prettier-ignore
      const again = await fetch(`${address}/checkpoint`, { headers: { 'if-none-match': answer.headers.get('etag')! } });
      expect(again.status).toBe(304);
      const tile = await fetch(`${address}/tile/entries/000`);
      expect([tile.status, tile.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
      expect(Buffer.from(await tile.arrayBuffer()).includes('Person 1')).toBe(false);
      for (const path of ['signed-checkpoint', 'tile/0/%2e%2e/keys', 'tile/0/0', 'tile/entries/999', 'nothing'])
        expect([path, (await fetch(`${address}/${path}`)).status]).toEqual([path, 404]);
      const health = (await (await system.get('/health/ready')).json()) as Record<string, unknown>;
      expect(health).toMatchObject({ ready: true, transparencyLog: { size, waiting: 0, reasons: [] } });
      expect(await (await system.get('/metrics')).text()).toMatch(new RegExp(`registry_transparency_log_size ${size}\n`));
      const page = await (await system.get('/en/integrity', { accept: 'text/html' })).text();
      for (const words of ['Can this register be trusted?', String(size), checkpoint.split('\n')[2]!, `curl ${system.url}/log/keys`])
        expect(page).toContain(words);
      expect(await (await system.get('/it/beni', { accept: 'text/html' })).text()).toContain('href="/it/integrita"');
      const reader = new TreeReader(FilesystemTileStorage.reader(join(system.folder, 'transparency-log', 'log')), size);
      expect(Buffer.from(await reader.entry(7)).toString()).toContain('Company 7');
    } finally {
      await closed(system);
    }
  }, 60_000); // prettier-ignore

  it('is left out where it is turned off', async () => {
    const system = await aSystem({ TRANSPARENCY_LOG: 'off' });
    expect((await system.get('/log/checkpoint')).status).toBe(404);
    expect(await (await system.get('/en/integrity', { accept: 'text/html' })).text()).toContain(
      'No such log is kept here.',
    );
    expect(await (await system.get('/health/ready')).json()).not.toHaveProperty('transparencyLog');
    await closed(system);
  });

  it.each([
    [{ TRANSPARENCY_LOG: 'yes' }, /use "on" or "off"/],
    [{ TRANSPARENCY_LOG_ORIGN: 'x' }, /is not a setting/],
    [{ TRANSPARENCY_LOG_ORIGIN: 'a b' }, /without spaces/],
    [{ TRANSPARENCY_LOG_KEY: 'nonsense' }, /PKCS#8/],
    [{ TRANSPARENCY_LOG_MAX_DELAY_SECONDS: '0' }, /whole seconds/],
    [{ TRANSPARENCY_LOG_WITNESS_MAX_SILENCE_SECONDS: '1h' }, /WITNESS_MAX_SILENCE_SECONDS is "1h"; give whole seconds/],
  ])('says what is wrong with %j', async (env, message) => {
    await expect(aSystem(env as Record<string, string>)).rejects.toThrow(message);
  });
});
