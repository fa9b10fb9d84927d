import { createHash } from 'node:crypto';
import { SealingError, makeEvaluatorKeys, makeSealingKeys, openShare } from '#sealing';
import type { EvaluatorKeys, Randomness, SealingFault, SealingKeys } from '#sealing';

/** A call with all that belongs to it in a test; in life nobody holds all of this together. */
export interface Call {
  readonly keys: SealingKeys;
  readonly evaluators: readonly EvaluatorKeys[];
  /** The opened shares, evaluator 1 first. */
  readonly shares: readonly string[];
}

export function aCall({ call = 'call-1', threshold = 3, evaluators = 5, seed = 'seed' } = {}): Call {
  const random = foreseeable(seed);
  const people = Array.from({ length: evaluators }, () => makeEvaluatorKeys(random));
  const keys = makeSealingKeys({ call, threshold, evaluators: people.map(({ publicKey }) => publicKey), random });
  const shares = people.map(({ privateKey }, place) => openShare({ keys, evaluator: place + 1, privateKey }));
  return { keys, evaluators: people, shares };
}

/** The same bytes for the same seed. */
export function foreseeable(seed: string): Randomness {
  let drawn = 0;
  return (bytes) => {
    const blocks: Buffer[] = [];
    while (blocks.length * 32 < bytes) blocks.push(createHash('sha256').update(`${seed}/${drawn++}`).digest());
    return Buffer.concat(blocks).subarray(0, bytes);
  };
}

export function faultOf(act: () => unknown): SealingFault | 'none' {
  return errorOf(act)?.code ?? 'none';
}

export function errorOf(act: () => unknown): SealingError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof SealingError) return error;
    throw error;
  }
  return undefined;
}

export const bytesOf = (text: string): Buffer => Buffer.from(text.split('.')[2] ?? '', 'base64url');

/** The same text with one bit of its bytes turned, or with bytes of another length. */
export function altered(text: string, change: (bytes: Buffer) => Uint8Array): string {
  const [version, kind] = text.split('.');
  return `${version}.${kind}.${Buffer.from(change(bytesOf(text))).toString('base64url')}`;
}

export const bitTurned = (text: string, byte: number, bit = 0): string =>
  altered(text, (bytes) => {
    bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
    return bytes;
  });
