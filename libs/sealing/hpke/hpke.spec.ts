import { createCipheriv } from 'node:crypto';
import { keySchedule, openBase, sealBase } from './base-mode';
import type { Aead } from './base-mode';
import { decapsulate, deriveKeyPair, encapsulate } from './kem';
import { agree, isCanonical, isWeak, publicKeyOf } from './x25519';
import vectors from './vectors/rfc9180-base-x25519-sha256.json';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const INFO = bytes('4f6465206f6e2061204772656369616e2055726e');
const AAD = bytes('436f756e742d30');
const PLAINTEXT = bytes('4265617574792069732074727574682c20747275746820626561757479');

describe.each(vectors)('RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, $aead ($source)', (vector) => {
  const aead = vector.aead as Aead;
  const recipient = { privateKey: bytes(vector.skRm), publicKey: bytes(vector.pkRm) };
  const ephemeral = { privateKey: bytes(vector.skEm), publicKey: bytes(vector.enc) };

  it('has these public keys', () => {
    expect(publicKeyOf(recipient.privateKey)).toEqual(recipient.publicKey);
    expect(publicKeyOf(ephemeral.privateKey)).toEqual(ephemeral.publicKey);
  });

  it('agrees on this secret, from either side', () => {
    expect(encapsulate(recipient.publicKey, ephemeral)?.toString('hex')).toBe(vector.shared_secret);
    expect(decapsulate(ephemeral.publicKey, recipient.privateKey)?.toString('hex')).toBe(vector.shared_secret);
  });

  it('schedules this key and nonce', () => {
    expect(keySchedule(aead, bytes(vector.shared_secret), INFO)).toEqual({
      key: bytes(vector.key),
      nonce: bytes(vector.base_nonce),
    });
  });

  it('opens the published ciphertext', () => {
    const sealed = bytes(vector.enc + vector.ct);
    expect(openBase(aead, recipient.privateKey, { info: INFO, aad: AAD }, sealed)).toEqual(PLAINTEXT);
  });

  it('seals to the published ciphertext', () => {
    const sealed = sealBase(aead, recipient.publicKey, { info: INFO, aad: AAD }, PLAINTEXT, bytes(vector.ikmE));
    expect(sealed?.toString('hex')).toBe(vector.enc + vector.ct);
  });

  it('derives these key pairs', () => {
    expect(deriveKeyPair(bytes(vector.ikmE))).toEqual(ephemeral);
    expect(deriveKeyPair(bytes(vector.ikmR))).toEqual(recipient);
  });

  it('opens nothing under a second spelling of the encapsulated key, made by a sealer who meant to', () => {
    const alias = Buffer.from(ephemeral.publicKey);
    alias[31] = (alias[31] ?? 0) | 0x80;
    const shared = encapsulate(recipient.publicKey, { privateKey: ephemeral.privateKey, publicKey: alias });
    const { key, nonce } = keySchedule(aead, shared ?? alias, INFO);
    const cipher = createCipheriv(aead, key, nonce).setAAD(AAD);
    const sealed = Buffer.concat([alias, cipher.update(PLAINTEXT), cipher.final(), cipher.getAuthTag()]);
    expect(decapsulate(alias, recipient.privateKey)).toEqual(shared);
    expect(openBase(aead, recipient.privateKey, { info: INFO, aad: AAD }, sealed)).toBeUndefined();
  });

  it('opens nothing else', () => {
    const sealed = bytes(vector.enc + vector.ct);
    const other = Buffer.from('other');
    expect(openBase(aead, recipient.privateKey, { info: other, aad: AAD }, sealed)).toBeUndefined();
    expect(openBase(aead, recipient.privateKey, { info: INFO, aad: other }, sealed)).toBeUndefined();
    expect(openBase(aead, ephemeral.privateKey, { info: INFO, aad: AAD }, sealed)).toBeUndefined();
    expect(openBase(aead, recipient.privateKey, { info: INFO, aad: AAD }, sealed.subarray(0, 47))).toBeUndefined();
  });
});

describe('X25519 (RFC 7748 §6.1)', () => {
  const bob = bytes('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
  const alicesPublicKey = bytes('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');

  it('agrees on the published secret', () => {
    expect(publicKeyOf(bob).toString('hex')).toBe('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
    expect(agree(bob, alicesPublicKey)?.toString('hex')).toBe(
      '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
    );
  });

  it('refuses points of low order, and second spellings of a point', () => {
    const low = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ].map(bytes);
    for (const point of low) {
      expect(isWeak(point)).toBe(true);
      expect(agree(bob, point)).toBeUndefined();
    }
    expect(low.map(isCanonical)).toEqual([true, true, true]);
    expect(isCanonical(bytes('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'))).toBe(false);
    expect(isCanonical(bytes('0900000000000000000000000000000000000000000000000000000000000080'))).toBe(false);
    expect(isWeak(bytes('0900000000000000000000000000000000000000000000000000000000000000'))).toBe(false);
  });
});
