import type { TSchema } from '@sinclair/typebox';
import type { JsonObject, JsonValue, RecordedEvent } from '#domain';
import { CLASSIFICATION, events, streamParts } from '#domain';
import { forThePublic } from '#privacy';
import { SALT_BYTES, TransparencyError, canonicalJson, commitTo, eventLeaf } from '#transparency-log';
import type { LoggedEvent } from '#transparency-log';
import { saltOf } from './salt';

/** A part of a stored event: a field of its data or of its metadata. */
export type LeafPath = `data.${string}` | `metadata.${string}`;

/** What of the envelope everybody may see, as in the public gate: of the actor the office, never the person. */
const OPEN_METADATA = ['occurredOn', 'recordedAt', 'source'] as const;

/**
 * An event as the transparency log holds it: as it was stored, never upcast, for the stored bytes are what is proven. Public fields are as they are; all others are commitments, which bind the log to
 * them and give nothing away. Of the kinds of streams that are closed as a whole every field is one, and so is every field of a version or a place in the house that this code does not know, and all of the
 * envelope that is not named here. What cannot be committed to, for the event has no salt, is named in `metadata.unproven`; what stands here as its JSON text, for it has no canonical form, in
 * `metadata.asJson`. Pure.
 */
export function loggedEvent(stored: RecordedEvent, asJson: readonly LeafPath[] = []): LoggedEvent {
  const { id, stream, revision, type, version, data, metadata } = stored;
  const properties = knownFields(stored);
  const open = (field: string): boolean =>
    Object.hasOwn(properties, field) && properties[field]?.[CLASSIFICATION] === 'public';
  const unproven: LeafPath[] = [];
  const committed = (path: LeafPath, value: JsonValue | undefined): JsonObject => {
    const salt = saltOf(stored, path);
    if (salt) return { [path.replace(/^(data|metadata\.actor|metadata)\./, '')]: { ...commitTo(value, salt) } };
    unproven.push(path);
    return {};
  };
  const fields = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => (open(field) ? { [field]: value } : committed(`data.${field}`, value)));
  const { agency, role, subject, ...more } = metadata.actor;
  const envelope = {
    ...Object.fromEntries(OPEN_METADATA.map((name) => [name, metadata[name]])),
    actor: {
      agency,
      role,
      ...committed('metadata.subject', subject),
      ...joined(given(more).map(([name, value]) => committed(`metadata.actor.${name}`, value))),
    },
    // Nobody asks for one of these without the others.
    ...committed('metadata.ids', idsOf(stored)),
  };
  return {
    id,
    stream,
    revision,
    type,
    version,
    data: joined(fields),
    metadata: {
      ...envelope,
      ...(asJson.length > 0 && { asJson }),
      ...(unproven.length > 0 && { unproven: unproven.sort() }),
    },
  };
}

/** What else the envelope holds: the ids of command and request, and whatever another release may have written there. */
export function idsOf({ metadata }: Pick<RecordedEvent, 'metadata'>): JsonObject {
  const { occurredOn: _, recordedAt: __, source: ___, actor: ____, salt, ...ids } = metadata;
  // What stands in the place of a salt without being one hides nothing, and must not go unseen.
  const isSalt = salt === undefined || Buffer.from(salt, 'base64url').length === SALT_BYTES;
  return isSalt ? ids : { ...ids, salt };
}

const given = (values: object): [string, JsonValue][] =>
  Object.entries(values as JsonObject).filter((each): each is [string, JsonValue] => each[1] !== undefined);

/** The fields of an event that everybody may be shown something of: none where its kind of stream is closed, or its version is newer than this code. */
function knownFields(stored: RecordedEvent): Readonly<Record<string, TSchema>> {
  const known = events.get(stored.type);
  if (!known || !forThePublic(stored) || stored.version > known.definition.version) return {};
  return streamParts(stored.stream)?.kind === known.stream ? known.definition.data.properties : {};
}

const joined = (parts: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));

/** The bytes the transparency log holds for an event. */
export const leafOf = (stored: RecordedEvent): Uint8Array => told(stored).leaf;

/** An event as its leaf tells it. */
export interface Told {
  readonly leaf: Uint8Array;
  readonly event: RecordedEvent;
  /** The parts that stand in it as their JSON text. */
  readonly asJson: readonly LeafPath[];
}

/**
 * A store may hold what has no canonical JSON: text with half a character in it, which no command lets in, and which must not end the log for ever either. Each such part is told as its JSON text, where the
 * half stands as an escape, and its path is named in the leaf. Pure.
 */
export function told(stored: RecordedEvent): Told {
  try {
    return { leaf: eventLeaf(loggedEvent(stored)), event: stored, asJson: [] };
  } catch (error) {
    if (!(error instanceof TransparencyError) || error.code !== 'not-canonical') throw error;
  }
  const asJson: LeafPath[] = [];
  const sound = (part: JsonObject, pathOf: (field: string) => LeafPath): JsonObject =>
    Object.fromEntries(
      given(part).map(([name, value]) => {
        const field = isCanonical(name) ? name : JSON.stringify(name);
        if (field === name && isCanonical(value)) return [name, value];
        asJson.push(pathOf(field));
        return [field, JSON.stringify(value)];
      }),
    );
  const { actor, ...envelope } = stored.metadata;
  const event: RecordedEvent = {
    ...stored,
    data: sound(stored.data, (field) => `data.${field}`),
    metadata: {
      ...sound(envelope, (field) => `metadata.${field}`),
      actor: sound(actor as unknown as JsonObject, (field) => `metadata.actor.${field}`),
    } as unknown as RecordedEvent['metadata'],
  };
  asJson.sort();
  return { leaf: eventLeaf(loggedEvent(event, asJson)), event, asJson };
}

function isCanonical(value: JsonValue): boolean {
  try {
    canonicalJson(value);
    return true;
  } catch (error) {
    if (error instanceof TransparencyError) return false;
    throw error;
  }
}
