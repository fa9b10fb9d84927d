import { crc32 } from 'node:zlib';

/** What makes a file no bundle at all; the message says where. */
export class NotABundle extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotABundle';
  }
}

/** A file of an archive. */
export interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const MOST_BYTES = 256 * 1024 * 1024;
const MOST_PARTS = 65_000;
const NAME = /^[a-z][a-z0-9-]*(\/[a-z0-9-]+)?(\.[a-z0-9-]+)*$/;

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** 1 January 1980, midnight: an archive says nothing of when it was made. */
const [TIME, DATE] = [0, 0x0021];
const VERSION = 10;

/**
 * An archive every system opens: ZIP (APPNOTE 6.3), stored, without times, attributes and comments, the parts in the order given. The same parts give the same bytes, so that reading them and writing
 * them again shows whether anything but the parts is in a file.
 */
export function archived(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of parts) {
    const told = Buffer.from(name, 'ascii');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(TIME, 6);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(told.length, 22);
    pieces.push(u32(LOCAL), common, told, Buffer.from(bytes));
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(u32(CENTRAL), u16(VERSION), common, tail, told);
    offset += 30 + told.length + bytes.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...pieces, entries, u32(END), end]);
}

/** The parts of such an archive, and the names of those whose checksum is not that of their bytes. Throws NotABundle at anything `archived` would not have written. */
export function partsOf(file: Uint8Array): { readonly parts: readonly Part[]; readonly damaged: readonly string[] } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length > MOST_BYTES) throw new NotABundle(`It has more than ${MOST_BYTES} bytes.`);
  const parts: Part[] = [];
  const damaged: string[] = [];
  let at = 0;
  for (; at + 30 <= bytes.length && bytes.readUInt32LE(at) === LOCAL; ) {
    if (parts.length === MOST_PARTS) throw new NotABundle(`It has more than ${MOST_PARTS} parts.`);
    const [checksum, length, nameLength] = [bytes.readUInt32LE(at + 14), bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const start = at + 30 + nameLength;
    const name = bytes.toString('latin1', at + 30, start);
    if (start + length > bytes.length || !NAME.test(name))
      throw new NotABundle(`At byte ${at} no part of a bundle begins: it was damaged or altered there, or cut off.`);
    const content = bytes.subarray(start, start + length);
    if (crc32(content) !== checksum) damaged.push(name);
    parts.push({ name, bytes: content });
    at = start + length;
  }
  if (parts.length === 0) throw new NotABundle('It is no bundle of evidence: it does not begin like one.');
  // Where a checksum is wrong the part is named; all that stands between the parts can then not be compared.
  if (damaged.length > 0) return { parts, damaged };
  const again = archived(parts);
  const first = again.findIndex((byte, place) => byte !== bytes[place]);
  if (first >= 0) throw new NotABundle(`Between its parts, at byte ${first}, it is not what was written: it was damaged or altered there, or cut off.`);
  if (again.length !== bytes.length) throw new NotABundle(`After its end, at byte ${again.length}, something was added.`);
  return { parts, damaged };
} // prettier-ignore

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
