import { join } from 'node:path';

export * from './import-file';
export { ImportError, checkedProfile, mappingProfile, profileNames } from './profile';
export type { MappingProfile } from './profile';
export { rowToCommands } from './row-to-commands';

/** Open data that comes with the registry, and the profile that reads it (see samples/ATTRIBUTION.md). */
export const sample = { folder: join(__dirname, 'samples'), profile: 'it-anbsc' } as const;
