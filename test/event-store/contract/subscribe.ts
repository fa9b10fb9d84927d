import type { RecordedEvent } from '#domain';
import { aStream, facts, idsOf } from '../facts';
import { Follower } from '../follower';
import type { TheStore } from '../contract';

export function subscribeContract(theStore: TheStore): void {
  describe('subscribing', () => {
    let abort: AbortController;
    beforeEach(() => {
      abort = new AbortController();
    });
    afterEach(() => abort.abort());

    test('gives the past, then the present', async () => {
      const after = await theStore().head();
      const past = facts(3);
      await theStore().append(aStream(), past, 'no-stream');
      const follower = new Follower(theStore(), after, abort.signal);
      await follower.reached(3);
      const present = facts(2);
      await theStore().append(aStream(), present, 'no-stream');
      await follower.reached(5);
      expect(idsOf(follower.events)).toEqual(idsOf([...past, ...present]));
    });

    test('skips and repeats nothing while many write', async () => {
      const after = await theStore().head();
      const count = 400;
      const write = async () => {
        for (let place = 0; place < count / 8; place += 1) {
          await theStore().append(aStream(), facts(1), 'no-stream');
        }
      };
      const writers = Array.from({ length: 8 }, write);
      const early = new Follower(theStore(), after, abort.signal);
      await early.reached(50);
      const late = new Follower(theStore(), after, abort.signal, 16);
      await Promise.all([...writers, early.reached(count), late.reached(count)]);
      const log = idsOf(await theStore().readAll(after, count * 2));
      expect(log).toHaveLength(count);
      expect(idsOf(early.events)).toEqual(log);
      expect(idsOf(late.events)).toEqual(log);
    });

    test('begins after the position it is given', async () => {
      await theStore().append(aStream(), facts(4), 'no-stream');
      const { position } = await theStore().append(aStream(), facts(1), 'no-stream');
      const later = facts(2);
      await theStore().append(aStream(), later, 'no-stream');
      const follower = new Follower(theStore(), position, abort.signal);
      await follower.reached(2);
      expect(idsOf(follower.events)).toEqual(idsOf(later));
    });

    test('gives batches that are never empty and never too large', async () => {
      const after = await theStore().head();
      await theStore().append(aStream(), facts(25), 'no-stream');
      const follower = new Follower(theStore(), after, abort.signal, 10);
      await follower.reached(25);
      for (const size of follower.batches) expect(size).toBeGreaterThan(0);
      expect(Math.max(...follower.batches)).toBeLessThanOrEqual(10);
    });

    test('waits for a subscriber that is slow, and loses nothing meanwhile', async () => {
      const after = await theStore().head();
      await theStore().append(aStream(), facts(3), 'no-stream');
      const batches = theStore().subscribe(after, { signal: abort.signal, batchSize: 1 });
      const read: RecordedEvent[] = [];
      for await (const batch of batches) {
        read.push(...batch);
        if (read.length < 6) await theStore().append(aStream(), facts(1), 'no-stream');
        if (read.length === 8) abort.abort();
      }
      expect(idsOf(read)).toEqual(idsOf(await theStore().readAll(after, 100)));
    });

    test('ends without an error when it is aborted, waiting or not', async () => {
      const waiting = new Follower(theStore(), await theStore().head(), abort.signal);
      await theStore().append(aStream(), facts(1), 'no-stream');
      await waiting.reached(1);
      abort.abort();
      await expect(waiting.ended).resolves.toBeUndefined();
      const late = new Follower(theStore(), -1, abort.signal);
      await expect(late.ended).resolves.toBeUndefined();
      expect(late.events).toEqual([]);
    });

    test('can be left in the middle and taken up again', async () => {
      const after = await theStore().head();
      await theStore().append(aStream(), facts(6), 'no-stream');
      const read: RecordedEvent[] = [];
      for await (const batch of theStore().subscribe(after, { signal: abort.signal, batchSize: 2 })) {
        read.push(...batch);
        if (read.length >= 4) break;
      }
      const rest = new Follower(theStore(), read.at(-1)?.position ?? after, abort.signal);
      await rest.reached(6 - read.length);
      expect(idsOf([...read, ...rest.events])).toEqual(idsOf(await theStore().readAll(after, 100)));
    });

    test('lets others work while a subscriber that never waits catches up', async () => {
      const after = await theStore().head();
      await theStore().append(aStream(), facts(200), 'no-stream');
      const follower = new Follower(theStore(), after, abort.signal, 1);
      await follower.reached(1);
      await theStore().append(aStream(), facts(1), 'no-stream');
      expect(follower.events.length).toBeLessThan(200);
      await follower.reached(201);
    });

    test('ends without an error when the store closes', async () => {
      const follower = new Follower(theStore(), await theStore().head(), abort.signal);
      await theStore().append(aStream(), facts(1), 'no-stream');
      await follower.reached(1);
      await theStore().close();
      await expect(follower.ended).resolves.toBeUndefined();
    });
  });
}
