import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { ProcessDatabaseSettings } from './settings';

/** The right to run the processes of a database; the operating system or the server ends it when its holder is gone, however that ends. */
export interface SoleUse {
  /** False once the right is lost, as with the connection to the server. */
  holds(): boolean;
  release(): Promise<void>;
}

/** Names our lock among others on a server. */
const LOCK = 7_204_113;

/** The right to run the processes, or undefined while somebody else has it. */
export function takeSoleUse(settings: ProcessDatabaseSettings): Promise<SoleUse | undefined> {
  return settings.kind === 'sqlite' ? onFile(`${settings.path}.lock`) : onServer(settings.url);
}

async function onFile(path: string): Promise<SoleUse | undefined> {
  const database = new Database(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
  return { holds: () => database.open, release: async () => void database.close() };
}

async function onServer(url: string): Promise<SoleUse | undefined> {
  const client = new Client({ connectionString: url });
  let alive = true;
  client.on('error', () => (alive = false));
  client.on('end', () => (alive = false));
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
  if (rows[0]?.taken !== true) {
    await client.end();
    return undefined;
  }
  return {
    holds: () => alive,
    release: async () => {
      // Given back and not only dropped: the server ends a session some time after its client has gone, and whoever waits would still find it held.
      if (alive) await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}

/** By its shape and not its class, which is another one where the driver was loaded twice. */
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
