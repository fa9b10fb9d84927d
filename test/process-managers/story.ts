import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetIdFrom, idFrom, italy } from '#domain';
import type { Actor, Instant, JsonObject, LegalDate, RecordedEvent, StreamName } from '#domain';
import { START, openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';
import { award, criteria, submission } from '../domain/calls';

/** A year of two assets, a call and a question, told through the recorder as people would record it. */

export const house = assetIdFrom('IT', 'it-anbsc', 'house');
export const field = assetIdFrom('IT', 'it-anbsc', 'field');
export const cooperative = idFrom('organisation', 'IT', 'it-runts', '1');
export const call = idFrom('call', 'IT', 'call', '1');
export const question = idFrom('dialogue', 'IT', 'question', '1');
export const NAME = 'Cooperativa Terra Buona';

export const officer: Actor = { subject: 'officer-1', agency: 'ANBSC', role: 'officer' };
export const approver: Actor = { subject: 'officer-2', agency: 'ANBSC', role: 'approver' };

/** A log with a clock that the test moves. */
export interface World {
  readonly store: EventStore;
  readonly recorder: Recorder;
  readonly folder: string;
  now: Instant;
  record(stream: StreamName, name: string, on: LegalDate, data?: JsonObject, by?: Actor): Promise<string>;
  log(): Promise<RecordedEvent[]>;
  close(): Promise<void>;
}

export async function aWorld(now: Instant = '2026-01-05T10:00:00.000Z'): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'process-managers-'));
  const store = openEmbeddedLog(join(folder, 'events.sqlite'));
  let recorded = 0;
  const world: World = {
    store,
    folder,
    now,
    recorder: new Recorder(store, { profile: italy, clock: () => world.now }),
    /** Answers the id of the entry. Keys are counted, so that two tellings of one story make one log. */
    record: async (stream, name, occurredOn, data = {}, actor = officer) => {
      recorded += 1;
      const origin = {
        actor,
        source: { kind: 'form' } as const,
        idempotencyKey: `step-${recorded}`,
        correlationId: 'story',
      };
      const result = await world.recorder.record(stream, { name, occurredOn, data }, origin);
      if (result.kind !== 'recorded') throw new Error(`${name}: ${JSON.stringify(result)}`);
      const [event] = await store.readStream(stream, { from: result.revision, max: 1 });
      return event!.id;
    },
    log: () => logOf(store),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

export async function logOf(store: Pick<EventStore, 'readAll'>): Promise<RecordedEvent[]> {
  const log: RecordedEvent[] = [];
  for (
    let batch = await store.readAll(START, 500);
    batch.length > 0;
    batch = await store.readAll(log.at(-1)!.position, 500)
  )
    log.push(...batch);
  return log;
}

export const at = (day: LegalDate): Instant => `${day}T12:00:00.000Z`;

/** An asset in the hands of the cooperative under an agreement that ends on a day. */
export async function assigned(world: World, asset: string, to: LegalDate, title = 'House by the sea'): Promise<void> {
  const stream = `asset-${asset}` as const;
  await world.record(stream, 'record-seizure', '2015-03-12', {
    kind: 'real-estate',
    title,
    location: { country: 'IT', region: { code: '19', name: 'Sicilia' } },
  });
  await world.record(stream, 'order-confiscation', '2016-05-01', { instance: 'first' });
  await world.record(stream, 'make-confiscation-final', '2018-01-10');
  const given = { organisation: cooperative, name: NAME };
  const proposal = await world.record(stream, 'propose-assignment', '2026-01-01', {
    ...given,
    directGround: 'Art. 48',
    reasons: 'It is near.',
  });
  await world.record(stream, 'approve-assignment', '2026-01-02', { proposal }, approver);
  const terms = {
    act: { number: '1' },
    object: 'Social work',
    from: '2026-01-03',
    to,
    charge: 'free',
    renewable: true,
  };
  await world.record(stream, 'sign-agreement', '2026-01-03', { proposal, ...given, ...terms });
  await world.record(stream, 'record-handover', '2026-01-04');
}

export async function registered(world: World): Promise<void> {
  const stream = `organisation-${cooperative}` as const;
  await world.record(stream, 'register-organisation', '2020-03-01', { kind: 'public-authority', name: NAME });
  await world.record(stream, 'verify-organisation', '2020-05-01', { checks: ['identity'] }, approver);
}

/** What people do, and on which day; what is due in between is the processes' work. */
export const steps: readonly { readonly on: LegalDate; readonly happens: (world: World) => Promise<void> }[] = [
  {
    on: '2026-01-05',
    happens: async (world) => {
      await registered(world);
      await assigned(world, house, '2026-06-30');
      const stream = `asset-${house}` as const;
      await world.record(stream, 'publish-support-need', '2026-01-05', {
        kind: 'works',
        title: 'A new roof',
        quantity: { value: 1, scale: 0, unit: 'piece' },
        neededBy: '2026-05-15',
      });
    },
  },
  {
    on: '2026-01-06',
    happens: async (world) => {
      const stream = `asset-${field}` as const;
      await world.record(stream, 'record-seizure', '2015-03-12', { kind: 'real-estate', title: 'Field' });
      await world.record(stream, 'order-confiscation', '2016-05-01', { instance: 'first' });
      await world.record(stream, 'make-confiscation-final', '2026-01-06');
    },
  },
  {
    on: '2026-02-01',
    happens: async (world) => {
      const asked = { kind: 'question', asset: house, addressedTo: 'ANBSC', text: 'Why?' };
      await world.record(`dialogue-${question}`, 'ask-question', '2026-02-01', asked);
    },
  },
  {
    on: '2026-02-10',
    happens: async (world) => {
      const draft = {
        assets: [field], object: 'A field to be farmed', summary: 'We look for somebody who farms it.', criteria, tieBreak: 'earliest',
        deadline: '2026-03-20T12:00:00+01:00', sealing: { scheme: 'threshold-x25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
      }; // prettier-ignore
      await world.record(`call-${call}`, 'draft-call', '2026-02-10', draft);
      await world.record(`call-${call}`, 'publish-call', '2026-02-10', {}, approver);
    },
  },
  {
    on: '2026-02-20',
    happens: async (world) =>
      void (await world.record(`call-${call}`, 'submit-application', '2026-02-20', submission(cooperative))),
  },
  { on: '2026-03-25', happens: awarded },
  { on: '2027-03-01', happens: async () => undefined },
];

async function awarded(world: World): Promise<void> {
  const stream = `call-${call}` as const;
  const record = (name: string, data: JsonObject, by = officer) => world.record(stream, name, '2026-03-25', data, by);
  const application = (await world.store.readStream(stream)).find(({ type }) => type === 'ApplicationSubmitted')!.id;
  const row = { application, organisation: cooperative };
  await record('open-applications', { custodians: ['ANBSC'], releasedKey: 'ef'.repeat(32), applications: [row] });
  await record('admit-application', { application });
  const anna: Actor = { subject: 'anna', agency: 'ANBSC', role: 'evaluator' };
  await record('appoint-evaluator', { account: { login: 'anna', agency: 'ANBSC' }, name: 'Anna Verdi' });
  await record('score-application', { application, criterion: 'impact', points: 30 }, anna);
  await record('score-application', { application, criterion: 'plan', points: 7 }, anna);
  const points = [
    { criterion: 'impact', sum: 30 },
    { criterion: 'plan', sum: 7 },
  ];
  const ranking = [{ application, points, weightedTotal: { numerator: '100', denominator: '1' } }];
  await record('award-call', { ...award, ranking, evaluators: 1, awardedTo: application }, approver);
}

/** The days on which the processes get to work: every step, and a look now and then. */
export const days: readonly LegalDate[] = [
  ...new Set([
    ...steps.map(({ on }) => on),
    '2026-03-04', '2026-03-13', '2026-03-21', '2026-04-01', '2026-04-08', '2026-05-16', '2026-05-31', '2026-07-01', '2027-01-05',
  ]),
].sort(); // prettier-ignore

/** Lives through the year; `work` is called on each of the days, after what people did on it. */
export async function live(world: World, work: () => Promise<void>): Promise<void> {
  for (const day of days) {
    world.now = at(day);
    for (const { on, happens } of steps) if (on === day) await happens(world);
    await work();
  }
}
