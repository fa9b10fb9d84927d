import type { LegalDate } from '../event';
import type { History } from './history';

/** A file of the dossier: attached to it, named by one of its entries, or both. */
export interface ListedDocument {
  /** SHA-256 of the file, by which it is known. */
  readonly sha256: string;
  readonly title: string;
  /** What sort of document, and who may open it; null where an entry names a file that is not attached. */
  readonly kind: string | null;
  readonly classification: string | null;
  /** The first entry that attached or named it. */
  readonly entry: string;
  readonly on: LegalDate | null;
  /** The entries that rest on it. */
  readonly namedBy: readonly string[];
}

/** The documents of a history, in the order in which they first appear. */
export function documentList(history: History): ListedDocument[] {
  const found = new Map<string, ListedDocument>();
  for (const { id, type, occurredOn: on, data } of history) {
    const file = type === 'DocumentAttached' ? data : data.document;
    if (!isFile(file)) continue;
    const { sha256, title } = file;
    const known = found.get(sha256) ?? { sha256, title, kind: null, classification: null, entry: id, on, namedBy: [] };
    const attached = type === 'DocumentAttached' && {
      title,
      kind: String(data.kind),
      classification: String(data.classification),
    };
    found.set(sha256, attached ? { ...known, ...attached } : { ...known, namedBy: [...known.namedBy, id] });
  }
  return [...found.values()];
}

function isFile(value: unknown): value is { readonly sha256: string; readonly title: string } {
  return typeof value === 'object' && value !== null && 'sha256' in value && 'title' in value;
}
