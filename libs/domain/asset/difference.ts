import type { JsonValue } from '../event';
import type { Asset } from './asset';
import type { Entry } from './act';

/** One thing that differs between two moments of an asset. */
export interface Change {
  /** Where in the asset, with dots: `destination.purpose`. */
  readonly field: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

export interface Difference {
  readonly changes: readonly Change[];
  /** Entries in force at the second moment and not at the first. */
  readonly added: readonly Entry[];
  /** Entries in force at the first moment and not at the second: annulled, or not yet known. */
  readonly removed: readonly Entry[];
  /** Entries in force at both that say something else, or are dated otherwise, at the second: corrected. */
  readonly altered: readonly { readonly before: Entry; readonly after: Entry }[];
}

interface Situation {
  readonly asset: Asset | undefined;
  readonly history: readonly Entry[];
}

/** What changed between two situations of one dossier, and which entries changed it. Pure. */
export function difference(before: Situation, after: Situation): Difference {
  const earlier = new Map(before.history.map((entry) => [entry.id, entry]));
  const later = new Map(after.history.map((entry) => [entry.id, entry]));
  const altered = after.history.flatMap((entry) => {
    const old = earlier.get(entry.id);
    return old && JSON.stringify(old) !== JSON.stringify(entry) ? [{ before: old, after: entry }] : [];
  });
  return {
    changes: changesBetween(flat(before.asset), flat(after.asset)),
    added: after.history.filter(({ id }) => !earlier.has(id)),
    removed: before.history.filter(({ id }) => !later.has(id)),
    altered,
  };
}

function changesBetween(before: ReadonlyMap<string, JsonValue>, after: ReadonlyMap<string, JsonValue>): Change[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
  return fields
    .map((field) => ({ field, before: before.get(field), after: after.get(field) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** The values of an asset by their place; a list is one value. */
function flat(asset: Asset | undefined): Map<string, JsonValue> {
  const values = new Map<string, JsonValue>();
  const visit = (value: unknown, path: string): void => {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      values.set(path, value as JsonValue);
      return;
    }
    for (const [name, member] of Object.entries(value)) visit(member, path === '' ? name : `${path}.${name}`);
  };
  if (asset) visit(asset, '');
  return values;
}
