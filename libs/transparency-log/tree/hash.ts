import { createHash, hash } from 'node:crypto';

/** Length of a SHA-256 hash in bytes. */
export const HASH_BYTES = 32;

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/** What goes before a leaf and before a node, so that neither can be passed off as the other (RFC 9162 §2.1.1). */
const LEAF = 0;
const NODE = 1;

/** Node makes the text form of a one-shot hash more than twice as fast as the binary one, so the way to the bytes leads over it. */
const digest = (bytes: Uint8Array): Hash => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** Root of the tree without leaves: SHA-256 of nothing (RFC 9162 §2.1.1). */
export const EMPTY_ROOT: Hash = digest(new Uint8Array());

const leafInput = Buffer.alloc(1 + 0xffff, LEAF);
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Hash {
  if (entry.length >= leafInput.length) return createHash('sha256').update(Uint8Array.of(LEAF)).update(entry).digest();
  leafInput.set(entry, 1);
  return digest(leafInput.subarray(0, 1 + entry.length));
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return digest(nodeInput);
}

export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}

/** Standard base64 as in checkpoints, with padding. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The bytes of strict base64 (RFC 4648 §4), or undefined: other letters, missing padding and stray last bits are refused. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** A hash written in strict base64, or undefined. */
export function hashFromBase64(text: string): Hash | undefined {
  const bytes = fromBase64(text);
  return bytes?.length === HASH_BYTES ? bytes : undefined;
}
