import { createHash } from 'node:crypto';
import type { JsonObject, RecordedEvent } from '#domain';
import { canonicalBytes, canonicalJson, leafSubject, opensCommitment } from '#transparency-log';
import { idsOf, loggedEvent, saltOf, told } from './leaf';
import type { LeafPath, Told } from './leaf';

/**
 * The parts in which a stored event differs from its entry; none where it is what was logged. The entry is the judge: what it shows must be the same, and what it is bound to must open, whatever today's
 * catalogue would show. So a type that was unknown to the release that logged it, or a field that was classified anew, is no alarm. Only an event too large for an entry has to be told anew to be
 * compared. Nothing of what is not public is told. Throws `not-canonical` for an entry that is not one of ours.
 */
export function differencesFrom(entry: Uint8Array, event: RecordedEvent): string[] {
  const now = told(event);
  return Buffer.compare(now.leaf, entry) === 0 ? [] : differences(entry, now);
}

function differences(entry: Uint8Array, { event, asJson }: Told): string[] {
  const subject = leafSubject(entry);
  const logged = members(JSON.parse(Buffer.from(entry).toString('utf8')));
  const anew = loggedEvent(event, asJson);
  const { actor, occurredOn, recordedAt, source } = event.metadata;
  const { unproven, actor: loggedActor, ...loggedEnvelope } = members(logged.metadata);
  const missing = new Set(Array.isArray(unproven) ? unproven.map(String) : []);
  // The first logs have a commitment for each id; now there is one for all of them.
  const together = loggedEnvelope.ids !== undefined || missing.has('metadata.ids');
  const ids = idsOf(event);
  const envelope = members({ occurredOn, recordedAt, source, ...(together ? { ids } : ids), ...(asJson.length > 0 && { asJson: [...asJson] }) });
  const within = (was: JsonObject, is: JsonObject, pathOf: (field: string) => LeafPath): string[] => {
    const paths = new Map([...Object.keys(was), ...Object.keys(is)].map((field) => [pathOf(field), field]));
    return [...paths].filter(([path, field]) => !same(path, was[field], is[field])).map(([path]) => path);
  };
  const same = (path: LeafPath, was: unknown, is: unknown): boolean => {
    if (is === undefined) return false;
    if (was === undefined) return missing.has(path);
    if (!isCommitment(was)) return canonicalJson(was) === canonicalJson(is);
    const salt = saltOf(event, path);
    return salt !== undefined && opensCommitment(was, is, salt);
  };
  const actorPath = (field: string): LeafPath => (field === 'subject' ? 'metadata.subject' : `metadata.actor.${field}`);
  const dataPath = (field: string): LeafPath => `data.${field}`;
  const metadataPath = (field: string): LeafPath => `metadata.${field}`;
  const [data, who] = [members(event.data), members(actor)];
  const there = new Set<string>([
    ...Object.keys(data).map(dataPath),
    ...Object.keys(envelope).map(metadataPath),
    ...Object.keys(who).map(actorPath),
  ]);
  const paths = [
    ...(['id', 'stream', 'revision', 'type', 'version'] as const).filter((name) => subject[name] !== event[name]),
    ...(logged.dataSha256 === undefined
      ? within(members(logged.data), data, dataPath)
      : logged.dataSha256 === digestOf(anew.data) ? [] : ['data']),
    ...(logged.metadataSha256 === undefined
      ? [...within(loggedEnvelope, envelope, metadataPath), ...within(members(loggedActor), who, actorPath)]
      : logged.metadataSha256 === digestOf(anew.metadata) ? [] : ['metadata']),
    // What the entry only says to have been there must still be there.
    ...[...missing].filter((path) => !there.has(path)),
  ];
  // A person reads where it stands, not under which name its salt was made.
  return paths.map((path) => (path === 'metadata.subject' ? 'metadata.actor.subject' : path));
} // prettier-ignore

const members = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** No field that everybody may see has this shape; a value that merely repeats a commitment does not open it. */
function isCommitment(value: unknown): value is { committed: string } {
  const { committed, ...others } = members(value);
  return typeof committed === 'string' && /^[0-9a-f]{64}$/.test(committed) && Object.keys(others).length === 0;
}

const digestOf = (value: object): string => createHash('sha256').update(canonicalBytes(value)).digest('hex');
