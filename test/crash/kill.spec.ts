import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { italy } from '#domain';
import { START, openEmbeddedLog } from '#event-store';
import { ReadDatabase, check, projectionsFor } from '#read-models';

const root = resolve(__dirname, '../..');
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 8);
const WRITERS = 8;

interface Acknowledged {
  readonly asset: string;
  readonly revision: number;
  readonly position: number;
  readonly fact: string;
}

/** The whole system as a process of its own, as an operator runs it. */
async function started(folder: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(root, 'dist/apps/standalone/main.js')], {
    env: { ...process.env, REGISTRY_DATA: folder, REGISTRY_PORT: '0', REGISTRY_SAMPLE: 'off', REGISTRY_SIGN_IN: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /Pages\s+(http:\S+?)\/$/.exec(line)?.[1];
    if (url !== undefined) return { process: child, url };
  }
  throw new Error('The system ended before it said where it listens.');
}

/** Records inspections on its own asset until the system is gone; keeps what was acknowledged, and sends again what was not. */
async function write(url: string, asset: Acknowledged[], fresh: () => string): Promise<void> {
  for (;;) {
    const fact = fresh();
    const [path, body] =
      asset.length === 0
        ? ['', { occurredOn: '2015-03-12', data: { kind: 'company', title: fact } }]
        : [
            `/${asset[0]!.asset}/record-inspection`,
            { occurredOn: '2016-01-01', data: { condition: 'good', readyForDestination: false, findings: fact } },
          ];
    try {
      const answer = await fetch(`${url}/api/v1/assets${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': fact },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      asset.push({ ...((await answer.json()) as Omit<Acknowledged, 'fact'>), fact });
    } catch (error) {
      if (error instanceof Error && /^\d/.test(error.message)) throw error;
      return;
    }
  }
}

describe('killed at random while it records and projects', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kill-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    `loses nothing it acknowledged and records nothing twice (${ROUNDS} rounds)`,
    async () => {
      const assets: Acknowledged[][] = Array.from({ length: WRITERS }, () => []);
      // A fact whose answer was lost is sent again under the same key after the restart, as a careful client does.
      const unanswered: (string | undefined)[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { process: system, url } = await started(folder);
        const writing = assets.map((asset, writer) =>
          write(url, asset, () => {
            const again = unanswered[writer];
            const fact =
              again !== undefined && !asset.some(({ fact: known }) => known === again) ? again : randomUUID();
            unanswered[writer] = fact;
            return fact;
          }),
        );
        await pause(randomInt(20, 400));
        const ended = once(system, 'exit');
        system.kill('SIGKILL');
        await Promise.all([ended, ...writing]);
      }

      const acknowledged = assets.flat();
      expect(acknowledged.length).toBeGreaterThan(ROUNDS);
      const store = openEmbeddedLog(join(folder, 'events.sqlite'));
      const log: RecordedEvent[] = [];
      for (
        let batch = await store.readAll(START, 1000);
        batch.length > 0;
        batch = await store.readAll(log.at(-1)!.position, 1000)
      ) {
        log.push(...batch);
      }
      const factOf = ({ data: { findings, title } }: RecordedEvent): unknown => findings ?? title;
      expect(new Set(log.map(factOf)).size).toBe(log.length);
      const byFact = new Map(log.map((event) => [factOf(event), event] as const));
      const misplaced = acknowledged.filter(({ asset, revision, position, fact }) => {
        const event = byFact.get(fact);
        return event?.stream !== `asset-${asset}` || event.revision !== revision || event.position !== position;
      });
      expect(misplaced).toEqual([]);
      expect(log.map(({ position }) => position)).toEqual(log.map((_, place) => place + 1));
      await store.close();

      const last = await started(folder);
      for (let ready = false; !ready;) ready = (await fetch(`${last.url}/health/ready`)).ok;
      for (;;) {
        const health = (await (await fetch(`${last.url}/health/ready`)).json()) as {
          head: number;
          projections: { checkpoint: number }[];
        };
        if (health.projections.every(({ checkpoint }) => checkpoint === health.head)) break;
        await pause(20);
      }
      const ended = once(last.process, 'exit');
      last.process.kill('SIGTERM');
      expect((await ended)[0]).toBe(0);
      const database = await ReadDatabase.openForReading({ kind: 'sqlite', path: join(folder, 'read-models.sqlite') });
      const results = await check(database, projectionsFor(italy), async function* () {
        yield log;
      });
      await database.close();
      expect(results.map(({ name, drift, failure }) => ({ name, drift, failure }))).toEqual(
        projectionsFor(italy).map(({ name }) => ({ name, drift: [], failure: undefined })),
      );
      process.stderr.write(
        `killed ${ROUNDS} times: ${acknowledged.length} acknowledged, ${log.length} in the log, all once\n`,
      );
    },
    60_000 + ROUNDS * 5_000,
  );
});
