import { createHmac } from 'node:crypto';
import type { JsonObject, JsonValue, RecordedEvent } from '#domain';
import { CLASSIFICATION, events } from '#domain';
import { forThePublic } from '#privacy';
import { SALT_BYTES, commitTo, eventLeaf } from '#transparency-log';
import type { LoggedEvent } from '#transparency-log';

/** A part of a stored event: a field of its data or of its metadata. */
export type LeafPath = `data.${string}` | `metadata.${string}`;

/** What of the envelope everybody may see, as in the public gate: of the actor the office, never the person. */
const OPEN_METADATA = ['occurredOn', 'recordedAt', 'source'] as const;

/**
 * The salt of one part of an event: HMAC-SHA-256 of the part's path under the event's own salt, so that opening one part says nothing of the others. Undefined for an event that was written before
 * events had salts.
 */
export function saltOf(
  { metadata: { salt } }: Pick<RecordedEvent, 'metadata'>,
  path: LeafPath,
): Uint8Array | undefined {
  const secret = salt === undefined ? undefined : Buffer.from(salt, 'base64url');
  return secret?.length === SALT_BYTES ? createHmac('sha256', secret).update(path).digest() : undefined;
}

/**
 * An event as the transparency log holds it: as it was stored, never upcast, for the stored bytes are what is proven. Public fields are as they are; all others are commitments, which bind the log to
 * them and give nothing away. Of the kinds of streams that are closed as a whole every field is one. What cannot be committed to, for the event has no salt, is named in `metadata.unproven`. Pure.
 */
export function loggedEvent(stored: RecordedEvent): LoggedEvent {
  const { id, stream, revision, type, version, data, metadata } = stored;
  const properties = events.get(type)?.definition.data.properties ?? {};
  const open = (field: string): boolean =>
    forThePublic(stored) && Object.hasOwn(properties, field) && properties[field]?.[CLASSIFICATION] === 'public';
  const unproven: LeafPath[] = [];
  const committed = (path: LeafPath, value: JsonValue | undefined): JsonObject => {
    const salt = saltOf(stored, path);
    if (salt) return { [path.slice(path.indexOf('.') + 1)]: { ...commitTo(value, salt) } };
    unproven.push(path);
    return {};
  };
  const fields = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => (open(field) ? { [field]: value } : committed(`data.${field}`, value)));
  const { agency, role, subject } = metadata.actor;
  const { commandId, commandDigest, correlationId, causationId } = metadata;
  const envelope = {
    ...Object.fromEntries(OPEN_METADATA.map((name) => [name, metadata[name]])),
    actor: { agency, role, ...committed('metadata.subject', subject) },
    // Nobody asks for one of these without the others.
    ...committed('metadata.ids', { commandId, commandDigest, correlationId, causationId }),
  };
  return {
    id,
    stream,
    revision,
    type,
    version,
    data: joined(fields),
    metadata: { ...envelope, ...(unproven.length > 0 && { unproven: unproven.sort() }) },
  };
}

const joined = (parts: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));

/** The bytes the transparency log holds for an event. */
export const leafOf = (stored: RecordedEvent): Uint8Array => eventLeaf(loggedEvent(stored));
