import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessDatabaseSettings } from '#processes';
import { startPostgres } from '../read-models/databases';
import type { PostgresServer } from '../read-models/databases';

/** Gives an empty database of its own to each caller. */
export type Fresh = () => Promise<ProcessDatabaseSettings>;

/** Runs the same examples on SQLite and on a real PostgreSQL server. */
export function onBothDatabases(examples: (fresh: Fresh, kind: 'sqlite' | 'postgres') => void): void {
  describe('on SQLite', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'processes-'));
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
