import { setTimeout as pause } from 'node:timers/promises';
import { italy } from '#domain';
import { NotSent, PROCESS_ACTOR, ProcessDatabase, ProcessEngine, due, processesFor, send } from '#processes';
import type { EngineOptions, Process, ProcessDatabaseSettings, Wish } from '#processes';
import { onBothDatabases } from '../read-models/databases';
import { cutIn, letterBox, randomFrom } from './cuts';
import { aWorld, at, field, house, live, question } from './story';
import type { World } from './story';

const ESCALATE_TO = 'RPCT';

const asked = { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: 'Why?' };

interface Row {
  readonly id: string;
  readonly what: string;
  readonly status: string;
}

describe('the engine of the process managers', () => {
  onBothDatabases((fresh, kind) => {
    let world: World;
    let databases: ProcessDatabase[];
    let engines: ProcessEngine[];
    beforeEach(async () => {
      world = await aWorld();
      databases = [];
      engines = [];
    });
    afterEach(async () => {
      // Those of a test that failed would keep the whole run from ending.
      for (const engine of engines) await engine.stop();
      for (const database of databases) await database.close();
      await world.close();
    });

    const opened = async (settings: ProcessDatabaseSettings): Promise<ProcessDatabase> => {
      const database = await ProcessDatabase.open(settings, world.now);
      databases.push(database);
      return database;
    };
    const engineOn = (database: ProcessDatabase, over: Partial<EngineOptions> = {}): ProcessEngine => {
      const engine = new ProcessEngine({
        store: world.store,
        recorder: world.recorder,
        database,
        processes: processesFor(italy, ESCALATE_TO),
        profile: italy,
        transport: letterBox(),
        book: { lines: [], otherwise: { to: 'officers@localhost', language: 'it' } },
        letterhead: { from: 'registry@localhost' },
        clock: () => world.now,
        graceMs: 0,
        ...over,
      });
      engines.push(engine);
      return engine;
    };
    const effects = (database: ProcessDatabase): Promise<Row[]> =>
      database.query<Row>('SELECT id, what, status FROM effects ORDER BY at, id');
    const byProcess = async () => (await world.log()).filter(({ metadata }) => metadata.source.kind === 'process');

    it('does in a year what the calendar asks for, once', async () => {
      const database = await opened(await fresh());
      const box = letterBox();
      const engine = engineOn(database, { transport: box });
      await live(world, async () => {
        await engine.round();
        await engine.deliver();
      });
      expect((await byProcess()).map(({ type, stream, metadata }) => [type, stream, metadata.occurredOn])).toEqual([
        ['ThreadEscalated', `dialogue-${question}`, '2026-03-04'],
        ['CallClosed', expect.stringMatching(/^call-/), '2026-03-20'],
        ['AssignmentProposed', `asset-${field}`, '2026-03-25'],
        ['AgreementTerminated', `asset-${house}`, '2026-07-01'],
      ]);
      for (const { metadata } of await byProcess()) expect(metadata.actor).toEqual(PROCESS_ACTOR);
      expect(box.messages.map(({ subject }) => subject)).toEqual([
        `Risposta in ritardo: ${question}`,
        `Passata al tuo ufficio per una risposta: ${question}`,
        'Il bando sta per chiudersi: A field to be farmed',
        'Bando chiuso: A field to be farmed',
        `La convenzione finisce tra 90 giorni: House by the sea (${house})`,
        `Termine scaduto: Field (${field})`,
        `Serve ancora sostegno: House by the sea (${house})`,
        `La convenzione finisce tra 30 giorni: House by the sea (${house})`,
        `Convenzione scaduta: House by the sea (${house})`,
        `Sopralluogo in ritardo: House by the sea (${house})`,
      ]);
      const health = await engine.health();
      expect(health).toMatchObject({
        ready: true,
        standby: false,
        effects: { pending: 0 },
        messages: { waiting: 0, sent: 10, dead: 0 },
      });
      expect(health.processes.map(({ name, lag }) => [name, lag])).toEqual([
        ['assets', 0],
        ['calls', 0],
        ['dialogues', 0],
        ['groups', 0],
        ['publication', 0],
      ]);
      await engine.stop();
    });

    it('tells and records the same, each once, wherever it is cut off', async () => {
      const reference = await told(world, await opened(await fresh()));
      for (const seed of kind === 'sqlite' ? [1, 2, 3] : [7]) {
        const again = await aWorld();
        const random = randomFrom(seed);
        const settings = await fresh();
        const first = await ProcessDatabase.open(settings, again.now);
        const box = letterBox();
        let cuts = 0;
        /** Fails before or after what it wraps, as a program that is killed there leaves things. */
        const cut = async <Result>(task: () => Promise<Result>): Promise<Result> => {
          const where = random();
          if (where < 0.15) throw cutOff();
          const result = await task();
          if (where > 0.85) throw cutOff();
          return result;
        };
        const cutOff = (): Error => {
          cuts += 1;
          return new NotSent('temporary', 'cut off');
        };
        await live(again, async () => {
          for (let done = false; !done;) {
            const engine = engineOn(first, {
              database: cutIn(first, cut),
              store: again.store,
              clock: () => again.now,
              transport: box,
              batchSize: 1 + Math.floor(random() * 10),
              recorder: {
                state: (of, id) => again.recorder.state(of, id),
                record: (...command) => cut(() => again.recorder.record(...command)),
              },
            });
            try {
              await engine.round();
              await engine.deliver();
              done = (await engine.health()).messages.waiting === 0;
            } catch (error) {
              expect(String(error)).toContain('cut off');
            } finally {
              await engine.stop();
            }
          }
        });
        expect(cuts).toBeGreaterThan(10);
        const shown = ({ id, stream, data, metadata }: Awaited<ReturnType<World['log']>>[number]) => ({
          id,
          stream,
          data,
          // Chance alone.
          metadata: { ...metadata, salt: undefined },
        });
        expect((await again.log()).map(shown)).toEqual(reference.log.map(shown));
        expect((await effects(first)).map(({ id }) => id)).toEqual(reference.effects.map(({ id }) => id));
        expect(new Set(box.messages.map(({ id }) => id))).toEqual(new Set(reference.messages.map(({ id }) => id)));
        await first.close();
        await again.close();
      }
    }, 240_000);

    async function told(of: World, database: ProcessDatabase) {
      const box = letterBox();
      const engine = engineOn(database, { transport: box });
      await live(of, async () => {
        await engine.round();
        await engine.deliver();
      });
      await engine.stop();
      return { log: await of.log(), effects: await effects(database), messages: box.messages };
    }

    it('sends and records nothing again from a new version, or when its database is lost', async () => {
      const settings = await fresh();
      const database = await opened(settings);
      const before = await told(world, database);

      const newer = processesFor(italy, ESCALATE_TO).map((process): Process => ({ ...process, version: 2 }));
      const box = letterBox();
      const upgraded = engineOn(database, { transport: box, processes: newer });
      await upgraded.round();
      await upgraded.deliver();
      await upgraded.stop();
      expect(box.messages).toEqual([]);
      expect(await effects(database)).toEqual(before.effects);
      expect((await world.log()).length).toBe(before.log.length);

      const lost = await opened(await fresh());
      const rebuilt = engineOn(lost, { transport: box });
      await rebuilt.round();
      await rebuilt.deliver();
      await rebuilt.stop();
      expect(box.messages).toEqual([]);
      expect((await world.log()).length).toBe(before.log.length);
      const now = await effects(lost);
      expect(now.map(({ id }) => id)).toEqual(before.effects.map(({ id }) => id));
      expect(new Set(now.map(({ status }) => status))).toEqual(new Set(['stale', 'overtaken']));
      const stale = await lost.query<{ detail: string }>("SELECT detail FROM effects WHERE status = 'stale'");
      for (const { detail } of stale) expect(detail).toMatch(/fell due before 2027-0/);
    });

    it('is known again by the log where it sends a command although it need not', async () => {
      await told(world, await opened(await fresh()));
      const log = await world.log();
      const answers: string[] = [];
      for (const process of processesFor(italy, ESCALATE_TO)) {
        const states = new Map<string, unknown>();
        for (const event of log)
          for (const key of process.keysOf(event)) {
            const state = states.get(key);
            const planned = state === undefined ? [] : due(process, state, key, event.metadata.recordedAt).effects;
            // Each command as it was wished before the event that answered it.
            if (event.metadata.source.kind === 'process')
              for (const wish of planned.filter((each): each is Wish => each.kind === 'command'))
                if (wish.stream === event.stream) answers.push((await send(world.recorder, process.name, wish)).kind);
            states.set(key, process.apply(state, event, key));
          }
      }
      expect(answers).toEqual(['repeated', 'repeated', 'repeated', 'repeated']);
      expect((await world.log()).length).toBe(log.length);
    });

    it('lets one engine work, and the other say that it stands by and take over', async () => {
      const settings = await fresh();
      const notices: string[] = [];
      const [one, other] = [
        engineOn(await opened(settings)),
        engineOn(await opened(settings), { onNotice: (notice) => notices.push(notice) }),
      ];
      await one.start();
      await other.start();
      expect(notices).toEqual([expect.stringContaining('stands by')]);
      expect((await other.health()).standby).toBe(true);
      expect((await one.health()).standby).toBe(false);
      await one.stop();
      // An attempt that was under way before the lock was given back is answered no; the next one is not.
      await other.round();
      await other.round();
      expect((await other.health()).standby).toBe(false);
      await other.stop();
    });

    it('does nothing before it has looked where each process stands, whoever asks meanwhile', async () => {
      let look = (): void => undefined;
      const looking = new Promise<void>((resolve) => (look = resolve));
      const { store } = world;
      const slow = {
        head: () => looking.then(() => store.head()),
        readAll: (...request: Parameters<typeof store.readAll>) => store.readAll(...request),
      } as typeof store;
      const engine = engineOn(await opened(await fresh()), { store: slow });
      const first = engine.round();
      await pause(200);
      const second = engine.round();
      look();
      await expect(Promise.all([first, second])).resolves.toEqual([undefined, undefined]);
      await engine.stop();
    });

    it('keeps nothing of a batch when somebody else moved the checkpoint, and goes on from there', async () => {
      const database = await opened(await fresh());
      const engine = engineOn(database);
      await world.record(`dialogue-${question}`, 'ask-question', '2026-01-01', asked);
      await engine.round();
      const before = await effects(database);
      await database.query('UPDATE processes SET applied = 7, checkpoint = 0');
      world.now = at('2026-02-10');
      await expect(engine.round()).rejects.toThrow('Another program runs the process');
      expect(await effects(database)).toEqual(before);
      expect(await byProcess()).toEqual([]);
    });

    it('stops a process before an event it cannot take, alone, and says so', async () => {
      await live(world, async () => undefined).catch(() => undefined);
      const [assets, ...others] = processesFor(italy, ESCALATE_TO);
      const choking: Process = {
        ...assets!,
        apply: (state, event, key) => {
          if (event.type === 'AgreementSigned') throw new Error('it chokes');
          return assets!.apply(state, event, key);
        },
      };
      const engine = engineOn(await opened(await fresh()), { processes: [choking, ...others] });
      await engine.round();
      const { ready, reasons, processes } = await engine.health();
      expect([ready, reasons]).toEqual([
        false,
        [expect.stringMatching(/"assets" stopped before position \d+: it chokes/)],
      ]);
      expect(processes.map(({ name, stopped, lag }) => [name, stopped !== undefined, lag > 0])).toEqual([
        ['assets', true, true], ['calls', false, false], ['dialogues', false, false], ['groups', false, false],
        ['publication', false, false],
      ]); // prettier-ignore
      await engine.stop();
    });

    it('tells the agency what the domain refused, where it is still wanted', async () => {
      const box = letterBox();
      const database = await opened(await fresh());
      const refusing: EngineOptions['recorder'] = {
        state: (of, id) => world.recorder.state(of, id),
        record: async () => ({
          kind: 'refused',
          refusal: { code: 'thread-closed', rule: null, source: 'a rule', message: 'It may not be.', facts: {} },
        }),
      };
      const engine = engineOn(database, { transport: box, recorder: refusing });
      world.now = at('2026-01-01');
      await world.record(`dialogue-${question}`, 'ask-question', '2026-01-01', asked);
      world.now = at('2026-02-10');
      for (let round = 0; round < 3; round += 1) await engine.round();
      await engine.deliver();
      expect((await effects(database)).map(({ what, status }) => [what, status]).sort()).toEqual([
        ['answer-overdue', 'released'], ['command-refused', 'released'], ['escalate-thread', 'refused'],
      ]); // prettier-ignore
      expect(box.messages.map(({ text }) => text).join()).toContain('It may not be.');
      await engine.stop();
    });
  });
});
