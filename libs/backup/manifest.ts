import { hash } from 'node:crypto';
import { BackupError } from './error';

/** Name of the manifest in the folder of a backup: written last, so that a backup without one is none. */
export const MANIFEST = 'manifest.json';
/** Form of the manifest this code writes; a higher number is from newer code. */
const FORMAT = 1;

/** A file of a backup. */
export interface KeptFile {
  /** Below the folder of the backup, and, restored, below the data folder; names between slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hexadecimal digits in lower case. */
  readonly sha256: string;
}

/** What a backup holds, and what the log was at that moment. */
export interface Manifest {
  readonly begunAt: string;
  readonly finishedAt: string;
  /** The end of the event log: position and id of its last event; null for an empty one. */
  readonly log: { readonly position: number; readonly event: string } | null;
  /** The checkpoint of the transparency log, as signed; null where there is no such log. */
  readonly checkpoint: string | null;
  /** Whether the signing keys are in it. */
  readonly withKeys: boolean;
  /** What the settings name and the backup does not hold, each in a sentence. */
  readonly leftOut: readonly string[];
  /** Files of the shelves that were damaged where they lay, and are not in the backup. */
  readonly damaged: readonly string[];
  readonly files: readonly KeptFile[];
}

/** The manifest as a text, with a digest of itself: one changed byte anywhere is noticed. */
export function writtenManifest(manifest: Manifest): string {
  const body = { what: 'A backup of the Social Reuse Registry', format: FORMAT, ...manifest };
  return `${JSON.stringify({ digest: hash('sha256', JSON.stringify(body), 'hex'), ...body }, null, 1)}\n`;
}

/** Reads a manifest. Throws BackupError where it is not, byte for byte, one that was written here. */
export function readManifest(text: string): Manifest {
  const damaged = new BackupError(
    `The manifest of the backup (${MANIFEST}) is damaged: it is not as it was written. Take another backup.`,
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw damaged;
  }
  if (typeof parsed !== 'object' || parsed === null || !('digest' in parsed)) throw damaged;
  const { digest, ...body } = parsed;
  if (digest !== hash('sha256', JSON.stringify(body), 'hex') || text !== `${JSON.stringify(parsed, null, 1)}\n`) throw damaged;
  const { what: _, format, ...manifest } = body as Manifest & { what: unknown; format: unknown };
  if (format !== FORMAT)
    throw new BackupError(`The backup was made by a newer version (format ${String(format)}, this one knows ${FORMAT}). Restore it with that version.`);
  const files = Array.isArray(manifest.files) ? (manifest.files as readonly unknown[]) : [];
  if (files.length === 0 || !files.every(isKeptFile)) throw damaged;
  if (new Set(manifest.files.map(({ path }) => path)).size !== files.length) throw damaged;
  return manifest;
} // prettier-ignore

/** Names that lead nowhere but down, none of them hidden. */
const PATH = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,12}$/;

/** Whoever made the backup is not trusted with where its files go. */
function isKeptFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, size, sha256 } = value as Partial<Record<keyof KeptFile, unknown>>;
  return typeof path === 'string' && PATH.test(path) && Number.isSafeInteger(size) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
} // prettier-ignore
