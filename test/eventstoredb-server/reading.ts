import type { ServerWritableStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { KeptEvent, MemoryLog } from './memory-log';
import { checkpoint, confirmation, eventResponse, failure, nameOf, streamNotFound } from './messages';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const BACKWARD = ReadReq.Options.ReadDirection.BACKWARDS;

/** The events a read is to be answered with; undefined for a stream that is not there. */
export function selected(log: MemoryLog, options: ReadReq.Options): KeptEvent[] | undefined {
  const backward = options.getReadDirection() === BACKWARD;
  const wanted = options.hasStream() ? ofStream(log, options, backward) : ofAll(log, options, backward);
  const count = BigInt(options.getCount());
  return wanted?.slice(0, count > 1_000_000n ? undefined : Number(count));
}

function ofStream(log: MemoryLog, options: ReadReq.Options, backward: boolean): KeptEvent[] | undefined {
  const stream = options.getStream();
  const events = log.stream(nameOf(stream?.getStreamIdentifier()));
  if (events.length === 0) return undefined;
  if (!stream?.hasRevision()) return backward ? events.toReversed() : [...events];
  const revision = Number(stream.getRevision());
  return backward ? events.slice(0, revision + 1).toReversed() : events.slice(revision);
}

/** Unlike a subscription, a read gives the event at the position it starts from. */
function ofAll(log: MemoryLog, options: ReadReq.Options, backward: boolean): KeptEvent[] {
  const all = options.getAll();
  if (!all?.hasPosition()) return backward ? log.events.toReversed() : [...log.events];
  const place = placeOf(log, options);
  return backward ? log.events.slice(0, place + 1).toReversed() : log.events.slice(place);
}

function placeOf(log: MemoryLog, options: ReadReq.Options): number {
  const position = BigInt(options.getAll()?.getPosition()?.getCommitPosition() ?? '0');
  const place = log.events.findIndex((event) => event.position === position);
  if (place === -1) throw failure(status.UNKNOWN, `no record starts at position ${position}`);
  return place;
}

/** Answers no faster than the caller takes. `breakAfter` loses the connection after so many events. */
export function answerRead(log: MemoryLog, call: ReadCall, breakAfter?: number): void {
  const options = call.request.getOptions() ?? new ReadReq.Options();
  const events = selected(log, options);
  if (!events) call.write(streamNotFound(nameOf(options.getStream()?.getStreamIdentifier())));
  const toSend = (events ?? []).slice(0, breakAfter)[Symbol.iterator]();
  const send = () => {
    for (let next = toSend.next(); !call.cancelled; next = toSend.next()) {
      if (!next.done) {
        if (!call.write(eventResponse(next.value))) return void call.once('drain', send);
      } else if (breakAfter === undefined) return void call.end();
      else return void call.emit('error', failure(status.UNAVAILABLE, 'the connection was lost in the middle'));
    }
  };
  send();
}

/** Past, then present, until the returned function is called or the call is over. */
export function answerSubscription(log: MemoryLog, call: ReadCall): () => void {
  const options = call.request.getOptions() ?? new ReadReq.Options();
  const passes = filterOf(options);
  let next = options.getAll()?.hasPosition() ? placeOf(log, options) + 1 : 0;
  const send = () => {
    for (const event of log.events.slice(next)) {
      next += 1;
      if (passes(event)) call.write(eventResponse(event));
      else call.write(checkpoint(event.position));
    }
  };
  call.write(confirmation());
  send();
  return log.onGrowth(send);
}

function filterOf(options: ReadReq.Options): (event: KeptEvent) => boolean {
  const filter = options.getFilter();
  const expression = filter?.getEventType() ?? filter?.getStreamIdentifier();
  if (!filter || !expression) return () => true;
  const prefixes = expression.getPrefixList();
  const pattern = new RegExp(expression.getRegex());
  return (event) => {
    const name = filter.hasEventType() ? event.type : event.stream;
    return prefixes.length > 0 ? prefixes.some((prefix) => name.startsWith(prefix)) : pattern.test(name);
  };
}
