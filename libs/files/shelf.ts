import { hash } from 'node:crypto';
import { refuse } from './error';

/** A file as the store knows it: by what is in it. */
export interface StoredFile {
  /** SHA-256 of its bytes (FIPS 180-4), 64 hexadecimal digits in lower case. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** A stored file in a list, with the time it was last put there. */
export interface ListedFile extends StoredFile {
  readonly since: Date;
}

/**
 * Files of one class, each known by the SHA-256 of its content. A file is there whole or not at all, whatever crashes, is never overwritten, and is
 * compared with its name each time it is read. The adapter for folders is `FolderShelf`; another keeps the same promises.
 */
export abstract class Shelf {
  /** Durable when it resolves; the same bytes again change nothing. Throws FileError: `file-empty`, `file-too-large`, `shelf-full`, `disk-full`. */
  abstract put(bytes: Uint8Array): Promise<StoredFile>;

  /** The bytes; undefined where there is no such file. Throws FileError: `digest-malformed`, and `file-damaged` when they are not what the name says. */
  abstract read(sha256: string): Promise<Buffer | undefined>;

  /** Bytes of a file, without reading it; undefined where there is none. Throws FileError `digest-malformed`. */
  abstract sizeOf(sha256: string): Promise<number | undefined>;

  /** Takes a file away; nothing happens where there is none. For the one who decides what is kept, never for a reader. */
  abstract remove(sha256: string): Promise<void>;

  /** Every file, in no order. */
  abstract list(): AsyncIterable<ListedFile>;
}

const DIGEST = /^[0-9a-f]{64}$/;

/** Whether a text can name a file; nothing else ever becomes part of a path. */
export const isDigest = (text: unknown): text is string => typeof text === 'string' && DIGEST.test(text);

export function requireDigest(text: string): string {
  return isDigest(text)
    ? text
    : refuse('digest-malformed', 'A file is named by the SHA-256 of its content: 64 hexadecimal digits in lower case.');
}

export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');
