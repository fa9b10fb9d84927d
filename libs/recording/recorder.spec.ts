import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, JsonObject, JsonValue, LegalDate, NewEvent } from '#domain';
import { assetIdFrom, italy } from '#domain';
import type { Appended, EventStore, ExpectedRevision, ReadStreamOptions } from '#event-store';
import { StoreFull, StoreUnavailable, WrongExpectedRevision, openEmbeddedLog } from '#event-store';
import { Recorder } from './recorder';
import type { Origin } from './recorder';

/** The log, counting what is asked of it, and failing where an example says so. */
class Watched {
  appends = 0;
  reads = 0;
  /** Stands between the recorder and the log. */
  around: (write: () => Promise<Appended>) => Promise<Appended> = (write) => write();

  constructor(private readonly log: EventStore) {}

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    this.appends += 1;
    return this.around(() => this.log.append(stream, events, expected));
  }

  readStream(stream: string, options?: ReadStreamOptions) {
    this.reads += 1;
    return this.log.readStream(stream, options);
  }
}

const asset = assetIdFrom('IT', 'spec', 'one');
const stream = `asset-${asset}` as const;
const command = (name: string, occurredOn: LegalDate, data: JsonObject = {}): Command => ({
  name,
  occurredOn,
  data,
});
const seizure = command('record-seizure', '2015-03-12', { kind: 'company' });
const order = command('order-confiscation', '2016-05-01', { instance: 'first' });
const final = command('make-confiscation-final', '2019-01-10');
const revocation = command('revoke-seizure', '2015-06-01', { extent: 'whole' });
const description = (title: string) => command('describe-asset', '2016-01-01', { title });
const origin = (idempotencyKey: string, over: Partial<Origin> = {}): Origin => ({
  actor: { subject: 'officer-17', agency: 'ANBSC', role: 'officer' },
  source: { kind: 'api' },
  idempotencyKey,
  correlationId: 'spec',
  ...over,
});

describe('recording', () => {
  let folder: string;
  let log: EventStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recording-'));
    log = openEmbeddedLog(join(folder, 'events.sqlite'));
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  /** A recorder as one process has it, with a memory of its own. */
  const aProcess = () => {
    const store = new Watched(log);
    const recorder = new Recorder(store, { profile: italy, clock: () => '2026-06-15T10:00:00.000Z' });
    const record = (one: Command, key: string, expected?: number, over?: Partial<Origin>) =>
      recorder.record(stream, one, origin(key, over), expected);
    return { store, record };
  };
  const typesInLog = async () => (await log.readStream(stream)).map(({ type }) => type);

  it('answers with the id of the entry, also when the command is repeated', async () => {
    const { record } = aProcess();
    const first = await record(seizure, 'a');
    const second = await record(order, 'b');
    const ids = (await log.readStream(stream)).map(({ id }) => id);
    expect([first, second]).toMatchObject(ids.map((entry) => ({ entry })));
    await expect(aProcess().record(seizure, 'a')).resolves.toMatchObject({ kind: 'repeated', entry: ids[0] });
  });

  describe('with a memory of the dossier', () => {
    it('reads it once', async () => {
      const { store, record } = aProcess();
      await record(seizure, 'a');
      await record(order, 'b');
      await expect(record(final, 'c')).resolves.toMatchObject({ kind: 'recorded', revision: 2, position: 3 });
      expect(store).toMatchObject({ reads: 1, appends: 3 });
    });

    it('lets commands on one dossier wait for one another instead of in each other’s way', async () => {
      const { store, record } = aProcess();
      await record(seizure, 'a');
      const all = await Promise.all(
        Array.from({ length: 40 }, (_, place) => record(description(`T${place}`), `${place}`)),
      );
      expect(all.map((one) => one.kind === 'recorded' && one.revision)).toEqual(all.map((_, place) => place + 1));
      expect(store).toMatchObject({ reads: 1, appends: 41 });
    });
  });

  describe('with a memory behind the log', () => {
    it('turns nobody away on it', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      await other.record(order, 'b');
      // In its memory there is no order yet; in the log there is.
      await expect(one.record(final, 'c')).resolves.toMatchObject({ kind: 'recorded', revision: 2 });
      expect(one.store.appends).toBe(2);
    });

    it('refuses what only its memory would allow', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      await other.record(revocation, 'b');
      await expect(one.record(description('T'), 'c')).resolves.toMatchObject({
        kind: 'refused',
        refusal: { code: 'after-exit' },
      });
      expect(await typesInLog()).toEqual(['AssetSeized', 'SeizureRevoked']);
    });

    it('writes after what the other wrote', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      await other.record(description('of the other'), 'b');
      await expect(one.record(description('of the one'), 'c')).resolves.toMatchObject({
        kind: 'recorded',
        revision: 2,
      });
      expect(one.store).toMatchObject({ appends: 3, reads: 2 });
    });

    it('knows a command again that another process recorded', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      await other.record(order, 'b');
      // Its own memory says nothing of it; the ids do.
      await expect(one.record(order, 'b')).resolves.toMatchObject({ revision: 1, position: 2 });
      await expect(one.record(order, 'b')).resolves.toMatchObject({ kind: 'repeated', revision: 1, position: 2 });
      expect(await typesInLog()).toHaveLength(2);
    });

    it('does not stand on it either when it says that the sender is behind', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      await other.record(order, 'b');
      // The sender saw revision 1, which this process does not know yet.
      await expect(one.record(final, 'c', 1)).resolves.toMatchObject({ kind: 'recorded', revision: 2 });
    });

    it('refuses on a fresh read even when the memory was right', async () => {
      const { store, record } = aProcess();
      await record(seizure, 'a');
      await expect(record(final, 'b')).resolves.toMatchObject({
        kind: 'refused',
        refusal: { code: 'confiscation-not-ordered' },
      });
      expect(store).toMatchObject({ reads: 2, appends: 1 });
    });
  });

  describe('two processes at once', () => {
    it('record everything once, without a gap', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      const titles = Array.from({ length: 12 }, (_, place) => `T${place}`);
      const all = await Promise.all(
        titles.map((title, place) => (place % 2 ? one : other).record(description(title), title)),
      );
      expect(all.map(({ kind }) => kind)).toEqual(titles.map(() => 'recorded'));
      const events = (await log.readStream(stream)).slice(1);
      expect(events.map(({ revision }) => revision)).toEqual(titles.map((_, place) => place + 1));
      expect(events.map(({ data }) => data.title).sort()).toEqual([...titles].sort());
    });

    it('record one command once, whichever of them gets it', async () => {
      const [one, other] = [aProcess(), aProcess()];
      const all = await Promise.all([one.record(seizure, 'a'), other.record(seizure, 'a'), one.record(seizure, 'a')]);
      expect(all.filter(({ kind }) => kind === 'refused' || kind === 'moved-on')).toEqual([]);
      expect(new Set(all.map((each) => 'position' in each && each.position))).toEqual(new Set([1]));
      expect(await typesInLog()).toEqual(['AssetSeized']);
    });

    it('open one dossier, not two', async () => {
      const [one, other] = [aProcess(), aProcess()];
      const all = await Promise.all([one.record(seizure, 'a'), other.record(seizure, 'b')]);
      expect(all.map((each) => (each.kind === 'refused' ? each.refusal.code : each.kind)).sort()).toEqual([
        'already-seized',
        'recorded',
      ]);
    });
  });

  describe('a conflict', () => {
    it('is tried eight times, then told', async () => {
      const { store, record } = aProcess();
      store.around = () => Promise.reject(new WrongExpectedRevision(stream, 'no-stream', 0));
      await expect(record(seizure, 'a')).rejects.toThrow(WrongExpectedRevision);
      expect(store.appends).toBe(8);
      expect(await typesInLog()).toEqual([]);
    });

    it('is not told while one of the eight succeeds', async () => {
      const { store, record } = aProcess();
      store.around = (write) =>
        store.appends < 8 ? Promise.reject(new WrongExpectedRevision(stream, 'no-stream', 0)) : write();
      await expect(record(seizure, 'a')).resolves.toMatchObject({ kind: 'recorded', revision: 0 });
    });

    it('gives way to a process that writes one command after another, until that one pauses', async () => {
      const { store, record } = aProcess();
      const began = performance.now();
      store.around = (write) =>
        performance.now() - began < 100 ? Promise.reject(new WrongExpectedRevision(stream, 'no-stream', 0)) : write();
      await expect(record(seizure, 'a')).resolves.toMatchObject({ kind: 'recorded', revision: 0 });
    });

    it('is never tried again when the sender said what it saw', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await one.record(seizure, 'a');
      await other.record(description('of the other'), 'b');
      const before = one.store.appends;
      await expect(one.record(description('of the one'), 'c', 0)).resolves.toEqual({
        kind: 'moved-on',
        expected: 0,
        actual: 1,
      });
      expect(one.store.appends - before).toBeLessThanOrEqual(1);
      expect(await typesInLog()).toEqual(['AssetSeized', 'AssetDescribed']);
    });

    it('is never tried again when it happens between reading and writing', async () => {
      const [one, other] = [aProcess(), aProcess()];
      await other.record(seizure, 'a');
      one.store.around = async (write) => {
        await other.record(description('of the other'), 'b');
        return write();
      };
      await expect(one.record(description('of the one'), 'c', 0)).resolves.toEqual({
        kind: 'moved-on',
        expected: 0,
        actual: 1,
      });
      expect(one.store.appends).toBe(1);
    });
  });

  describe('what the sender saw', () => {
    it.each([
      [-1, 0],
      [1, 0],
    ])('revision %i of a dossier at %i is refused', async (expected, actual) => {
      const { record } = aProcess();
      await record(seizure, 'a');
      await expect(record(order, 'b', expected)).resolves.toEqual({ kind: 'moved-on', expected, actual });
      expect(await typesInLog()).toEqual(['AssetSeized']);
    });
    it('may be that there is no dossier yet', async () => {
      const { record } = aProcess();
      await expect(record(seizure, 'a', -1)).resolves.toMatchObject({ kind: 'recorded', revision: 0 });
    });
    it('is no matter for a command that was recorded already', async () => {
      const { record } = aProcess();
      await record(seizure, 'a', -1);
      await expect(record(seizure, 'a', -1)).resolves.toMatchObject({ kind: 'repeated', revision: 0, position: 1 });
    });
  });

  describe('when the answer is lost', () => {
    it.each([
      ['after it was written', true, 'repeated'],
      ['before it was written', false, 'recorded'],
    ])('%s, the same command may be sent again', async (_, written, kind) => {
      const { store, record } = aProcess();
      store.around = async (write) => {
        if (written) await write();
        throw new StoreUnavailable('No answer.');
      };
      await expect(record(seizure, 'a')).rejects.toThrow(StoreUnavailable);
      expect(store.appends).toBe(1);
      store.around = (write) => write();
      await expect(record(seizure, 'a')).resolves.toMatchObject({ kind, revision: 0, position: 1 });
      await expect(record(order, 'b')).resolves.toMatchObject({ kind: 'recorded', revision: 1 });
      expect(await typesInLog()).toEqual(['AssetSeized', 'ConfiscationOrdered']);
    });

    it('another command does not take its place', async () => {
      const { store, record } = aProcess();
      store.around = async (write) => {
        await write();
        throw new StoreUnavailable('No answer.');
      };
      await expect(record(seizure, 'a')).rejects.toThrow(StoreUnavailable);
      store.around = (write) => write();
      await expect(record(order, 'b')).resolves.toMatchObject({ kind: 'recorded', revision: 1 });
      await expect(record(seizure, 'a')).resolves.toMatchObject({ kind: 'repeated', revision: 0, position: 1 });
    });
  });

  it('a full disk is told at once, and nothing is remembered of it', async () => {
    const { store, record } = aProcess();
    store.around = () => Promise.reject(new StoreFull('No room.'));
    await expect(record(seizure, 'a')).rejects.toThrow(StoreFull);
    expect(store.appends).toBe(1);
    store.around = (write) => write();
    await expect(record(seizure, 'a')).resolves.toMatchObject({ kind: 'recorded', revision: 0 });
  });

  describe('an idempotency key', () => {
    it('names the same command whatever the order of its fields', async () => {
      const { record } = aProcess();
      const placed = (data: JsonObject) => command('record-seizure', '2015-03-12', data);
      await record(placed({ kind: 'company', act: { number: '1', date: '2015-03-01' } }), 'a');
      await expect(
        record(placed({ act: { date: '2015-03-01', number: '1' }, kind: 'company' }), 'a'),
      ).resolves.toMatchObject({ kind: 'repeated' });
    });

    it.each([
      ['another date', command('record-seizure', '2015-03-13', { kind: 'company', comesFrom: ['A', 'B'] })],
      ['other data', command('record-seizure', '2015-03-12', { kind: 'movable', comesFrom: ['A', 'B'] })],
      ['another order in a list', command('record-seizure', '2015-03-12', { kind: 'company', comesFrom: ['B', 'A'] })],
      ['another command', order],
    ])('is refused for %s', async (_, other) => {
      const { record } = aProcess();
      const first = command('record-seizure', '2015-03-12', { kind: 'company', comesFrom: ['A', 'B'] });
      await record(first, 'a');
      await expect(record(other, 'a')).resolves.toMatchObject({ kind: 'refused', refusal: { code: 'key-reused' } });
      await expect(record(first, 'a')).resolves.toMatchObject({ kind: 'repeated' });
    });

    it('belongs to who chose it', async () => {
      const { record } = aProcess();
      await record(seizure, 'a');
      const colleague = { actor: { subject: 'officer-18', agency: 'ANBSC', role: 'officer' } };
      await expect(record(order, 'a', undefined, colleague)).resolves.toMatchObject({ kind: 'recorded' });
      const namesake = { actor: { subject: 'officer-17', agency: 'Comune', role: 'officer' } };
      await expect(record(final, 'a', undefined, namesake)).resolves.toMatchObject({ kind: 'recorded' });
    });

    it('survives another role of the same person', async () => {
      const { record } = aProcess();
      await record(seizure, 'a');
      const promoted = { actor: { subject: 'officer-17', agency: 'ANBSC', role: 'approver' } };
      await expect(record(seizure, 'a', undefined, promoted)).resolves.toMatchObject({ kind: 'repeated' });
    });
  });

  it('data nested beyond all measure are refused like any other wrong shape', async () => {
    const { record } = aProcess();
    let deep: JsonValue = 'deep';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    await expect(record(command('record-seizure', '2015-03-12', { kind: deep }), 'a')).resolves.toMatchObject({
      kind: 'refused',
      refusal: { code: 'malformed-entry' },
    });
  });

  it('times of recording follow the clock, and never go back', async () => {
    const times = ['2026-06-15T10:00:00.000Z', '2026-06-15T09:59:59.000Z'];
    const recorder = new Recorder(log, { profile: italy, clock: () => times.shift() ?? '' });
    await recorder.record(`asset-${asset}`, seizure, origin('a'));
    await recorder.record(`asset-${asset}`, order, origin('b'));
    const events = await log.readStream(stream);
    expect(events.map(({ metadata }) => metadata.recordedAt)).toEqual(Array(2).fill('2026-06-15T10:00:00.000Z'));
  });
});
