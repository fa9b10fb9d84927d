import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountIdFrom, assetIdFrom, italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import type { CloudEvent } from '#privacy';
import { Recorder } from '#recording';
import { exportLog } from '../../apps/auditor/export';
import { startProgram } from '../child-process';

const SOURCE = 'https://registry.example';

describe('the export of the public log', () => {
  let folder: string;
  let store: EventStore;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
    store = openEmbeddedLog(join(folder, 'events.sqlite'));
    await record(0, 30);
  });
  beforeEach(() => {
    path = join(folder, `${Math.random()}.ndjson`);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function record(from: number, to: number): Promise<void> {
    const recorder = new Recorder(store, { profile: italy });
    const origin = (key: string) => ({ actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'api' } as const, idempotencyKey: key, correlationId: 'test' }); // prettier-ignore
    for (let number = from; number < to; number += 1) {
      const data = { kind: 'company', title: `Impresa “${number}”`, formerHolder: `Person ${number}` };
      await recorder.record(`asset-${assetIdFrom('IT', 'test', String(number))}`, { name: 'record-seizure', occurredOn: '2020-01-01', data }, origin(String(number))); // prettier-ignore
    }
    const signIn = { issuer: 'local', user: `user-${to}` };
    const account = { kind: 'service', displayName: 'Hidden', agency: 'ANBSC', signIn };
    await recorder.record(`account-${accountIdFrom('IT', signIn)}`, { name: 'open-account', occurredOn: '2020-01-01', data: account }, origin(`account-${to}`)); // prettier-ignore
  }
  const lines = async () =>
    (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as CloudEvent);

  it('is every public event once, in order, as a CloudEvent, with nothing that is not public', async () => {
    expect(await exportLog(store, path, SOURCE)).toMatchObject({ written: 30 });
    const all = await lines();
    expect(all.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 30 }, (_, place) => place + 1));
    expect(all[7]).toMatchObject({
      specversion: '1.0',
      source: SOURCE,
      type: 'AssetSeized',
      datacontenttype: 'application/json',
      data: { occurredOn: '2020-01-01', data: { title: 'Impresa “7”' }, withheld: ['formerHolder'] },
    });
    const text = await readFile(path, 'utf8');
    for (const secret of ['Person', 'rosa', 'Hidden', 'salt', 'commandId']) expect(text).not.toContain(secret);
  });

  it('goes on wherever it was cut off, to the same file, and is kept up to date', async () => {
    const whole = join(folder, 'whole.ndjson');
    await exportLog(store, whole, SOURCE);
    const expected = await readFile(whole);
    for (const length of [0, 1, 50, expected.length - 1, Math.floor(expected.length / 2), expected.indexOf(0x0a) + 1]) {
      await writeFile(path, expected);
      await truncate(path, length);
      await exportLog(store, path, SOURCE);
      expect((await readFile(path)).equals(expected)).toBe(true);
    }
    await record(30, 33);
    expect(await exportLog(store, path, SOURCE)).toMatchObject({ written: 3 });
    expect(await lines()).toHaveLength(33);
    expect(await exportLog(store, path, SOURCE)).toMatchObject({ written: 0 });
  });

  it('touches no other file', async () => {
    await appendFile(path, 'id;title\n1;Villa\n');
    const { code, errors } = await startProgram('apps/auditor/main.ts', ['--data', folder, 'export', path]).exit;
    expect([code, errors]).toEqual([1, expect.stringContaining('is no export of a log')]);
    expect(await readFile(path, 'utf8')).toBe('id;title\n1;Villa\n');
    const other = join(folder, 'other.ndjson');
    expect((await startProgram('apps/auditor/main.ts', ['--data', folder, 'export', other]).exit).output).toMatch(/^\d+ public events/); // prettier-ignore
  }, 30_000);
});
