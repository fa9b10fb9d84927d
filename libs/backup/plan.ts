import { join } from 'node:path';

/** Where the parts lie that follow from nothing else; undefined for one that lies elsewhere or is switched off. */
export interface Places {
  /** The file of the event log. */
  readonly log: string;
  /** The file of the process managers' database. */
  readonly processes?: string | undefined;
  /** The file of the access database. */
  readonly access?: string | undefined;
  /** The file of the keys of persons. */
  readonly personKeys?: string | undefined;
  readonly transparencyLog?: string | undefined;
  /** The folder of the files of all classes. */
  readonly files: string;
  /** The files of the secret keys, by the names they have in a data folder. */
  readonly keys: Readonly<Record<string, string>>;
  /** What was restored here, and when. */
  readonly restores: string;
}

/** One thing that is copied: from where, and as what. */
export type Step = { readonly from: string; readonly path: string } & (
  | { readonly kind: 'database'; /** A backup without it is none. */ readonly needed?: true; readonly log?: true }
  | { readonly kind: 'shelf' | 'transparency-log' | 'file' }
);

/** The name of each part in a backup, and in the data folder of a registry whose settings name no other place. */
export const LOG = 'events.sqlite';
export const PROCESSES = 'processes.sqlite';
export const ACCESS = 'access.sqlite';
export const PERSON_KEYS = 'person-keys.sqlite';
export const TRANSPARENCY_LOG = 'transparency-log';
export const RESTORES = 'restores.ndjson';

/**
 * What a backup is made of, in the order in which it is copied while everything goes on. Before the events comes what may know less than they tell and must never know more; after them comes what may know
 * more and must never know less (docs/decisions/019-backup.md). A new database is one more line.
 */
export function planOf(places: Places, withKeys: boolean): readonly Step[] {
  const { log, processes, access, personKeys, transparencyLog, files, keys, restores } = places;
  // The public shelf follows from the log and the restricted one.
  const shelves = ['restricted', 'sealed'].map((name) => ({ kind: 'shelf', path: `files/${name}`, from: join(files, name) }) as const);
  return [
    // A position beyond the end of the log would pass over what is recorded next; an effect marked as recorded would never be recorded.
    ...(processes === undefined ? [] : [{ kind: 'database', path: PROCESSES, from: processes } as const]),
    // What was signed must be there.
    ...(transparencyLog === undefined ? [] : [{ kind: 'transparency-log', path: TRANSPARENCY_LOG, from: transparencyLog } as const]),
    // A ciphertext whose application is withdrawn a moment later is still named by the copied log.
    ...shelves,
    { kind: 'database', path: LOG, from: log, needed: true, log: true },
    // First the file, then the entry: whatever the copied log names lies there by now.
    ...shelves,
    // First the key, then the event: an event of the copied log without its key could never be read.
    ...(personKeys === undefined ? [] : [{ kind: 'database', path: PERSON_KEYS, from: personKeys } as const]),
    // A token that an entry says was revoked must not work again.
    ...(access === undefined ? [] : [{ kind: 'database', path: ACCESS, from: access } as const]),
    ...(withKeys ? Object.entries(keys).map(([path, from]) => ({ kind: 'file', path, from }) as const) : []),
    { kind: 'file', path: RESTORES, from: restores },
  ];
} // prettier-ignore
