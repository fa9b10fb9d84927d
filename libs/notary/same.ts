import { createHash } from 'node:crypto';
import type { JsonObject, RecordedEvent } from '#domain';
import { TransparencyError, canonicalBytes, opensCommitment, readLeaf, sameJson } from '#transparency-log';
import type { LoggedEvent, ReadLeaf } from '#transparency-log';
import { idsOf, loggedEvent, saltOf, told } from './leaf';
import type { LeafPath } from './leaf';

/**
 * The parts in which a stored event differs from its entry; none where it is what was logged. The entry is the judge: what it shows must be the same, and what it is bound to must open, whatever today's
 * catalogue would show. So a type that was unknown to the release that logged it, or a field that was classified anew, is no alarm. Only an event too large for an entry, or without canonical form, has to
 * be told anew to be compared. Nothing of what is not public is told. Throws `not-canonical` for an entry that is not one of ours.
 */
export function differencesFrom(entry: Uint8Array, event: RecordedEvent, logged: ReadLeaf = readLeaf(entry)): string[] {
  if (isAsItStands(logged, event)) return [];
  const now = told(event);
  return Buffer.compare(now.leaf, entry) === 0 ? [] : differences(logged, now.event, now.asJson);
}

/** Nearly every event is, and it need not be told anew to see that. */
function isAsItStands(logged: ReadLeaf, event: RecordedEvent): boolean {
  try {
    return differences(logged, event, []).length === 0;
  } catch (error) {
    // A part without canonical form cannot be held against a commitment; told anew it can.
    if (error instanceof TransparencyError && error.code === 'not-canonical') return false;
    throw error;
  }
}

const SUBJECT = ['id', 'stream', 'revision', 'type', 'version'] as const;

/** `asJson`: the parts of the event that stand in it as their JSON text. */
function differences(logged: ReadLeaf, event: RecordedEvent, asJson: readonly LeafPath[]): string[] {
  const { unproven, actor: loggedActor, ...loggedEnvelope } = members(logged.metadata);
  const missing = new Set(Array.isArray(unproven) ? unproven.map(String) : NONE);
  const envelope = envelopeOf(event, loggedEnvelope.ids !== undefined || missing.has('metadata.ids'), asJson);
  const [data, actor] = [event.data, members(event.metadata.actor)];
  const paths: string[] = SUBJECT.filter((name) => logged[name] !== event[name]);
  const hold = (was: JsonObject, is: JsonObject, pathOf: (field: string) => LeafPath): void => {
    for (const field of Object.keys(was))
      if (!Object.hasOwn(is, field) || !agrees(was[field], is[field], pathOf(field), event)) paths.push(pathOf(field));
    for (const field of Object.keys(is))
      if (is[field] !== undefined && !Object.hasOwn(was, field) && !missing.has(pathOf(field))) paths.push(pathOf(field));
  };
  const anew = (): LoggedEvent => loggedEvent(event, asJson);
  if (logged.dataSha256 === undefined) hold(members(logged.data), data, dataPath);
  else if (logged.dataSha256 !== digestOf(anew().data)) paths.push('data');
  if (logged.metadataSha256 === undefined) {
    hold(loggedEnvelope, envelope, metadataPath);
    hold(members(loggedActor), actor, actorPath);
  } else if (logged.metadataSha256 !== digestOf(anew().metadata)) paths.push('metadata');
  if (missing.size > 0) {
    // What the entry only says to have been there must still be there.
    const there = new Set<string>([...Object.keys(data).map(dataPath), ...Object.keys(envelope).map(metadataPath), ...Object.keys(actor).map(actorPath)]);
    paths.push(...[...missing].filter((path) => !there.has(path)));
  }
  // A person reads where it stands, not under which name its salt was made.
  return paths.map((path) => (path === 'metadata.subject' ? 'metadata.actor.subject' : path));
} // prettier-ignore

const dataPath = (field: string): LeafPath => `data.${field}`;
const metadataPath = (field: string): LeafPath => `metadata.${field}`;
const actorPath = (field: string): LeafPath => (field === 'subject' ? 'metadata.subject' : `metadata.actor.${field}`);

/** What stands around the data but for the actor. The first logs have a commitment for each id; now there is one for all of them together. */
function envelopeOf(event: RecordedEvent, together: boolean, asJson: readonly LeafPath[]): JsonObject {
  const { occurredOn, recordedAt, source } = event.metadata;
  const ids = idsOf(event);
  return members({ occurredOn, recordedAt, source, ...(together ? { ids } : ids), ...(asJson.length > 0 && { asJson: [...asJson] }) });
} // prettier-ignore

/** What is shown must be the same, what is bound to must open. */
function agrees(was: unknown, is: unknown, path: LeafPath, event: RecordedEvent): boolean {
  if (is === undefined) return false;
  if (!isCommitment(was)) return sameJson(was, is);
  const salt = saltOf(event, path);
  return salt !== undefined && opensCommitment(was, is, salt);
}

const NONE: readonly string[] = [];

const members = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** No field that everybody may see has this shape; a value that merely repeats a commitment does not open it. */
function isCommitment(value: unknown): value is { committed: string } {
  if (typeof value !== 'object' || value === null || !('committed' in value)) return false;
  const { committed, ...others } = members(value);
  return typeof committed === 'string' && /^[0-9a-f]{64}$/.test(committed) && Object.keys(others).length === 0;
}

const digestOf = (value: object): string => createHash('sha256').update(canonicalBytes(value)).digest('hex');
