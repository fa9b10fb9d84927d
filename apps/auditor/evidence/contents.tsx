import { createHash } from 'node:crypto';
import { current, italy } from '#domain';
import { canonicalBytes, formatProofFile } from '#transparency-log';
import type { Hash, TreeHead } from '#transparency-log';
import { EvidenceReport, officeLanguages, renderPage, textsEdition, wordsFor } from '#web';
import type { EvidenceEntry, EvidenceView, OfficeLanguage } from '#web';
import type { Part } from './archive';
import { factIn } from './leaves';
import type { Leaf } from './leaves';

/** Goes up when the layout of a bundle or its report changes. */
export const FORMAT = 'social-reuse-registry/evidence@v1';

/** Everything a bundle of evidence is made of; whatever else is in it follows from this. */
export interface Evidence {
  readonly stream: string;
  readonly origin: string;
  /** The signed note, word for word. */
  readonly checkpoint: string;
  readonly head: TreeHead;
  /** The text of the key list. */
  readonly keys: string;
  /** Its keys, as verifiers write them. */
  readonly keyTexts: readonly string[];
  readonly entries: readonly { readonly leaf: Leaf; readonly proof: readonly Hash[] }[];
  /** A checkpoint somebody kept, and the proof that the log has grown out of it. */
  readonly kept?: { readonly checkpoint: string; readonly head: TreeHead; readonly proof: readonly Hash[] };
}

export const CONTENTS = 'contents.json';
export const entryName = (number: number): string => `entries/${String(number + 1).padStart(5, '0')}.json`;
export const proofName = (number: number): string => `entries/${String(number + 1).padStart(5, '0')}.tlog-proof`;

/** The readable parts, which follow from the others. */
const readable: Readonly<Record<OfficeLanguage, { readonly report: string; readonly readme: string }>> = {
  it: { report: 'rapporto.html', readme: 'leggimi.txt' },
  en: { report: 'report.html', readme: 'readme.txt' },
};
export const readableNames: ReadonlySet<string> = new Set(
  officeLanguages.flatMap((language) => Object.values(readable[language])),
);

/** What this program would write the readable parts like: another release, or another Node, may word them otherwise. */
export const edition: string = createHash('sha256')
  .update([FORMAT, textsEdition, process.versions.icu, process.versions.tz].join('\n'))
  .digest('hex')
  .slice(0, 16);

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Readable parts as another release wrote them. */
export interface WrittenElsewhere {
  readonly edition: string;
  readonly readable: ReadonlyMap<string, Uint8Array>;
}

/** The parts of the bundle, in their order. Pure: the same evidence gives the same bytes; nothing in it says when or by whom it was put together. */
export function partsFrom(evidence: Evidence, elsewhere?: WrittenElsewhere): Part[] {
  const text = (name: string, content: string): Part => ({ name, bytes: Buffer.from(content, 'utf8') });
  const { checkpoint, keys, kept } = evidence;
  const parts = [
    ...readableParts(evidence).map(({ name, bytes }) => ({ name, bytes: elsewhere?.readable.get(name) ?? bytes })),
    text('checkpoint', checkpoint),
    text('keys', keys),
    ...(kept
      ? [
          text('kept/checkpoint', kept.checkpoint),
          text('kept/consistency', kept.proof.map((hash) => `${base64(hash)}\n`).join('')),
        ]
      : []),
    ...evidence.entries.flatMap(({ leaf, proof }, number): Part[] => [
      { name: entryName(number), bytes: leaf.bytes },
      text(proofName(number), formatProofFile({ index: leaf.index, proof, checkpoint })),
    ]),
  ];
  const contents = {
    format: FORMAT,
    stream: evidence.stream,
    // All entries of the log up to here were gone through for those of the stream.
    scanned: evidence.head.size,
    edition: elsewhere?.edition ?? edition,
    parts: Object.fromEntries(parts.map(({ name, bytes }) => [name, sha256(bytes)])),
  };
  return [{ name: CONTENTS, bytes: canonicalBytes(contents) }, ...parts];
}

function readableParts(evidence: Evidence): Part[] {
  const view = viewOf(evidence);
  return officeLanguages.flatMap((language): Part[] => {
    const words = wordsFor(language, italy);
    const { report, readme } = readable[language];
    return [
      { name: readme, bytes: Buffer.from(words.t('evidence.readme', { asset: view.asset }), 'utf8') },
      { name: report, bytes: Buffer.from(renderPage(<EvidenceReport view={view} />, words), 'utf8') },
    ];
  });
}

/** What the report says. */
export function viewOf({ stream, origin, head, keyTexts, entries, kept }: Evidence): EvidenceView {
  return {
    asset: stream.replace(/^asset-/, ''),
    origin,
    size: head.size,
    root: base64(head.root),
    keys: keyTexts,
    ...(kept && { grownOutOf: { size: kept.head.size, root: base64(kept.head.root) } }),
    entries: entries.map(({ leaf }) => toldFrom(leaf)),
  };
}

/** An entry as people read it: by today's names of its fields, where they are known. */
function toldFrom(leaf: Leaf): EvidenceEntry {
  const { metadata, ...fact } = factIn(leaf);
  const { occurredOn, recordedAt } = metadata;
  try {
    const { data, version } = current({ ...fact, metadata });
    return { ...fact, data, version, occurredOn, recordedAt };
  } catch {
    // Of a release that is newer than this one: told as it stands.
    return { ...fact, occurredOn, recordedAt };
  }
}
