import {
  AccessDeniedError,
  InvalidTransactionError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { CorruptLog, EventRefused, EventStoreError, Misconfigured } from '../errors';

/**
 * What a failed call means:
 *
 * - `conflict`: something else, or this very append, stands at its place;
 * - `absent`: there is no such stream;
 * - an error: the server said no, and will say so again;
 * - `unknown`: no answer that can be relied on. An append may have been made or not.
 *
 * Unknown is everything not known to be something else: a lost connection comes as an error of the client, of gRPC or of Node, depending on
 * when it was lost.
 */
export type Failure = 'conflict' | 'absent' | 'unknown' | EventStoreError;

export function meaningOf(error: unknown): Failure {
  if (error instanceof EventStoreError) return error;
  if (error instanceof WrongExpectedVersionError || error instanceof InvalidTransactionError) return 'conflict';
  if (error instanceof StreamNotFoundError) return 'absent';
  if (error instanceof MaxAppendSizeExceededError) {
    return new EventRefused(
      `The server takes at most ${error.maxAppendSize} bytes in one append. Raise its MaxAppendSize to the default of 1 MiB, or append fewer events at once.`,
    );
  }
  if (error instanceof StreamDeletedError) {
    return new CorruptLog(
      `The stream ${error.streamName} was deleted on the server, though events are never deleted. Put back a backup of the server.`,
    );
  }
  if (error instanceof AccessDeniedError) {
    return new Misconfigured(
      'The server refused the credentials. Check user and password in EVENTSTOREDB_URL, and that the user may read $all and write.',
    );
  }
  return 'unknown';
}

/** The reason in one line, for messages to people. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] || 'no reason given';
}
