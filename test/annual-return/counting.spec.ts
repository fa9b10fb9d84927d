import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';
import { ReturnCounting } from '../../apps/registry/return-counting';
import { dossiers, onReturn, returnOf, theReturn } from './asking';

describe('the count of the annual returns', () => {
  let folder: string;
  let log: EventStore;
  let recorder: Recorder;
  const counts: ReturnCounting[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counting-'));
    log = openEmbeddedLog(join(folder, 'events.sqlite'));
    recorder = new Recorder(log, { profile: italy });
    await dossiers(recorder, 300);
  });
  afterEach(async () => {
    for (const each of counts.splice(0)) await each.close();
    await log.close();
    await rm(folder, { recursive: true });
  });

  function counting(over: EventStore = log): ReturnCounting {
    const made = new ReturnCounting({ log: over, recorder: new Recorder(log, { profile: italy }), profile: italy, onNotice: () => undefined });
    counts.push(made);
    made.start();
    return made;
  } // prettier-ignore
  async function settled(...years: string[]): Promise<void> {
    for (const year of years) while ((await theReturn(recorder, year))?.asked) await pause(5);
  }
  const typesOf = async (year: string) => (await log.readStream(returnOf(year))).map(({ type }) => type);
  const asked = (year: string) => onReturn(recorder, year, 'prepare-return', { year });

  it('counts all years that wait in one go, and says how far it is', async () => {
    for (const year of ['2022', '2023', '2024']) await asked(year);
    const slow = Object.assign(Object.create(log) as EventStore, {
      readAll: async (after: number, max: number) => pause(20).then(() => log.readAll(after, Math.min(max, 100))),
    });
    const count = counting(slow);
    const seen: number[] = [];
    while ((await theReturn(recorder, '2024'))?.asked) {
      const { underWay } = count;
      if (underWay) seen.push(underWay.counted / underWay.until);
      await pause(1);
    }
    await settled('2022', '2023', '2024');
    expect(seen.some((part) => part > 0 && part < 1)).toBe(true);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    while (count.underWay) await pause(1);
    const positions = await Promise.all(
      ['2022', '2023', '2024'].map(async (year) => (await theReturn(recorder, year))?.prepared?.position),
    );
    expect(new Set(positions).size).toBe(1);
  });

  it('takes what is asked for while it runs, and counts up to the asking', async () => {
    counting();
    const first = await asked('2024');
    await settled('2024');
    expect(await typesOf('2024')).toEqual(['AnnualReturnRequested', 'AnnualReturnPrepared']);
    await onReturn(recorder, '2024', 'revise-return', { reason: 'Late entries.' });
    await settled('2024');
    expect(await typesOf('2024')).toEqual([
      'AnnualReturnRequested',
      'AnnualReturnPrepared',
      'AnnualReturnRevisionRequested',
      'AnnualReturnRevised',
    ]);
    const { prepared } = (await theReturn(recorder, '2024'))!;
    expect(prepared).toMatchObject({ by: 'officer-1', reason: 'Late entries.' });
    expect(first).toMatchObject({ kind: 'recorded' });
    expect(prepared!.position).toBeGreaterThanOrEqual((first as { position: number }).position + 2);
  });

  it('is written down once where two programs count on one log', async () => {
    await asked('2024');
    counting();
    counting();
    await settled('2024');
    await pause(200);
    expect(await typesOf('2024')).toEqual(['AnnualReturnRequested', 'AnnualReturnPrepared']);
    expect(counts.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  });

  it('lets requests through while it counts', async () => {
    await asked('2024');
    const count = counting();
    // A count that lets nobody through is over before anybody can see it under way.
    while (!count.underWay) await pause(0);
    let turns = 0;
    for (; count.underWay; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBeGreaterThan(0);
  });

  it('tells why it cannot count, keeps what is asked for, and stops when it is told to', async () => {
    await asked('2024');
    const broken = Object.assign(Object.create(log) as EventStore, {
      readAll: () => Promise.reject(new Error('The disk is away.')),
    });
    const count = counting(broken);
    while (count.failure === undefined) await pause(5);
    expect(count.failure).toContain('The disk is away.');
    await count.close();
    expect(await typesOf('2024')).toEqual(['AnnualReturnRequested']);
    counting();
    await settled('2024');
    expect(await typesOf('2024')).toEqual(['AnnualReturnRequested', 'AnnualReturnPrepared']);
  });

  it('refuses a person who writes figures down', async () => {
    await asked('2024');
    const sent = onReturn(recorder, '2024', 'write-down-return', { year: '2024' });
    await expect(sent).resolves.toMatchObject({ kind: 'refused', refusal: { code: 'figures-are-counted' } });
  });
});
