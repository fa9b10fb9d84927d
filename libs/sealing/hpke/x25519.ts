import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';

/** Length of a private key, a public key and what two of them agree on (RFC 7748). */
export const X25519_BYTES = 32;

/** DER of PKCS#8 and SPKI for X25519 up to the 32 bytes of the key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');

/** 2^255 − 19, the field's order, big-endian as a hexadecimal number. */
const ORDER = (1n << 255n) - 19n;

/** Any scalar does to tell a weak point: after clamping it is a multiple of 8, which sends every point of low order to zero. */
const PROBE = new Uint8Array(X25519_BYTES).fill(9);

export function publicKeyOf(secret: Uint8Array): Buffer {
  return createPublicKey(privateKeyObject(secret)).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}

/** What the two keys agree on; undefined for a point of low order, with which anybody agrees on zero (RFC 7748 §6.1). */
export function agree(secret: Uint8Array, publicKey: Uint8Array): Buffer | undefined {
  const other = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  try {
    const shared = diffieHellman({ privateKey: privateKeyObject(secret), publicKey: other });
    return shared.every((byte) => byte === 0) ? undefined : shared;
  } catch {
    return undefined;
  }
}

/** Whether the bytes are the one way to write their point: below 2^255 − 19, top bit clear. */
export function isCanonical(publicKey: Uint8Array): boolean {
  return BigInt(`0x${Buffer.from(publicKey).reverse().toString('hex')}`) < ORDER;
}

export const isWeak = (publicKey: Uint8Array): boolean => agree(PROBE, publicKey) === undefined;

function privateKeyObject(secret: Uint8Array): ReturnType<typeof createPrivateKey> {
  const der = Buffer.concat([PKCS8, secret]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}
