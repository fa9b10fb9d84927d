import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const NEEDED = ['initdb', 'postgres', 'pg_dump', 'pg_restore'];

/** Where a whole PostgreSQL of this machine lies, server and tools of one version; undefined where there is none. The server that the tests bring along has no pg_dump. */
export function postgresTools(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const places = [...(process.env.PATH ?? '').split(delimiter), ...versions];
  return places.find((place) => NEEDED.every((name) => existsSync(join(place, name))));
}

export interface WholePostgres {
  /** Makes an empty database; answers its address. */
  freshDatabase(name: string): Promise<string>;
  /** As in docs/operating.md: `pg_dump --format=custom`. */
  dump(url: string, file: string): Promise<void>;
  /** As in docs/operating.md: `pg_restore --no-owner`. */
  restore(file: string, url: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server of these tools on a free port; root may not run it, so that it is then the user postgres who does. */
export async function startWholePostgres(tools: string): Promise<WholePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'whole-postgres-'));
  const asUser = process.getuid?.() === 0 ? await userPostgres() : undefined;
  if (asUser) chownSync(folder, asUser.uid, asUser.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  await run(join(tools, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'], { ...asUser });
  const port = await freePort();
  const server = spawn(join(tools, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder], { ...asUser, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = `postgres://postgres@127.0.0.1:${port}`;
  await answered(`${url}/postgres`);
  return {
    freshDatabase: async (name) => {
      await inDatabase(`${url}/postgres`, (client) => client.query(`CREATE DATABASE ${name}`));
      return `${url}/${name}`;
    },
    dump: async (from, file) => void (await run(join(tools, 'pg_dump'), ['--format=custom', `--file=${file}`, from])),
    restore: async (file, to) => void (await run(join(tools, 'pg_restore'), ['--no-owner', '--exit-on-error', `--dbname=${to}`, file])),
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
} // prettier-ignore

export async function inDatabase<Result>(url: string, ask: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

async function userPostgres(): Promise<{ uid: number; gid: number }> {
  const of = async (what: string) => Number((await run('id', [what, 'postgres'])).stdout);
  return { uid: await of('-u'), gid: await of('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Resolves when the server takes connections; throws what it last said after half a minute. */
async function answered(url: string): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;)
    try {
      return await inDatabase(url, async () => undefined);
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
