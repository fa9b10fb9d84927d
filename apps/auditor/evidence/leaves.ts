import type { Fact, JsonObject, Source } from '#domain';
import { isAssetId } from '#domain';
import { checkLog, leafHash, leafSubject, verifyCheckpoint } from '#transparency-log';
import type { CheckProgress, Finding, LeafSubject, TileSource, Trust, VerifiedCheckpoint } from '#transparency-log';
import type { EvidenceEntry } from '#web';
import { WrongRequest } from '../log';
import { checkpointAt, keysFrom, sourceOf, trustFrom } from '../source';

/** An entry of the log, with its place. */
export interface Leaf {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly subject: LeafSubject;
}

/** A log whose signature is good. */
export interface OpenedLog {
  readonly source: TileSource;
  readonly trust: Trust;
  /** The text of the key list. */
  readonly keys: string;
  readonly head: VerifiedCheckpoint;
  readonly note: string;
}

/** Opens a log by its folder or address. Throws TransparencyError and WrongRequest. */
export async function openedLog(log: string, keys: string | undefined): Promise<OpenedLog> {
  const source = sourceOf(log);
  const list = await keysFrom(log, keys);
  const trust = trustFrom(list);
  const note = await checkpointAt(log, source);
  return { source, trust, keys: list, head: verifyCheckpoint(note, trust), note };
}

/** The stream of an asset's dossier. Throws WrongRequest. */
export function dossierOf(asset: string): string {
  if (isAssetId(asset)) return `asset-${asset}`;
  throw new WrongRequest(`"${asset}" is no registry id. Check it: its last character guards against mistyping.`);
}

/**
 * All entries of a stream, found by going through every entry of the log, which is held against the signed root on the way: whatever is in the log is in the answer. `findings` says what of the log is
 * not what was signed.
 */
export async function leavesOf(
  { source, head }: OpenedLog,
  stream: string,
  onProgress?: (progress: CheckProgress) => void,
): Promise<{ readonly leaves: readonly Leaf[]; readonly findings: readonly Finding[] }> {
  const leaves: Leaf[] = [];
  // Canonical JSON has one form: only entries with these bytes need to be read.
  const mark = Buffer.from(`"stream":${JSON.stringify(stream)}`);
  const onEntry = (entry: Uint8Array, index: number): void => {
    const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
    if (!bytes.includes(mark)) return;
    const subject = leafSubject(bytes);
    if (subject.stream === stream) leaves.push({ index, bytes: Buffer.from(bytes), subject });
  };
  const { findings } = await checkLog(source, head, { onEntry, ...(onProgress && { onProgress }) });
  return { leaves, findings };
}

/** An entry as the log shows it. */
export type LoggedFact = Fact &
  Pick<EvidenceEntry, 'revision' | 'index' | 'sealed' | 'unproven' | 'tooLarge' | 'leafHash' | 'agency'>;

/** What everybody may see of an entry; of one that was too large for the log, nothing but its digest. */
export function factIn({ index, bytes, subject: { id, type, version, revision, stream } }: Leaf): LoggedFact & { readonly stream: string } {
  const { data = {}, metadata = {}, ...rest } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Readonly<Record<string, JsonObject | undefined>>;
  const { occurredOn, recordedAt, actor, source, unproven } = metadata;
  const fields = Object.entries(data);
  const { agency, role } = { ...(actor as { readonly agency?: unknown; readonly role?: unknown } | undefined) };
  const office = typeof agency === 'string' ? agency : '';
  return {
    id,
    type,
    version,
    stream,
    revision,
    index,
    data: Object.fromEntries(fields.filter(([, value]) => !isCommitment(value))),
    metadata: {
      occurredOn: typeof occurredOn === 'string' ? occurredOn : null,
      recordedAt: typeof recordedAt === 'string' ? recordedAt : '',
      ...(isSource(source) && { source }),
      actor: { agency: office, role: typeof role === 'string' ? role : '' },
    },
    agency: office,
    sealed: fields.flatMap(([field, value]) => (isCommitment(value) ? [{ field, committed: value.committed }] : [])),
    unproven: Array.isArray(unproven) ? unproven.map(String) : [],
    tooLarge: rest.dataSha256 !== undefined,
    leafHash: Buffer.from(leafHash(bytes)).toString('hex'),
  };
} // prettier-ignore

/** The events of a dossier as the log shows them to everybody, the log having been held against its signature. Throws TransparencyError and WrongRequest. */
export async function factsIn(asset: string, log: string, keys: string | undefined): Promise<readonly LoggedFact[]> {
  const { leaves, findings } = await leavesOf(await openedLog(log, keys), dossierOf(asset));
  const [first] = findings;
  if (first) throw new WrongRequest(`The log is not what was signed: ${first.message}. See what is wrong with "auditor verify".`);
  if (leaves.length === 0) throw new WrongRequest(`The log holds nothing about ${asset}.`);
  return leaves.map(factIn);
} // prettier-ignore

/** A field that is not public stands in an entry as this. */
function isCommitment(value: unknown): value is { readonly committed: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { committed, ...others } = value as Readonly<Record<string, unknown>>;
  return typeof committed === 'string' && /^[0-9a-f]{64}$/.test(committed) && Object.keys(others).length === 0;
}

const isSource = (value: unknown): value is Source => typeof value === 'object' && value !== null && 'kind' in value;
