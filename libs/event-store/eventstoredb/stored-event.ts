import type { AllStreamResolvedEvent, JSONEventData, ResolvedEvent } from '@eventstore/db-client';
import type { JsonObject, RecordedEvent } from '#domain';
import type { AdmittedEvent } from '../admission';
import { isEventMetadata, isJsonObject, isSchemaVersion } from '../envelope';
import { CorruptLog, ForeignLog } from '../errors';

/** How an event lies in the database: its data as JSON, and beside it what else the envelope says. */
export function toStored({ id, type, version, data, metadata }: AdmittedEvent): JSONEventData {
  return {
    id,
    contentType: 'application/json',
    type,
    // The client serialises again; it gets copies, so that a change made meanwhile cannot make a retry differ from the first try.
    data: JSON.parse(data) as JsonObject,
    metadata: { version, envelope: JSON.parse(metadata) as JsonObject },
  };
}

/**
 * The event in the port's form, or undefined for one of the server's own. Throws ForeignLog for an event that is not ours and CorruptLog for
 * a position that does not order it.
 */
export function fromStored(resolved: AllStreamResolvedEvent | ResolvedEvent): RecordedEvent | undefined {
  const { event } = resolved;
  if (!event || event.type.startsWith('$') || event.streamId.startsWith('$')) return undefined;
  const position = positionOf(event.position, `event ${event.revision} of ${event.streamId}`);
  const { data, metadata } = event;
  const about: unknown = metadata;
  if (
    !event.isJson ||
    !isJsonObject(data) ||
    !isJsonObject(about) ||
    !isSchemaVersion(about.version) ||
    !isEventMetadata(about.envelope)
  ) {
    throw new ForeignLog(
      `The event at position ${position} (${event.type}, event ${event.revision} of ${event.streamId}) was not written by this registry. The registry needs an EventStoreDB of its own: find out who wrote it, and name another server.`,
    );
  }
  return {
    id: event.id,
    type: event.type,
    version: about.version,
    data,
    metadata: about.envelope,
    stream: event.streamId,
    revision: Number(event.revision),
    position,
  };
}

/** The log position as a number. `what` names the event in the message of the CorruptLog it throws when the position is of no use. */
export function positionOf(
  position: { readonly commit: bigint; readonly prepare: bigint } | undefined,
  what: string,
): number {
  if (!position || position.commit > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new CorruptLog(
      `The server gave no position this registry can use (${position?.commit ?? 'none'}) for ${what}. Update the server to EventStoreDB 23.10 or KurrentDB.`,
    );
  }
  if (position.commit !== position.prepare) {
    throw new CorruptLog(
      `${what} was written in a transaction over several appends (commit ${position.commit}, prepare ${position.prepare}), whose events share one position. The registry needs a log that only registries write.`,
    );
  }
  return Number(position.commit);
}
