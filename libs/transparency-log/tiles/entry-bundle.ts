import { fail } from '../error';
import { FULL_WIDTH } from './path';

/** The format writes an entry's length in 16 bits. */
export const MAX_ENTRY_BYTES = 0xffff;

const LENGTH_BYTES = 2;

/** Each entry behind its length, a big-endian uint16 (C2SP tlog-tiles). */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(entries.reduce((sum, entry) => sum + LENGTH_BYTES + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      fail(
        'entry-too-large',
        `an entry has at most ${MAX_ENTRY_BYTES} bytes, not ${entry.length}: log a digest of it instead`,
      );
    }
    at = bytes.writeUInt16BE(entry.length, at);
    bytes.set(entry, at);
    at += entry.length;
  }
  return bytes;
}

/** The first `width` entries. The bytes may be those of a wider bundle of the same place; nothing else may follow. */
export function decodeBundle(bytes: Uint8Array, width: number, path: string): Uint8Array[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < view.length;) {
    if (at + LENGTH_BYTES > view.length) fail('bundle-malformed', `${path} ends inside a length at byte ${at}`);
    const start = at + LENGTH_BYTES;
    const end = start + view.readUInt16BE(at);
    if (end > view.length) fail('bundle-malformed', `${path} ends inside the entry at byte ${at}`);
    if (entries.length === FULL_WIDTH) fail('bundle-malformed', `${path} has more than ${FULL_WIDTH} entries`);
    entries.push(view.subarray(start, end));
    at = end;
  }
  if (entries.length < width || width < 1)
    fail('bundle-malformed', `${path} has ${entries.length} entries, not ${width}`);
  return entries.slice(0, width);
}
