import type { EventMetadata, JsonObject } from '#domain';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** A UUID in its canonical lower-case form (RFC 9562 §4), other than the nil one, which EventStoreDB refuses. */
export function isEventId(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text) && text !== NIL_UUID;
}

export function isSchemaVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Has the fields every fact of ours carries. Cheap, for it runs on each event read; what the fields say is the domain's business. */
export function isEventMetadata(value: unknown): value is EventMetadata {
  if (!isJsonObject(value)) return false;
  const { occurredOn, actor, source } = value;
  return (
    (occurredOn === null || typeof occurredOn === 'string') &&
    typeof value.recordedAt === 'string' &&
    isJsonObject(actor) &&
    typeof actor.subject === 'string' &&
    typeof actor.agency === 'string' &&
    typeof actor.role === 'string' &&
    isJsonObject(source) &&
    typeof source.kind === 'string' &&
    typeof value.commandId === 'string' &&
    typeof value.commandDigest === 'string' &&
    typeof value.correlationId === 'string' &&
    typeof value.causationId === 'string'
  );
}
