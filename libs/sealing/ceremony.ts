import { commitmentTo, digestOf, shareAad, shareInfo } from './binding';
import { fail } from './error';
import { OVERHEAD_BYTES, sealBase } from './hpke/base-mode';
import type { Aead } from './hpke/base-mode';
import { MATERIAL_BYTES } from './hpke/kem';
import { X25519_BYTES } from './hpke/x25519';
import { makeKeyPair, readPublicKey } from './key';
import { draw, systemRandomness } from './randomness';
import type { Randomness } from './randomness';
import { split } from './shamir/secret-sharing';
import type { Point } from './shamir/secret-sharing';
import { readText, writeText } from './text';
import type { SealText } from './text';

/** What everything is sealed with here. */
export const AEAD: Aead = 'aes-256-gcm';

/** Fewest shares that may open a call: nobody opens one alone. */
export const MIN_THRESHOLD = 2;

/** Most evaluators a call can have. */
export const MAX_EVALUATORS = 32;

const COMMITMENT_BYTES = 32;

/** All that a ceremony leaves behind; all of it is published with the call. Evaluator i (1 to n) has the i-th of each list. */
export interface SealingKeys {
  readonly call: string;
  /** k: how many shares open the call. */
  readonly threshold: number;
  readonly publicKey: SealText<'public-key'>;
  /** Index (one byte) ‖ HPKE ciphertext of the 32 bytes of the share. */
  readonly encryptedShares: readonly SealText<'encrypted-share'>[];
  /** Index (one byte) ‖ SHA-256 as in `commitmentTo`. */
  readonly commitments: readonly SealText<'commitment'>[];
}

export interface CeremonyWishes {
  readonly call: string;
  readonly threshold: number;
  /** Public keys of the evaluators, in the order that numbers them from 1. */
  readonly evaluators: readonly string[];
  readonly random?: Randomness;
}

/**
 * Makes a call's key pair, deals its private key to the evaluators and forgets it: afterwards it exists only where `threshold` of them put
 * their shares together. 2 ≤ threshold ≤ evaluators ≤ 32.
 *
 * Throws `identifier-malformed`, `evaluators-out-of-range`, `threshold-out-of-range`, `evaluator-twice`, `randomness-malformed`, and for an
 * evaluator's key what `readPublicKey` throws.
 */
export function makeSealingKeys({
  call,
  threshold,
  evaluators,
  random = systemRandomness,
}: CeremonyWishes): SealingKeys {
  if (!Array.isArray(evaluators)) fail('evaluators-out-of-range', 'the evaluators come as a list of public keys');
  requireNumbers(threshold, evaluators.length);
  const info = shareInfo(call);
  const recipients = evaluators.map(readPublicKey);
  if (new Set(recipients.map((key) => key.toString('hex'))).size !== recipients.length)
    fail('evaluator-twice', 'two evaluators have the same public key: one person would hold two shares');
  const { publicKey, privateKey } = makeKeyPair(random);
  const coefficients = draw(random, (threshold - 1) * X25519_BYTES);
  const points = split(privateKey, threshold, recipients.length, coefficients);
  const sealed = points.map(({ index, value }, place) => {
    const binding = { info, aad: shareAad(index, threshold, publicKey) };
    const recipient = recipients[place] ?? fail('evaluators-out-of-range', `no evaluator ${index}`);
    const material = draw(random, MATERIAL_BYTES);
    return sealBase(AEAD, recipient, binding, value, material) ?? fail('public-key-weak', `key of evaluator ${index}`);
  });
  const keys: SealingKeys = {
    call,
    threshold,
    publicKey: writeText('public-key', publicKey),
    encryptedShares: sealed.map((share, place) => writeText('encrypted-share', indexed(place + 1, share))),
    commitments: points.map(({ index, value }) =>
      writeText('commitment', indexed(index, commitmentTo(call, index, value))),
    ),
  };
  for (const secret of [privateKey, coefficients, ...points.map(({ value }) => value)]) secret.fill(0);
  return keys;
}

/** The bytes of published keys. */
export interface ReadKeys {
  readonly publicKey: Buffer;
  readonly encryptedShares: readonly Buffer[];
  readonly commitments: readonly Buffer[];
}

/**
 * Reads published keys, which may come from anywhere. Throws `keys-malformed` when they are no object with two lists of one length,
 * `keys-misplaced` when an entry stands in another evaluator's place, and what the ceremony throws for numbers, ids and keys.
 */
export function readSealingKeys(keys: SealingKeys): ReadKeys {
  if (typeof keys !== 'object' || keys === null) fail('keys-malformed', 'the keys of a call come as an object');
  const { call, threshold, publicKey, encryptedShares, commitments } = keys;
  if (!Array.isArray(encryptedShares) || !Array.isArray(commitments) || encryptedShares.length !== commitments.length)
    fail('keys-malformed', 'there is one encrypted share and one commitment for each evaluator');
  requireNumbers(threshold, commitments.length);
  shareInfo(call);
  return {
    publicKey: readPublicKey(publicKey),
    encryptedShares: encryptedShares.map(entry('encrypted-share', X25519_BYTES + OVERHEAD_BYTES)),
    commitments: commitments.map(entry('commitment', COMMITMENT_BYTES)),
  };
}

/**
 * SHA-256 over all that was published, in hexadecimal: what the evaluators write down at the ceremony, and compare with the call before
 * it opens. HPKE tells nobody who dealt; without this comparison an administrator could deal again, unseen, and keep the key. Throws what
 * `readSealingKeys` throws.
 */
export function sealingKeysDigest(keys: SealingKeys): string {
  const { publicKey, encryptedShares, commitments } = readSealingKeys(keys);
  return digestOf(keys.call, keys.threshold, [publicKey, ...encryptedShares, ...commitments]).toString('hex');
}

export const indexed = (index: number, bytes: Uint8Array): Buffer => Buffer.concat([Uint8Array.of(index), bytes]);

/** The 32 bytes of a share, and whose it is. */
export function readShare(text: unknown): Point {
  const bytes = readText('share', text, 1 + X25519_BYTES);
  return { index: bytes.readUInt8(), value: bytes.subarray(1) };
}

function entry(kind: 'encrypted-share' | 'commitment', length: number) {
  return (text: unknown, place: number): Buffer => {
    const bytes = readText(kind, text, 1 + length);
    if (bytes[0] !== place + 1)
      fail('keys-misplaced', `the ${kind} in place ${place + 1} is that of evaluator ${bytes[0]}`);
    return bytes.subarray(1);
  };
}

function requireNumbers(threshold: number, evaluators: number): void {
  if (evaluators < MIN_THRESHOLD || evaluators > MAX_EVALUATORS)
    fail('evaluators-out-of-range', `a call has ${MIN_THRESHOLD} to ${MAX_EVALUATORS} evaluators, not ${evaluators}`);
  if (!Number.isInteger(threshold) || threshold < MIN_THRESHOLD || threshold > evaluators)
    fail('threshold-out-of-range', `of ${evaluators} shares, ${MIN_THRESHOLD} to ${evaluators} can be asked for`);
}
