import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** So many files lie open at once; the parts of a spool are a multiple of it. */
export const FILES = 128;

/** So many characters wait for one write to a file. */
const WRITTEN_AT_ONCE = 65_536;
const NEWLINE = 10;

/** The number of the part in which a key lies, of so many: the same wherever and whenever it is asked. `parts` must be a multiple of FILES. */
export function partOf(key: string, parts: number): number {
  const hash = hashOf(key);
  return (hash % FILES) * (parts / FILES) + withinFile(hash, parts);
}

const withinFile = (hash: number, parts: number): number => Math.floor((hash % parts) / FILES);

/** Spreads keys evenly (FNV-1a, 32 bits). */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < key.length; place += 1) hash = Math.imul(hash ^ key.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

interface SpoolFile {
  readonly descriptor: number;
  waiting: string;
  bytes: number;
}

/**
 * Things put aside on the disk by their keys, to be taken back in parts that are small enough for the memory: all things of one key lie in one part, in the order in which they were added. A thing must be JSON and come back
 * from it as it was. The files have no names any more as soon as they are open, so that nothing is left of them however the program ends.
 */
export class Spool<Item> {
  private readonly files: SpoolFile[];
  private added = 0;

  /** Throws the system's error where nothing can be written in `folder`. */
  constructor(folder: string = tmpdir()) {
    const aside = mkdtempSync(join(folder, 'gathered-'));
    try {
      this.files = Array.from({ length: FILES }, (_, number) => ({
        descriptor: openSync(join(aside, String(number)), 'wx+', 0o600),
        waiting: '',
        bytes: 0,
      }));
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  }

  /** How many things lie here. */
  get size(): number {
    return this.added;
  }

  /** Throws the system's error, such as that of a full disk. */
  add(key: string, item: Item): void {
    const hash = hashOf(key);
    const file = this.files[hash % FILES]!;
    file.waiting += `${hash}\t${JSON.stringify(item)}\n`;
    this.added += 1;
    if (file.waiting.length >= WRITTEN_AT_ONCE) write(file);
  }

  /** As many parts as make each hold about `size` things; always a multiple of FILES. */
  partsOf(size: number): number {
    return FILES * Math.max(1, Math.ceil(this.added / (FILES * size)));
  }

  /** The parts from number `from` on, one after the other. `parts` must be a multiple of FILES. In memory lies one file, and of it one part is made into things. */
  *parts(parts: number, from = 0): Generator<{ readonly number: number; readonly items: readonly Item[] }> {
    const inFile = parts / FILES;
    if (!Number.isInteger(inFile) || inFile < 1) throw new Error(`A spool of ${FILES} files has no ${parts} parts.`);
    for (let place = Math.floor(from / inFile); place < FILES; place += 1) {
      const file = this.files[place]!;
      write(file);
      const lines = linesOf(file, (hash) => withinFile(hash, parts), inFile);
      for (const [within, bytes] of lines.entries()) {
        const number = place * inFile + within;
        if (number >= from) yield { number, items: bytes.map((line) => JSON.parse(line.toString()) as Item) };
      }
    }
  }

  close(): void {
    for (const { descriptor } of this.files.splice(0)) closeSync(descriptor);
  }
}

function write(file: SpoolFile): void {
  if (file.waiting === '') return;
  const bytes = Buffer.from(file.waiting);
  file.waiting = '';
  for (let done = 0; done < bytes.length;)
    done += writeSync(file.descriptor, bytes, done, bytes.length - done, file.bytes + done);
  file.bytes += bytes.length;
}

/** What a file holds, without the hashes, sorted by the part within the file. */
function linesOf({ descriptor, bytes }: SpoolFile, partWith: (hash: number) => number, parts: number): Buffer[][] {
  const all = Buffer.allocUnsafe(bytes);
  for (let done = 0; done < bytes;) {
    const read = readSync(descriptor, all, done, bytes - done, done);
    if (read === 0) throw new Error('What was put aside is not there any more.');
    done += read;
  }
  const sorted = Array.from({ length: parts }, (): Buffer[] => []);
  for (let from = 0; from < bytes;) {
    const end = all.indexOf(NEWLINE, from);
    const tab = all.indexOf('\t', from);
    sorted[partWith(Number(all.toString('latin1', from, tab)))]!.push(all.subarray(tab + 1, end));
    from = end + 1;
  }
  return sorted;
}
