import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { ReadDatabaseSettings } from '#read-models';

/** Gives an empty database of its own to each caller. */
export type FreshDatabase = () => Promise<ReadDatabaseSettings>;

/** Runs the same examples on SQLite and on a real PostgreSQL server, started for the file and gone afterwards. */
export function onBothDatabases(examples: (fresh: FreshDatabase, kind: 'sqlite' | 'postgres') => void): void {
  describe('on SQLite', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'read-models-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));
    examples(async () => ({ kind: 'sqlite', path: join(folder, `${randomUUID()}.sqlite`) }), 'sqlite');
  });

  describe('on PostgreSQL', () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    }, 60_000);
    afterAll(() => server.stop());
    examples(async () => ({ kind: 'postgres', url: await server.freshDatabase() }), 'postgres');
  });
}

/** A real PostgreSQL server. */
export interface PostgresServer {
  /** Makes an empty database; answers its address, with the superuser's name. */
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const server = spawn(process.execPath, [join(__dirname, 'postgres-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const url = String(line).trim();
  return {
    freshDatabase: async () => {
      const name = `db_${randomUUID().replaceAll('-', '')}`;
      const client = new Client({ connectionString: `${url}/postgres` });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `${url}/${name}`;
    },
    stop: async () => {
      const ended = once(server, 'exit');
      server.stdin.end();
      await ended;
    },
  };
}
