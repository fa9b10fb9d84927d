import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Recorder } from '#recording';
import { aggregates, exampleOf, events, italy, streamKinds } from '#domain';
import type { JsonObject, NewEvent } from '#domain';
import { openEmbeddedLog, openEventStoreDbLog } from '#event-store';
import type { EventStore } from '#event-store';
import { KeyStore, SealedStore, holderOf, isBox, openSqliteKeyStore, publicEvent } from '#privacy';
import type { DataKey, Destruction, Found } from '#privacy';
import { storeContract } from '../event-store/contract';
import { aFact, aStream } from '../event-store/facts';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { aFile, aFolder, aMaster, filesWith } from './keys';

const personal = (schema: object): boolean => (schema as JsonObject)['x-classification'] === 'personal';
const SECRET = 'Zaccaria Trovabile';
const order = { by: '99999999-9999-5999-8999-999999999999', on: '2026-11-26T10:00:00.000Z' };
const seized = (more: Partial<NewEvent> = {}): NewEvent =>
  aFact({ version: 2, data: { kind: 'real-estate', title: 'Villa', formerHolder: SECRET }, ...more });

describe('the sealed store', () => {
  let folder: string;
  let keys: KeyStore;
  let bare: EventStore;
  let store: EventStore;
  beforeEach(async () => {
    folder = aFolder();
    keys = await openSqliteKeyStore(join(folder, 'keys.sqlite'), aMaster());
    bare = openEmbeddedLog(join(folder, 'events.sqlite'));
    store = new SealedStore(bare, keys);
  });
  afterEach(async () => {
    await store.close();
    await keys.close();
    rmSync(folder, { recursive: true });
  });

  it('gives back what was recorded, while no file holds it in plain', async () => {
    const [stream, event] = [aStream(), seized()];
    await store.append(stream, [event], 'no-stream');
    expect(await store.readStream(stream)).toEqual([{ ...event, stream, revision: 0, position: 1 }]);
    expect(await store.readAll(0, 10)).toEqual(await store.readStream(stream));
    const [below] = await bare.readStream(stream);
    expect(below?.data).toEqual({ kind: 'real-estate', title: 'Villa', formerHolder: expect.objectContaining({ sealed: 1 }) as object });
    expect(filesWith(folder, Buffer.from(SECRET))).toEqual([]);
    expect(filesWith(folder, Buffer.from('Villa'))).not.toEqual([]);
  }); // prettier-ignore

  const withPersonal = [...events.values()].filter(({ definition: { data } }) =>
    Object.values(data.properties).some((schema) => schema['x-classification'] === 'personal'),
  );
  it.each(withPersonal.map((each) => [each.definition.type, each] as const))('seals every personal field of %s and no other', async (type, { definition, stream: kind }) => {
    const stream = `${kind}-1`;
    const event = aFact({ type, version: definition.version, data: exampleOf(definition.data) });
    await store.append(stream, [event], 'no-stream');
    const [below] = await bare.readStream(stream);
    for (const [field, schema] of Object.entries(definition.data.properties))
      expect([field, isBox(below?.data[field])]).toEqual([field, schema['x-classification'] === 'personal']);
    expect((await store.readStream(stream))[0]?.data).toEqual(event.data);
  }); // prettier-ignore

  it('answers a repeated append as the first, though its boxes are others', async () => {
    const [stream, event] = [aStream(), seized()];
    const first = await store.append(stream, [event], 'no-stream');
    expect(await store.append(stream, [event], 'no-stream')).toEqual(first);
  });

  it('leaves out what was erased and says so, and everything else stays', async () => {
    const [stream, one, other] = [aStream(), seized(), seized()];
    await store.append(stream, [one, other], 'no-stream');
    await keys.destroy(holderOf(stream, one), order);
    const [first, second] = await store.readStream(stream);
    expect(first?.data).toEqual({ kind: 'real-estate', title: 'Villa' });
    expect(first?.erased).toEqual([{ field: 'formerHolder', ...order }]);
    expect(second?.data).toEqual(other.data);
    expect(second?.erased).toBeUndefined();
    expect(publicEvent(first!).data).toEqual(publicEvent((await bare.readStream(stream))[0]!).data);
  });

  it('erases a whole stream that is about one person with one key, and lets nothing personal follow', async () => {
    const account = 'account-IT-A-1';
    const opening = aFact({ type: 'AccountOpened', data: exampleOf(events.get('AccountOpened')!.definition.data) });
    const token = aFact({ type: 'AccessTokenIssued', data: exampleOf(events.get('AccessTokenIssued')!.definition.data) });
    await store.append(account, [opening, token], 'no-stream');
    await keys.destroy(holderOf(account, opening), order);
    const read = await store.readStream(account);
    expect(read.map(({ erased }) => erased?.map(({ field }) => field))).toEqual([['displayName', 'signIn'], ['label']]);
    const { id: _, ...again } = token;
    await expect(store.append(account, [aFact(again)], 1)).rejects.toMatchObject({ code: 'key-destroyed' });
    await store.append(account, [aFact({ type: 'AccountClosed', data: { reason: 'Left.' } })], 1);
  }); // prettier-ignore

  it('keeps every fold going for a stream without its personal fields', () => {
    for (const kind of streamKinds) {
      const { commands, openings, replay, stateOf } = aggregates[kind];
      const { definition } = commands.get(openings[0]!)!;
      const properties = Object.entries<object>(definition.data.properties);
      const gone = new Set(properties.filter(([, schema]) => personal(schema)).map(([name]) => name));
      const data = Object.fromEntries(Object.entries(exampleOf(definition.data)).filter(([field]) => !gone.has(field)));
      const fact = aFact({ type: definition.type, version: definition.version, data });
      expect(stateOf(replay([{ ...fact, stream: `${kind}-1`, revision: 0, position: 1 }]) as never)).toBeDefined();
    }
  }); // prettier-ignore

  it('never takes a missing key for an erasure, and names the entry', async () => {
    const [stream, event] = [aStream(), seized()];
    await store.append(stream, [event], 'no-stream');
    const empty = await openSqliteKeyStore(aFile(folder), aMaster());
    const wrong = new SealedStore(bare, empty);
    await expect(wrong.readStream(stream)).rejects.toMatchObject({
      code: 'key-missing',
      message: expect.stringMatching(`${event.id}.*backup of the key store`) as string,
    });
    await empty.close();
  });

  it('refuses a box that was moved to another entry', async () => {
    const [stream, event] = [aStream(), seized()];
    await store.append(stream, [event], 'no-stream');
    const [below] = await bare.readStream(stream);
    const forged = { ...seized(), data: below!.data };
    await bare.append(stream, [forged], 0);
    await expect(store.readStream(stream, { from: 1 })).rejects.toMatchObject({ code: 'box-damaged' });
  });

  it('reads what was recorded before there were keys', async () => {
    const [stream, event] = [aStream(), seized()];
    await bare.append(stream, [event], 'no-stream');
    expect((await store.readStream(stream))[0]).toMatchObject({ data: event.data, unsealed: true });
  });

  it('seals the digest of the command too, which could be guessed from', async () => {
    const [stream, one, plain] = [aStream(), seized(), aFact({ version: 2, data: { kind: 'real-estate' } })];
    await store.append(stream, [one, plain], 'no-stream');
    const [below, open] = await bare.readStream(stream);
    expect(below?.metadata.commandDigest).toMatch(/^~/);
    expect(open?.metadata.commandDigest).toBe(plain.metadata.commandDigest);
    expect((await store.readStream(stream))[0]?.metadata).toEqual(one.metadata);
    await keys.destroy(holderOf(stream, one), order);
    expect((await store.readStream(stream))[0]?.metadata.commandDigest).toBe('erased');
  });

  it('opens nothing in a public field that looks like a box', async () => {
    const value: JsonObject = { sealed: 1, key: 'nobody', box: 'AAAA' };
    const data = { entry: order.by, field: 'title', value, reason: 'So.' };
    const stream = aStream();
    await store.append(stream, [aFact({ type: 'EntryCorrected', data })], 'no-stream');
    expect((await store.readStream(stream))[0]?.data).toEqual(data);
  });

  it('counts what an append takes by its sealed form, and says so', async () => {
    const data = { kind: 'real-estate', formerHolder: 'x'.repeat(800_000) };
    await expect(store.append(aStream(), [seized({ data })], 'no-stream')).rejects.toMatchObject({ code: 'event-refused' });
  }); // prettier-ignore

  it('leaves a key and no event where it is stopped between the two, and the command can be sent again', async () => {
    const [stream, event] = [aStream(), seized()];
    const stopped = new SealedStore(new (class extends SealedStore {
      override append(): Promise<never> { return Promise.reject(new Error('stopped')); }
    })(bare, keys), keys);
    await expect(stopped.append(stream, [event], 'no-stream')).rejects.toThrow('stopped');
    expect(await bare.readStream(stream)).toEqual([]);
    await store.append(stream, [event], 'no-stream');
    expect((await store.readStream(stream))[0]?.data).toEqual(event.data);
  }); // prettier-ignore

  it('writes no event whose key could not be kept', async () => {
    class Broken extends KeyStore {
      keyOf(): Promise<DataKey> { return Promise.reject(new Error('disk full')); }
      find(): Promise<Found | undefined> { return keys.find(''); }
      destroy(_holder: string, _order: Destruction): Promise<void> { return Promise.resolve(); }
      followed(_log: string): Promise<number | undefined> { return Promise.resolve(undefined); }
      follow(_log: string, _position: number): Promise<void> { return Promise.resolve(); }
      close(): Promise<void> { return Promise.resolve(); }
    }
    const stream = aStream();
    await expect(new SealedStore(bare, new Broken()).append(stream, [seized()], 'no-stream')).rejects.toThrow('disk full');
    expect(await bare.readStream(stream)).toEqual([]);
  }); // prettier-ignore

  it('is a log to the recorder like any other', async () => {
    const recorder = new Recorder(store, { profile: italy });
    const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { ...exampleOf(events.get('AssetSeized')!.definition.data), formerHolder: SECRET } };
    const origin = { actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'form' } as const, idempotencyKey: '1', correlationId: 'c' };
    const recorded = await recorder.record('asset-IT-000', command, origin);
    expect(recorded).toMatchObject({ kind: 'recorded' });
    expect(await new Recorder(store, { profile: italy }).record('asset-IT-000', command, origin)).toMatchObject({ kind: 'repeated' });
    expect(filesWith(folder, Buffer.from(SECRET))).toEqual([]);
  }); // prettier-ignore
});

describe('around a store', () => {
  let folder: string;
  let keys: KeyStore;
  beforeAll(async () => {
    folder = aFolder();
    keys = await openSqliteKeyStore(join(folder, 'keys.sqlite'), aMaster());
  });
  afterAll(async () => {
    await keys.close();
    rmSync(folder, { recursive: true });
  });

  storeContract('sealed, embedded', async () => new SealedStore(openEmbeddedLog(aFile(folder)), keys));

  describe('on EventStoreDB', () => {
    let server: EventStoreDbServer;
    beforeAll(async () => {
      server = await EventStoreDbServer.start();
    });
    afterAll(() => server.stop());
    storeContract('sealed, eventstoredb', async () => new SealedStore(await openEventStoreDbLog(server.connectionString), keys));
  }); // prettier-ignore
});
