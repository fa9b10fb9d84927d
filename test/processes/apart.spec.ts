import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { italy } from '#domain';
import { physicalName, projectionsFor } from '#read-models';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { startPostgres } from '../read-models/databases';
import type { PostgresServer } from '../read-models/databases';
import { post, seizure, started } from './programs';
import type { Acknowledged, Env } from './programs';

const [register, timeline] = ['register', 'timeline'].map((name) =>
  physicalName(name, projectionsFor(italy).find((projection) => projection.name === name)!.version),
);

interface Rooms {
  readonly registry: Env;
  readonly projector: Env;
  readonly portal: Env;
}

/** A fact goes from the registry's process through the projector's to a page of the portal's, also when the projector is killed on the way. */
function threeProcesses(rooms: () => Rooms): void {
  it('lead a fact from the registry to the portal, and catch up after the projector was killed', async () => {
    const { registry: registryEnv, projector: projectorEnv, portal: portalEnv } = rooms();
    const registry = await started('registry', registryEnv);
    const projector = await started('projector', projectorEnv);
    const portal = await started('portal', portalEnv);
    const record = async (title: string): Promise<Acknowledged> => {
      const answer = await post(registry.url, '', seizure(title), title);
      expect(answer.status).toBe(201);
      return (await answer.json()) as Acknowledged;
    };

    const first = await record('Cantina sociale');
    const page = await fetch(`${portal.url}/en/assets/${first.asset}?after=${first.position}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Cantina sociale')]);
    expect((await fetch(`${projector.url}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${registry.url}/health/ready`)).json()).toMatchObject({
      ready: true,
      head: first.position,
    });
    expect(await (await fetch(`${portal.url}/health/ready`)).json()).toEqual({ ready: true, position: first.position });

    await projector.child.kill();
    let last = first;
    for (let number = 1; number <= 20; number += 1) last = await record(`Azienda ${number}`);
    await pause(300);
    const stale = await fetch(`${portal.url}/api/v1/assets`);
    expect(await stale.json()).toMatchObject({ total: 1, position: first.position });

    const again = await started('projector', projectorEnv);
    const caughtUp = await fetch(`${portal.url}/api/v1/assets?after=${last.position}`);
    expect(await caughtUp.json()).toMatchObject({ total: 21, position: last.position });
    const health = (await (await fetch(`${again.url}/health/ready`)).json()) as { projections: { applied: number }[] };
    expect(health.projections.map(({ applied }) => applied)).toEqual(health.projections.map(() => 21));

    for (const { child } of [portal, again, registry])
      expect(await child.stop()).toMatchObject({ code: 0, errors: '' });
  }, 90_000);

  it('each describe what they serve, and nothing else', async () => {
    const { registry: registryEnv, projector: projectorEnv, portal: portalEnv } = rooms();
    const running = [
      await started('registry', registryEnv),
      await started('projector', projectorEnv),
      await started('portal', portalEnv),
    ];
    const [registry, projector, portal] = running.map(({ url }) => url);
    const paths = async (url: string | undefined): Promise<string[]> => {
      const { paths } = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as { paths: object };
      return Object.keys(paths);
    };
    expect(await paths(registry)).toContain('/api/v1/assets/{id}/order-confiscation');
    expect(await paths(registry)).not.toContain('/api/v1/indicators');
    expect(await paths(portal)).toContain('/api/v1/indicators');
    expect(await paths(portal)).not.toContain('/api/v1/assets/{id}/order-confiscation');
    const refused = await post(portal!, '', seizure('Cantina'), 'not-here');
    expect([
      refused.status,
      (await fetch(`${projector}/api/v1/assets`)).status,
      (await fetch(`${registry}/en`)).status,
    ]).toEqual([404, 404, 404]);
    for (const url of [registry, projector, portal]) {
      expect((await fetch(`${url}/problems/not-found`)).status).toBe(200);
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }
    for (const { child } of running.reverse()) await child.stop();
  }, 60_000);
}

describe('three processes on the embedded log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apart-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  threeProcesses(() => {
    const env = { REGISTRY_DATA: folder };
    return { registry: env, projector: env, portal: env };
  });
});

describe('three processes on EventStoreDB and PostgreSQL', () => {
  let postgres: PostgresServer;
  let log: EventStoreDbServer;
  let projectorUrl: string;
  let portalUrl: string;
  let superuserUrl: string;
  const open: Client[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    superuserUrl = await postgres.freshDatabase();
    const superuser = new Client({ connectionString: superuserUrl });
    await superuser.connect();
    await superuser.query(readFileSync(resolve(__dirname, '../../docker/postgres/roles.sql'), 'utf8'));
    await superuser.query(`ALTER ROLE registry_projector PASSWORD 'one'; ALTER ROLE registry_portal PASSWORD 'two'`);
    await superuser.end();
    projectorUrl = superuserUrl.replace(/\/\/[^@]*@/, '//registry_projector:one@');
    portalUrl = superuserUrl.replace(/\/\/[^@]*@/, '//registry_portal:two@');
  }, 60_000);
  afterAll(() => postgres.stop());
  let home: string;
  beforeEach(async () => {
    log = await EventStoreDbServer.start();
    // The transparency log of a new log is a new one.
    home = await mkdtemp(join(tmpdir(), 'apart-'));
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
    await Promise.all(open.splice(0).map((client) => client.end()));
    log.stop();
    const superuser = new Client({ connectionString: superuserUrl });
    await superuser.connect();
    await superuser.query('DROP OWNED BY registry_projector');
    await superuser.query('GRANT USAGE, CREATE ON SCHEMA public TO registry_projector');
    await superuser.query(
      'ALTER DEFAULT PRIVILEGES FOR ROLE registry_projector IN SCHEMA public GRANT SELECT ON TABLES TO registry_portal',
    );
    await superuser.end();
  });

  let files: string;
  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), 'apart-files-'));
  });
  afterAll(() => rm(files, { recursive: true, force: true }));

  const rooms = (): Rooms => {
    const events = { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: log.connectionString };
    return {
      // Files lie in its folder, whatever holds the log.
      registry: { ...events, REGISTRY_DATA: files },
      projector: { ...events, READ_DATABASE: 'postgres', READ_DATABASE_URL: projectorUrl, REGISTRY_DATA: home },
      // The portal knows of no log at all.
      portal: { READ_DATABASE: 'postgres', READ_DATABASE_URL: portalUrl },
    };
  };
  threeProcesses(rooms);

  it('give the portal a role that can read the rows and change nothing', async () => {
    const { registry: registryEnv, projector: projectorEnv } = rooms();
    const registry = await started('registry', registryEnv);
    const projector = await started('projector', projectorEnv);
    await post(registry.url, '', seizure('Cantina sociale'), 'one');
    const portal = new Client({ connectionString: portalUrl });
    open.push(portal);
    await portal.connect();
    const assets = async (): Promise<number> => (await portal.query(`SELECT * FROM ${register}`)).rows.length;
    const built = (): Promise<boolean> => fetch(`${projector.url}/health/ready`).then(({ ok }) => ok);
    while (!(await built()) || (await assets()) === 0) await pause(50);
    expect(await assets()).toBe(1);
    // Also where somebody has found out how to lift the second lock.
    await portal.query(
      'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; SET default_transaction_read_only = off',
    );
    for (const attempt of [
      `UPDATE ${register} SET title = 'Castle'`,
      `DELETE FROM ${timeline}`,
      "INSERT INTO projections (name, version, live, checkpoint, applied) VALUES ('x', 1, 1, 0, 0)",
      `TRUNCATE ${register}`,
      `DROP TABLE ${register}`,
      `ALTER TABLE ${register} ADD COLUMN x text`,
      'CREATE TABLE mine (x text)',
      'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
      'ALTER DEFAULT PRIVILEGES FOR ROLE registry_projector GRANT ALL ON TABLES TO PUBLIC',
      'SET ROLE registry_projector',
      'CREATE ROLE mine SUPERUSER',
      `COPY ${register} TO PROGRAM 'true'`,
      `SELECT pg_read_file('/etc/passwd')`,
    ]) {
      await expect(portal.query(attempt).then(() => attempt)).rejects.toThrow(
        /permission denied|must be owner|must have|member/,
      );
    }
    // To give away what one does not have is no error in PostgreSQL; it just does nothing.
    await portal.query(`GRANT ALL ON ${register} TO registry_portal`);
    const { rows } = await portal.query<{ may: boolean }>(
      `SELECT has_table_privilege('${register}', 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') AS may`,
    );
    expect(rows).toEqual([{ may: false }]);
    expect((await portal.query(`SELECT title FROM ${register}`)).rows).toEqual([{ title: 'Cantina sociale' }]);
    for (const { child } of [projector, registry]) await child.stop();
  }, 60_000);
});
