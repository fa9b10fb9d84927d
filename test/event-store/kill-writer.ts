import { randomUUID } from 'node:crypto';
import type { ExpectedRevision } from '#event-store';
// Not through the library's door, which also loads the client of EventStoreDB: hundreds of rounds pay for it.
import { openEmbeddedLog } from '../../libs/event-store/embedded/embedded-event-store';
import { facts } from './facts';

/**
 * Writes to an embedded log with many writers at once until it is killed, and says on standard output what it is about to append (`?`) and
 * what the store acknowledged (`!`). Each line is out before the program goes on.
 */
export interface Attempt {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

export interface Acknowledged extends Attempt {
  readonly revision: number;
  readonly position: number;
}

const WRITERS = 16;

async function main(path: string): Promise<void> {
  const store = openEmbeddedLog(path);
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const stream = `asset-${writer}`;
      const [last] = await store.readStream(stream, { direction: 'backward', max: 1 });
      let expected: ExpectedRevision = last?.revision ?? 'no-stream';
      for (;;) {
        const events = facts(1 + Math.floor(Math.random() * 3));
        const attempt: Attempt = { stream, expected, ids: events.map(({ id }) => id) };
        say('?', attempt);
        const appended = await store.append(stream, events, expected);
        say('!', { ...attempt, ...appended });
        expected = appended.revision;
        // Also streams that begin, and whose writer is soon gone.
        if (Math.random() < 0.1) await beginAnother(store);
      }
    }),
  );
}

async function beginAnother(store: ReturnType<typeof openEmbeddedLog>): Promise<void> {
  const events = facts(2);
  const attempt: Attempt = {
    stream: `asset-${randomUUID()}`,
    expected: 'no-stream',
    ids: events.map(({ id }) => id),
  };
  say('?', attempt);
  say('!', { ...attempt, ...(await store.append(attempt.stream, events, 'no-stream')) });
}

function say(mark: '?' | '!', what: Attempt): void {
  process.stdout.write(`${mark} ${JSON.stringify(what)}\n`);
}

void main(process.argv[2] ?? '');
