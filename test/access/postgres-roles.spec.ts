import { Client } from 'pg';
import { openSignIn } from '#access';
import { startPostgres } from '../read-models/databases';
import type { PostgresServer } from '../read-models/databases';
import { NumberedAccounts } from './sign-in';

describe('credentials beside the read models on one PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  it('lie in a schema of their own that the portal’s user cannot look into', async () => {
    const url = await server.freshDatabase();
    const { pathname } = new URL(url);
    const asUser = (user: string): string => Object.assign(new URL(url), { username: user, password: 'x' }).href;
    const run = async (address: string, sql: string): Promise<unknown[]> => {
      const client = new Client({ connectionString: address });
      await client.connect();
      try {
        return (await client.query<object>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await run(
      url,
      `CREATE ROLE registry_access LOGIN PASSWORD 'x'; CREATE ROLE portal LOGIN PASSWORD 'x';
       GRANT CREATE ON DATABASE ${pathname.slice(1)} TO registry_access`,
    );
    const database = { kind: 'postgres', url: asUser('registry_access') } as const;
    const options = { accounts: new NumberedAccounts(), secure: false };
    const signIn = await openSignIn({ database, key: { hex: '5'.repeat(64) } }, options);
    await signIn.close();
    expect(await run(asUser('registry_access'), 'SELECT * FROM access.credentials')).toEqual([]);
    await expect(run(asUser('portal'), 'SELECT * FROM access.credentials')).rejects.toMatchObject({
      message: 'permission denied for schema access',
    });
  });
});
