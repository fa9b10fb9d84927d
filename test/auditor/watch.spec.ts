import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetIdFrom, italy } from '#domain';
import { openIdentity } from '#notary';
import { Recorder } from '#recording';
import {
  FilesystemTileStorage,
  LogWriter,
  eventLeaf,
  formatNote,
  parseCheckpoint,
  parseNote,
  signCheckpoint,
  verifierOf,
} from '#transparency-log';
import { lookAt } from '../../apps/auditor/watch';
import type { Look, WatchRequest } from '../../apps/auditor/watch';
import { aSystem, closed } from '../api/system';
import { startProgram } from '../child-process';
import { entriesUpTo, identity, keyOf, logKey } from '../transparency-log/logs';

const DAY_MS = 86_400_000;
const codes = ({ alarms }: Look): string[] => alarms.map(({ code }) => code);

describe('a watched log in a folder', () => {
  let home: string;
  let log: string;
  let request: WatchRequest;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'watch-'));
    log = join(home, 'published');
    request = { log, state: join(home, 'state'), lateAfter: 3600 };
    await made(log, 300);
  });
  afterEach(() => rm(home, { recursive: true }));

  async function made(folder: string, size: number, entry = (each: Uint8Array) => each): Promise<void> {
    const storage = await FilesystemTileStorage.open(join(folder, 'log'));
    const writer = (await storage.isEmpty())
      ? await LogWriter.create(storage, identity)
      : await LogWriter.open(storage, identity);
    await writer.append(entriesUpTo(size, writer.head.size).map(entry));
    await writeFile(join(folder, 'keys'), `${verifierOf(logKey, 'note').text}\n`);
  }
  const another = () => Buffer.from('another history');

  it('is followed: what was good is remembered, and what comes after it is new', async () => {
    expect(await lookAt(request)).toMatchObject({ size: 300, grownBy: 300, alarms: [], notices: [expect.stringContaining('found beside the log')] }); // prettier-ignore
    expect(await lookAt(request)).toMatchObject({ size: 300, grownBy: 0, alarms: [], notices: [] });
    await made(log, 700);
    expect(await lookAt(request)).toMatchObject({ size: 700, grownBy: 400, alarms: [], notices: [] });
  });

  it.each([
    ['as long as before', 300],
    ['longer', 600],
  ])('that is written anew, %s, has forked, now and at each later look', async (_, size) => {
    await lookAt(request);
    await rm(log, { recursive: true });
    await made(log, size, another);
    expect(codes(await lookAt(request))).toEqual(['forked']);
    expect(codes(await lookAt(request))).toEqual(['forked']);
    expect(JSON.parse(await readFile(request.state, 'utf8'))).toMatchObject({ size: 300 });
  });

  it('that becomes shorter was rolled back, or forked where it can be shown', async () => {
    await lookAt(request);
    await cp(log, join(home, 'older'), { recursive: true });
    await made(log, 700);
    await lookAt(request);
    expect(codes(await lookAt({ ...request, log: join(home, 'older') }))).toEqual(['rolled-back']);
    await made(join(home, 'other'), 10, another);
    await cp(join(home, 'other', 'log', 'checkpoint'), join(log, 'log', 'checkpoint'));
    expect(codes(await lookAt(request))).toEqual(['forked']);
  });

  it('whose checkpoint is not signed by a kept key, though the key beside it was exchanged, is refused', async () => {
    await lookAt(request);
    const stranger = keyOf(logKey.name, 'z');
    const path = join(log, 'log', 'checkpoint');
    const { text } = parseNote(await readFile(path));
    await writeFile(path, signCheckpoint(parseCheckpoint(text), [stranger]));
    await writeFile(join(log, 'keys'), `${verifierOf(stranger, 'note').text}\n`);
    const look = await lookAt(request);
    expect(look).toMatchObject({ alarms: [{ code: 'signature-bad' }], notices: [expect.stringContaining('publishes other keys')] }); // prettier-ignore
  });

  it('whose signature was spoilt is refused', async () => {
    await lookAt(request);
    const path = join(log, 'log', 'checkpoint');
    const { text, lines } = parseNote(await readFile(path));
    await writeFile(path, formatNote(text.replace('300', '301'), lines));
    expect(codes(await lookAt(request))).toEqual(['signature-bad']);
  });

  it('whose new entries are not those that were signed is damaged, and is looked at again from where it was good', async () => {
    await lookAt(request);
    await made(log, 310);
    const bundle = join(log, 'log', 'tile', 'entries', '001.p', '54');
    const good = await readFile(bundle);
    await writeFile(bundle, Buffer.from(good).fill('X', good.length - 3));
    expect(codes(await lookAt(request))).toContain('damaged');
    await writeFile(bundle, good);
    expect(await lookAt(request)).toMatchObject({ grownBy: 10, alarms: [] });
  });

  it('that does not grow, or cannot be read, for too long has stalled', async () => {
    const [now, stalledAfter] = [Date.now(), 3600];
    await lookAt({ ...request, stalledAfter }, now);
    expect(codes(await lookAt({ ...request, stalledAfter }, now + 3_599_000))).toEqual([]);
    expect(codes(await lookAt({ ...request, stalledAfter }, now + 3_601_000))).toEqual(['stalled']);
    expect(codes(await lookAt(request, now + 3_601_000))).toEqual([]);
    await rm(log, { recursive: true });
    await expect(lookAt({ ...request, stalledAfter, keys: join(home, 'none') }, now)).rejects.toThrow('is not there');
    await expect(lookAt({ ...request, stalledAfter }, now)).rejects.toThrow('There is no transparency log');
    expect(codes(await lookAt({ ...request, stalledAfter }, now + 7_200_000))).toEqual(['stalled']);
    await made(log, 310);
    expect(codes(await lookAt({ ...request, stalledAfter }, now + 7_300_000))).toEqual([]);
  });

  it('with an entry that is back-dated, or that says it was recorded long before it came into the log', async () => {
    const now = Date.now();
    const dated = (occurredOn: string, recordedAt: number) =>
      eventLeaf({ id: 'a', stream: 'asset-IT-1', revision: 0, type: 'AssetSeized', version: 1, data: {}, metadata: { occurredOn, recordedAt: new Date(recordedAt).toISOString() } }); // prettier-ignore
    const day = (days: number) => new Date(now - days * DAY_MS).toISOString().slice(0, 10);
    const add = async (...entries: Uint8Array[]) =>
      void (await (await LogWriter.open(await FilesystemTileStorage.open(join(log, 'log')), identity)).append(entries));
    await lookAt({ ...request, backdatedDays: 30 }, now);
    await add(dated(day(20), now), dated(day(400), now));
    const look = await lookAt({ ...request, backdatedDays: 30 }, now + 1000);
    expect(look).toMatchObject({ grownBy: 2, alarms: [{ code: 'back-dated', message: expect.stringMatching(/entry 301, AssetSeized .* 40[01] days/) as string }] }); // prettier-ignore
    expect(codes(await lookAt({ ...request, backdatedDays: 30 }, now + 2000))).toEqual([]);
    await add(dated(day(0), now - DAY_MS));
    expect(codes(await lookAt(request, now + 3000))).toEqual(['logged-late']);
    await add(...Array.from({ length: 25 }, () => dated(day(400), now)));
    expect((await lookAt({ ...request, backdatedDays: 30 }, now + 4000)).alarms.at(-1)!.message).toBe('and 5 more such entries'); // prettier-ignore
  });

  it('keeps a state for one log, and says what is wrong with a file that is none', async () => {
    await writeFile(request.state, '{"origin": 1}');
    await expect(lookAt(request)).rejects.toThrow('is no state file');
    await rm(request.state);
    await lookAt(request);
    await writeFile(join(home, 'keys'), verifierOf(keyOf('other.example/log', 'b'), 'note').text);
    await expect(lookAt({ ...request, keys: join(home, 'keys') })).rejects.toThrow('Keep a state file for each log');
  });
});

describe('auditor watch', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'watch-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('follows the log of a portal, wakes somebody over a fork with the proof beside its state, and waits for one that is away', async () => {
    const system = await aSystem();
    const recorder = new Recorder(system.store, { profile: italy });
    const record = async (...numbers: number[]) => {
      for (const number of numbers) {
        const origin = { actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'api' } as const, idempotencyKey: `${number}`, correlationId: 'test' }; // prettier-ignore
        const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: `Company ${number}` } }; // prettier-ignore
        await recorder.record(`asset-${assetIdFrom('IT', 'test', String(number))}`, command, origin);
      }
      expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
    };
    await record(1, 2, 3);
    const state = join(home, 'state');
    const once = (...more: string[]) => startProgram('apps/auditor/main.ts', ['watch', `${system.url}/log`, '--state', state, '--once', ...more]).exit; // prettier-ignore
    expect(await once()).toMatchObject({ code: 0, output: expect.stringMatching(/3 entries, 3 of them new, signature good/) as string }); // prettier-ignore
    const follower = startProgram('apps/auditor/main.ts', ['watch', `${system.url}/log`, '--state', join(home, 'follower'), '--every', '1', '--backdated-days', '365']); // prettier-ignore
    await follower.line(/ 3 of them new/);
    await record(4);
    await follower.line(/1 of them new, 1 alarm/);
    await follower.line(/ALARM back-dated/);
    const { code: stopped } = await follower.stop();
    expect(stopped).toBe(4);
    expect(await once('--backdated-days', '365')).toMatchObject({ code: 4, output: expect.stringContaining('ALARM back-dated: entry 3') as string }); // prettier-ignore

    // Another history under the same key and name, at another address.
    const storage = await FilesystemTileStorage.open(join(home, 'forged', 'log'));
    const forged = await LogWriter.create(storage, await openIdentity({ folder: join(system.folder, 'transparency-log'), key: { file: join(system.folder, 'transparency-log.key') }, maxDelaySeconds: 60 })); // prettier-ignore
    await forged.append(entriesUpTo(9));
    await cp(join(system.folder, 'transparency-log', 'keys'), join(home, 'forged', 'keys'));
    const server = createServer((request, response) => {
      const path = request.url === '/log/keys' ? 'keys' : (request.url ?? '').slice(1);
      readFile(join(home, 'forged', path)).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))); // prettier-ignore
    const address = `http://127.0.0.1:${port}/log`;
    const shown = await startProgram('apps/auditor/main.ts', ['watch', address, '--state', state]).exit;
    expect(shown).toMatchObject({ code: 4, output: expect.stringContaining('ALARM forked: ') as string });
    expect(await readFile(`${state}.forked`, 'utf8')).toBe(forged.signedNote);
    await new Promise((resolve) => server.close(resolve));
    await closed(system);
    expect(await once()).toMatchObject({ code: 1, errors: expect.stringContaining('does not answer') as string });
    expect(await once('--stalled-after', '1')).toMatchObject({ code: 4, output: expect.stringContaining('ALARM stalled') as string }); // prettier-ignore
    expect(await once('--every', 'often')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('whole number') as string,
    });
  }, 90_000);
});
