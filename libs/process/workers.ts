import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A worker that died while it served is replaced after so long, so that one that cannot serve does not take the machine from the others. */
const REPLACED_AFTER_MS = 1_000;
/** So long a stop takes at most: a worker's own limit, and a little more. */
const STOP_MS = 20_000;
const [FAILED, INTERRUPTED] = [1, 130];
/** What all workers of one start are told, so that what they say can be told apart from what another start says. */
const STARTED = 'STARTED_AT';

/** When the program was started of which this process is a worker; of a process of its own, when it was. A number in base 36. */
export const startedAt: string = (cluster.isWorker && process.env[STARTED]) || Date.now().toString(36);

/** Whether this process was started by `inWorkers`, to serve beside others. */
export const isWorker = (): boolean => cluster.isWorker;

/**
 * Runs this very program so many times more, all listening on the same port, so that answers are made on as many processors. The workers come here again: call it only where `isWorker()` is
 * false. `listening` is called once, when every one of them listens. Until then a worker that ends, ends the program, having said why; later another takes its place. SIGINT and SIGTERM stop
 * all of them, and what is under way is answered. Workers end when this process does, however it ends.
 */
export function inWorkers(count: number, listening: (port: number) => void): void {
  const stop = new AbortController();
  const served = new Set<number>();
  const isUp = (): boolean => served.size >= count;
  const start = (): void => void cluster.fork({ [STARTED]: startedAt });

  cluster.on('listening', ({ id }, { port }: AddressInfo) => {
    if (isUp()) return;
    served.add(id);
    // One alone first: what keeps it from listening is said once.
    if (served.size === 1) for (let others = 1; others < count; others += 1) start();
    if (isUp()) listening(port);
  });
  cluster.on('exit', (_worker, code) => {
    if (stop.signal.aborted) return endIfAlone();
    if (!isUp()) return stopAll(code || FAILED);
    process.stderr.write(`A process that served ended (${code}); another takes its place.\n`);
    pause(REPLACED_AFTER_MS, undefined, { signal: stop.signal }).then(start, () => undefined);
  });

  let outcome = 0;
  const endIfAlone = (): void => {
    if (workers().length === 0) process.exit(outcome);
  };
  const stopAll = (code: number): void => {
    outcome = code;
    stop.abort();
    for (const { process: worker } of workers()) worker.kill('SIGTERM');
    setTimeout(() => process.exit(FAILED), STOP_MS).unref();
    endIfAlone();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(INTERRUPTED);
      process.stdout.write('Stopping …\n');
      stopAll(0);
    });
  }
  start();
}

const workers = (): Worker[] => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
