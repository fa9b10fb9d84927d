import { readFile } from 'node:fs/promises';
import { openedField, openedIn } from '#notary';
import type { OpenedField } from '#notary';
import {
  TransparencyError, leafHash, leafSubject, parseProofFile, TreeReader, verifyCheckpoint, verifyConsistency, verifyInclusion,
} from '#transparency-log'; // prettier-ignore
import type { CheckProgress, Hash, Trust, VerifiedCheckpoint } from '#transparency-log';
import type { EvidenceView } from '#web';
import { WrongRequest } from '../log';
import { fileAt, trustFrom } from '../source';
import { NotABundle, archived, partsOf } from './archive';
import type { Part } from './archive';
import { CONTENTS, FORMAT, edition, entryName, partsFrom, readableNames, sha256, viewOf } from './contents';
import type { Evidence } from './contents';
import { leavesOf, openedLog } from './leaves';
import type { Leaf } from './leaves';

/** What can be wrong with a bundle, beside what can be wrong with a proof. */
export type BundleFault =
  | 'bundle-malformed'
  | 'part-altered'
  | 'part-missing'
  | 'part-added'
  | 'report-altered'
  | 'entry-missing'
  | 'entry-of-another'
  | 'field-differs'
  | 'kept-not-shown'
  | 'log-differs';

export interface BundleFinding {
  readonly code: BundleFault | TransparencyError['code'];
  /** The part of the bundle concerned; undefined where it is the bundle as a whole. */
  readonly part?: string;
  /** A sentence for a person. */
  readonly message: string;
} // prettier-ignore

export interface VerifiedBundle {
  /** What it shows; undefined where it shows nothing. */
  readonly view?: EvidenceView;
  /** The keys came with the bundle. */
  readonly ownKeys: boolean;
  /** The checkpoint the auditor kept is one the log has grown out of. */
  readonly grownOutOfKept?: number;
  /** Where the log was looked into as well: its size, and how many entries about the asset came later. */
  readonly looked?: { readonly size: number; readonly later: number };
  /** The fields that were closed and published since, each held against what the log was bound to. */
  readonly opened: readonly OpenedField[];
  /** What a reader should know, and is no fault. */
  readonly notes: readonly string[];
  readonly findings: readonly BundleFinding[];
}

export interface VerifyBundleRequest {
  readonly file: string;
  /** File with the keys the auditor trusts; those in the bundle when left out, which prove nothing against whoever made it. */
  readonly keys?: string;
  /** A checkpoint the auditor kept. */
  readonly since?: string;
  /** A log to look into, for entries that came later. */
  readonly log?: string;
  readonly onProgress?: (progress: CheckProgress) => void;
}

/** Verifies a bundle of evidence from what is in it alone, and where a log is given, against that. Throws WrongRequest where there is nothing to verify. */
export async function verifyBundle(request: VerifyBundleRequest): Promise<VerifiedBundle> {
  const bytes = await readFile(request.file).catch((error: unknown) => {
    throw new WrongRequest(`${request.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const keys = request.keys === undefined ? undefined : await fileAt(request.keys);
  const since = request.since === undefined ? undefined : await fileAt(request.since);
  const findings: BundleFinding[] = [];
  const notes: string[] = [];
  const read = orFinding(findings, undefined, () => opened(bytes, findings));
  const evidence = read && orFinding(findings, undefined, () => evidenceIn(read, keys, findings));
  const ownKeys = keys === undefined;
  if (!read || !evidence) return { ownKeys, opened: [], notes, findings };
  if (read.edition !== edition) notes.push('The readable parts were written by another release of this program, so they were not compared with the entries. Read the entries below instead.');
  if (keys !== undefined && keys !== evidence.keys) notes.push('The key list in the bundle is not the one you gave; yours was used.');
  compareWhole(read, evidence, findings);
  const published = openedOf(evidence, findings);
  const kept = since === undefined ? undefined : orFinding(findings, undefined, () => keptIn(evidence, since, trustIn(evidence, keys)));
  const looked = request.log === undefined ? undefined : await lookedInto(request, evidence, findings);
  return {
    view: viewOf(evidence),
    ownKeys,
    opened: published,
    ...(kept !== undefined && { grownOutOfKept: kept }),
    ...(looked && { looked }),
    notes,
    findings,
  };
} // prettier-ignore

interface Read {
  readonly stream: string;
  readonly edition: string;
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly all: readonly Part[];
}

/** The parts, held against the list of contents. */
function opened(bytes: Uint8Array, findings: BundleFinding[]): Read {
  const { parts: all, damaged } = partsOf(bytes);
  for (const part of damaged) findings.push({ code: 'part-altered', part, message: `${part} is damaged or was altered: its checksum is another.` });
  const parts = new Map(all.map(({ name, bytes: content }) => [name, content]));
  if (parts.size !== all.length) throw new NotABundle('It has two parts of one name.');
  const contents = contentsIn(parts.get(CONTENTS));
  for (const [name, digest] of Object.entries(contents.parts)) {
    const content = parts.get(name);
    if (content === undefined) findings.push({ code: 'part-missing', part: name, message: `${name} is in the list of contents and not in the bundle.` });
    else if (sha256(content) !== digest && !damaged.includes(name))
      findings.push({ code: 'part-altered', part: name, message: `${name} is not what the list of contents says: it, or the list, was altered.` });
  }
  for (const name of parts.keys())
    if (name !== CONTENTS && !Object.hasOwn(contents.parts, name))
      findings.push({ code: 'part-added', part: name, message: `${name} is in the bundle and not in the list of contents: it, or the list, was altered.` });
  return { stream: contents.stream, edition: contents.edition, parts, all };
} // prettier-ignore

function contentsIn(bytes: Uint8Array | undefined): { stream: string; edition: string; parts: Readonly<Record<string, string>> } {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
  } catch {
    throw new NotABundle(`Its list of contents (${CONTENTS}) is missing or cannot be read.`);
  }
  const { format, stream, edition: by, parts } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (format !== FORMAT) throw new NotABundle(`Its list of contents (${CONTENTS}) does not say "${FORMAT}": it was altered, or made by a newer release. Use that one.`);
  if (typeof stream !== 'string' || typeof by !== 'string' || typeof parts !== 'object' || parts === null)
    throw new NotABundle(`Its list of contents (${CONTENTS}) was altered.`);
  return { stream, edition: by, parts: parts as Readonly<Record<string, string>> };
} // prettier-ignore

/** What the parts prove. Each thing wrong becomes a finding; undefined where there is no state to prove anything against. */
function evidenceIn({ stream, parts }: Read, keys: string | undefined, findings: BundleFinding[]): Evidence | undefined {
  const text = (name: string): string | undefined => {
    const bytes = parts.get(name);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  const [checkpoint, keysIn] = [text('checkpoint'), text('keys')];
  if (checkpoint === undefined || keysIn === undefined) throw new NotABundle('It has no checkpoint or no keys, so it proves nothing.');
  const inside = orFinding(findings, 'keys', () => trustFrom(keysIn));
  const trust = keys === undefined ? inside : trustFrom(keys);
  const head = trust && orFinding(findings, 'checkpoint', () => verifyCheckpoint(checkpoint, trust));
  if (!head) return undefined;
  const entries: Evidence['entries'][number][] = [];
  const names = [...parts.keys()].filter((name) => /^entries\/\d{5}\.json$/.test(name)).sort();
  for (const name of names) {
    const proofText = text(name.replace(/json$/, 'tlog-proof'));
    if (proofText === undefined) findings.push({ code: 'part-missing', part: name, message: `${name} has no proof beside it.` });
    const entry = proofText === undefined ? undefined : orFinding(findings, name, () => proven(parts.get(name)!, proofText, head));
    if (entry) entries.push(entry);
  }
  requireWhole(stream, entries, names.length, findings);
  const keptNote = text('kept/checkpoint');
  const kept = keptNote === undefined ? undefined : orFinding(findings, 'kept/consistency', () => grown(keptNote, text('kept/consistency') ?? '', trust, head));
  return {
    stream,
    origin: head.origin,
    checkpoint,
    head,
    keys: keysIn,
    keyTexts: (inside?.keys ?? []).map(({ verifier }) => verifier.text),
    entries,
    ...(kept && { kept }),
  };
} // prettier-ignore

/** What was published of closed fields must be what was recorded: the entries say both, and nobody needs to be believed. */
function openedOf({ entries }: Evidence, findings: BundleFinding[]): readonly OpenedField[] {
  const byId = new Map(entries.map(({ leaf }) => [leaf.subject.id, leaf.bytes]));
  return entries.flatMap(({ leaf }) => {
    const withholding = byId.get(openedIn(leaf.bytes) ?? '');
    if (!withholding) return [];
    const opened = openedField(leaf.bytes, withholding);
    if (opened.kind === 'differs')
      findings.push({ code: 'field-differs', message: `Entry ${leaf.subject.id} publishes the field "${opened.field}" of entry ${opened.entry}, and not with what was recorded there.` });
    return [opened];
  });
} // prettier-ignore

/** Throws TransparencyError where the entry is not in the tree. */
function proven(bytes: Uint8Array, proofText: string, head: VerifiedCheckpoint): Evidence['entries'][number] {
  const { index, proof } = parseProofFile(proofText);
  verifyInclusion(index, leafHash(bytes), proof, head);
  return { leaf: { index, bytes, subject: leafSubject(bytes) }, proof };
}

/** The numbers of the entries in the dossier follow one another from the first, and so do their places in the log. */
function requireWhole(stream: string, entries: Evidence['entries'], given: number, findings: BundleFinding[]): void {
  if (given === 0) findings.push({ code: 'entry-missing', message: `It holds no entry about ${stream}.` });
  for (const { leaf } of entries)
    if (leaf.subject.stream !== stream)
      findings.push({ code: 'entry-of-another', message: `Entry ${leaf.subject.id} is about ${leaf.subject.stream}, not about ${stream}.` });
  if (entries.length < given) return; // Those that are not proven were told.
  entries.forEach(({ leaf }, number) => {
    if (leaf.subject.revision !== number || (number > 0 && leaf.index <= entries[number - 1]!.leaf.index))
      findings.push({ code: 'entry-missing', part: entryName(number), message: `Where entry ${number + 1} of the dossier ought to stand, there is entry ${leaf.subject.revision + 1}: one is missing, or stands in another's place.` });
  });
} // prettier-ignore

/** Throws TransparencyError where the log has not grown out of it. */
function grown(checkpoint: string, lines: string, trust: Trust, head: VerifiedCheckpoint): Evidence['kept'] & object {
  const older = verifyCheckpoint(checkpoint, trust);
  const proof: Hash[] = lines.split('\n').slice(0, -1).map((line) => Buffer.from(line, 'base64')); // prettier-ignore
  verifyConsistency(older, head, proof);
  return { checkpoint, head: older, proof };
}

/** Whatever is in the bundle must follow from what was proven; else it was put in by somebody. */
function compareWhole(read: Read, evidence: Evidence, findings: BundleFinding[]): void {
  if (findings.length > 0) return;
  const elsewhere = read.edition !== edition;
  const theirs = new Map(read.all.flatMap(({ name, bytes }) => (readableNames.has(name) ? [[name, bytes] as const] : [])));
  const made = new Map(partsFrom(evidence, elsewhere ? { edition: read.edition, readable: theirs } : undefined).map(({ name, bytes }) => [name, bytes]));
  const [contents, ...others] = read.all;
  for (const { name, bytes } of [...others, ...(contents ? [contents] : [])]) {
    const ours = made.get(name);
    if (ours === undefined) findings.push({ code: 'part-added', part: name, message: `${name} does not belong into a bundle.` });
    else if (Buffer.compare(ours, bytes) === 0) continue;
    else if (readableNames.has(name)) findings.push({ code: 'report-altered', part: name, message: `${name} does not say what the entries say: it was altered.` });
    // The list names the digests of the report as well.
    else if (name !== CONTENTS || findings.length === 0) findings.push({ code: 'part-altered', part: name, message: `${name} is not what follows from the other parts: it was altered.` });
  }
  for (const name of made.keys()) if (!read.parts.has(name)) findings.push({ code: 'part-missing', part: name, message: `${name} is missing.` });
  if (findings.length === 0 && Buffer.compare(archived([...made].map(([name, bytes]) => ({ name, bytes }))), archived(read.all)) !== 0)
    findings.push({ code: 'bundle-malformed', message: 'Its parts stand in another order than they were written in.' });
} // prettier-ignore

const trustIn = ({ keys }: Evidence, kept: string | undefined): Trust => trustFrom(kept ?? keys);

/** The size of the checkpoint the auditor kept, once the bundle shows that the log has grown out of it. Throws TransparencyError and NotShown. */
function keptIn({ head, kept }: Evidence, since: string, trust: Trust): number {
  const own = verifyCheckpoint(since, trust);
  const same = [head, kept?.head].find((each) => each?.size === own.size);
  if (same === undefined)
    throw new NotShown(`The bundle holds no proof that the log has grown out of the checkpoint of ${own.size} entries you kept. Have it made anew with --since that checkpoint, or give --log.`);
  verifyConsistency(own, { size: same.size, root: same.root }, []);
  return own.size;
} // prettier-ignore

class NotShown extends Error {}

/** Looks into the log: has it grown out of the state in the bundle, and what came later? */
async function lookedInto(request: VerifyBundleRequest, evidence: Evidence, findings: BundleFinding[]): Promise<VerifiedBundle['looked']> {
  try {
    const log = await openedLog(request.log!, request.keys);
    if (log.head.size < evidence.head.size) throw new TransparencyError('tree-shrank', `the log has ${log.head.size} entries, the state in the bundle ${evidence.head.size}: an older copy was put in its place`);
    verifyConsistency(evidence.head, log.head, await new TreeReader(log.source, log.head.size).consistencyProof(evidence.head.size));
    const { leaves, findings: faults } = await leavesOf(log, evidence.stream, request.onProgress);
    for (const { code, message } of faults) findings.push({ code: 'log-differs', message: `The log is not what was signed (${code}): ${message}.` });
    const inBundle = new Set(evidence.entries.map(({ leaf }) => leaf.index));
    const others = leaves.filter(({ index }: Leaf) => !inBundle.has(index));
    for (const { index, subject } of others.filter(({ index: at }) => at < evidence.head.size))
      findings.push({ code: 'entry-missing', message: `Entry ${subject.id} about the asset is in the log, at place ${index + 1}, and was left out of the bundle.` });
    return { size: log.head.size, later: others.filter(({ index }) => index >= evidence.head.size).length };
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    findings.push({ code: error.code, message: `The log: ${error.message}.` });
    return undefined;
  }
} // prettier-ignore

/** What a check gives; what is wrong becomes a finding. */
function orFinding<Result>(findings: BundleFinding[], part: string | undefined, check: () => Result): Result | undefined {
  try {
    return check();
  } catch (error) {
    const code = error instanceof TransparencyError ? error.code : error instanceof NotABundle ? 'bundle-malformed' : error instanceof NotShown ? 'kept-not-shown' : undefined;
    if (code === undefined) throw error;
    const message = error instanceof Error ? error.message : String(error);
    findings.push({ code, ...(part !== undefined && { part }), message: part === undefined ? message : `${part}: ${message}.` });
    return undefined;
  }
} // prettier-ignore

const kinds: Record<OpenedField['kind'], string> = {
  'as-committed': 'what the log was bound to when it was recorded',
  differs: 'NOT what was recorded',
  unproven: 'the log was bound to nothing that could be compared',
};

export function verifiedBundleText({ view, ownKeys, opened: published, grownOutOfKept, looked, notes, findings }: VerifiedBundle): string {
  const lines = [
    ...(view
      ? [
          `Asset     ${view.asset}, ${view.entries.length} entries`,
          `Log       ${view.origin}`,
          `State     ${view.size} entries, root ${view.root}`,
          ...(view.grownOutOf ? [`Grown     out of the ${view.grownOutOf.size} entries of root ${view.grownOutOf.root}`] : []),
          ...view.entries.map(({ revision, occurredOn, recordedAt, type, id, index }) => `  ${revision + 1}. ${type}, ${occurredOn ?? 'date not stated'}, recorded ${recordedAt}, place ${index + 1} in the log (${id})`),
        ]
      : []),
    ...published.map(({ field, entry, kind }) => `Opened    ${field} of entry ${entry}: ${kinds[kind]}`),
    ...(grownOutOfKept === undefined ? [] : [`Kept      the checkpoint of ${grownOutOfKept} entries you kept is the log's`]),
    ...(looked ? [`Looked    through ${looked.size} entries of the log; ${looked.later === 0 ? 'none about the asset came later' : `${looked.later} about the asset came later and are not in the bundle`}`] : ['Later     entries cannot be seen from the bundle alone: look into the log with --log']),
    ...(ownKeys ? ['Keys      those in the bundle: give your own with --keys, or this proves nothing against whoever made it'] : []),
    ...notes.map((note) => `Note      ${note}`),
    findings.length === 0 ? 'Found     nothing wrong' : `Found     ${findings.length} wrong:`,
    ...findings.map(({ code, message }) => `  ${code}: ${message}`),
  ];
  return lines.join('\n');
} // prettier-ignore
