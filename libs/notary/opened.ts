import { SALT_BYTES, TransparencyError, leafSubject, opensCommitment } from '#transparency-log';

/** What an entry that publishes a closed field (`FieldDisclosed`) says, held against the entry in which the field was withheld. */
export interface OpenedField {
  readonly entry: string;
  readonly field: string;
  /** `as-committed`: it says what the log was bound to when it was recorded. `differs`: it says something else. `unproven`: the log was bound to nothing, as for entries of before there were salts. */
  readonly kind: 'as-committed' | 'differs' | 'unproven';
}

/** The id of the entry whose field a leaf publishes; undefined for a leaf that publishes none. */
export function openedIn(leaf: Uint8Array): string | undefined {
  const { entry } = leafSubject(leaf).type === 'FieldDisclosed' ? dataOf(leaf) : {};
  return typeof entry === 'string' ? entry : undefined;
}

/** Holds a publishing entry against the one it names, from what was logged of both alone: neither store nor key is needed. Pure. */
export function openedField(publishing: Uint8Array, withholding: Uint8Array): OpenedField {
  const { entry, field, value, salt } = dataOf(publishing);
  const name = String(field);
  const withheld = dataOf(withholding);
  const { committed } = asRecord(Object.hasOwn(withheld, name) ? withheld[name] : undefined);
  const opening = Buffer.from(typeof salt === 'string' ? salt : '', 'base64url');
  const said = { entry: String(entry), field: name };
  if (typeof committed !== 'string') return { ...said, kind: 'unproven' };
  const opens = opening.length === SALT_BYTES && opened(committed, value, opening);
  return { ...said, kind: opens ? 'as-committed' : 'differs' };
}

function opened(committed: string, value: unknown, salt: Uint8Array): boolean {
  try {
    return opensCommitment({ committed }, value, salt);
  } catch (error) {
    if (error instanceof TransparencyError) return false;
    throw error;
  }
}

/** The data of a leaf; empty where it was too large for the log and its digest stands in its place. */
function dataOf(leaf: Uint8Array): Readonly<Record<string, unknown>> {
  return asRecord(asRecord(JSON.parse(Buffer.from(leaf).toString('utf8'))).data);
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
