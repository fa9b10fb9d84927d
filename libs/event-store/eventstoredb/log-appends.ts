import { NO_STREAM } from '@eventstore/db-client';
import type { JSONEventData } from '@eventstore/db-client';
import type { AdmittedAppend } from '../admission';
import { CorruptLog, CorruptedRetry, WrongExpectedRevision } from '../errors';
import type { Appended } from '../event-store';
import { meaningOf } from './failures';
import type { LogClient } from './log-client';
import type { LogReads } from './log-reads';
import { within } from './patience';
import { positionOf, toStored } from './stored-event';

/** One try of an append; the store retries. A retry is safe: the server knows the ids at their place again, and so do we. */
export class LogAppends {
  constructor(
    private readonly client: LogClient,
    private readonly reads: LogReads,
    private readonly answerMs: number,
  ) {}

  /** The append, ready to be tried as often as needed. */
  prepare(append: AdmittedAppend): () => Promise<Appended> {
    const events = append.events.map(toStored);
    return async () => {
      try {
        return await this.send(append, events);
      } catch (error) {
        if (meaningOf(error) !== 'conflict') throw error;
        return this.resolveByIds(append);
      }
    };
  }

  private async send({ stream, firstRevision, expected }: AdmittedAppend, events: JSONEventData[]): Promise<Appended> {
    // The client's deadline ends the call; ours also ends the wait for a connection to call on.
    const result = await within(
      this.answerMs,
      this.client.appendToStream(stream, events, {
        expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected),
        requiresLeader: true,
        deadline: this.answerMs,
      }),
    );
    const revision = firstRevision + events.length - 1;
    if (Number(result.nextExpectedRevision) !== revision) {
      throw new CorruptLog(
        `${stream}: the server numbered an event ${result.nextExpectedRevision} that comes ${revision}th. The stream was deleted or truncated there, though events are never deleted. Put back a backup of the server.`,
      );
    }
    return { revision, position: positionOf(result.position, `event ${revision} of ${stream}`) };
  }

  /**
   * Something stands at the place of this append. If it is the append itself, made by a try whose answer was lost, it has succeeded; the
   * server also says conflict when an append is repeated in part.
   */
  private async resolveByIds({ stream, expected, firstRevision, events }: AdmittedAppend): Promise<Appended> {
    const found = await this.reads.forward(stream, firstRevision, events.length);
    const different = events.findIndex(({ id }, place) => found[place]?.id !== id);
    const last = found.at(-1);
    if (different === -1 && last) return { revision: last.revision, position: last.position };
    if (different > 0) throw new CorruptedRetry(stream);
    const [end] = await this.reads.backward(stream, undefined, 1);
    throw new WrongExpectedRevision(stream, expected, end?.revision ?? 'no-stream');
  }
}
