import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { ProcessDatabase, ProcessEngine, processesFor } from '#processes';
import { Recorder } from '#recording';
import { onBothDatabases } from '../read-models/databases';
import { letterBox } from './cuts';
import { aWorld, assigned, at, field, house, logOf, registered } from './story';

describe('a log that was put back as it was before the process managers read it', () => {
  onBothDatabases((fresh) => {
    it('is read anew: what it lost is recorded again, once, and nothing new is passed over', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'rolled-back-'));
      const world = await aWorld();
      const database = await ProcessDatabase.open(await fresh(), world.now);
      const notices: string[] = [];
      const box = letterBox();
      const engineOn = (store: EventStore): ProcessEngine =>
        new ProcessEngine({
          store,
          recorder: new Recorder(store, { profile: italy, clock: () => world.now }),
          database,
          processes: processesFor(italy, 'RPCT'),
          profile: italy,
          transport: box,
          book: { lines: [], otherwise: { to: 'officers@localhost', language: 'it' } },
          letterhead: { from: 'registry@localhost' },
          clock: () => world.now,
          graceMs: 0,
          onNotice: (notice) => notices.push(notice),
        });
      await registered(world);
      await assigned(world, house, '2026-06-30');
      const backedUp = await world.log();
      world.now = at('2026-07-02');
      const first = engineOn(world.store);
      await first.round();
      await first.deliver();
      await first.stop();
      expect((await world.log()).map(({ type }) => type).filter((type) => type === 'AgreementTerminated')).toHaveLength(1); // prettier-ignore
      const told = box.messages.length;
      expect([told > 0, notices]).toEqual([true, []]);

      // The log as it was before, on another machine, beside a database that knows more.
      const store = openEmbeddedLog(join(folder, 'events.sqlite'));
      for (const { stream, revision, position: _, ...event } of backedUp)
        await store.append(stream, [event], revision === 0 ? 'no-stream' : revision - 1);
      const again = engineOn(store);
      await again.round();
      await again.deliver();
      expect(notices).toEqual([expect.stringContaining('it was put back as it was earlier')]);
      const terminated = async () => (await logOf(store)).filter(({ type }) => type === 'AgreementTerminated').map(({ stream }) => stream); // prettier-ignore
      expect(await terminated()).toEqual([`asset-${house}`]);
      expect(box.messages).toHaveLength(told);

      // What is recorded in the place of what was lost.
      const recorder = new Recorder(store, { profile: italy, clock: () => world.now });
      const anew = { ...world, store, recorder, record: recordInto(recorder, store) };
      world.now = at('2026-07-03');
      await assigned(anew, field, '2026-07-31', 'Field');
      world.now = at('2026-08-02');
      await again.round();
      expect(await terminated()).toEqual([`asset-${house}`, `asset-${field}`]);
      await again.stop();
      await database.close();
      await store.close();
      await world.close();
      await rm(folder, { recursive: true });
    });
  });
});

/** Records into another log than that of the world. */
function recordInto(recorder: Recorder, store: EventStore): Awaited<ReturnType<typeof aWorld>>['record'] {
  let recorded = 0;
  return async (stream, name, occurredOn, data = {}, actor = { subject: 'officer-1', agency: 'ANBSC', role: 'officer' }) => {
    recorded += 1;
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: `anew-${recorded}`, correlationId: 'anew' };
    const result = await recorder.record(stream, { name, occurredOn, data }, origin);
    if (result.kind !== 'recorded') throw new Error(`${name}: ${JSON.stringify(result)}`);
    const [event] = await store.readStream(stream, { from: result.revision, max: 1 });
    return event!.id;
  };
} // prettier-ignore
