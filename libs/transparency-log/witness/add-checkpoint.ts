import { fail } from '../error';
import { hashFromBase64, toBase64 } from '../tree/hash';
import type { Hash } from '../tree/hash';
import { parseCount } from '../tree/size';

/** What a log asks a witness to cosign (C2SP tlog-witness). */
export interface AddCheckpoint {
  /** Size of the checkpoint which the witness cosigned last, as the log knows it; 0 for none. */
  readonly oldSize: number;
  /** That the tree of the checkpoint begins with that of `oldSize`. */
  readonly proof: readonly Hash[];
  /** The signed checkpoint. */
  readonly note: string;
}

const MAX_PROOF_LINES = 63;

export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  return [`old ${oldSize}`, ...proof.map(toBase64), '', note].join('\n');
}

/** Takes a request apart; whether proof and note are worth anything is for the witness. Throws `request-malformed`. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const blank = body.indexOf('\n\n');
  if (blank < 0) fail('request-malformed', 'a request is an old size, a proof, an empty line and a checkpoint');
  const [first = '', ...lines] = body.slice(0, blank).split('\n');
  const oldSize = first.startsWith('old ') ? parseCount(first.slice('old '.length)) : undefined;
  if (oldSize === undefined) fail('request-malformed', 'the first line of a request is "old <size>"');
  if (lines.length > MAX_PROOF_LINES)
    fail('request-malformed', `a proof has at most ${MAX_PROOF_LINES} lines, not ${lines.length}`);
  const proof = lines.map(
    (line) => hashFromBase64(line) ?? fail('request-malformed', 'a line of the proof is not the base64 of 32 bytes'),
  );
  return { oldSize, proof, note: body.slice(blank + 2) };
}
