import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Witnesses, witnessesFrom } from '#notary';
import { CHECKPOINT, FilesystemTileStorage, LogWriter, TransparencyError, WITNESSED_CHECKPOINT, formatLine, verifierOf, verifyCheckpoint } from '#transparency-log'; // prettier-ignore
import { verifiedText, verifyLog } from '../../apps/auditor/verify';
import type { WitnessesHealth } from '../../apps/projector/notarising';
import { aSystem, closed } from '../api/system';
import { startProgram } from '../child-process';
import type { Child } from '../child-process';
import { seizures } from '../notary/seizures';
import { entriesUpTo, faultOfAsync, identity, keyOf } from '../transparency-log/logs';

/** A witness program, and what a log and a reader have to know of it. */
interface Running {
  readonly child: Child;
  readonly key: string;
  readonly url: string;
}

async function aWitness(home: string, name: string, keys: string, port = 0): Promise<Running> {
  const child = startProgram('apps/auditor/main.ts', ['witness', '--folder', join(home, name), '--name', `${name}.example`, '--log', keys, '--listen', `127.0.0.1:${port}`]); // prettier-ignore
  const url = (await child.line(/^Listens/)).replace(/^Listens\s+/, '');
  return { child, url, key: (await child.line(/^Witness/)).replace(/^Witness\s+/, '') };
}

const settingOf = (...witnesses: readonly Running[]): string =>
  JSON.stringify(witnesses.map(({ key, url }) => ({ name: key.split('+')[0], key, url })));

async function until(done: () => boolean | Promise<boolean>, patienceMs = 15_000): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(25)) if (await done()) return;
  throw new Error('it did not come to pass in time');
}

describe('the log of a running registry, with two witnesses', () => {
  it('is cosigned, says so to who asks, and goes on while a witness is away', async () => {
    const home = await mkdtemp(join(tmpdir(), 'cosigned-'));
    const first = await aSystem({ TRANSPARENCY_LOG_ORIGIN: 'registry.example/log' });
    const keys = join(first.folder, 'transparency-log', 'keys');
    const w1 = await aWitness(home, 'w1', keys);
    const w2 = await aWitness(home, 'w2', keys);
    await first.close();
    const system = await aSystem({
      REGISTRY_DATA: first.folder,
      TRANSPARENCY_LOG_WITNESSES: settingOf(w1, w2),
      TRANSPARENCY_LOG_WITNESS_MAX_SILENCE_SECONDS: '8',
    });
    const health = async (): Promise<[number, WitnessesHealth]> => {
      const answer = await system.get('/health/witnesses');
      return [answer.status, (await answer.json()) as WitnessesHealth];
    };
    const gauge = async (name: string): Promise<number> =>
      Number(
        (await (await system.get('/metrics')).text())
          .split(`registry_transparency_log_witness_${name} `)[1]
          ?.split('\n')[0],
      );
    const log = `${system.url}/log`;
    const logged = async (from: number, to: number): Promise<void> => {
      await seizures(system.store, from, to);
      expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
    };
    const witnesses = [w1.key, w2.key];
    try {
      await logged(0, 5);
      await until(async () => (await fetch(`${log}/checkpoint`).then((answer) => answer.text())).split('w2.example').length === 2); // prettier-ignore
      const verified = await verifyLog({ log, witnesses });
      expect(verified).toMatchObject({ size: 5, findings: [], witnessed: { size: 5, by: ['w1.example', 'w2.example'], of: 2, demanded: 2 } }); // prettier-ignore
      expect(verifiedText(verified)).toMatch(/Witnesses 2 of 2 cosigned 5 entries \(2 demanded\)/);

      await until(async () => (await health())[1].witnesses.every(({ size }) => size === 5));
      expect(await health()).toEqual([200, { reasons: [], witnesses: ['w1.example', 'w2.example'].map((name) => ({ name, size: 5, cosignedAt: expect.any(String) as string, silentSeconds: expect.any(Number) as number })) }]); // prettier-ignore
      expect(await gauge('size{witness="w2.example"}')).toBe(5);
      expect(Date.now() / 1000 - (await gauge('cosigned_timestamp_seconds{witness="w2.example"}'))).toBeLessThan(20);
      expect(await gauge('silent{witness="w2.example"}')).toBe(0);

      await w2.child.kill();
      await logged(5, 8);
      await until(async () => (await verifyLog({ log, witnesses, quorum: 1 })).witnessed?.size === 8);
      expect((await verifyLog({ log, witnesses, quorum: 1 })).witnessed).toMatchObject({ by: ['w1.example'], of: 2 });
      expect(await faultOfAsync(() => verifyLog({ log, witnesses }))).toBe('witnesses-too-few');
      const strict = startProgram('apps/auditor/main.ts', ['verify', '--without-store', '--log', log, '--witness', w1.key, '--witness', w2.key]); // prettier-ignore
      expect(await strict.exit).toMatchObject({ code: 4, output: expect.stringContaining('witnesses-too-few') as string }); // prettier-ignore

      await until(async () => (await health())[0] === 503, 30_000);
      const [, { reasons, witnesses: [, gone] }] = await health(); // prettier-ignore
      expect(reasons.join()).toMatch(
        /The witness w2\.example has not cosigned for \d+ seconds, since it cosigned 5 entries; 8 are allowed\..*fetch failed/,
      );
      expect(gone).toMatchObject({ size: 5, trouble: expect.stringContaining('fetch failed') as string });
      expect(await gauge('silent{witness="w2.example"}')).toBe(1);
      // The register does not go off the net over somebody else's office.
      expect((await system.get('/health/ready')).status).toBe(200);

      const back = await aWitness(home, 'w2', keys, Number(new URL(w2.url).port));
      await until(async () => (await verifyLog({ log, witnesses, quorum: 1 })).witnessed?.by.length === 2, 25_000);
      const lenient = startProgram('apps/auditor/main.ts', ['verify', '--without-store', '--log', log, '--witness', w1.key, '--witness', w2.key]); // prettier-ignore
      expect(await lenient.exit).toMatchObject({ code: 0, output: expect.stringContaining('Witnesses 2 of 2 cosigned 8') as string }); // prettier-ignore
      await until(async () => (await health())[0] === 200, 25_000);
      expect((await health())[1].witnesses[1]).toMatchObject({ size: 8 });
      await back.child.stop();
    } finally {
      await w1.child.stop();
      await closed(system);
      await rm(home, { recursive: true });
    }
  }, 180_000);
});

describe('what a log asks of witnesses', () => {
  let home: string;
  let storage: FilesystemTileStorage;
  let writer: LogWriter;
  let notices: string[];
  let running: Witnesses | undefined;
  const servers: Server[] = [];
  const key = keyOf('witness.example/w1', 'w');
  const verifier = verifierOf(key, 'cosignature');
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'cosigned-'));
    storage = await FilesystemTileStorage.open(join(home, 'log'));
    writer = await LogWriter.create(storage, identity);
    await writer.append(entriesUpTo(8));
    notices = [];
  });
  afterEach(async () => {
    await running?.stop();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await rm(home, { recursive: true });
  });

  /** Something that is no honest witness. */
  async function answering(answer: (body: string) => { status: number; body: string } | undefined): Promise<string> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const found = answer(Buffer.concat(parts).toString());
        if (found) response.writeHead(found.status).end(found.body);
      });
    });
    servers.push(server);
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}`)),
    );
  }
  const asks = (url: string): void => {
    running = new Witnesses([{ verifier, url }], { onNotice: (notice) => notices.push(notice), everyMs: 20, patienceMs: 300 }); // prettier-ignore
    running.offer(writer, storage);
  };

  it.each([
    ['says nothing', () => undefined, /did not cosign: .*(timeout|aborted)/],
    ['knows a larger tree', () => ({ status: 409, body: '900\n' }), /an older copy of the log was put in its place/],
    ['knows another tree', (body: string) => ({ status: 409, body: body.startsWith('old 8') ? '8\n' : '8\n' }), /this log has two histories/],
    ['finds no continuation', () => ({ status: 422, body: '' }), /not the beginning of this log/],
    ['answers nonsense', () => ({ status: 200, body: 'ok\n' }), /note-signature-malformed/],
    ['answers without end', () => ({ status: 200, body: 'x'.repeat(100_000) }), /longer than any cosignature/],
    ['signs with another key', () => ({ status: 200, body: '— other.example AAAAAAAA\n' }), /holds no cosignature of the key/],
    ['gives a false cosignature', () => ({ status: 200, body: formatLine({ name: key.name, keyId: verifier.keyId, signature: Buffer.alloc(72) }) }), /did not cosign: note-signature-invalid/],
    ['is broken', () => ({ status: 500, body: '' }), /it answered 500/],
    ['changes its mind', (body: string) => ({ status: 409, body: body.startsWith('old 0') ? '3\n' : '5\n' }), /somebody else offers it/],
  ] as const)('tells of one that %s, once, and the log grows all the same', async (_, answer, notice) => {
    asks(await answering(answer));
    await until(() => notices.length > 0);
    expect(notices[0]).toMatch(notice);
    for (let size = 9; size < 30; size += 1) {
      const before = Date.now();
      await writer.append(entriesUpTo(size, size - 1));
      expect(Date.now() - before).toBeLessThan(300);
      running!.offer(writer, storage);
    }
    const published = verifyCheckpoint((await storage.read(CHECKPOINT))!, { ...identity, witnesses: [verifier] });
    expect(published).toMatchObject({ size: 29, cosignatures: [] });
    expect(await storage.read(WITNESSED_CHECKPOINT)).toBeUndefined();
    const before = Date.now();
    await running!.stop();
    expect(Date.now() - before).toBeLessThan(200);
    expect(notices.filter((each) => notice.test(each)).length).toBeLessThan(5);
  }); // prettier-ignore

  it('tells of one that is not there', async () => {
    asks('http://127.0.0.1:9');
    await until(() => notices.length > 0);
    expect(notices[0]).toMatch(/did not cosign: fetch failed/);
  });

  it('publishes no cosignature that is false, and its failure does not stop the log', async () => {
    const line = { name: key.name, keyId: verifier.keyId, signature: Buffer.alloc(72) };
    await expect(writer.publishWitnessed(writer.signedNote, [line], [verifier])).rejects.toThrow(TransparencyError);
    expect(await storage.read(WITNESSED_CHECKPOINT)).toBeUndefined();
    expect((await writer.append(entriesUpTo(9, 8))).size).toBe(9);
  });
});

describe('TRANSPARENCY_LOG_WITNESSES', () => {
  const { text } = verifierOf(keyOf('w.example', 'w'), 'cosignature');
  const one = { name: 'w.example', key: text, url: 'https://w.example/' };

  it('is a list, or a file that holds one', async () => {
    const home = await mkdtemp(join(tmpdir(), 'witnesses-'));
    await writeFile(join(home, 'witnesses.json'), JSON.stringify([one]));
    for (const setting of [JSON.stringify([one]), join(home, 'witnesses.json')])
      expect(witnessesFrom(setting)).toMatchObject([{ verifier: { text }, url: 'https://w.example' }]);
    expect(await readFile(join(home, 'witnesses.json'), 'utf8')).toContain(text);
    await rm(home, { recursive: true });
  });

  it.each([
    ['nowhere.json', /cannot be read/],
    ['[', /no JSON/],
    [JSON.stringify([one, one]), /twice/],
    [JSON.stringify([{ ...one, more: 1 }]), /exactly name, key and url/],
    [JSON.stringify([{ ...one, name: 'v.example' }]), /the key is that of/],
    [JSON.stringify([{ ...one, url: 'ftp://w.example' }]), /no address/],
    [JSON.stringify([{ ...one, key: text.slice(0, -8) }]), /key/],
    [JSON.stringify([{ ...one, key: verifierOf(keyOf('w.example', 'w'), 'note').text }]), /key of a log/],
    [JSON.stringify(Array.from({ length: 17 }, (_, at) => ({ ...one, name: `${at}` }))), /at most 16/],
  ])('says what is wrong with %s', (setting, message) => {
    expect(() => witnessesFrom(setting)).toThrow(message);
  });
});
