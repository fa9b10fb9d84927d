import { createHmac } from 'node:crypto';

const HASH_BYTES = 32;
const VERSION = Buffer.from('HPKE-v1');
const NOTHING = new Uint8Array();

/** HKDF-SHA256 (RFC 5869) with HPKE's labels (RFC 9180 §4), for one suite. */
export interface LabeledHkdf {
  /** A pseudo-random key of 32 bytes out of key material. */
  extract(salt: Uint8Array, label: string, material: Uint8Array): Buffer;
  /** That many bytes, at most 255 × 32, out of a pseudo-random key. */
  expand(key: Uint8Array, label: string, info: Uint8Array, bytes: number): Buffer;
}

export function labeledHkdf(suite: Uint8Array): LabeledHkdf {
  return {
    extract: (salt, label, material) => hmac(salt, VERSION, suite, Buffer.from(label), material),
    expand: (key, label, info, bytes) => {
      const blocks: Buffer[] = [];
      let last: Uint8Array = NOTHING;
      for (let index = 1; blocks.length * HASH_BYTES < bytes; index++) {
        last = hmac(key, last, twoBytes(bytes), VERSION, suite, Buffer.from(label), info, Uint8Array.of(index));
        blocks.push(Buffer.from(last));
      }
      return Buffer.concat(blocks).subarray(0, bytes);
    },
  };
}

/** I2OSP(number, 2). */
export function twoBytes(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}
