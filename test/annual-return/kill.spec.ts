import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { italy } from '#domain';
import type { ReturnFigures } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { returnsFromLog } from '#read-models';
import { Recorder } from '#recording';
import { canonicalDigest } from '#transparency-log';
import { startProgram } from '../child-process';
import { dossiers, onReturn, returnOf } from './asking';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 6);
const DOSSIERS = 2000;
const YEAR = '2024';

describe('a count of the annual return killed at random', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kill-return-'));
    await withLog(async (log) => {
      const recorder = new Recorder(log, { profile: italy });
      await dossiers(recorder, DOSSIERS);
      await onReturn(recorder, YEAR, 'prepare-return', { year: YEAR });
    });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function withLog<Answer>(use: (log: EventStore) => Promise<Answer>): Promise<Answer> {
    const log = openEmbeddedLog(join(folder, 'events.sqlite'));
    try {
      return await use(log);
    } finally {
      await log.close();
    }
  }
  const count = () => startProgram('test/annual-return/kill-counting.ts', [folder, YEAR]);
  const written = (type: string) =>
    withLog(async (log) => (await log.readStream(returnOf(YEAR))).filter((event) => event.type === type));

  /** Kills the count again and again, lets the last one finish; answers in how many rounds nothing was written yet. */
  async function killed(type: string): Promise<number> {
    let midway = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = count();
      await child.line(/begins/);
      await pause(randomInt(0, 30 + 60 * round));
      await child.kill();
      if ((await written(type)).length === 0) midway += 1;
    }
    const last = count();
    await last.line(/nothing left/);
    expect((await last.exit).code).toBe(0);
    return midway;
  }

  /** The one entry there is says what anybody counts from the log up to its position. */
  async function recordedOnce(type: string): Promise<ReturnFigures> {
    const [entry, ...more] = await written(type);
    expect(more).toEqual([]);
    const { position, digest, figures } = entry!.data as unknown as { position: number; digest: string; figures: ReturnFigures };
    const own = await withLog((log) => returnsFromLog(log, [YEAR], italy, { until: position }));
    expect(own.figures.get(YEAR)).toEqual(figures);
    expect(canonicalDigest(figures)).toBe(digest);
    expect(position).toBeLessThan(entry!.position);
    return figures;
  } // prettier-ignore

  it('writes the figures down once, of the whole log', async () => {
    expect(await killed('AnnualReturnPrepared')).toBeGreaterThan(0);
    const { figures } = await recordedOnce('AnnualReturnPrepared');
    expect(figures.find(({ item, part }) => item === 'confiscations-final' && part === null)).toMatchObject({
      entries: DOSSIERS,
      assets: DOSSIERS,
    });
  }, 240_000);

  it('does the same where the figures are asked for anew', async () => {
    await withLog((log) => onReturn(new Recorder(log, { profile: italy }), YEAR, 'revise-return', { reason: 'Late entries.' }));
    expect(await killed('AnnualReturnRevised')).toBeGreaterThan(0);
    await recordedOnce('AnnualReturnRevised');
    expect(await written('AnnualReturnPrepared')).toHaveLength(1);
  }, 240_000); // prettier-ignore
});
