import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openEmbeddedLog } from '#event-store';
import type { Child } from '../child-process';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { program, started } from './programs';
import type { Env, Name } from './programs';

/** A port on which nobody listens: it was just let go. */
async function deadPort(): Promise<number> {
  const server = await listening();
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

describe('a program that cannot start', () => {
  let folder: string;
  let log: string;
  let patient: Child;
  let nowhere: number;

  beforeAll(async () => {
    nowhere = await deadPort();
    // Gives up after a minute; the other examples run meanwhile.
    patient = program('registry', {
      EVENT_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: `esdb://127.0.0.1:${nowhere}?tls=false`,
    });
  });
  afterAll(() => patient.kill());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'start-'));
    log = join(folder, 'events.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** It ends with code 1 and one line that says what is wrong and what to do; never with a stack trace. */
  async function expectSentence(child: Child, ...words: readonly (string | RegExp)[]): Promise<void> {
    const { code, errors, output } = await child.exit;
    expect([code, output]).toEqual([1, '']);
    const lines = errors.trim().split('\n');
    expect(lines).toHaveLength(1);
    for (const word of words) expect(errors).toMatch(new RegExp(word));
    expect(errors).not.toMatch(/^\s+at |node_modules|\.ts:\d|Error:/m);
  }

  const refused = (name: Name, env: Env, ...words: readonly (string | RegExp)[]): Promise<void> =>
    expectSentence(program(name, { REGISTRY_DATA: folder, ...env }), ...words);

  it.each([
    ['standalone', { REGISTRY_PORT: '70000' }, 'REGISTRY_PORT is "70000". Port the registry listens on'],
    ['standalone', { REGISTRY_SAMPLE: 'perhaps' }, 'REGISTRY_SAMPLE is "perhaps". on or off'],
    ['registry', { REGISTRY_HOST: '0.0.0.0' }, 'REGISTRY_HOST is "0.0.0.0". .* a loopback address'],
    ['registry', { REGISTRY_OFICER: 'me' }, 'REGISTRY_OFICER is not a setting. Use one of: REGISTRY_HOST'],
    ['registry', { EVENT_STORE: 'mysql' }, 'EVENT_STORE is "mysql". Allowed are'],
    ['projector', { PROJECTOR_PORT: 'many' }, 'PROJECTOR_PORT is "many". Port of the projector'],
    [
      'portal',
      { PORTAL_HOTS: 'x' },
      'PORTAL_HOTS is not a setting. Use one of: PORTAL_FILES, PORTAL_QUESTIONS, PORTAL_PUBLISHER, PORTAL_LICENCE, PORTAL_SOURCE_CODE, PORTAL_CONTACT, PORTAL_MAP_TILES, PORTAL_MAP_ATTRIBUTION, PORTAL_HOST, PORTAL_PORT, PORTAL_PROCESSES',
    ],
    ['portal', { PORTAL_PROCESSES: '65' }, 'PORTAL_PROCESSES is "65". How many processes of the portal make answers'],
    ['portal', { REGISTRY_PROFILE: '__proto__' }, 'REGISTRY_PROFILE is "__proto__". Jurisdiction: IT or generic'],
    ['portal', { READ_DATABASE: 'oracle' }, 'READ_DATABASE is "oracle"'],
    ['portal', { PORTAL_HOST: '192.0.2.1', READ_DATABASE: 'sqlite' }, 'cannot be opened'],
  ] as const)('(%s) because of the setting %j says which', (name, env, words) => refused(name, env, words));

  it('because the port is taken says so, names the variable, and leaves the log free', async () => {
    const other = await listening();
    other.unref();
    const { port } = other.address() as AddressInfo;
    const words = new RegExp(`^Port ${port} of 127.0.0.1 is in use: .* set REGISTRY_PORT to another port`);
    await refused('standalone', { REGISTRY_PORT: String(port) }, words);
    await refused('registry', { REGISTRY_PORT: String(port) }, words);
    await refused('projector', { PROJECTOR_PORT: String(port) }, /set PROJECTOR_PORT to another port/);
    await refused('portal', { PORTAL_PORT: String(port) }, /set PORTAL_PORT to another port/);
    await openEmbeddedLog(log).close();
  });

  it('because another process writes to the log names that process', async () => {
    const { child } = await started('registry', { REGISTRY_DATA: folder });
    const words = new RegExp(`is being written by process ${child.pid} on .* stop that one first`);
    await refused('registry', {}, words);
    await refused('standalone', {}, words);
    await child.stop();
  });

  it('because the log is something else says what it is and leaves it alone', async () => {
    await writeFile(log, 'Lista dei beni confiscati, 2018\n');
    for (const name of ['standalone', 'registry', 'projector'] as const) {
      await refused(name, {}, /is no SQLite file\. Name another path; this file was left as it is/);
    }
  });

  it('because the log is newer than the code says to install the newer version', async () => {
    await openEmbeddedLog(log).close();
    const database = new Database(log);
    database.pragma('user_version = 7');
    database.close();
    for (const name of ['standalone', 'registry', 'projector'] as const) {
      await refused(name, {}, /written by a newer version \(format 7, .* Install the newer version/);
    }
  });

  it('because the read models are newer than the code says what may be done', async () => {
    const { child } = await started('standalone', { REGISTRY_DATA: folder });
    await child.stop();
    const byHand = (sql: string): void => {
      const database = new Database(join(folder, 'read-models.sqlite'));
      database.exec(sql);
      database.close();
    };
    byHand(`UPDATE projections SET version = version + 100 WHERE name = 'register'`);
    const words = /hold version 1\d\d of "register".* Run the newer version, or name an empty database/;
    await refused('standalone', {}, words);
    await refused('projector', {}, words);
    byHand(`INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Tomorrow1999999999999')`);
    await refused('projector', {}, /made by a newer version \(migration Tomorrow1999999999999\)\. Run that version/);
  });

  it('because the data folder cannot be made or written says which folder', async () => {
    await writeFile(join(folder, 'file'), '');
    const below = join(folder, 'file', 'data');
    for (const REGISTRY_DATA of [below, '/sys/registry']) {
      await refused(
        'standalone',
        { REGISTRY_DATA },
        `The folder of the event log ${REGISTRY_DATA}/events.sqlite cannot be made`,
      );
      const elsewhere = { EVENT_STORE_PATH: log };
      await refused(
        'standalone',
        { ...elsewhere, REGISTRY_DATA },
        /person-keys\.key cannot be made: .* name another one/,
      );
      const keys = { PERSON_KEYS_PATH: join(folder, 'keys.sqlite'), PERSON_KEYS_MASTER_FILE: join(folder, 'keys.key') };
      await refused(
        'standalone',
        { ...elsewhere, ...keys, REGISTRY_DATA },
        /read-models\.sqlite cannot be opened: .* name another one/,
      );
    }
  });

  it('because there is nothing to follow or to read yet says what to start first', async () => {
    await refused('projector', {}, /There is no event log at .* yet\. Start the registry first/);
    await refused('portal', {}, /read-models\.sqlite cannot be opened: .* The projector makes it: start that first/);
  });

  it('because PostgreSQL is not there says so without its password', async () => {
    await openEmbeddedLog(log).close();
    const env = {
      READ_DATABASE: 'postgres',
      READ_DATABASE_URL: `postgres://portal:secret@localhost:${nowhere}/registry`,
    };
    for (const name of ['standalone', 'projector', 'portal'] as const) {
      const { errors } = await program(name, { REGISTRY_DATA: folder, ...env }).exit;
      expect(errors).not.toContain('secret');
      await refused(name, env, /cannot be opened: .*ECONNREFUSED.*Start PostgreSQL, or correct/);
    }
  });

  it('because EventStoreDB is not there waits for it, says so, and starts once it comes', async () => {
    const port = await deadPort();
    const child = program('registry', {
      REGISTRY_DATA: folder,
      EVENT_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: `esdb://127.0.0.1:${port}?tls=false`,
    });
    await child.complaint(new RegExp(`^Waiting for EventStoreDB at 127.0.0.1:${port}: `));
    const server = await EventStoreDbServer.start({ port });
    await child.line(/command API: http/);
    expect((await child.stop()).code).toBe(0);
    server.stop();
  });

  it('because EventStoreDB stays away gives up after a minute', async () => {
    const { code, errors } = await patient.exit;
    const lines = errors.trim().split('\n');
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(
      /did not answer within 60 s \(.*\)\. Start the server, or correct EVENTSTOREDB_URL\.$/,
    );
    expect(lines.slice(0, -1).every((line) => line.startsWith('Waiting for EventStoreDB at'))).toBe(true);
  }, 90_000);
});
