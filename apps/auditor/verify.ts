import type { EventStore } from '#event-store';
import { compareWithStore } from '#notary';
import type { StoreFinding } from '#notary';
import { TransparencyError, TreeReader, checkLog, verifyCheckpoint, verifyConsistency } from '#transparency-log';
import type { CheckProgress, Finding, TileSource, VerifiedCheckpoint } from '#transparency-log';
import { checkpointAt, fileAt, keysFrom, tilesAt, trustFrom } from './published';

export interface VerifyRequest {
  /** Folder of the transparency log, or the address it is published under, `https://…/log`. */
  readonly log: string;
  /** File with the public keys the auditor trusts; those beside the log when left out, which prove nothing against whoever keeps both. */
  readonly keys?: string;
  /** A checkpoint the auditor kept: the log must have grown out of it. */
  readonly since?: string;
  /** The event store to hold against the log; none when left out. */
  readonly store?: EventStore;
  readonly onProgress?: (progress: CheckProgress) => void;
}

/** What was verified, and all that was found wrong. */
export interface Verified {
  readonly origin: string;
  /** Entries under the signed checkpoint. */
  readonly size: number;
  /** Base64 of the root hash. */
  readonly root: string;
  /** The size of the checkpoint it was shown to have grown out of. */
  readonly grownOutOf?: number;
  /** The keys came with the log. */
  readonly ownKeys: boolean;
  /** Events of the store that are newer than the checkpoint. */
  readonly newer?: number;
  readonly findings: readonly (Finding | StoreFinding)[];
  /** The checkpoint, to be kept: a later one must have grown out of it. */
  readonly checkpoint: string;
}

/** Holds a transparency log against its signatures, and an event store against the log. Throws TransparencyError where it cannot be trusted at all, and WrongRequest. */
export async function verifyLog({ log, keys, since, store, onProgress }: VerifyRequest): Promise<Verified> {
  const source = tilesAt(log);
  const trust = trustFrom(await keysFrom(log, keys));
  const note = await checkpointAt(log, source);
  const head = verifyCheckpoint(note, trust);
  const older = since === undefined ? undefined : verifyCheckpoint(await fileAt(since), trust);
  if (older) await grownOutOf(source, older, head);
  const comparison = store && compareWithStore(store);
  const { findings } = await checkLog(source, head, {
    ...(comparison && { onEntry: (entry: Uint8Array, index: number) => comparison.entry(entry, index) }),
    ...(onProgress && { onProgress }),
  });
  const compared = await comparison?.finish();
  return {
    origin: head.origin,
    size: head.size,
    root: Buffer.from(head.root).toString('base64'),
    ...(older && { grownOutOf: older.size }),
    ownKeys: keys === undefined,
    ...(compared && { newer: compared.newer }),
    findings: [...findings, ...(compared?.findings ?? [])],
    checkpoint: note,
  };
} // prettier-ignore

/** Throws TransparencyError where the log is not what it was. */
async function grownOutOf(source: TileSource, older: VerifiedCheckpoint, head: VerifiedCheckpoint): Promise<void> {
  if (older.size > head.size)
    throw new TransparencyError('tree-shrank', `the log has ${head.size} entries; the checkpoint you kept has ${older.size}: an older copy was put in its place`);
  verifyConsistency(older, head, await new TreeReader(source, head.size).consistencyProof(older.size));
} // prettier-ignore

export function verifiedText({ origin, size, root, grownOutOf: older, ownKeys, newer, findings }: Verified): string {
  const lines = [
    `Log       ${origin}`,
    `Entries   ${size}, root ${root}, signature good`,
    ...(older === undefined ? [] : [`Grown     out of the ${older} entries of the checkpoint you kept`]),
    ...(newer === undefined ? [] : [`Store     held against every entry; ${newer} newer events are not under the checkpoint yet`]),
    ...(ownKeys ? ['Keys      those beside the log: give your own with --keys, or this proves nothing against whoever keeps both'] : []),
    findings.length === 0 ? 'Found     nothing wrong' : `Found     ${findings.length} wrong:`,
    ...findings.map(({ code, message }) => `  ${code}: ${message}`),
  ];
  return lines.join('\n');
} // prettier-ignore
