import type { EventStore } from '#event-store';
import { compareWithStore } from '#notary';
import type { StoreFinding } from '#notary';
import { TransparencyError, TreeReader, WITNESSED_CHECKPOINT, checkLog, parseVerifierKey, verifyCheckpoint, verifyConsistency } from '#transparency-log'; // prettier-ignore
import type { CheckProgress, Finding, NoteVerifier, TileSource, Trust, VerifiedCheckpoint } from '#transparency-log';
import { WrongRequest } from './log';
import { checkpointAt, fileAt, keysFrom, sourceOf, trustFrom } from './source';

export interface VerifyRequest {
  /** Folder of the transparency log, or the address it is published under, `https://…/log`. */
  readonly log: string;
  /** File with the public keys the auditor trusts; those beside the log when left out, which prove nothing against whoever keeps both. */
  readonly keys?: string;
  /** A checkpoint the auditor kept: the log must have grown out of it. */
  readonly since?: string;
  /** Keys of witnesses, or files with some; each must have cosigned, or as many as `quorum` says. */
  readonly witnesses?: readonly string[];
  readonly quorum?: number;
  /** The event store to hold against the log; none when left out. */
  readonly store?: EventStore;
  readonly onProgress?: (progress: CheckProgress) => void;
}

/** What witnesses say of a log. */
export interface Witnessed {
  /** Entries under the checkpoint they cosigned. */
  readonly size: number;
  /** Their names; of how many; and how many were demanded. */
  readonly by: readonly string[];
  readonly of: number;
  readonly demanded: number;
  /** When the last of them did. */
  readonly latest: string;
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
  /** What witnesses cosigned; undefined where none was asked for. */
  readonly witnessed?: Witnessed;
  /** The keys came with the log. */
  readonly ownKeys: boolean;
  /** Events of the store that are newer than the checkpoint. */
  readonly newer?: number;
  readonly findings: readonly (Finding | StoreFinding)[];
  /** The checkpoint, to be kept: a later one must have grown out of it. */
  readonly checkpoint: string;
}

/** Holds a transparency log against its signatures, and an event store against the log. Throws TransparencyError where it cannot be trusted at all, and WrongRequest. */
export async function verifyLog({ log, keys, since, store, onProgress, witnesses: named = [], quorum }: VerifyRequest): Promise<Verified> {
  const source = sourceOf(log);
  const trusted = trustFrom(await keysFrom(log, keys));
  const witnesses = (await Promise.all(named.map(witnessesIn))).flat();
  if (quorum !== undefined && quorum > witnesses.length) throw new WrongRequest(`--quorum asks for ${quorum} witnesses, and you name ${witnesses.length} with --witness.`);
  const trust = { ...trusted, witnesses };
  const note = await checkpointAt(log, source);
  const head = verifyCheckpoint(note, trust);
  const older = since === undefined ? undefined : verifyCheckpoint(await fileAt(since), trust);
  if (older) await grownOutOf(source, older, head);
  const witnessed = witnesses.length === 0 ? undefined : await witnessedOf(source, note, head, { ...trust, quorum: quorum ?? witnesses.length });
  const comparison = store && compareWithStore(store);
  const { findings } = await checkLog(source, head, {
    ...(comparison && { onEntry: (entry: Uint8Array, index: number) => comparison.entry(entry, index) }),
    ...(onProgress && { onProgress }),
  });
  const compared = await comparison?.finish();
  return {
    origin: trust.origin,
    size: head.size,
    root: Buffer.from(head.root).toString('base64'),
    ...(older && { grownOutOf: older.size }),
    ...(witnessed && { witnessed }),
    ownKeys: keys === undefined,
    ...(compared && { newer: compared.newer }),
    findings: [...findings, ...(compared?.findings ?? [])],
    checkpoint: note,
  };
} // prettier-ignore

/** What enough witnesses cosigned: this checkpoint, or an earlier one that it has grown out of. Throws TransparencyError. */
async function witnessedOf(
  source: TileSource,
  note: string,
  head: VerifiedCheckpoint,
  trust: Trust & { readonly witnesses: readonly NoteVerifier[]; readonly quorum: number },
): Promise<Witnessed> {
  const { quorum, witnesses } = trust;
  // Under load the newest checkpoint runs ahead of its witnesses.
  const earlier = head.cosignatures.length < quorum ? await source.read(WITNESSED_CHECKPOINT) : undefined;
  const cosigned = verifyCheckpoint(earlier ?? note, trust);
  const [older, newer] = cosigned.size <= head.size ? [cosigned, head] : [head, cosigned];
  await grownOutOf(source, older, newer);
  const times = cosigned.cosignatures.map(({ time = 0 }) => time);
  return {
    size: cosigned.size,
    by: cosigned.cosignatures.map(({ verifier: { name } }) => name),
    of: witnesses.length,
    demanded: quorum,
    latest: new Date(Math.max(...times) * 1000).toISOString(),
  };
}

/** A key as it is written, or a file with some, one a line; `#` begins a comment. */
async function witnessesIn(keyOrFile: string): Promise<NoteVerifier[]> {
  const text = /^[^+]+\+[0-9a-f]{8}\+/.test(keyOrFile) ? keyOrFile : await fileAt(keyOrFile);
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
  try {
    const verifiers = lines.map(parseVerifierKey);
    if (verifiers.length > 0 && verifiers.every(({ kind }) => kind === 'cosignature')) return verifiers;
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new WrongRequest(`--witness ${keyOrFile}: ${error.message}.`);
  }
  throw new WrongRequest(`--witness ${keyOrFile} names no key of a witness. Give what the witness says of itself when it starts.`);
} // prettier-ignore

/** Throws TransparencyError where the log is not what it was. */
async function grownOutOf(source: TileSource, older: VerifiedCheckpoint, head: VerifiedCheckpoint): Promise<void> {
  if (older.size > head.size)
    throw new TransparencyError('tree-shrank', `the log has ${head.size} entries; the checkpoint you kept has ${older.size}: an older copy was put in its place`);
  verifyConsistency(older, head, await new TreeReader(source, head.size).consistencyProof(older.size));
} // prettier-ignore

export function verifiedText({ origin, size, root, grownOutOf: older, witnessed, ownKeys, newer, findings }: Verified): string {
  const lines = [
    `Log       ${origin}`,
    `Entries   ${size}, root ${root}, signature good`,
    ...(older === undefined ? [] : [`Grown     out of the ${older} entries of the checkpoint you kept`]),
    ...(witnessed === undefined ? [] : [`Witnesses ${witnessed.by.length} of ${witnessed.of} cosigned ${witnessed.size} entries (${witnessed.demanded} demanded), last at ${witnessed.latest}: ${witnessed.by.join(', ')}`]),
    ...(newer === undefined ? [] : [`Store     held against every entry; ${newer} newer events are not under the checkpoint yet`]),
    ...(ownKeys ? ['Keys      those beside the log: give your own with --keys, or this proves nothing against whoever keeps both'] : []),
    findings.length === 0 ? 'Found     nothing wrong' : `Found     ${findings.length} wrong:`,
    ...findings.map(({ code, message }) => `  ${code}: ${message}`),
  ];
  return lines.join('\n');
} // prettier-ignore
