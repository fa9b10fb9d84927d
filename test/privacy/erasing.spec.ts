import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { events } from '#domain';
import type { NewEvent } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { openFiles } from '#files';
import { SealedStore, openSqliteKeyStore } from '#privacy';
import type { KeyStore } from '#privacy';
import { Erasing } from '../../apps/registry/erasing';
import { aFact } from '../event-store/facts';
import { aFolder, aMaster } from './keys';

const STREAM = 'dialogue-IT-D-1';

/** The follower by itself, over a log in which an erasure was ordered. */
describe('what an erasure orders', () => {
  const master = aMaster();
  let folder: string;
  let log: EventStore;
  let asked: NewEvent;
  const file = (name: string): string => join(folder, name);
  const opened = (): Promise<KeyStore> => openSqliteKeyStore(file('keys.sqlite'), master);
  const version = (type: string): number => events.get(type)!.definition.version;

  beforeEach(async () => {
    folder = aFolder();
    log = openEmbeddedLog(file('events.sqlite'));
    const data = { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: 'Why?', askerName: 'Rosa' };
    asked = aFact({ type: 'QuestionAsked', version: version('QuestionAsked'), data });
    const keys = await opened();
    await new SealedStore(log, keys).append(STREAM, [asked], 'no-stream');
    await keys.close();
    copyFileSync(file('keys.sqlite'), file('copy.sqlite'));
    const order = { entry: asked.id, erasureGround: 'objection', reason: 'So it was asked' };
    await log.append(
      STREAM,
      [aFact({ type: 'ThreadDataErased', version: version('ThreadDataErased'), data: order })],
      0,
    );
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  async function carriedOut(): Promise<string[] | undefined> {
    const keys = await opened();
    const erasing = new Erasing(log, keys, await openFiles(file('files'), 1_000_000), () => undefined);
    await erasing.start();
    // Before anything is shown: nobody waits for it here.
    const [first] = await new SealedStore(log, keys).readStream(STREAM);
    await erasing.close();
    await keys.close();
    return first?.erased?.map(({ field }) => field).sort();
  }

  it('is carried out before the registry answers anybody, and stays so', async () => {
    expect(await carriedOut()).toEqual(['askerName', 'text']);
    const keys = await opened();
    expect(await keys.followed((await log.readAll(-1, 1))[0]!.id)).toBe(await log.head());
    await keys.close();
    expect(await carriedOut()).toEqual(['askerName', 'text']);
  });

  it('is carried out once more where an older copy of the keys was put back', async () => {
    await carriedOut();
    for (const end of ['-wal', '-shm']) rmSync(file(`keys.sqlite${end}`), { force: true });
    copyFileSync(file('copy.sqlite'), file('keys.sqlite'));
    const back = await opened();
    expect((await new SealedStore(log, back).readStream(STREAM))[0]?.data.text).toBe('Why?');
    await back.close();
    expect(await carriedOut()).toEqual(['askerName', 'text']);
  });

  it('holds it up, and says so, where it names an entry that is not there', async () => {
    const order = { entry: '99999999-9999-4999-8999-999999999999', erasureGround: 'objection', reason: 'Forged' };
    await log.append(
      STREAM,
      [aFact({ type: 'ThreadDataErased', version: version('ThreadDataErased'), data: order })],
      1,
    );
    await expect(carriedOut()).rejects.toThrow(/orders an erasure in an entry that is not there/);
  });
});
