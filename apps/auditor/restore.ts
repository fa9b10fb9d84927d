import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endAllSessions } from '#access';
import { ACCESS, BackupError, LOG, PERSON_KEYS, PROCESSES, TRANSPARENCY_LOG, restoreBackup } from '#backup';
import type { BackupProgress, Manifest } from '#backup';
import { START, openEmbeddedLog, requireContiguous } from '#event-store';
import type { EventStore } from '#event-store';
import { leafOf, tilesFolderIn } from '#notary';
import type { Environment } from '#process';
import { ProcessDatabase, rollBackTo } from '#processes';
import type { RolledBack } from '#processes';
import {
  FilesystemTileStorage,
  TileBuilder,
  TransparencyError,
  leafHash,
  sameHash,
  verifyCheckpoint,
} from '#transparency-log';
import type { Trust, VerifiedCheckpoint } from '#transparency-log';
import { WrongRequest } from './log';
import { fileAt, keysFrom, trustFrom } from './source';
import { verifyLog } from './verify';

export interface RestoreOptions {
  readonly backup: string;
  /** The data folder that is to be. */
  readonly data: string;
  /** A checkpoint from outside of the backup, the latest there is: the log must not be behind it. */
  readonly checkpoint?: string;
  /** The public keys that are trusted; those in the backup when left out. */
  readonly keys?: string;
  /** Why a log that is behind the checkpoint from outside is put in place all the same. */
  readonly acknowledgeRollback?: string;
}

/** What was found out about a backup before it was put in place. */
export interface Judged {
  /** Entries under the checkpoint in the backup; null where there is no transparency log. */
  readonly logged: number | null;
  /** Entries under the checkpoint from outside, where one was given. */
  readonly outside?: number;
  readonly rollback?: { readonly reason: string; readonly lostAtLeast: number };
  readonly processes?: RolledBack;
  /** Sessions that were ended. */
  readonly sessions?: number;
}

export interface Restored extends Judged {
  readonly data: string;
  readonly position: number | null;
  readonly backupOf: string;
  readonly leftOut: readonly string[];
  /** Variables that name another place than the data folder for something that was restored into it. */
  readonly elsewhere: readonly string[];
  readonly ownKeys: boolean;
  readonly missingKeys: readonly string[];
}

/** The log is not the one that was signed, or an older one than the world has seen; the message says what to do. */
export class NotWhatWasSigned extends Error {}

/** Brings a backup back and holds it against what was signed. Throws BackupError, WrongRequest, NotWhatWasSigned and TransparencyError; nothing is in place then. */
export async function restore(
  env: Environment,
  options: RestoreOptions,
  onProgress?: (progress: BackupProgress) => void,
): Promise<Restored> {
  const { backup, keys, acknowledgeRollback: reason } = options;
  if (reason?.trim() === '') throw new WrongRequest('Say why the rollback is accepted: --acknowledge-rollback "reason".');
  const data = resolve(options.data);
  let judged: Judged = { logged: null };
  const manifest = await restoreBackup({
    backup: resolve(backup),
    to: data,
    ...(onProgress && { onProgress }),
    judge: async (folder, found) => (judged = await judge(folder, found, options, onProgress)),
  });
  return {
    data,
    ...judged,
    position: manifest.log?.position ?? null,
    backupOf: manifest.begunAt,
    leftOut: [...manifest.leftOut, ...manifest.damaged],
    elsewhere: PLACES.filter((name) => env[name] !== undefined),
    ownKeys: keys === undefined && judged.logged !== null,
    missingKeys: [
      'transparency-log.key',
      'access.key',
      ...(existsSync(join(data, PERSON_KEYS)) ? ['person-keys.key'] : []),
    ].filter((name) => !existsSync(join(data, name))),
  };
} // prettier-ignore

const PLACES = [
  'EVENT_STORE_PATH', 'PROCESS_DATABASE_PATH', 'ACCESS_DATABASE_PATH', 'ACCESS_KEY_FILE', 'TRANSPARENCY_LOG_FOLDER', 'TRANSPARENCY_LOG_KEY_FILE', 'PERSON_KEYS_PATH', 'PERSON_KEYS_MASTER_FILE', 'REGISTRY_FILES', 'PORTAL_FILES',
]; // prettier-ignore

/** The log is whole, is what was signed, and is not behind what the world has seen; then what lies beside it is brought in step with it. */
async function judge(
  folder: string,
  manifest: Manifest,
  options: RestoreOptions,
  onProgress?: (progress: BackupProgress) => void,
): Promise<Judged> {
  requireContiguous(join(folder, LOG));
  const store = openEmbeddedLog(join(folder, LOG), { readOnly: true });
  let held: Pick<Judged, 'logged' | 'outside' | 'rollback'>;
  let head: number;
  try {
    head = await requireSameEnd(store, manifest);
    held = await heldAgainstLog(store, join(folder, TRANSPARENCY_LOG), manifest, options, ({ entries, of }) =>
      onProgress?.({ what: 'held against the transparency log', bytes: entries, of }),
    );
  } finally {
    await store.close();
  }
  return { ...held, ...(await inStep(folder, head)) };
}

async function requireSameEnd(store: EventStore, { log }: Manifest): Promise<number> {
  const head = await store.head();
  const [last] = head === START ? [] : await store.readAll(head - 1, 1);
  if (last?.id !== log?.event || last?.position !== log?.position)
    throw new BackupError('The event log in the backup does not end where its manifest says. Take another backup.');
  return head;
}

async function heldAgainstLog(
  store: EventStore,
  log: string,
  { checkpoint }: Manifest,
  { checkpoint: outsideFile, keys, acknowledgeRollback: reason }: RestoreOptions,
  onProgress: (progress: { readonly entries: number; readonly of: number }) => void,
): Promise<Pick<Judged, 'logged' | 'outside' | 'rollback'>> {
  if (checkpoint === null) {
    if (outsideFile === undefined) return { logged: null };
    throw new WrongRequest('The backup holds no transparency log, so it cannot be held against a checkpoint. Leave --checkpoint out, or take a backup that has one.');
  }
  const trust = trustFrom(await keysFrom(log, keys));
  const { size } = verifyCheckpoint(checkpoint, trust);
  const outside = outsideFile === undefined ? undefined : await checkpointAt(outsideFile, trust);
  const within = outside !== undefined && outside.size <= size;
  const { findings } = await verifyLog({
    log,
    store,
    onProgress,
    ...(keys !== undefined && { keys }),
    ...(within && outsideFile !== undefined && { since: outsideFile }),
  });
  if (findings.length > 0)
    throw new NotWhatWasSigned(['The backup is not what was signed:', ...findings.slice(0, 20).map(({ code, message }) => `  ${code}: ${message}`)].join('\n'));
  if (!outside) return { logged: size };
  if (within) return { logged: size, outside: outside.size };
  return { logged: size, outside: outside.size, ...(await ahead(store, log, size, outside, reason)) };
} // prettier-ignore

/**
 * The checkpoint from outside covers more entries than that in the backup, which is older than its events. Where these go as far, they must lead to what was signed; where they do not, entries that the world
 * has seen are lost, and whoever puts such a log in place says why.
 */
async function ahead(store: EventStore, log: string, size: number, outside: VerifiedCheckpoint, reason: string | undefined): Promise<Pick<Judged, 'rollback'>> {
  const builder = await TileBuilder.resume(FilesystemTileStorage.reader(tilesFolderIn(log)), size);
  // An entry's index is its event's place in the store; positions of an embedded log have no gap and begin at 1.
  for (let after = size; builder.size < outside.size;) {
    const page = await store.readAll(after, Math.min(1000, outside.size - builder.size));
    if (page.length === 0) break;
    for (const event of page) builder.append(leafHash(leafOf(event)), () => undefined);
    after = page.at(-1)!.position;
  }
  if (builder.size === outside.size) {
    if (sameHash(builder.root(), outside.root)) return {};
    throw new NotWhatWasSigned(`The events of the backup do not lead to the checkpoint of ${outside.size} entries: it is another history. Do not put it in place; find out which of the two was changed.`);
  }
  const lost = outside.size - builder.size;
  if (reason === undefined)
    throw new NotWhatWasSigned(`The backup is behind the checkpoint: it holds ${builder.size} events, and ${outside.size} were signed. ${lost} entries that the world has seen would be lost, and others signed in their place, which everybody who keeps checkpoints will notice. Look for a newer backup. If there is none: --acknowledge-rollback "reason".`);
  return { rollback: { reason, lostAtLeast: lost } };
} // prettier-ignore

async function checkpointAt(path: string, trust: Trust): Promise<VerifiedCheckpoint> {
  const note = await fileAt(path);
  try {
    return verifyCheckpoint(note, trust);
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new WrongRequest(`${path} is no checkpoint of this log (${error.code}: ${error.message}).`);
  }
}

/** What a restored log does not know of is undone beside it. */
async function inStep(folder: string, head: number): Promise<Pick<Judged, 'processes' | 'sessions'>> {
  const [processes, access] = [join(folder, PROCESSES), join(folder, ACCESS)];
  return {
    ...(existsSync(processes) && { processes: await rolledBack(processes, head) }),
    ...(existsSync(access) && { sessions: await endAllSessions({ kind: 'sqlite', path: access }) }),
  };
}

async function rolledBack(path: string, head: number): Promise<RolledBack> {
  const database = await ProcessDatabase.open({ kind: 'sqlite', path }, new Date().toISOString());
  try {
    return await rollBackTo(database, head);
  } finally {
    await database.close();
  }
}

export function restoredText({ data, position, backupOf, logged, outside, rollback, processes, leftOut, elsewhere, ownKeys, missingKeys }: Restored): string {
  const lines = [
    `Restored  ${data}: the registry as it was on ${backupOf}, up to position ${position ?? 'none'} of the log`,
    logged === null
      ? 'Proof     none: the backup holds no transparency log'
      : `Proof     ${logged} entries signed, and every event as it was signed${ownKeys ? '; keys of the backup itself: give your own with --keys, or this proves nothing against whoever made it' : ''}`,
    ...(logged !== null && outside === undefined
      ? ['Rollback  not looked for: without the latest published checkpoint (--checkpoint FILE) nobody can tell whether newer entries were signed. If so, do not start this registry.']
      : []),
    ...(outside !== undefined && !rollback ? [`Rollback  none: the log reaches the ${outside} entries of the checkpoint from outside`] : []),
    ...(rollback ? [`Rollback  at least ${rollback.lostAtLeast} entries lost, acknowledged and written down in restores.ndjson: "${rollback.reason}". Publish that.`] : []),
    ...(processes && processes.processes + processes.effects > 0
      ? [`Processes ${processes.processes} had read beyond the log and are built anew; ${processes.effects} effects wait again`]
      : []),
    ...leftOut.map((sentence) => `Left out  ${sentence}`),
    ...missingKeys.map((name) => `Key       ${name} is not in it: put it there before you start, readable for its user alone (chmod 600), or a new one is made${name.startsWith('t') ? ', which may not sign for this log' : ' and second factors are set up anew'}`),
    ...elsewhere.map((name) => `Setting   ${name} names another place: move what was restored there, or unset it`),
    'Next      name an empty read database where it is PostgreSQL; start; "auditor check" when the projections have caught up',
  ];
  return lines.join('\n');
} // prettier-ignore
