import { createCipheriv, createDecipheriv } from 'node:crypto';
import { ENCAPSULATED_BYTES, KEM_ID, decapsulate, deriveKeyPair, encapsulate } from './kem';
import { labeledHkdf, twoBytes } from './labeled-hkdf';
import { isCanonical } from './x25519';

/** The ciphers of RFC 9180 §7.3 offered here. We seal with AES-256-GCM; AES-128-GCM is the suite of the RFC's appendix A.1. */
export type Aead = 'aes-128-gcm' | 'aes-256-gcm';

const AEADS: Readonly<Record<Aead, { readonly id: number; readonly keyBytes: number }>> = {
  'aes-128-gcm': { id: 0x0001, keyBytes: 16 },
  'aes-256-gcm': { id: 0x0002, keyBytes: 32 },
};

const HKDF_SHA256 = 0x0001;
const BASE_MODE = Uint8Array.of(0x00);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NOTHING = new Uint8Array();

/** By how much a sealed message is longer than its plaintext: encapsulated key before it, tag behind it. */
export const OVERHEAD_BYTES = ENCAPSULATED_BYTES + TAG_BYTES;

/** What a message is bound to: both are needed, byte for byte, to open it. */
export interface Binding {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

/**
 * SealBase of RFC 9180 §6.1: encapsulated key ‖ ciphertext ‖ tag. Single shot: a key seals one message, so its nonce is the base nonce.
 * `material` is 32 unpredictable bytes; it is wiped, for it opens the message as well as the private key does. Undefined for a weak public key.
 */
export function sealBase(
  aead: Aead,
  publicKey: Uint8Array,
  { info, aad }: Binding,
  plaintext: Uint8Array,
  material: Uint8Array,
): Buffer | undefined {
  const ephemeral = deriveKeyPair(material);
  const shared = encapsulate(publicKey, ephemeral);
  for (const secret of [material, ephemeral.privateKey]) secret.fill(0);
  if (shared === undefined) return undefined;
  const { key, nonce } = keySchedule(aead, shared, info);
  const cipher = createCipheriv(aead, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
  return Buffer.concat([ephemeral.publicKey, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** OpenBase of RFC 9180 §6.1. Undefined, without saying why, when anything at all is not as it was sealed. */
export function openBase(
  aead: Aead,
  privateKey: Uint8Array,
  { info, aad }: Binding,
  sealed: Uint8Array,
): Buffer | undefined {
  if (sealed.length < OVERHEAD_BYTES) return undefined;
  const encapsulated = sealed.subarray(0, ENCAPSULATED_BYTES);
  const shared = isCanonical(encapsulated) ? decapsulate(encapsulated, privateKey) : undefined;
  if (shared === undefined) return undefined;
  const { key, nonce } = keySchedule(aead, shared, info);
  const decipher = createDecipheriv(aead, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  const opened = decipher.update(sealed.subarray(ENCAPSULATED_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return opened;
}

/** KeySchedule of RFC 9180 §5.1 in base mode. */
export function keySchedule(aead: Aead, shared: Uint8Array, info: Uint8Array): { key: Buffer; nonce: Buffer } {
  const { id, keyBytes } = AEADS[aead];
  const hkdf = labeledHkdf(Buffer.concat([Buffer.from('HPKE'), twoBytes(KEM_ID), twoBytes(HKDF_SHA256), twoBytes(id)]));
  const context = Buffer.concat([
    BASE_MODE,
    hkdf.extract(NOTHING, 'psk_id_hash', NOTHING),
    hkdf.extract(NOTHING, 'info_hash', info),
  ]);
  const secret = hkdf.extract(shared, 'secret', NOTHING);
  return {
    key: hkdf.expand(secret, 'key', context, keyBytes),
    nonce: hkdf.expand(secret, 'base_nonce', context, NONCE_BYTES),
  };
}
