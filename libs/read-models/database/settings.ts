import { join } from 'node:path';

/** Where the read models are kept. */
export type ReadDatabaseSettings =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** A setting, or what lies in the database, does not fit this code; the message says what to do. */
export class ReadDatabaseError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReadDatabaseError';
  }
}

/** Reads READ_DATABASE, READ_DATABASE_PATH and READ_DATABASE_URL; throws ReadDatabaseError naming the variable that is wrong. */
export function readDatabaseSettingsFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): ReadDatabaseSettings {
  const kind = env.READ_DATABASE ?? 'sqlite';
  if (kind === 'sqlite') return { kind, path: env.READ_DATABASE_PATH ?? join(dataFolder, 'read-models.sqlite') };
  if (kind !== 'postgres') throw new ReadDatabaseError(`READ_DATABASE is "${kind}"; use "sqlite" or "postgres".`);
  const url = env.READ_DATABASE_URL ?? '';
  if (!/^postgres(ql)?:\/\/./.test(url)) {
    throw new ReadDatabaseError('READ_DATABASE_URL must be given as postgres://user:password@host:port/database.');
  }
  return { kind, url };
}
