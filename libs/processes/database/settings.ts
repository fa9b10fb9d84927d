import { join, resolve } from 'node:path';

/** A setting, or what lies in the database, does not fit this code; the message says what to do. */
export class ProcessesError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProcessesError';
  }
}

/** Where the process managers keep their states and the outbox. */
export type ProcessDatabaseSettings =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** Reads PROCESS_DATABASE, PROCESS_DATABASE_PATH and PROCESS_DATABASE_URL; throws ProcessesError naming the variable that is wrong. */
export function processDatabaseSettingsFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): ProcessDatabaseSettings {
  const kind = env.PROCESS_DATABASE ?? 'sqlite';
  if (kind === 'sqlite')
    return { kind, path: resolve(env.PROCESS_DATABASE_PATH ?? join(dataFolder, 'processes.sqlite')) };
  if (kind !== 'postgres') throw new ProcessesError(`PROCESS_DATABASE is "${kind}"; use "sqlite" or "postgres".`);
  const url = env.PROCESS_DATABASE_URL ?? '';
  if (!/^postgres(ql)?:\/\/./.test(url))
    throw new ProcessesError('PROCESS_DATABASE_URL must be given as postgres://user:password@host:port/database.');
  return { kind, url };
}
