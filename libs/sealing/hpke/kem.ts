import { labeledHkdf, twoBytes } from './labeled-hkdf';
import { X25519_BYTES, agree, publicKeyOf } from './x25519';

/** DHKEM(X25519, HKDF-SHA256) in RFC 9180 §7.1. */
export const KEM_ID = 0x0020;

/** Length of what travels with a ciphertext: the sender's ephemeral public key. */
export const ENCAPSULATED_BYTES = X25519_BYTES;

/** Key material a key pair is derived from, in bytes (RFC 9180 §7.1.3: at least the length of a private key). */
export const MATERIAL_BYTES = X25519_BYTES;

const SHARED_BYTES = 32;
const NOTHING = new Uint8Array();
const hkdf = labeledHkdf(Buffer.concat([Buffer.from('KEM'), twoBytes(KEM_ID)]));

/** Raw bytes; the private key may be wiped. */
export interface KeyPair {
  readonly privateKey: Buffer;
  readonly publicKey: Buffer;
}

/** DeriveKeyPair of RFC 9180 §7.1.3: the same material gives the same keys. */
export function deriveKeyPair(material: Uint8Array): KeyPair {
  const privateKey = hkdf.expand(hkdf.extract(NOTHING, 'dkp_prk', material), 'sk', NOTHING, X25519_BYTES);
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

/** The sender's half of RFC 9180 §4.1; undefined for a weak public key. */
export function encapsulate(publicKey: Uint8Array, ephemeral: KeyPair): Buffer | undefined {
  const agreed = agree(ephemeral.privateKey, publicKey);
  return agreed && sharedSecret(agreed, ephemeral.publicKey, publicKey);
}

/** The recipient's half; undefined for a weak encapsulated key. */
export function decapsulate(encapsulated: Uint8Array, privateKey: Uint8Array): Buffer | undefined {
  const agreed = agree(privateKey, encapsulated);
  return agreed && sharedSecret(agreed, encapsulated, publicKeyOf(privateKey));
}

/** Bound to both public keys, so that neither can be exchanged for another that agrees on the same point. */
function sharedSecret(agreed: Uint8Array, encapsulated: Uint8Array, publicKey: Uint8Array): Buffer {
  const context = Buffer.concat([encapsulated, publicKey]);
  return hkdf.expand(hkdf.extract(NOTHING, 'eae_prk', agreed), 'shared_secret', context, SHARED_BYTES);
}
