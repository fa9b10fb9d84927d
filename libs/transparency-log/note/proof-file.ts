import { fail } from '../error';
import { fromBase64, hashFromBase64, toBase64 } from '../tree/hash';
import type { Hash } from '../tree/hash';
import { isCount, parseCount } from '../tree/size';
import { verifyInclusion } from '../tree/verify';
import { verifyCheckpoint } from './checkpoint';
import type { Trust, VerifiedCheckpoint } from './checkpoint';
import { MAX_NOTE_BYTES, parseNote } from './signed-note';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const MAX_PROOF_LINES = 64;
const MAX_EXTRA_BYTES = 1_000_000;

/** An offline proof that an entry was logged (C2SP tlog-proof); stored as `.tlog-proof`. */
export interface ProofFile {
  readonly index: number;
  readonly proof: readonly Hash[];
  /** The signed note, word for word. */
  readonly checkpoint: string;
  /** Anything else. Nothing vouches for it. */
  readonly extra?: Uint8Array;
}

export function formatProofFile({ index, proof, checkpoint, extra }: ProofFile): string {
  if (!isCount(index)) fail('index-malformed', `${String(index)} is no index: whole numbers from 0`);
  parseNote(checkpoint);
  const lines = [
    FIRST_LINE,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...proof.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof file without believing it. */
export function parseProofFile(text: string): ProofFile {
  if (text.length > MAX_NOTE_BYTES + 2 * MAX_EXTRA_BYTES)
    fail('proof-file-malformed', 'the file is too large for a proof');
  const blank = text.indexOf('\n\n');
  if (blank < 0) fail('proof-file-malformed', 'a blank line stands between the proof and the checkpoint');
  const [first, ...lines] = text.slice(0, blank).split('\n');
  if (first !== FIRST_LINE) fail('proof-file-malformed', `the first line of a proof is "${FIRST_LINE}"`);
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()?.slice('extra '.length) ?? '') : null;
  if (extra === undefined) fail('proof-file-malformed', 'the extra data is not base64');
  const [indexLine = '', ...hashes] = lines;
  const index = indexLine.startsWith('index ') ? parseCount(indexLine.slice('index '.length)) : undefined;
  if (index === undefined)
    fail('proof-file-malformed', 'the line before the hashes is "index" and the place of the entry');
  if (hashes.length > MAX_PROOF_LINES) fail('proof-too-long', `a proof has at most ${MAX_PROOF_LINES} hashes`);
  const proof = hashes.map(
    (line) => hashFromBase64(line) ?? fail('hash-malformed', `"${line.slice(0, 64)}" is no base64 of a hash`),
  );
  return { index, proof, checkpoint: text.slice(blank + 2), ...(extra === null ? {} : { extra }) };
}

/** The checkpoint the entry is proven to be under, once checkpoint and proof are verified against those one trusts. */
export function verifyProofFile(
  text: string,
  leaf: Hash,
  trust: Trust,
): { index: number; checkpoint: VerifiedCheckpoint } {
  const { index, proof, checkpoint: note } = parseProofFile(text);
  const checkpoint = verifyCheckpoint(note, trust);
  verifyInclusion(index, leaf, proof, checkpoint);
  return { index, checkpoint };
}
