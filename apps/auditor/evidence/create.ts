import { leafHash, TreeReader, verifyCheckpoint, verifyConsistency, verifyInclusion } from '#transparency-log';
import type { CheckProgress, Finding } from '#transparency-log';
import { WrongRequest } from '../log';
import { fileAt } from '../source';
import { archived } from './archive';
import { partsFrom } from './contents';
import type { Evidence } from './contents';
import { dossierOf, leavesOf, openedLog } from './leaves';
import type { OpenedLog } from './leaves';

export interface BundleRequest {
  readonly asset: string;
  /** Folder of the transparency log, or the address it is published under. */
  readonly log: string;
  /** The keys the auditor trusts; those beside the log when left out. */
  readonly keys?: string;
  /** A checkpoint the auditor kept: the bundle shows that the log has grown out of it. */
  readonly since?: string;
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface CreatedBundle {
  readonly bytes: Buffer;
  readonly entries: number;
  readonly size: number;
  /** What of the log is not what was signed: of such a log no bundle is made. */
  readonly findings: readonly Finding[];
}

/** More would not fit into an archive. */
const MOST_ENTRIES = 30_000;

/** Puts together all that a log has about an asset, after going through the whole log and holding it against its root. Throws TransparencyError and WrongRequest. */
export async function createBundle({ asset, log, keys, since, onProgress }: BundleRequest): Promise<CreatedBundle> {
  const stream = dossierOf(asset);
  const opened = await openedLog(log, keys);
  const { leaves, findings } = await leavesOf(opened, stream, onProgress);
  const { size } = opened.head;
  if (findings.length > 0) return { bytes: Buffer.alloc(0), entries: 0, size, findings };
  if (leaves.length === 0) throw new WrongRequest(`The log of ${size} entries holds nothing about ${asset}. What was recorded a moment ago follows within a minute.`);
  if (leaves.length > MOST_ENTRIES) throw new WrongRequest(`A bundle holds at most ${MOST_ENTRIES} entries; ${asset} has ${leaves.length}.`);
  const reader = new TreeReader(opened.source, size);
  const entries: Evidence['entries'][number][] = [];
  for (const leaf of leaves) {
    const proof = await reader.inclusionProof(leaf.index);
    verifyInclusion(leaf.index, leafHash(leaf.bytes), proof, opened.head);
    entries.push({ leaf, proof });
  }
  const evidence: Evidence = {
    stream,
    origin: opened.head.origin,
    checkpoint: opened.note,
    head: opened.head,
    keys: opened.keys,
    keyTexts: opened.trust.keys.map(({ verifier }) => verifier.text),
    entries,
    ...(since !== undefined && { kept: await grownOutOf(opened, reader, await fileAt(since)) }),
  };
  return { bytes: archived(partsFrom(evidence)), entries: entries.length, size, findings };
} // prettier-ignore

async function grownOutOf({ trust, head }: OpenedLog, reader: TreeReader, checkpoint: string): Promise<Evidence['kept'] & object> {
  const older = verifyCheckpoint(checkpoint, trust);
  const proof = older.size > head.size ? [] : await reader.consistencyProof(older.size);
  verifyConsistency(older, head, proof);
  return { checkpoint, head: older, proof };
} // prettier-ignore
