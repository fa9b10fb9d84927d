import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { KeyStore } from '#privacy';
import {
  masterKeyFrom,
  openPersonKeys,
  openSqliteKeyStore,
  personKeysSettingsFromEnv,
  rotateMasterKey,
} from '#privacy';
import { aFile, aFolder, aMaster, filesWith } from './keys';

const order = { by: 'entry-of-erasure', on: '2026-11-26T10:00:00.000Z' };

describe('the key store', () => {
  let folder: string;
  beforeEach(() => (folder = aFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  const using = async <T>(store: KeyStore, task: () => Promise<T>): Promise<T> => task().finally(() => store.close());
  const wrappedIn = (path: string): Uint8Array => {
    const database = new Database(path, { readonly: true });
    const wrapped = database.prepare<[], Uint8Array>('SELECT wrapped FROM keys').pluck().get()!;
    database.close();
    return wrapped;
  };

  it('makes no new master key where there are keys that another one opens', async () => {
    const settings = personKeysSettingsFromEnv({}, folder);
    const store = await openPersonKeys(settings);
    const { key } = await store.keyOf('entry 1');
    await store.close();
    const kept = readFileSync(join(folder, 'person-keys.key'));
    rmSync(join(folder, 'person-keys.key'));
    await expect(openPersonKeys(settings)).rejects.toMatchObject({ code: 'wrong-master-key' });
    expect(existsSync(join(folder, 'person-keys.key'))).toBe(false);
    writeFileSync(join(folder, 'person-keys.key'), kept, { mode: 0o600 });
    await using(await openPersonKeys(settings), async () => undefined);
    const again = await openPersonKeys(settings);
    expect((await again.keyOf('entry 1')).key).toEqual(key);
    await again.close();
  });

  it('gives a holder one key, also after a restart and to two who ask at once', async () => {
    const [path, master] = [aFile(folder), aMaster()];
    const store = await openSqliteKeyStore(path, master);
    const [one, other] = await Promise.all([store.keyOf('entry 1'), store.keyOf('entry 1')]);
    expect(other).toEqual(one);
    expect((await store.keyOf('entry 2')).key).not.toEqual(one.key);
    await store.close();
    const again = await openSqliteKeyStore(path, master);
    await using(again, async () => {
      expect(await again.keyOf('entry 1')).toEqual(one);
      expect(await again.find(one.id)).toEqual({ kind: 'key', key: one.key });
      expect(await again.find('another')).toBeUndefined();
    });
  });

  it('keeps no data key unwrapped, and its file from other users', async () => {
    const path = aFile(folder);
    const store = await openSqliteKeyStore(path, aMaster());
    const { key } = await store.keyOf('entry 1');
    expect(filesWith(folder, key)).toEqual([]);
    expect(statSync(path).mode & 0o077).toBe(0);
    await store.close();
  });

  it('leaves nothing of a destroyed key in any of its files, while it runs and afterwards', async () => {
    const path = aFile(folder);
    const store = await openSqliteKeyStore(path, aMaster());
    const { id } = await store.keyOf('entry 1');
    for (let other = 2; other < 40; other += 1) await store.keyOf(`entry ${other}`);
    const wrapped = wrappedIn(path);
    expect(filesWith(folder, wrapped)).not.toEqual([]);
    await store.destroy('entry 1', order);
    expect(filesWith(folder, wrapped)).toEqual([]);
    expect(await store.find(id)).toEqual({ kind: 'destroyed', ...order });
    await expect(store.keyOf('entry 1')).rejects.toMatchObject({ code: 'key-destroyed' });
    expect((await store.keyOf('entry 2')).key).toHaveLength(32);
    await store.close();
    expect(filesWith(folder, wrapped)).toEqual([]);
  });

  it('destroys again without a change, and remembers the first order', async () => {
    const store = await openSqliteKeyStore(aFile(folder), aMaster());
    await using(store, async () => {
      const { id } = await store.keyOf('entry 1');
      await store.destroy('entry 1', order);
      await store.destroy('entry 1', { by: 'later', on: '2027-01-01T00:00:00.000Z' });
      expect(await store.find(id)).toEqual({ kind: 'destroyed', ...order });
    });
  });

  it('gives no key to a holder whose key was to be destroyed before there was one', async () => {
    const store = await openSqliteKeyStore(aFile(folder), aMaster());
    await using(store, async () => {
      await store.destroy('entry 1', order);
      await expect(store.keyOf('entry 1')).rejects.toMatchObject({ code: 'key-destroyed' });
    });
  });

  it('says that a key is not surely gone while somebody else reads the file, and succeeds afterwards', async () => {
    const path = aFile(folder);
    const store = await openSqliteKeyStore(path, aMaster());
    await store.keyOf('entry 1');
    const wrapped = wrappedIn(path);
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    await expect(store.destroy('entry 1', order)).rejects.toMatchObject({ code: 'not-durable' });
    reader.close();
    await store.destroy('entry 1', order);
    expect(filesWith(folder, wrapped)).toEqual([]);
    await store.close();
  });

  it('does not open with another master key, and says which one is needed', async () => {
    const [path, master] = [aFile(folder), aMaster()];
    await (await openSqliteKeyStore(path, master)).close();
    await expect(openSqliteKeyStore(path, aMaster())).rejects.toMatchObject({
      code: 'wrong-master-key',
      message: expect.stringContaining(master.name) as string,
    });
  });

  it('takes another master key, and then no more the one before', async () => {
    const [path, before, after] = [aFile(folder), aMaster(), aMaster()];
    const store = await openSqliteKeyStore(path, before);
    const keys = await Promise.all(Array.from({ length: 1_200 }, (_, at) => store.keyOf(`entry ${at}`)));
    await store.destroy('entry 7', order);
    await store.close();
    expect(await rotateMasterKey(path, before, after)).toBe(1_199);
    expect(await rotateMasterKey(path, before, after)).toBe(0);
    await expect(openSqliteKeyStore(path, before)).rejects.toMatchObject({ code: 'wrong-master-key' });
    const again = await openSqliteKeyStore(path, after);
    await using(again, async () => {
      expect(await again.find(keys[3]!.id)).toEqual({ kind: 'key', key: keys[3]!.key });
      expect(await again.find(keys[7]!.id)).toEqual({ kind: 'destroyed', ...order });
    });
  });

  it('goes on with a change of master keys that was interrupted', async () => {
    const [path, before, after] = [aFile(folder), aMaster(), aMaster()];
    const store = await openSqliteKeyStore(path, before);
    for (let each = 0; each < 1_200; each += 1) await store.keyOf(`entry ${each}`);
    let wrapped = 0;
    const failing = Object.assign(Object.create(after) as typeof after, {
      wrap: (key: Uint8Array, id: string) => {
        if ((wrapped += 1) > 700) throw new Error('killed');
        return after.wrap(key, id);
      },
    });
    await store.close();
    await expect(rotateMasterKey(path, before, failing)).rejects.toThrow('killed');
    for (const each of [before, after])
      await expect(openSqliteKeyStore(path, each)).rejects.toMatchObject({ code: 'rotation-unfinished' });
    expect(await rotateMasterKey(path, before, after)).toBe(700);
    await (await openSqliteKeyStore(path, after)).close();
  });

  it('changes nothing for two master keys of which neither is in use', async () => {
    const [path, master] = [aFile(folder), aMaster()];
    await (await openSqliteKeyStore(path, master)).close();
    await expect(rotateMasterKey(path, aMaster(), aMaster())).rejects.toMatchObject({ code: 'wrong-master-key' });
    await (await openSqliteKeyStore(path, master)).close();
  });
});

describe('the master key', () => {
  let folder: string;
  beforeEach(() => (folder = aFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made at the first start, for this user alone, and stays the same', () => {
    const file = join(folder, 'below', 'master.key');
    const { name } = masterKeyFrom({ file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(masterKeyFrom({ file }).name).toBe(name);
  });

  it.each([['short', 'abc'], ['no hexadecimal', 'x'.repeat(64)]])('is refused when it is %s', (_, text) => {
    const file = join(folder, 'master.key');
    writeFileSync(file, text, { mode: 0o600 });
    expect(() => masterKeyFrom({ file })).toThrow(expect.objectContaining({ code: 'wrong-setting' }) as Error);
    expect(() => masterKeyFrom({ hex: text })).toThrow(expect.objectContaining({ code: 'wrong-setting' }) as Error);
  }); // prettier-ignore

  it('is refused where others can read it', () => {
    const file = join(folder, 'master.key');
    writeFileSync(file, 'ab'.repeat(32), { mode: 0o644 });
    expect(() => masterKeyFrom({ file })).toThrow(/chmod 600/);
  });
});
