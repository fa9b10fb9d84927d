import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const server = join(__dirname, '../../test/read-models/postgres-server.mjs');

/** A real PostgreSQL server for as long as the task runs. */
export async function withPostgres<Result>(task: (url: string) => Promise<Result>): Promise<Result> {
  const child = spawn(process.execPath, [server], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  try {
    return await task(`${String(line).trim()}/postgres`);
  } finally {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  }
}
