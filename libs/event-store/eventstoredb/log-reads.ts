import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { BACKWARDS, END, FORWARDS, START as FROM_START } from '@eventstore/db-client';
import type { ReadPosition } from '@eventstore/db-client';
import type { RecordedEvent } from '#domain';
import { CorruptLog } from '../errors';
import { START } from '../event-store';
import { meaningOf } from './failures';
import type { LogClient } from './log-client';
import { NoAnswer } from './patience';
import { fromStored } from './stored-event';

/** One try of each read; the store retries. Everything is asked of the leader, which alone has seen every append acknowledged. */
export class LogReads {
  constructor(
    private readonly client: LogClient,
    private readonly answerMs: number,
  ) {}

  async forward(stream: string, from: number, max: number): Promise<RecordedEvent[]> {
    const read = this.client.readStream(stream, {
      direction: FORWARDS,
      fromRevision: BigInt(from),
      maxCount: max,
      requiresLeader: true,
    });
    return this.ofStream(stream, read, (place) => from + place);
  }

  /** From the end when `from` is undefined. */
  async backward(stream: string, from: number | undefined, max: number): Promise<RecordedEvent[]> {
    const read = this.client.readStream(stream, {
      direction: BACKWARDS,
      fromRevision: from === undefined ? END : BigInt(from),
      maxCount: max,
      requiresLeader: true,
    });
    return this.ofStream(stream, read, (place, first) => first - place);
  }

  async all(after: number, max: number): Promise<RecordedEvent[]> {
    const read = this.client.readAll({ direction: FORWARDS, fromPosition: placeAfter(after), requiresLeader: true });
    const events: RecordedEvent[] = [];
    for await (const resolved of this.answers(read)) {
      const event = fromStored(resolved);
      // Unlike a subscription, a read begins with the event at the position it is given.
      if (event && event.position > after) events.push(event);
      if (events.length === max) break;
    }
    return events;
  }

  async head(): Promise<number> {
    const read = this.client.readAll({ direction: BACKWARDS, fromPosition: END, requiresLeader: true });
    for await (const resolved of this.answers(read)) {
      const event = fromStored(resolved);
      if (event) return event.position;
    }
    return START;
  }

  private async ofStream(
    stream: string,
    read: StreamingRead<ResolvedEvent>,
    revisionAt: (place: number, first: number) => number,
  ): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    try {
      for await (const resolved of this.answers(read)) {
        const event = fromStored(resolved);
        if (event) events.push(event);
      }
    } catch (error) {
      if (meaningOf(error) === 'absent') return [];
      throw error;
    }
    const gap = events.findIndex(({ revision }, place) => revision !== revisionAt(place, events[0]?.revision ?? 0));
    if (gap !== -1) {
      throw new CorruptLog(
        `${stream}: event ${revisionAt(gap, events[0]?.revision ?? 0)} is gone from the server, though events are never deleted. Look for $maxAge, $maxCount or $tb in the metadata of the stream, and put back a backup of the server.`,
      );
    }
    return events;
  }

  /** The answers as they come; a server that falls silent in the middle ends it with NoAnswer, and the call never stays open. */
  private async *answers<Resolved extends AllStreamResolvedEvent | ResolvedEvent>(
    read: StreamingRead<Resolved>,
  ): AsyncGenerator<Resolved> {
    // What fails after the last answer we want is nobody's concern, and would end the process if nobody listened.
    read.on('error', () => undefined);
    const silence = setTimeout(() => read.destroy(new NoAnswer(this.answerMs)), this.answerMs);
    try {
      for await (const resolved of read as AsyncIterable<Resolved>) {
        silence.refresh();
        yield resolved;
      }
    } finally {
      clearTimeout(silence);
      // Leaving the loop does not end the call. Not awaited: with no connection it would wait for one.
      read.cancel().catch(() => undefined);
    }
  }
}

/** Where a read or a subscription begins that shall give what comes after a position. */
export function placeAfter(position: number): ReadPosition {
  return position === START ? FROM_START : { commit: BigInt(position), prepare: BigInt(position) };
}
