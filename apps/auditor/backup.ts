import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { signInSettingsFromEnv } from '#access';
import { RESTORES, planOf, takeBackup } from '#backup';
import type { BackupProgress, Manifest, Step } from '#backup';
import { eventStoreSettingsFromEnv } from '#event-store';
import { notarySettingsFromEnv } from '#notary';
import { personKeysSettingsFromEnv } from '#privacy';
import { filesFolderFrom } from '#process';
import type { Environment } from '#process';
import { processDatabaseSettingsFromEnv } from '#processes';
import { WrongRequest } from './log';

interface Planned {
  readonly steps: readonly Step[];
  /** What the settings name and is backed up by other means. */
  readonly leftOut: readonly string[];
}

/** What the settings say there is to back up. Throws WrongRequest where the log is not an embedded one. */
export function planned(env: Environment, data: string, withKeys: boolean): Planned {
  const folder = resolve(data);
  const log = eventStoreSettingsFromEnv(env, folder);
  if (log.kind !== 'embedded')
    throw new WrongRequest('The log lies in EventStoreDB, which is backed up by its own means. The order to keep is told in docs/operating.md, under "Backup".');
  const processes = processDatabaseSettingsFromEnv(env, folder);
  const access = signInSettingsFromEnv(env, folder);
  const notary = notarySettingsFromEnv(env, folder);
  const personKeys = personKeysSettingsFromEnv(env, folder);
  const keys: Record<string, string> = {
    ...('file' in access.key && { 'access.key': resolve(access.key.file) }),
    ...(notary && 'file' in notary.key && { 'transparency-log.key': notary.key.file }),
  };
  const elsewhere = (what: string, variable: string): string => `${what} lies in PostgreSQL (${variable}): back it up by its own means, in the order told in docs/operating.md.`;
  const steps = planOf(
    {
      log: log.path,
      ...(processes.kind === 'sqlite' && { processes: processes.path }),
      ...(access.database.kind === 'sqlite' && { access: resolve(access.database.path) }),
      // A registry that nobody started yet has none.
      ...(existsSync(personKeys.path) && { personKeys: personKeys.path }),
      ...(notary && { transparencyLog: notary.folder }),
      files: filesFolderFrom({ ...env, REGISTRY_DATA: folder }),
      keys,
      restores: join(folder, RESTORES),
    },
    withKeys,
  );
  return {
    steps,
    leftOut: [
      ...(processes.kind === 'postgres' ? [elsewhere('The database of the process managers', 'PROCESS_DATABASE_URL')] : []),
      ...(access.database.kind === 'postgres' ? [elsewhere('The access database', 'ACCESS_DATABASE_URL')] : []),
      ...(notary ? [] : ['There is no transparency log: TRANSPARENCY_LOG is off. Nothing will prove that a restored log is the one that was backed up.']),
    ],
  };
} // prettier-ignore

export interface BackedUp {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  readonly position: number | null;
  /** Entries under the checkpoint in the backup; null where there is no transparency log. */
  readonly logged: number | null;
  readonly withKeys: boolean;
  readonly leftOut: readonly string[];
  /** Files that are not what their name says, and are not in the backup. */
  readonly damaged: readonly string[];
  readonly seconds: number;
}

export async function backUp(
  env: Environment,
  { data, folder, withKeys }: { readonly data: string; readonly folder: string; readonly withKeys: boolean },
  onProgress?: (progress: BackupProgress) => void,
): Promise<BackedUp> {
  const { steps, leftOut } = planned(env, data, withKeys);
  const place = resolve(folder);
  const manifest = await takeBackup({ folder: place, steps, withKeys, leftOut, ...(onProgress && { onProgress }) });
  return {
    folder: place,
    files: manifest.files.length,
    bytes: manifest.files.reduce((sum, { size }) => sum + size, 0),
    position: manifest.log?.position ?? null,
    logged: sizeIn(manifest.checkpoint),
    withKeys,
    leftOut: manifest.leftOut,
    damaged: manifest.damaged,
    seconds: (Date.parse(manifest.finishedAt) - Date.parse(manifest.begunAt)) / 1000,
  };
}

/** The second line of a checkpoint (C2SP tlog-checkpoint). */
const sizeIn = (checkpoint: Manifest['checkpoint']): number | null =>
  checkpoint === null ? null : Number(checkpoint.split('\n')[1]);

export function backedUpText({ folder, files, bytes, position, logged, withKeys, leftOut, damaged, seconds }: BackedUp): string {
  const lines = [
    `Backup    ${folder}: ${files} files, ${(bytes / 1024 ** 2).toFixed(1)} MiB, in ${seconds.toFixed(1)} s`,
    `Log       ${position === null ? 'empty' : `up to position ${position}`}${logged === null ? '' : `; ${logged} entries under the checkpoint of the transparency log`}`,
    withKeys
      ? 'Keys      in the backup: whoever has it can sign for the log. Keep it accordingly.'
      : 'Keys      not in the backup: keep transparency-log.key and access.key elsewhere, apart from it.',
    'Persons   what is said of persons cannot be read without person-keys.key, the master key, which is in no backup. Keep it apart from all of them.',
    ...leftOut.map((sentence) => `Left out  ${sentence}`),
    ...damaged.map((sentence) => `Damaged   ${sentence}`),
  ];
  return lines.join('\n');
} // prettier-ignore
