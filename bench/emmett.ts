import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { NewEvent } from '#domain';

/** As much of Emmett as is measured (https://event-driven-io.github.io/emmett). It is installed beside the bench, never with the product. */
interface EmmettStore {
  appendToStream(
    stream: string,
    events: readonly { type: string; data: unknown; metadata: unknown }[],
    options: { expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<unknown>;
  schema?: { migrate(): Promise<unknown> };
}

export interface Peer {
  append(stream: string, event: NewEvent, revision: number): Promise<void>;
  close(): Promise<void>;
}

const peers = join(__dirname, '../../bench/peers');

interface EmmettSqlite {
  sqliteConnection: (options: { fileName: string }) => { close(): void };
  createEventStoreSchema: (connection: object) => Promise<void>;
  appendToStream: (
    connection: object,
    stream: string,
    streamType: string,
    events: readonly object[],
    options: { expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ) => Promise<{ success: boolean }>;
}

const BUSY_ATTEMPTS = 20;

/**
 * Emmett on SQLite as fast as it goes: its store opens and closes the file for each append, so its own functions are called on one open
 * connection. Appends come one after another, for it cannot keep two apart on a connection; where it trips over itself (SQLITE_BUSY) it tries again.
 */
export async function emmettSqlite(folder: string): Promise<Peer> {
  const emmett = createRequire(join(peers, 'sqlite/package.json'))('@event-driven-io/emmett-sqlite') as EmmettSqlite;
  const connection = emmett.sqliteConnection({ fileName: join(folder, `${randomUUID()}.emmett.sqlite`) });
  await emmett.createEventStoreSchema(connection);
  const append = async (stream: string, { type, data, metadata }: NewEvent, revision: number): Promise<void> => {
    const options = { expectedStreamVersion: versionAfter(revision) };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { success } = await emmett.appendToStream(
          connection,
          stream,
          'asset',
          [{ type, data, metadata }],
          options,
        );
        if (success || attempt > 1) return;
        throw new Error(`Emmett refused event ${revision} of ${stream}.`);
      } catch (error) {
        if (!String(error).includes('SQLITE_BUSY') || attempt === BUSY_ATTEMPTS) throw error;
      }
    }
  };
  let last: Promise<void> = Promise.resolve();
  return {
    append: (stream, event, revision) => (last = last.then(() => append(stream, event, revision))),
    close: async () => connection.close(),
  };
}

/** Its versions count from 1: the version of a stream is how many events it has. */
const versionAfter = (revision: number): bigint | 'STREAM_DOES_NOT_EXIST' =>
  revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision);

export async function emmettPostgres(url: string): Promise<Peer> {
  const { getPostgreSQLEventStore } = createRequire(join(peers, 'postgresql/package.json'))(
    '@event-driven-io/emmett-postgresql',
  ) as { getPostgreSQLEventStore: (url: string, options: object) => EmmettStore };
  const pool = new Pool({ connectionString: url, max: 20 });
  // At the end it leaves without waiting for its connections to close; the server may be the first to hang up.
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pooled: true, pool } });
  await store.schema?.migrate();
  return {
    append: async (stream, { type, data, metadata }, revision) => {
      await store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion: versionAfter(revision) });
    },
    close: () => pool.end(),
  };
}
