import type { NewEvent } from '#domain';
import { isEventId, isEventMetadata, isJsonObject, isSchemaVersion } from './envelope';
import { EventRefused } from './errors';
import type { ExpectedRevision } from './event-store';
import { lostInJson } from './faithful-json';

/** What one append may hold at most, in bytes as stored: the limit of an EventStoreDB server as it is installed. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/** Room for what a store writes around each event. */
const BYTES_AROUND_EVENT = 64;

/** Printable, no spaces, and never the `$` that marks a server's own streams and types. */
const NAME = /^[!-#%-~][!-~]{0,254}$/;

/** An event checked and serialised, ready to be written. */
export interface AdmittedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly metadata: string;
}

export interface AdmittedAppend {
  readonly stream: string;
  /** The revision the first event shall have. */
  readonly firstRevision: number;
  readonly events: readonly AdmittedEvent[];
  readonly expected: ExpectedRevision;
}

/**
 * The door every append passes, the same for each store: it serialises once and throws EventRefused for what would not come back from the
 * log as it went in.
 */
export function admit(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): AdmittedAppend {
  if (!NAME.test(stream)) {
    refuse(`"${stream}" is no stream name: 1 to 255 printable ASCII characters without spaces, not starting with "$"`);
  }
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    refuse(`${stream}: the expected revision is "no-stream" or a whole number from 0, not ${expected}`);
  }
  if (events.length === 0) refuse(`${stream}: an append needs at least one event`);
  const admitted = events.map((event) => admitEvent(stream, event));
  if (new Set(admitted.map(({ id }) => id)).size < admitted.length) refuse(`${stream}: two events have the same id`);
  const bytes = admitted.reduce((sum, event) => sum + sizeOf(event), 0);
  if (bytes > MAX_APPEND_BYTES) {
    refuse(
      `${stream}: this append takes ${bytes} bytes, more than ${MAX_APPEND_BYTES}. Attach large content as a document, and append fewer events at once`,
    );
  }
  return { stream, firstRevision: expected === 'no-stream' ? 0 : expected + 1, events: admitted, expected };
}

function admitEvent(stream: string, { id, type, version, data, metadata }: NewEvent): AdmittedEvent {
  if (!isEventId(id)) refuse(`${stream}: the event id "${String(id)}" is not a UUID in lower case`);
  if (!NAME.test(type)) refuse(`${stream}: "${type}" is no event type`);
  if (!isSchemaVersion(version))
    refuse(`${stream}: ${type} has the schema version ${String(version)}; versions count from 1`);
  const event = { id, type, version, data: serialise(stream, type, 'data', data), metadata: '' };
  if (!isEventMetadata(metadata)) refuse(`${stream}: the metadata of ${type} lacks fields of the envelope`);
  event.metadata = serialise(stream, type, 'metadata', metadata);
  return event;
}

function serialise(stream: string, type: string, part: string, value: unknown): string {
  if (!isJsonObject(value)) refuse(`${stream}: the ${part} of ${type} is no object`);
  let json: string;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    refuse(
      `${stream}: the ${part} of ${type} cannot be written as JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  const lost = lostInJson(value, part);
  if (lost) refuse(`${stream}: the ${part} of ${type} would change when written as JSON: ${lost}`);
  return json;
}

function sizeOf({ type, data, metadata }: AdmittedEvent): number {
  return BYTES_AROUND_EVENT + 2 * type.length + Buffer.byteLength(data) + Buffer.byteLength(metadata);
}

function refuse(message: string): never {
  throw new EventRefused(`${message}.`);
}
