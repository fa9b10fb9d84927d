import { applicationAad, applicationInfo } from './binding';
import { AEAD } from './ceremony';
import { fail } from './error';
import { OVERHEAD_BYTES, openBase, sealBase } from './hpke/base-mode';
import { MATERIAL_BYTES } from './hpke/kem';
import { readPrivateKey, readPublicKey } from './key';
import { PADDED_LENGTHS, pad, unpad } from './padding';
import { draw, systemRandomness } from './randomness';
import type { Randomness } from './randomness';
import { readText, writeText } from './text';
import type { SealText } from './text';

const SEALED_LENGTHS = PADDED_LENGTHS.map((length) => OVERHEAD_BYTES + length);

/** Where an application belongs. It can be opened nowhere else. */
export interface ApplicationPlace {
  readonly call: string;
  readonly organisation: string;
  readonly application: string;
}

export interface Sealing extends ApplicationPlace {
  /** The call's, as published. */
  readonly publicKey: string;
  /** At most 8 MiB. */
  readonly plaintext: Uint8Array;
  readonly random?: Randomness;
}

/**
 * Seals an application on the applicant's machine: HPKE ciphertext of the padded application. Nobody reads it, who sealed it included, until
 * the evaluators release the call's key; of its length it tells the size class alone.
 *
 * Throws `application-not-bytes`, `application-too-large`, `identifier-malformed`, `randomness-malformed`, and what `readPublicKey` throws.
 */
export function sealApplication(sealing: Sealing): SealText<'application'> {
  const { publicKey, plaintext, random = systemRandomness } = sealing;
  if (!(plaintext instanceof Uint8Array)) fail('application-not-bytes', 'an application to be sealed is bytes');
  const recipient = readPublicKey(publicKey);
  const binding = bindingOf(sealing);
  const padded = pad(plaintext);
  const sealed = sealBase(AEAD, recipient, binding, padded, draw(random, MATERIAL_BYTES));
  padded.fill(0);
  return writeText('application', sealed ?? fail('public-key-weak', 'nothing can be sealed to this public key'));
}

/**
 * Whether a text can be a sealed application, as far as anybody can tell before the deadline: kind, letters and size class. To be asked on
 * receipt, so that what cannot be opened later is refused while its sender can still mend it. Throws a `text-…` code or
 * `application-of-no-class`.
 */
export function requireSealedApplication(sealed: unknown): asserts sealed is SealText<'application'> {
  readSealed(sealed);
}

export interface Opening extends ApplicationPlace {
  /** The call's, as `combineShares` gives it. */
  readonly privateKey: string;
  readonly sealed: string;
}

/**
 * The application as it was before sealing. Throws a `text-…` code, `application-of-no-class`, `identifier-malformed`;
 * `application-unreadable` when any byte was changed, the key is another call's, or it was sealed for another call, organisation or
 * application; `application-padding-wrong` when its sealer did not keep to the rules.
 */
export function openApplication(opening: Opening): Uint8Array {
  const sealed = readSealed(opening.sealed);
  const padded = openBase(AEAD, readPrivateKey(opening.privateKey), bindingOf(opening), sealed);
  if (padded === undefined)
    fail('application-unreadable', `not sealed to this key for application ${opening.application}, or changed since`);
  return unpad(padded);
}

function readSealed(sealed: unknown): Buffer {
  const bytes = readText('application', sealed, Math.min(...SEALED_LENGTHS), Math.max(...SEALED_LENGTHS));
  if (!SEALED_LENGTHS.includes(bytes.length))
    fail('application-of-no-class', `${bytes.length} bytes are not the size of any class`);
  return bytes;
}

function bindingOf({ call, organisation, application }: ApplicationPlace): { info: Buffer; aad: Buffer } {
  return { info: applicationInfo(call), aad: applicationAad(organisation, application) };
}
