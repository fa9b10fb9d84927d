import type { EventStore, OnNotice } from '#event-store';
import { openEventStoreDbLog } from '#event-store';
import { MemoryLog } from '../eventstoredb-server/memory-log';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { aFact, aStream, facts, idsOf } from './facts';
import { Follower } from './follower';

/** Short, so that giving up is not what takes the time; `answerMs` is still far above what the small server needs. */
const patience = { answerMs: 400, giveUpMs: 2_000, startMs: 800, firstPauseMs: 5, longestPauseMs: 40 };

describe('the store on an EventStoreDB in trouble', () => {
  let server: EventStoreDbServer;
  let store: EventStore;
  let notices: string[];
  const closing: (() => unknown)[] = [];

  beforeEach(async () => {
    notices = [];
    server = await started();
    store = await opened(server.connectionString);
  });
  afterEach(async () => {
    for (const close of closing.reverse().splice(0)) await close();
  });

  async function started(options?: Parameters<typeof EventStoreDbServer.start>[0]): Promise<EventStoreDbServer> {
    const node = await EventStoreDbServer.start(options);
    closing.push(() => node.stop());
    return node;
  }

  async function opened(connectionString: string, onNotice: OnNotice = (message) => void notices.push(message)) {
    const log = await openEventStoreDbLog(connectionString, { patience, onNotice });
    closing.push(() => log.close());
    return log;
  }

  function following(after: number, batchSize?: number): Follower {
    const abort = new AbortController();
    const follower = new Follower(store, after, abort.signal, batchSize);
    closing.push(async () => {
      abort.abort();
      await follower.ended;
    });
    return follower;
  }

  describe('that does not say whether an append was made', () => {
    test.each([
      ['the answer is lost', 'answer lost'],
      ['it refuses at first', 'refused'],
      ['it says nothing at first', 'silent'],
      ['it calls the append itself a conflict', 'called a conflict'],
    ] as const)('appends once though %s', async (_, mood) => {
      const stream = aStream();
      const events = facts(2);
      server.nextAppends(mood);
      const appended = await store.append(stream, events, 'no-stream');
      const read = await store.readStream(stream);
      expect(idsOf(read)).toEqual(idsOf(events));
      expect(appended).toEqual({ revision: 1, position: read.at(-1)?.position });
    });

    test('appends once though the answer comes after we have asked again', async () => {
      const stream = aStream();
      server.nextAppends('answer late');
      const append = store.append(stream, facts(1), 'no-stream');
      await expect(append).resolves.toMatchObject({ revision: 0 });
      server.answerLateOnes();
      await expect(store.append(stream, facts(1), 0)).resolves.toMatchObject({ revision: 1 });
      expect(await store.readStream(stream)).toHaveLength(2);
    });

    test('knows its own append again after another writer has gone on', async () => {
      const stream = aStream();
      const other = await opened(server.connectionString);
      const events = facts(1);
      server.nextAppends('answer late');
      const append = store.append(stream, events, 'no-stream');
      await server.until(({ lateAnswers }) => lateAnswers === 1);
      await other.append(stream, facts(3), 0);
      await expect(append).resolves.toMatchObject({ revision: 0 });
    });

    test('reports a conflict when another writer was first after all', async () => {
      const stream = aStream();
      const other = await opened(server.connectionString);
      server.nextAppends('silent');
      const append = store.append(stream, facts(1), 'no-stream');
      await other.append(stream, facts(2), 'no-stream');
      await expect(append).rejects.toMatchObject({ code: 'wrong-expected-revision', actual: 1 });
    });

    test('gives up in the end, and says that the same may be sent again', async () => {
      const stream = aStream();
      const event = aFact();
      server.nextAppends('answer lost', ...Array<'refused'>(1000).fill('refused'));
      const append = store.append(stream, [event], 'no-stream');
      await expect(append).rejects.toMatchObject({ code: 'store-unavailable' });
      await expect(append).rejects.toThrow(/Send the same again: its ids keep it from being written twice/);
      expect(notices.at(-1)).toMatch(/did not say whether it wrote to asset-/);
      const later = await opened((await started({ log: server.log })).connectionString);
      await expect(later.append(stream, [event], 'no-stream')).resolves.toMatchObject({ revision: 0 });
    });

    test('keeps one store apart from the trouble of another in the same process', async () => {
      const other = await started();
      const troubled = await opened(other.connectionString, () => undefined);
      server.nextAppends('answer late');
      const append = store.append(aStream(), facts(1), 'no-stream');
      await server.until(({ lateAnswers }) => lateAnswers === 1);
      other.nextAppends('answer lost');
      await troubled.append(aStream(), facts(1), 'no-stream');
      server.answerLateOnes();
      await expect(append).resolves.toMatchObject({ revision: 0 });
      expect(notices).toEqual([]);
    });
  });

  describe('that is not there', () => {
    test('is waited for at the start, with a notice', async () => {
      server.stop();
      const { port, log } = server;
      let opening: Promise<EventStore> | undefined;
      const notice = await new Promise<string>((resolve) => {
        opening = opened(server.connectionString, resolve);
      });
      expect(notice).toMatch(`Waiting for EventStoreDB at 127.0.0.1:${port}: `);
      await started({ port, log });
      expect(await (await opening)?.head()).toBe(-1);
    });

    test('is not waited for without end', async () => {
      server.stop();
      await expect(opened(server.connectionString)).rejects.toThrow(
        /did not answer within 0\.8 s .* Start the server, or correct EVENTSTOREDB_URL/,
      );
    });

    test('loses no append when it comes back', async () => {
      const stream = aStream();
      await store.append(stream, facts(1), 'no-stream');
      const { port, log } = server;
      server.stop();
      const append = store.append(stream, facts(1), 0);
      await started({ port, log });
      await expect(append).resolves.toMatchObject({ revision: 1 });
      expect(await store.readStream(stream)).toHaveLength(2);
    });

    test('is an error that says what to do when an append has waited long enough', async () => {
      server.stop();
      await expect(store.append(aStream(), facts(1), 'no-stream')).rejects.toMatchObject({ code: 'store-unavailable' });
      await expect(store.readAll(-1, 1)).rejects.toThrow(/did not answer within 2 s .* Check the server/);
    });
  });

  describe('that fails while it is read', () => {
    test.each(['refused', 'broken in the middle', 'silent'] as const)('gives each event once (%s)', async (mood) => {
      const stream = aStream();
      await store.append(stream, facts(5), 'no-stream');
      server.nextReads(mood);
      expect((await store.readStream(stream)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
      server.nextReads(mood);
      expect(await store.readAll(-1, 5)).toHaveLength(5);
    });

    test('has no call left open by a reader that had enough', async () => {
      await store.append(aStream(), facts(50), 'no-stream');
      await store.readAll(-1, 1);
      await store.head();
      for await (const _ of store.subscribe(-1, { signal: new AbortController().signal, batchSize: 1 })) break;
      await server.until(({ openReads }) => openReads === 0);
      expect(server.openReads).toBe(0);
    });
  });

  describe('that ends subscriptions', () => {
    test.each(['cleanly', 'broken', 'in silence'] as const)('is followed without gap or repeat (%s)', async (how) => {
      const follower = following(-1, 8);
      const sent: string[] = [];
      for (let round = 1; round <= 4; round += 1) {
        const events = facts(10);
        sent.push(...idsOf(events));
        await store.append(aStream(), events, 'no-stream');
        if (round % 2 === 0) await follower.reached(sent.length);
        server.endSubscriptions(how);
      }
      await follower.reached(sent.length);
      expect(idsOf(follower.events)).toEqual(sent);
      expect(notices.join()).toMatch(/Following EventStoreDB at .* was interrupted after position -?\d+, resuming/);
    });

    test.each(['refused', 'silent'] as const)('is followed though it takes none at first (%s)', async (mood) => {
      server.nextSubscriptions(mood, mood);
      const follower = following(-1);
      await store.append(aStream(), facts(2), 'no-stream');
      await follower.reached(2);
      expect(follower.events).toHaveLength(2);
    });

    test('is followed across its own restart', async () => {
      const follower = following(-1);
      await store.append(aStream(), facts(3), 'no-stream');
      await follower.reached(3);
      const { port, log } = server;
      server.stop();
      await started({ port, log });
      await store.append(aStream(), facts(2), 'no-stream');
      await follower.reached(5);
      expect(idsOf(follower.events)).toEqual(idsOf(await store.readAll(-1, 10)));
    });
  });

  describe('that is a cluster', () => {
    test('is written and read at its leader, which the follower names', async () => {
      const follower = await started({ log: server.log });
      follower.leader = server;
      const stream = aStream();
      const viaFollower = await opened(follower.connectionString);
      await expect(viaFollower.append(stream, facts(1), 'no-stream')).resolves.toMatchObject({ revision: 0 });
      expect(await viaFollower.readStream(stream)).toHaveLength(1);
    });

    test('is found through any of its nodes', async () => {
      const follower = await started({ log: server.log });
      follower.leader = server;
      const nodes = [follower, server].map(({ host, port }) => `${host}:${port}`);
      const cluster = await opened(`esdb://${nodes.join(',')}?tls=false`);
      await expect(cluster.append(aStream(), facts(1), 'no-stream')).resolves.toMatchObject({ revision: 0 });
    });

    test('is followed to its new leader', async () => {
      const stream = aStream();
      await store.append(stream, facts(1), 'no-stream');
      server.leader = await started({ log: server.log });
      await expect(store.append(stream, facts(1), 0)).resolves.toMatchObject({ revision: 1 });
    });
  });

  describe('that is not ours alone', () => {
    const foreign = { id: crypto.randomUUID(), type: 'OrderPlaced', contentType: 'application/json' };
    const json = (value: unknown) => Buffer.from(JSON.stringify(value));

    test.each([
      ['of another program', { ...foreign, data: json({}), metadata: json({}) }],
      ['without metadata', { ...foreign, data: json({}), metadata: Buffer.alloc(0) }],
      ['that is no JSON', { ...foreign, contentType: 'application/octet-stream', data: json({}), metadata: json({}) }],
      ['whose JSON is broken', { ...foreign, data: Buffer.from('{'), metadata: json({ version: 1, envelope: {} }) }],
    ])('is refused at an event %s, naming its position', async (_, event) => {
      const outcome = server.log.append('orders', -1, [event]);
      const position = outcome.kind === 'appended' ? String(outcome.position) : '';
      const refusal = new RegExp(`event at position ${position} .* was not written by this registry`);
      await expect(store.readAll(-1, 10)).rejects.toMatchObject({ code: 'foreign-log' });
      await expect(store.readStream('orders')).rejects.toThrow(refusal);
      await expect(opened(server.connectionString)).rejects.toThrow(refusal);
      const abort = new AbortController();
      await expect(new Follower(store, -1, abort.signal).ended).rejects.toThrow(refusal);
    });

    test('is refused when a stream lost its beginning', async () => {
      const stream = aStream();
      await store.append(stream, facts(3), 'no-stream');
      server.log.stream(stream).shift();
      await expect(store.readStream(stream)).rejects.toMatchObject({ code: 'corrupt-log' });
      await expect(store.readStream(stream)).rejects.toThrow(/event 0 is gone from the server/);
    });

    test('is refused when its positions are beyond exact numbers', async () => {
      const far = await started({ log: new MemoryLog({ firstPosition: 2n ** 53n }) });
      const beyond = await opened(far.connectionString);
      await expect(beyond.append(aStream(), facts(1), 'no-stream')).rejects.toMatchObject({ code: 'corrupt-log' });
    });

    test('is refused at once when it does not let us in', async () => {
      server.nextReads('forbidden');
      await expect(opened(server.connectionString)).rejects.toMatchObject({ code: 'misconfigured' });
    });

    test('refuses an append larger than it takes', async () => {
      const small = await started({ log: new MemoryLog({ maxAppendBytes: 1000 }) });
      const tight = await opened(small.connectionString);
      const append = tight.append(aStream(), [aFact({ data: { text: 'x'.repeat(1000) } })], 'no-stream');
      await expect(append).rejects.toMatchObject({ code: 'event-refused' });
      await expect(append).rejects.toThrow(/at most 1000 bytes/);
    });
  });
});
