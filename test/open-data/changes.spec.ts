import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { dateOf, italy } from '#domain';
import { REGISTRY_SOURCE } from '#privacy';
import type { CloudEvent } from '#privacy';
import { ReadDatabase, changesAfter } from '#read-models';
import { Recorder } from '#recording';
import { exportLog } from '../../apps/auditor/export';
import { CANARY, people, BY_PEOPLE_ALONE, recordScene, scene } from '../api/civic-scene';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';

const NEXT = /<([^>]+)>; rel="next"/;

describe('the change feed', () => {
  let system: TestSystem;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changes-'));
    system = await aSystem(BY_PEOPLE_ALONE);
    await recordScene(system.store, new Date().toISOString());
    await system.projecting.runner.reached(await system.store.head(), 10_000);
  }, 60_000);
  afterAll(async () => {
    await closed(system);
    await rm(folder, { recursive: true });
  });

  /** Follows the feed from a cursor until nothing is new, as a program would. */
  async function followed(from: string): Promise<{ events: CloudEvent[]; next: string }> {
    const events: CloudEvent[] = [];
    for (let address = from; ;) {
      const answer = await system.get(address);
      expect([address, answer.status, answer.headers.get('content-type')]).toEqual([address, 200, 'application/cloudevents-batch+json; charset=utf-8']); // prettier-ignore
      const page = (await answer.json()) as CloudEvent[];
      const next = NEXT.exec(answer.headers.get('link') ?? '')![1]!;
      if (page.length === 0) return { events, next };
      events.push(...page);
      address = next;
    }
  }
  const exported = async (): Promise<CloudEvent[]> => {
    const path = join(folder, `${randomUUID()}.ndjson`);
    await exportLog(system.store, path, REGISTRY_SOURCE);
    return (await readFile(path, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as CloudEvent); // prettier-ignore
  };
  /** What the pages do not show yet, or no longer. */
  const isHidden = ({ subject }: CloudEvent): boolean => subject === `call-${scene.draft}`;

  it.each([1, 7, 1000])('is what the auditor exports, event by event, in pages of %i', async (limit) => {
    const { events } = await followed(`/api/v1/changes?limit=${limit}`);
    const all = await exported();
    expect(events.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(events.filter((event) => !isHidden(event))).toEqual(all.filter((event) => !isHidden(event)));
    expect(new Set(events.map(({ subject }) => subject.split('-')[0]))).toEqual(new Set(['asset', 'organisation', 'call', 'dialogue', 'group'])); // prettier-ignore
    expect(JSON.stringify(events)).not.toContain(CANARY);
  });

  it('goes on from where a reader stopped, to what was recorded since and nothing else', async () => {
    const { events, next } = await followed('/api/v1/changes');
    expect(next).toContain(`after=${events.at(-1)!.sequence}`);
    const recorder = new Recorder(system.store, { profile: italy });
    const origin = { actor: people.drafter, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'test' }; // prettier-ignore
    const described = { name: 'describe-asset', occurredOn: '2020-01-01', data: { title: 'Villa Rosa al Mare' } };
    expect(await recorder.record(`asset-${scene.villa}`, described, origin)).toMatchObject({ kind: 'recorded' });
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    expect((await followed(next)).events.map(({ type, data }) => [type, data.occurredOn])).toEqual([['AssetDescribed', '2020-01-01']]); // prettier-ignore
  });

  it('says nothing of a call before it is published but that entries are there', async () => {
    const { events } = await followed('/api/v1/changes');
    const drafted = (call: string): CloudEvent => events.find(({ type, subject }) => type === 'CallDrafted' && subject === `call-${call}`)!; // prettier-ignore
    expect(drafted(scene.draft).data).toMatchObject({ data: {}, withheld: expect.arrayContaining(['object', 'assets']) as string[] }); // prettier-ignore
    expect(drafted(scene.open).data).toMatchObject({ data: { object: 'Un secondo bando per la villa' } });
  });

  it('withholds what a later moderation took back', async () => {
    const recorder = new Recorder(system.store, { profile: italy });
    const actor = { subject: 'second', agency: 'ANBSC', role: 'officer' };
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'test' };
    const words = async (): Promise<unknown[]> =>
      (await followed('/api/v1/changes')).events
        .filter(({ type, subject }) => type === 'ThreadModerated' && subject === `dialogue-${scene.answered}`)
        .map(({ data }) => [data.data.text, data.withheld.includes('text')]);
    expect(await words()).toEqual([['Perché è vuota? […]', false]]);
    const withheld = { name: 'moderate-thread', occurredOn: dateOf(new Date().toISOString(), italy.timeZone), data: { outcome: 'withheld', reason: 'safety' } }; // prettier-ignore
    expect(await recorder.record(`dialogue-${scene.answered}`, withheld, origin)).toMatchObject({ kind: 'recorded' });
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    expect(await words()).toEqual([
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('is answered 304 while nothing is recorded', async () => {
    const tag = (await system.get('/api/v1/changes')).headers.get('etag')!;
    expect((await system.get('/api/v1/changes', { 'if-none-match': tag })).status).toBe(304);
  });

  it.each(['after=x', 'after=-2', 'after=1.5', 'limit=0', 'limit=1001', 'from=3'])('refuses %s and says what to do', async (query) => {
    const answer = await system.get(`/api/v1/changes?${query}`);
    const { errors } = (await answer.json()) as { errors: { pointer: string; detail: string }[] };
    expect(answer.status).toBe(400);
    if (!query.startsWith('from')) for (const { detail } of errors) expect(detail).toMatch(/^Give /);
  }); // prettier-ignore

  it('says where it ends, however far behind the end a cursor points', async () => {
    const database = await ReadDatabase.openForReading({ kind: 'sqlite', path: join(system.folder, 'read-models.sqlite') }); // prettier-ignore
    try {
      expect(await changesAfter(database, 1_000_000, 10)).toEqual({ events: [], position: await system.store.head() });
    } finally {
      await database.close();
    }
  });
});
