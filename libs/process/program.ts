import { inOneSentence } from './failures';
import { isWorker } from './workers';

/** Something that was started and has to be stopped again. */
export interface Running {
  /** Finishes what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/** A stop takes so long at most; what would take longer can be sent again, for it was not acknowledged. */
const STOP_MS = 15_000;
const INTERRUPTED = 130;

/**
 * Runs one of our programs to its end: starts it, says in one sentence why it cannot start, and stops it on SIGINT and SIGTERM. `start` hands over what
 * runs as soon as it has to be stopped with care; what it still does afterwards may be interrupted. Exit codes: 0 stopped, 1 failed, 130 for a second
 * Ctrl-C, which means it.
 */
export function run(start: (handOver: (running: Running) => void) => Promise<void>): void {
  let stopping = false;
  const handOver = (running: Running): void => {
    const stop = (): void => {
      if (stopping) process.exit(INTERRUPTED);
      stopping = true;
      if (!isWorker()) process.stdout.write('Stopping …\n');
      setTimeout(() => {
        process.stderr.write(
          `Not everything had finished after ${STOP_MS / 1000} s; what was acknowledged is in the log.\n`,
        );
        process.exit(1);
      }, STOP_MS).unref();
      running.close().then(() => process.exit(0), fail);
    };
    // A terminal sends Ctrl-C to a worker too, which waits for the word of the process that started it.
    process.on('SIGINT', isWorker() ? () => undefined : stop);
    process.on('SIGTERM', stop);
  };
  start(handOver).catch((error: unknown) => {
    // What is interrupted by a stop fails, and that is no news.
    if (!stopping) fail(error);
  });
}

/** One sentence for what an operator can mend; the whole error for what only we can. */
function fail(error: unknown): void {
  const sentence = inOneSentence(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
