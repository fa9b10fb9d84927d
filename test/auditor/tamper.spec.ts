import Database from 'better-sqlite3';
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assetIdFrom, italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { Notary, Witnesses, leafOf, openIdentity, tilesFolderIn, witnessesFrom } from '#notary';
import { Recorder } from '#recording';
import { FilesystemTileStorage, LogWriter, Witness, formatAddCheckpoint, parseLogKeys, signCheckpoint, signingKeyFromPkcs8, verifierOf } from '#transparency-log'; // prettier-ignore
import { WitnessFile } from '../../apps/auditor/witness/memory';
import { startProgram } from '../child-process';

/**
 * What an administrator of everything could do to a data folder, and which command finds it (docs/auditing.md shows the same as a table). Each takes a copy of an honest folder of 40 dossiers; the
 * auditor holds the public key and a checkpoint of an earlier day.
 */
describe('the tamper drill', () => {
  let home: string;
  let honest: string;
  let folder: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tamper-'));
    honest = join(home, 'honest');
    await cp(await recordedIn(join(home, 'data'), 0, 30), join(home, 'old'), { recursive: true });
    await cp(join(home, 'old', 'transparency-log', 'log', 'checkpoint'), join(home, 'kept'));
    await cp(join(home, 'old', 'transparency-log', 'keys'), join(home, 'trusted'));
    await cp(await recordedIn(join(home, 'data'), 30, 40), honest, { recursive: true });
  }, 60_000);
  beforeEach(async () => {
    folder = join(home, 'tampered');
    await rm(folder, { recursive: true, force: true });
    await cp(honest, folder, { recursive: true });
  });
  afterAll(() => rm(home, { recursive: true }));

  /** Records dossiers into a data folder and has them logged. */
  async function recordedIn(data: string, from: number, to: number): Promise<string> {
    const store = openEmbeddedLog(join(data, 'events.sqlite'));
    const recorder = new Recorder(store, { profile: italy });
    for (let number = from; number < to; number += 1) {
      const origin = { actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'api' } as const, idempotencyKey: `${number}`, correlationId: 'test' }; // prettier-ignore
      const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: `Company ${number}`, formerHolder: `Person ${number}` } }; // prettier-ignore
      await recorder.record(`asset-${assetIdFrom('IT', 'test', String(number))}`, command, origin);
    }
    const notary = new Notary(store, join(data, 'transparency-log'), await openIdentity(settingsOf(data)));
    notary.start();
    expect(await notary.reached(await store.head(), 10_000)).toBe(true);
    await notary.stop();
    await store.close();
    return data;
  }
  const settingsOf = (data: string) => ({ folder: join(data, 'transparency-log'), key: { file: join(data, 'transparency-log.key') }, maxDelaySeconds: 60 }); // prettier-ignore

  /** With the triggers dropped that keep events as they are. */
  function inDatabase(...statements: string[]): void {
    const file = new Database(join(folder, 'events.sqlite'));
    for (const name of ['events_follow_each_other', 'events_are_never_changed', 'events_are_never_deleted'])
      file.exec(`DROP TRIGGER ${name}`);
    for (const statement of statements) file.exec(statement);
    file.close();
  }

  /** What the auditor's command says, and how it ends. */
  async function verify(...more: string[]): Promise<[code: number | null, output: string]> {
    const keys = ['--keys', join(home, 'trusted')];
    const { code, output, errors } = await startProgram('apps/auditor/main.ts', ['--data', folder, 'verify', ...keys, ...more]).exit; // prettier-ignore
    return [code, output + errors];
  }
  const since = () => ['--since', join(home, 'kept')];

  /** A history of their own, logged anew and signed with the key in office. */
  async function loggedAnew(): Promise<void> {
    const tiles = tilesFolderIn(join(folder, 'transparency-log'));
    await rm(tiles, { recursive: true });
    const store = openEmbeddedLog(join(folder, 'events.sqlite'), { readOnly: true });
    const writer = await LogWriter.create(
      await FilesystemTileStorage.open(tiles),
      await openIdentity(settingsOf(folder)),
    );
    await writer.append((await store.readAll(-1, 1000)).map(leafOf));
    await store.close();
  }

  it('finds nothing where nothing was done', async () => {
    const [code, output] = await verify(...since());
    expect(output).toContain('Grown     out of the 30 entries');
    expect([code, output]).toEqual([0, expect.stringContaining('nothing wrong')]);
  }, 30_000);

  it.each([
    ['a public field edited', [`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 7`], 'event-altered', 'data.title'],
    ['a field edited that nobody may see', [`UPDATE events SET data = json_set(data, '$.formerHolder', 'Nobody') WHERE position = 7`], 'event-altered', 'data.formerHolder'],
    ['who recorded it exchanged', [`UPDATE events SET metadata = json_set(metadata, '$.actor.subject', 'vito') WHERE position = 7`], 'event-altered', 'metadata.actor'],
    ['an entry back-dated, by the clock', [`UPDATE events SET metadata = json_set(metadata, '$.recordedAt', '2001-01-01T00:00:00.000Z') WHERE position = 7`], 'event-altered', 'metadata.recordedAt'],
    ['an entry deleted', ['DELETE FROM events WHERE position = 7'], 'event-missing', 'is gone from the store'],
    ['the last entries deleted, as by an older copy of the store', ['DELETE FROM events WHERE position > 35'], 'event-missing', 'is gone from the store'],
    ['two entries exchanged', ['UPDATE events SET position = 1007 WHERE position = 7', 'UPDATE events SET position = 7 WHERE position = 8', 'UPDATE events SET position = 8 WHERE position = 1007'], 'event-moved', 'the order was changed'],
    ['an entry slipped in', ['UPDATE events SET position = position + 1000 WHERE position >= 7', `INSERT INTO events SELECT 7, 'asset-IT-FALSE', 0, 'a1111111-1111-5111-8111-111111111111', type, version, data, metadata FROM events WHERE position = 6`], 'event-not-logged', 'it was slipped in'],
    ['an entry put in the place of another', [`UPDATE events SET id = 'a1111111-1111-5111-8111-111111111111' WHERE position = 7`], 'event-missing', 'stands in its place'],
  ] as const)('%s', async (_, statements, code, words) => {
    inDatabase(...statements);
    const [exit, output] = await verify();
    expect([exit, output]).toEqual([4, expect.stringContaining(`  ${code}: `)]);
    expect(output).toContain(words);
  }, 30_000); // prettier-ignore

  it('an entry of the log edited together with the store', async () => {
    const path = join(folder, 'transparency-log', 'log', 'tile', 'entries', '000.p', '40');
    const bytes = await readFile(path);
    const at = bytes.indexOf('Company 6"');
    bytes.write('Companx', at);
    await writeFile(path, bytes);
    inDatabase(`UPDATE events SET data = json_set(data, '$.title', 'Companx 6') WHERE position = 7`);
    const [exit, output] = await verify();
    expect([exit, output]).toEqual([4, expect.stringContaining('root-differs')]);
  }, 30_000);

  it('an older copy of store and log together: only a kept checkpoint finds it', async () => {
    await rm(folder, { recursive: true });
    await cp(join(home, 'old'), folder, { recursive: true });
    await cp(join(honest, 'transparency-log', 'log', 'checkpoint'), join(home, 'newest'));
    expect((await verify())[0]).toBe(0);
    expect(await verify('--since', join(home, 'newest'))).toEqual([4, expect.stringContaining('tree-shrank')]);
  }, 30_000);

  it('all history written anew and signed anew with the key in office: only a kept checkpoint finds it', async () => {
    inDatabase(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 7`);
    await loggedAnew();
    expect((await verify())[0]).toBe(0);
    expect(await verify(...since())).toEqual([4, expect.stringContaining('old-root-mismatch')]);
  }, 30_000);

  it('another history shown to one reader alone: found by whoever compares the checkpoints of two', async () => {
    await cp(join(honest, 'transparency-log', 'log', 'checkpoint'), join(home, 'of-another-reader'));
    inDatabase(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 35`);
    await loggedAnew();
    // Both have grown out of the checkpoint of the earlier day.
    expect((await verify(...since()))[0]).toBe(0);
    expect((await verify('--since', join(home, 'of-another-reader')))[0]).toBe(4);
  }, 30_000);

  it('a key of their own, with its name put into the key list beside the log', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const own = signingKeyFromPkcs8('localhost/log', pem);
    await writeFile(join(folder, 'transparency-log.key'), pem, { mode: 0o600 });
    await writeFile(join(folder, 'transparency-log', 'keys'), verifierOf(own, 'note').text);
    inDatabase(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 7`);
    await loggedAnew();
    const [exit, output] = await verify();
    expect([exit, output]).toEqual([4, expect.stringContaining('note-')]);
  }, 30_000);

  it('a stolen key that had been replaced before', async () => {
    const trusted = (await readFile(join(home, 'trusted'), 'utf8')).trim();
    await writeFile(join(home, 'rotated'), `${trusted} until 30\n`);
    const stolen = signingKeyFromPkcs8('localhost/log', await readFile(join(folder, 'transparency-log.key'), 'utf8'));
    const checkpoint = join(folder, 'transparency-log', 'log', 'checkpoint');
    const [, size = '', root = ''] = (await readFile(checkpoint, 'utf8')).split('\n');
    const head = { origin: 'localhost/log', size: Number(size), root: Buffer.from(root, 'base64') };
    await writeFile(checkpoint, signCheckpoint(head, [stolen]));
    const { code, output } = await startProgram(resolve('apps/auditor/main.ts'), ['--data', folder, 'verify', '--keys', join(home, 'rotated')]).exit; // prettier-ignore
    expect([code, output]).toEqual([4, expect.stringContaining('checkpoint-key-retired')]);
  }, 30_000);

  /** What the auditor's other commands say. */
  async function watch(...more: string[]): Promise<[code: number | null, output: string]> {
    const place = join(folder, 'transparency-log');
    const { code, output, errors } = await startProgram('apps/auditor/main.ts', ['watch', place, '--keys', join(home, 'trusted'), '--state', join(home, 'watched'), '--once', ...more]).exit; // prettier-ignore
    return [code, output + errors];
  }

  it('another history shown to one reader alone, who kept nothing: a witness finds it', async () => {
    const child = startProgram('apps/auditor/main.ts', ['witness', '--folder', join(home, 'witness'), '--name', 'witness.example/w1', '--log', join(home, 'trusted'), '--listen', '127.0.0.1:0']); // prettier-ignore
    const url = (await child.line(/^Listens/)).replace(/^Listens\s+/, '');
    const key = (await child.line(/^Witness/)).replace(/^Witness\s+/, '');
    const tiles = tilesFolderIn(join(folder, 'transparency-log'));
    const notices: string[] = [];
    /** As the notary does at each start. */
    const offered = async (done: () => Promise<boolean> | boolean): Promise<void> => {
      const storage = await FilesystemTileStorage.open(tiles);
      const witnesses = new Witnesses(witnessesFrom(JSON.stringify([{ name: 'witness.example/w1', key, url }])), { everyMs: 20, onNotice: (notice) => notices.push(notice) }); // prettier-ignore
      witnesses.offer(await LogWriter.open(storage, await openIdentity(settingsOf(folder))), storage);
      for (const end = Date.now() + 10_000; Date.now() < end && !(await done());) await pause(20);
      await witnesses.stop();
    };
    const cosigned = async () => (await readFile(join(tiles, 'checkpoint'), 'utf8')).includes('witness.example/w1');
    await offered(cosigned);
    expect(await verify('--witness', key)).toEqual([0, expect.stringContaining('Witnesses 1 of 1 cosigned 40')]);
    const witnessed = await readFile(join(tiles, 'witnessed-checkpoint'));

    inDatabase(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 35`);
    await loggedAnew();
    await offered(() => notices.length > 0);
    expect(notices[0]).toContain('this log has two histories');
    await child.complaint(/ALARM forked/);
    expect((await verify())[0]).toBe(0);
    expect(await verify('--witness', key)).toEqual([4, expect.stringContaining('witnesses-too-few')]);
    // Nor does it help to show what the witness cosigned of the other history.
    await writeFile(join(tiles, 'witnessed-checkpoint'), witnessed);
    expect(await verify('--witness', key)).toEqual([4, expect.stringContaining('root-mismatch')]);
    await child.stop();
  }, 60_000);

  it('history written anew with a stolen key that had been replaced, up to where it was: a kept checkpoint finds it, and a witness', async () => {
    const trusted = (await readFile(join(home, 'trusted'), 'utf8')).trim();
    await writeFile(join(home, 'rotated'), `${trusted} until 40\n`);
    const cosigner = signingKeyFromPkcs8('witness.example/w1', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()); // prettier-ignore
    const memory = WitnessFile.open(join(home, 'stolen.sqlite'));
    const witness = new Witness(cosigner, [{ origin: 'localhost/log', keys: parseLogKeys(await readFile(join(home, 'rotated'), 'utf8')) }], memory); // prettier-ignore
    const note = async () => readFile(join(tilesFolderIn(join(folder, 'transparency-log')), 'checkpoint'), 'utf8');
    const asked = async (oldSize: number) => witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof: [], note: await note() })); // prettier-ignore
    expect(await asked(0)).toMatchObject({ status: 200, size: 40 });
    inDatabase(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 7`);
    await loggedAnew();
    const rotated = (...more: string[]) => startProgram('apps/auditor/main.ts', ['--data', folder, 'verify', '--keys', join(home, 'rotated'), ...more]).exit; // prettier-ignore
    expect((await rotated()).code).toBe(0);
    expect(await rotated(...since())).toMatchObject({ code: 4, output: expect.stringContaining('old-root-mismatch') as string }); // prettier-ignore
    expect(await asked(40)).toMatchObject({ status: 409, forked: true });
    memory.close();
  }, 30_000);

  it('an entry back-dated before it was logged, by the clock of the registry: only who looked meanwhile finds it', async () => {
    expect((await watch())[0]).toBe(0);
    const store = openEmbeddedLog(join(folder, 'events.sqlite'));
    const origin = { actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'api' } as const, idempotencyKey: 'back', correlationId: 'test' }; // prettier-ignore
    const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: 'Back-dated' } }; // prettier-ignore
    const recorder = new Recorder(store, { profile: italy, clock: () => '2021-01-01T00:00:00.000Z' });
    await recorder.record(`asset-${assetIdFrom('IT', 'test', 'back')}`, command, origin);
    const notary = new Notary(store, join(folder, 'transparency-log'), await openIdentity(settingsOf(folder)));
    notary.start();
    expect(await notary.reached(await store.head(), 10_000)).toBe(true);
    await notary.stop();
    await store.close();
    expect((await verify(...since()))[0]).toBe(0);
    expect(await watch()).toEqual([4, expect.stringMatching(/ALARM logged-late: entry 40, AssetSeized/)]);
  }, 60_000);

  it('an older copy put in place, and gone on with: a watcher finds both', async () => {
    expect((await watch('--state', join(home, 'follower')))[0]).toBe(0);
    await rm(folder, { recursive: true });
    await cp(join(home, 'old'), folder, { recursive: true });
    expect(await watch('--state', join(home, 'follower'))).toEqual([4, expect.stringContaining('ALARM rolled-back')]);
    await recordedIn(folder, 50, 65);
    expect(await watch('--state', join(home, 'follower'))).toEqual([4, expect.stringContaining('ALARM forked')]);
    expect(await readFile(join(home, 'follower.forked'), 'utf8')).toContain('localhost/log\n45\n');
  }, 60_000);
});
