export { BackupError } from './error';
export { MANIFEST, readManifest, writtenManifest } from './manifest';
export type { KeptFile, Manifest } from './manifest';
export { ACCESS, LOG, PERSON_KEYS, PROCESSES, RESTORES, TRANSPARENCY_LOG, planOf } from './plan';
export type { Places, Step } from './plan';
export { UNFINISHED, manifestIn, takeBackup } from './take';
export type { BackupProgress, BackupRequest } from './take';
export { restoreBackup } from './restore';
export type { RestoreRequest } from './restore';
