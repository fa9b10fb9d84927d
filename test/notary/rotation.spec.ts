import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { Notary, beginRotation, endRotation, keysFileIn, keysOf, openIdentity, tilesFolderIn } from '#notary';
import { parseCheckpoint, parseLogKeys, parseNote, signCheckpoint, signingKeyFromPkcs8, verifyCheckpoint } from '#transparency-log'; // prettier-ignore
import { verifyLog } from '../../apps/auditor/verify';
import { lookAt } from '../../apps/auditor/watch';
import { startProgram } from '../child-process';
import { faultOf, faultOfAsync } from '../transparency-log/logs';
import { seizures } from './seizures';

describe('a log whose signing key is replaced', () => {
  let data: string;
  let store: EventStore;
  const settings = () => ({ folder: join(data, 'transparency-log'), key: { file: join(data, 'transparency-log.key') }, maxDelaySeconds: 60 }); // prettier-ignore
  const checkpoint = () => join(tilesFolderIn(settings().folder), 'checkpoint');
  const kept = (name: string) => join(data, name);
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'rotation-'));
    store = openEmbeddedLog(join(data, 'events.sqlite'));
  });
  afterEach(async () => {
    await store.close();
    await rm(data, { recursive: true });
  });

  /** Has the log grow to so many entries, under the keys that are there. */
  async function grownTo(size: number): Promise<void> {
    await seizures(store, (await store.count()) ?? 0, size);
    const notary = new Notary(store, settings().folder, await openIdentity(settings()));
    notary.start();
    expect(await notary.reached(await store.head(), 10_000)).toBe(true);
    await notary.stop();
  }
  const signers = async () => parseNote(await readFile(checkpoint())).lines.length;
  const verified = (keys: string, since: string) =>
    verifyLog({ log: settings().folder, keys: kept(keys), since: kept(since), store });

  it('is followed with the old list while both sign, and with the new one ever after', async () => {
    await grownTo(5);
    await cp(keysFileIn(settings().folder), kept('old-keys'));
    await cp(checkpoint(), kept('at-5'));
    const stolen = await readFile(settings().key.file, 'utf8');

    const begun = await beginRotation(settings());
    expect(begun).toMatchObject({ size: 5, signedByNext: false });
    expect((await stat(`${settings().key.file}.next`)).mode & 0o777).toBe(0o600);
    expect((await beginRotation(settings())).next).toBe(begun.next);
    await expect(endRotation(settings())).rejects.toThrow('signed by the old key alone');

    await grownTo(10);
    expect(await signers()).toBe(2);
    await cp(checkpoint(), kept('at-10'));
    await cp(keysFileIn(settings().folder), kept('new-keys'));
    for (const keys of ['old-keys', 'new-keys'])
      expect(await verified(keys, 'at-5')).toMatchObject({ size: 10, grownOutOf: 5, findings: [] });
    const watched = { log: settings().folder, state: kept('state'), keys: kept('old-keys'), lateAfter: 3600 };
    expect(await lookAt(watched)).toMatchObject({ size: 10, alarms: [], notices: [expect.stringContaining('publishes other keys')] }); // prettier-ignore

    const retired = await endRotation(settings());
    expect(retired).toMatchObject({ size: 10, current: begun.next });
    expect(retired.next).toBeUndefined();
    expect(retired.keys.map(({ retiredAtSize }) => retiredAtSize)).toEqual([10, undefined]);
    await expect(stat(`${settings().key.file}.next`)).rejects.toThrow('ENOENT');
    expect(await readFile(settings().key.file, 'utf8')).not.toBe(stolen);
    await cp(keysFileIn(settings().folder), kept('last-keys'));

    await grownTo(15);
    expect(await signers()).toBe(1);
    // What was kept under the old key alone, and under both, is what the log has grown out of.
    for (const since of ['at-5', 'at-10'])
      for (const keys of ['new-keys', 'last-keys'])
        expect(await verified(keys, since)).toMatchObject({ size: 15, findings: [] });
    expect(await faultOfAsync(() => verified('old-keys', 'at-5'))).toBe('note-unverified');
    expect((await lookAt(watched)).alarms).toMatchObject([{ code: 'signature-bad' }]);
    expect(await lookAt({ ...watched, keys: kept('last-keys') })).toMatchObject({
      grownBy: 5,
      alarms: [],
      notices: [],
    });

    const trust = { origin: begun.origin, keys: parseLogKeys(await readFile(kept('last-keys'), 'utf8')) };
    expect(verifyCheckpoint(await readFile(kept('at-5')), trust).size).toBe(5);
    const { text } = parseNote(await readFile(checkpoint()));
    const forged = signCheckpoint(parseCheckpoint(text), [signingKeyFromPkcs8(begun.origin, stolen)]);
    expect(faultOf(() => verifyCheckpoint(forged, trust))).toBe('checkpoint-key-retired');

    // And once more.
    await beginRotation(settings());
    await grownTo(16);
    await endRotation(settings());
    await grownTo(17);
    expect((await keysOf(settings())).keys.map(({ retiredAtSize }) => retiredAtSize)).toEqual([10, 16, undefined]);
    expect(verifyCheckpoint(await readFile(checkpoint()), { ...trust, keys: parseLogKeys(await readFile(keysFileIn(settings().folder), 'utf8')) }).size).toBe(17); // prettier-ignore
  }, 60_000);

  it('is finished by a second call where the first was cut off, and a notary started meanwhile signs with a key in office', async () => {
    await grownTo(5);
    // Cut off after the new key was made, before it was in the list.
    await beginRotation(settings());
    const list = await readFile(keysFileIn(settings().folder), 'utf8');
    await writeFile(keysFileIn(settings().folder), list.split('\n').slice(0, 2).join('\n'));
    await grownTo(6);
    expect(await signers()).toBe(1);
    expect((await beginRotation(settings())).keys).toHaveLength(2);
    expect(await readFile(keysFileIn(settings().folder), 'utf8')).toBe(list);
    await grownTo(7);
    // Cut off after the list was written, before the new key took its place.
    const [first = '', old = '', next = ''] = list.split('\n');
    await writeFile(keysFileIn(settings().folder), [first, `${old} until 7`, next, ''].join('\n'));
    await grownTo(8);
    expect(await endRotation(settings())).toMatchObject({ current: next, size: 8 });
    await grownTo(9);
    expect((await verifyLog({ log: settings().folder, store })).findings).toEqual([]);
  }, 60_000);

  it('while the notary that signs with both still runs, the retired key does no harm', async () => {
    await grownTo(5);
    await beginRotation(settings());
    const notary = new Notary(store, settings().folder, await openIdentity(settings()));
    notary.start();
    await seizures(store, 5, 6);
    expect(await notary.reached(await store.head(), 10_000)).toBe(true);
    await endRotation(settings());
    await seizures(store, 6, 8);
    expect(await notary.reached(await store.head(), 10_000)).toBe(true);
    await notary.stop();
    expect(await verifyLog({ log: settings().folder, store })).toMatchObject({ size: 8, findings: [] });
    await grownTo(9);
  });

  it('is told so by the command, with what to do next', async () => {
    await expect(keysOf(settings())).rejects.toThrow('There is no key list');
    await grownTo(3);
    const command = (...words: string[]) => startProgram('apps/auditor/main.ts', ['--data', data, 'log-key', ...words]).exit; // prettier-ignore
    expect(await command('retire')).toMatchObject({ code: 1, errors: expect.stringContaining('auditor log-key rotate') as string }); // prettier-ignore
    expect(await command('rotate')).toMatchObject({ code: 0, output: expect.stringMatching(/takes over, does not sign yet\n\nNow:\n1\. Start the notary anew/) as string }); // prettier-ignore
    await grownTo(4);
    expect(await command('retire')).toMatchObject({ code: 0, output: expect.stringMatching(/ until 4\n.* in office\n/) as string }); // prettier-ignore
  }, 60_000);
});
