import { fail } from './error';
import { MATERIAL_BYTES, deriveKeyPair } from './hpke/kem';
import type { KeyPair } from './hpke/kem';
import { X25519_BYTES, isCanonical, isWeak } from './hpke/x25519';
import { draw, systemRandomness } from './randomness';
import type { Randomness } from './randomness';
import { readText, writeText } from './text';
import type { SealText } from './text';

export interface EvaluatorKeys {
  /** For the registry. */
  readonly publicKey: SealText<'public-key'>;
  /** For the evaluator alone; made and kept on the evaluator's own machine. */
  readonly privateKey: SealText<'private-key'>;
}

/** A key pair of an evaluator. Throws `randomness-malformed`. */
export function makeEvaluatorKeys(random: Randomness = systemRandomness): EvaluatorKeys {
  const { publicKey, privateKey } = makeKeyPair(random);
  return { publicKey: writeText('public-key', publicKey), privateKey: writeText('private-key', privateKey) };
}

export function makeKeyPair(random: Randomness): KeyPair {
  const material = draw(random, MATERIAL_BYTES);
  try {
    return deriveKeyPair(material);
  } finally {
    material.fill(0);
  }
}

/**
 * The 32 bytes of a public key. Throws a `text-…` code, `public-key-not-canonical` for a second spelling of a point, and `public-key-weak`
 * for one of the few points whose ciphertexts anybody can open.
 */
export function readPublicKey(text: unknown): Buffer {
  const bytes = readText('public-key', text, X25519_BYTES);
  if (!isCanonical(bytes)) fail('public-key-not-canonical', 'the public key is not below 2^255 − 19');
  if (isWeak(bytes)) fail('public-key-weak', 'the public key is a point of low order');
  return bytes;
}

/** The 32 bytes of a private key; any 32 are one (RFC 7748 §5). Throws a `text-…` code. */
export const readPrivateKey = (text: unknown): Buffer => readText('private-key', text, X25519_BYTES);
