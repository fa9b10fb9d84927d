import { excludeSystemEvents } from '@eventstore/db-client';
import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import type { RecordedEvent } from '#domain';
import { CorruptLog } from '../errors';
import { Growth } from '../growth';
import type { LogClient } from './log-client';
import { placeAfter } from './log-reads';
import { NoAnswer } from './patience';
import { fromStored } from './stored-event';

/** Without a window the server sends a checkpoint for nearly every event it passes over. */
const SEARCH_WINDOW = 1000;

export interface FollowOptions {
  readonly batchSize: number;
  readonly answerMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Position of the log's last event. */
  readonly head: () => Promise<number>;
}

/**
 * One subscription, for as long as it lasts: batches of what comes after the position, until the signal aborts. Throws when the connection
 * breaks or falls silent, and returns when the server ends it, which is not the end of the log either.
 */
export async function* follow(
  client: LogClient,
  after: number,
  { batchSize, answerMs, signal, head }: FollowOptions,
): AsyncGenerator<RecordedEvent[]> {
  const subscription = client.subscribeToAll(
    { fromPosition: placeAfter(after), filter: excludeSystemEvents({ maxSearchWindow: SEARCH_WINDOW }) },
    { highWaterMark: batchSize },
  );
  const growth = new Growth();
  let failure: Error | undefined;
  subscription.on('error', (error) => {
    failure ??= error;
    growth.happened();
  });
  for (const event of ['readable', 'end', 'close']) subscription.on(event, () => growth.happened());
  const silence = setTimeout(() => subscription.destroy(new NoAnswer(answerMs)), answerMs);
  subscription.once('confirmation', () => clearTimeout(silence));
  let last = after;
  let due = after;
  try {
    while (!signal.aborted) {
      const batch: RecordedEvent[] = [];
      while (batch.length < batchSize) {
        const resolved = subscription.read() as AllStreamResolvedEvent | null;
        if (resolved === null) break;
        const event = fromStored(resolved);
        if (!event) continue;
        if (event.position <= last) throw outOfOrder(last, event);
        last = event.position;
        batch.push(event);
      }
      if (batch.length > 0) yield batch;
      else if (failure) throw failure;
      else if (subscription.readableEnded || subscription.destroyed) return;
      else if (await growth.next(signal, answerMs)) continue;
      else if (last < due) throw new NoAnswer(answerMs);
      // A subscription that hangs looks like a log at rest. What the log held by now must have come when we look again.
      else due = await head();
    }
  } finally {
    clearTimeout(silence);
    // Leaving does not end the call. Not awaited: with no connection it would wait for one.
    subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  }
}

function outOfOrder(last: number, { position, stream, revision }: RecordedEvent): CorruptLog {
  return new CorruptLog(
    `The server gave event ${revision} of ${stream} at position ${position} after position ${last}. The order of the log cannot be trusted: check the server.`,
  );
}
