import { TransparencyError } from '../error';
import type { TransparencyFault } from '../error';
import { parseCheckpoint, verifyCheckpoint } from '../note/checkpoint';
import type { Trust, VerifiedCheckpoint } from '../note/checkpoint';
import { cosignature } from '../note/cosignature';
import type { SigningKey } from '../note/key';
import { formatLine, parseNote } from '../note/signed-note';
import { EMPTY_ROOT, sameHash } from '../tree/hash';
import { verifyConsistency } from '../tree/verify';
import type { TreeHead } from '../tree/verify';
import { parseAddCheckpoint } from './add-checkpoint';
import type { AddCheckpoint } from './add-checkpoint';

/** A checkpoint as a witness keeps it. */
export interface Remembered extends TreeHead {
  readonly note: string;
}

/** What a witness remembers of each log. */
export abstract class WitnessMemory {
  /**
   * Runs one step of one log: it is given the checkpoint cosigned last and says what takes its place, and which note contradicts it. What is to be kept is durable when this returns, and no other step
   * sees the log meanwhile, in whatever process. A step that throws changes nothing.
   */
  abstract inTurn<Result>(origin: string, step: (last: Remembered | undefined) => WitnessStep<Result>): Result;
}

export interface WitnessStep<Result> {
  readonly result: Result;
  readonly keep?: Remembered;
  /** Signed by the log, and not shown to continue what was cosigned. */
  readonly contradiction?: string;
}

/** What a witness answers (C2SP tlog-witness); `size` is that of the checkpoint cosigned last. */
export type WitnessAnswer =
  | { readonly status: 200; readonly cosignature: string; readonly size: number }
  | { readonly status: 400 | 403 | 404; readonly code: TransparencyFault | 'log-unknown'; readonly message: string }
  | { readonly status: 409; readonly size: number; /** The log signed another tree of this very size. */ readonly forked: boolean }
  | { readonly status: 422; readonly code: TransparencyFault; readonly message: string }; // prettier-ignore

/**
 * Cosigns the checkpoints of the logs it knows, as long as each begins with the one it cosigned before. It needs nothing but its memory to be sure of never cosigning two histories: what it cosigns is
 * remembered before anybody hears of it.
 */
export class Witness {
  constructor(
    private readonly key: SigningKey,
    private readonly logs: readonly Trust[],
    private readonly memory: WitnessMemory,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Answers the body of an `add-checkpoint`. */
  addCheckpoint(body: string): WitnessAnswer {
    let request: AddCheckpoint;
    let origin: string;
    try {
      request = parseAddCheckpoint(body);
      ({ origin } = parseCheckpoint(parseNote(request.note).text));
    } catch (error) {
      return refused(400, error);
    }
    const trust = this.logs.find((each) => each.origin === origin);
    if (!trust)
      return { status: 404, code: 'log-unknown', message: `this witness knows no log that is called "${origin}"` };
    let checkpoint: VerifiedCheckpoint;
    try {
      checkpoint = verifyCheckpoint(request.note, { ...trust, quorum: 0 });
    } catch (error) {
      return refused(403, error);
    }
    if (request.oldSize > checkpoint.size)
      return { status: 400, code: 'request-malformed', message: 'the old size is larger than the checkpoint' };
    return this.memory.inTurn(origin, (last) => this.cosigned(request, checkpoint, last));
  }

  private cosigned({ oldSize, proof, note }: AddCheckpoint, checkpoint: VerifiedCheckpoint, last: Remembered | undefined): WitnessStep<WitnessAnswer> {
    const { size, root } = checkpoint;
    const before: TreeHead = last ?? { size: 0, root: EMPTY_ROOT };
    const forked = before.size === size && !sameHash(before.root, root);
    if (oldSize !== before.size || forked)
      return { result: { status: 409, size: before.size, forked }, ...(forked && { contradiction: note }) };
    try {
      verifyConsistency(before, checkpoint, proof);
    } catch (error) {
      return { result: refused(422, error), contradiction: note };
    }
    const line = cosignature(this.key, checkpoint.text, Math.floor(this.clock() / 1000));
    return { result: { status: 200, cosignature: formatLine(line), size }, keep: { size, root, note } };
  } // prettier-ignore
}

function refused<Status extends 400 | 403 | 422>(
  status: Status,
  error: unknown,
): { status: Status; code: TransparencyFault; message: string } {
  if (!(error instanceof TransparencyError)) throw error;
  return { status, code: error.code, message: error.message };
}
