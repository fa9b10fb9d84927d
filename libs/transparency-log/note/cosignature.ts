import { fail } from '../error';
import type { Hash } from '../tree/hash';
import { isCount } from '../tree/size';
import { verifyConsistency } from '../tree/verify';
import type { TreeHead } from '../tree/verify';
import { verifyCheckpoint } from './checkpoint';
import type { Trust, VerifiedCheckpoint } from './checkpoint';
import { cosignedText, keyIdOf, signText } from './key';
import type { NoteVerifier, SigningKey } from './key';
import { formatLine, formatNote, openNote, parseNote } from './signed-note';
import type { SignatureLine } from './signed-note';

/** A witness's word that it knows no larger consistent tree of this log at that time, in seconds since 1970 (C2SP tlog-cosignature). */
export function cosignature(witness: SigningKey, checkpointText: string, time: number): SignatureLine {
  if (!isCount(time)) fail('note-signature-malformed', `${String(time)} is no time: whole seconds since 1970`);
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(time));
  const signature = signText(witness, cosignedText(time, checkpointText));
  return {
    name: witness.name,
    keyId: keyIdOf(witness.name, 'cosignature', witness.publicKey),
    signature: Buffer.concat([stamp, signature]),
  };
}

/**
 * A witness's whole duty at one checkpoint: it is the log's, and the tree last seen is its beginning. The caller must keep the head given
 * back, durably, before it hands out a cosignature of it; else a crash could make it sign two histories.
 */
export function witness(
  note: string | Uint8Array,
  proof: readonly Hash[],
  lastSeen: TreeHead | undefined,
  trust: Trust,
): VerifiedCheckpoint {
  const checkpoint = verifyCheckpoint(note, { ...trust, quorum: 0 });
  if (lastSeen !== undefined) verifyConsistency(lastSeen, checkpoint, proof);
  return checkpoint;
}

/** The same note with one more cosignature, which must be of a known witness and of this very text. A second one of it replaces the first. */
export function attachCosignature(
  note: string | Uint8Array,
  line: SignatureLine,
  witnesses: readonly NoteVerifier[],
): string {
  const { text, lines } = parseNote(note);
  const kept = lines.filter(({ name, keyId }) => name !== line.name || keyId !== line.keyId);
  openNote(`${text}\n${formatLine(line)}`, witnesses);
  return formatNote(text, [...kept, line]);
}
