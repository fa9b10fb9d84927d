import { once } from 'node:events';
import { excludeSystemEvents } from '@eventstore/db-client';
import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import type { RecordedEvent } from '#domain';
import { CorruptLog } from '../errors';
import type { LogClient } from './log-client';
import { placeAfter } from './log-reads';
import { fromStored } from './stored-event';

/** Without a window the server sends a checkpoint for nearly every event it passes over. */
const SEARCH_WINDOW = 1000;

/**
 * One subscription, for as long as it lasts: batches of what comes after the position, until the signal aborts. Throws when the connection
 * breaks, and returns when the server ends it, which is not the end of the log either.
 */
export async function* follow(
  client: LogClient,
  after: number,
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent[]> {
  const subscription = client.subscribeToAll(
    { fromPosition: placeAfter(after), filter: excludeSystemEvents({ maxSearchWindow: SEARCH_WINDOW }) },
    { highWaterMark: batchSize },
  );
  let failure: Error | undefined;
  subscription.on('error', (error) => (failure ??= error));
  let last = after;
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
      else await untilSomethingComes(subscription, signal);
    }
  } finally {
    // Leaving does not end the call. Not awaited: with no connection it would wait for one.
    subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  }
}

async function untilSomethingComes(subscription: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> {
  const settled = new AbortController();
  const either = AbortSignal.any([signal, settled.signal]);
  const events = ['readable', 'end', 'close'].map((event) => once(subscription, event, { signal: either }));
  // `once` rejects on an error event, which is remembered elsewhere, and on the abort, which the caller sees.
  await Promise.race(events.map((event) => event.catch(() => undefined)));
  settled.abort();
}

function outOfOrder(last: number, { position, stream, revision }: RecordedEvent): CorruptLog {
  return new CorruptLog(
    `The server gave event ${revision} of ${stream} at position ${position} after position ${last}. The order of the log cannot be trusted: check the server.`,
  );
}
