import { randomUUID } from 'node:crypto';
import { dateOf, italy } from '#domain';
import { makeDay } from '#read-models';
import { Recorder } from '#recording';
import type { Portal } from '../../apps/portal/server';
import { scene } from '../api/civic-scene';
import { GrowingWorld, entriesInOrder } from './growing-world';

const DAY = '2026-11-24';
const LATER = '2026-11-25';
/** A word of the question that only the published text holds, and one of its answer. */
const [WORD, OF_ANSWER] = ['vuota', 'aspettano'];

/** Whatever shows or finds what may be read of a thread. */
const addresses = [
  `/api/v1/dialogues/${scene.answered}`,
  '/api/v1/dialogues',
  '/api/v1/dialogues.csv',
  '/api/v1/dialogues.json',
  '/api/v1/changes?limit=1000',
  `/it/dialogo/${scene.answered}`,
  '/it/dialogo',
  '/it/dialogo/feed.atom',
  '/it/feed.atom',
  `/it/beni/${scene.villa}`,
  `/it/beni/${scene.villa}/feed.atom`,
] as const;
const byWords = ['/api/v1/dialogues?q=vuota', '/api/v1/search?q=vuota', '/it/dialogo?q=vuota', '/it/cerca?q=vuota'] as const; // prettier-ignore

describe('words that a moderator published and took back', () => {
  let world: GrowingWorld;
  let portal: Portal;
  /** The day of the question, long over. */
  let then: string;

  beforeAll(async () => {
    world = await GrowingWorld.begin();
    const { entries } = await entriesInOrder();
    await world.write(entries);
    await makeDay(world.store, { folder: world.knownDays, day: DAY, today: LATER, profile: italy });
    portal = await world.portalAt(`${LATER}T12:00:00.000Z`);
    const thread = (await (await fetch(`${portal.url}/api/v1/dialogues/${scene.answered}`)).json()) as { answeredOn: string }; // prettier-ignore
    then = thread.answeredOn;
  }, 120_000);
  afterAll(() => world.end());

  const ask = async (address: string): Promise<string> => {
    const answer = await fetch(portal.url + address);
    expect([address, answer.status]).toEqual([address, 200]);
    return Buffer.from(await answer.arrayBuffer()).toString('latin1');
  };
  const more = (address: string, what: string): string => `${address}${address.includes('?') ? '&' : '?'}${what}`;
  const takesAsOf = (address: string): boolean => /dialog/.test(address) && !/feed/.test(address);
  const asked = (): string[] =>
    [...addresses, ...byWords].flatMap((address) => [
      address,
      more(address, `knownAt=${DAY}`),
      ...(takesAsOf(address) ? [more(address, `asOf=${then}`), more(address, `asOf=${then}&knownAt=${DAY}`)] : []),
    ]);
  /** A page repeats what was searched for in its form and address: only what it found says the thread's id. */
  const shows = async (address: string): Promise<boolean> => {
    const body = await ask(address);
    return /[?&]q=/.test(address) ? body.includes(scene.answered) : body.includes(WORD);
  };
  const showing = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const address of asked()) if (await shows(address)) found.push(address);
    return found;
  };
  const moderate = async (subject: string, data: Readonly<Record<string, string>>): Promise<void> => {
    const recorder = new Recorder(world.store, { profile: italy });
    const actor = { subject, agency: 'ANBSC', role: 'moderator' };
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'test' };
    const occurredOn = dateOf(new Date().toISOString(), italy.timeZone);
    const done = await recorder.record(`dialogue-${scene.answered}`, { name: 'moderate-thread', occurredOn, data }, origin); // prettier-ignore
    expect(done).toMatchObject({ kind: 'recorded' });
    await world.write([]);
  };

  it('stand in all of these as long as the decision does, or this spec proves nothing', async () => {
    const shown = await showing();
    for (const address of ['/api/v1/dialogues', '/api/v1/changes?limit=1000', ...byWords])
      expect([address, shown.includes(address), shown.includes(more(address, `knownAt=${DAY}`))]).toEqual([address, true, true]); // prettier-ignore
    expect(shown.filter((address) => address.includes('asOf')).length).toBeGreaterThan(10);
  }, 60_000);

  it('are shown nowhere and found by nothing afterwards, on no day and of no day', async () => {
    const tag = (await fetch(`${portal.url}/api/v1/dialogues/${scene.answered}?knownAt=${DAY}`)).headers.get('etag');
    await moderate('second', { outcome: 'withheld', reason: 'safety' });
    expect(await showing()).toEqual([]);
    const again = await fetch(`${portal.url}/api/v1/dialogues/${scene.answered}?knownAt=${DAY}`, { headers: { 'if-none-match': tag! } }); // prettier-ignore
    expect(again.status).toBe(200);
  }, 60_000);

  it('are replaced by what was decided, with its reason; answers and dates stay', async () => {
    for (const day of ['', `asOf=${then}`, `knownAt=${DAY}`, `asOf=${then}&knownAt=${DAY}`]) {
      const thread = JSON.parse(await ask(`/api/v1/dialogues/${scene.answered}?${day}`)) as Record<string, unknown>;
      expect([day, thread]).toEqual([day, expect.objectContaining({ text: null, answeredOn: then })]);
      expect(JSON.stringify(thread)).toContain('safety');
      expect(await ask(`/it/dialogo/${scene.answered}?${day}`)).toContain('Si aspettano i lavori');
      expect([day, await ask(`/api/v1/dialogues?q=${OF_ANSWER}&${day.replace(/&?knownAt=.*/, '')}`)]).toEqual([day, expect.stringContaining(scene.answered)]); // prettier-ignore
    }
  }, 60_000);
});
