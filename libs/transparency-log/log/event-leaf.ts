import { createHash } from 'node:crypto';
import { fail } from '../error';
import { MAX_ENTRY_BYTES } from '../tiles/entry-bundle';
import { isCount } from '../tree/size';
import { canonicalBytes } from './canonical-json';

/**
 * A stored event as the log sees it. `data` and `metadata` must be what everybody may read: personal fields as ciphertext, restricted ones as
 * commitments (`commitTo`). The store's own position is left out on purpose, so that a log survives the move to another store; the
 * order of events is that of the leaves.
 */
export interface LoggedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly version: number;
  readonly data: object;
  readonly metadata: object;
}

/** Which event a leaf is of. */
export interface LeafSubject {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly version: number;
}

const digestOf = (value: object): string => createHash('sha256').update(canonicalBytes(value)).digest('hex');

/**
 * The bytes to log for an event: its canonical JSON (RFC 8785). An event too large for an entry is logged with the SHA-256 of the canonical
 * JSON of its data (`dataSha256`), and if need be of its metadata, in their place.
 */
export function eventLeaf({ id, stream, revision, type, version, data, metadata }: LoggedEvent): Uint8Array {
  const subject = { id, stream, revision, type, version };
  const whole = canonicalBytes({ ...subject, data, metadata });
  if (whole.length <= MAX_ENTRY_BYTES) return whole;
  const withoutData = canonicalBytes({ ...subject, dataSha256: digestOf(data), metadata });
  if (withoutData.length <= MAX_ENTRY_BYTES) return withoutData;
  const digests = canonicalBytes({ ...subject, dataSha256: digestOf(data), metadataSha256: digestOf(metadata) });
  if (digests.length <= MAX_ENTRY_BYTES) return digests;
  return fail(
    'entry-too-large',
    `${id}: even the event's names take ${digests.length} bytes, more than ${MAX_ENTRY_BYTES}`,
  );
}

/** An entry as it was read: which event it is of, and what it says of it, whatever that is. */
export type ReadLeaf = LeafSubject & {
  readonly [part in 'data' | 'metadata' | 'dataSha256' | 'metadataSha256']?: unknown;
};

/** A logged entry. Throws `not-canonical` when it is not one of ours. */
export function readLeaf(leaf: Uint8Array): ReadLeaf {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).toString('utf8'));
  } catch {
    fail('not-canonical', 'this entry is not JSON');
  }
  if (!isSubject(value)) fail('not-canonical', 'this entry is not an event of a registry');
  return value;
}

/** Which event a logged entry is of. Throws `not-canonical` when it is not one of ours. */
export function leafSubject(leaf: Uint8Array): LeafSubject {
  const { id, stream, revision, type, version } = readLeaf(leaf);
  return { id, stream, revision, type, version };
}

function isSubject(value: unknown): value is ReadLeaf {
  if (typeof value !== 'object' || value === null) return false;
  const { id, stream, revision, type, version } = value as Readonly<Record<string, unknown>>;
  return (
    typeof id === 'string' &&
    typeof stream === 'string' &&
    isCount(revision) &&
    typeof type === 'string' &&
    isCount(version)
  );
}
