import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { italy } from '#domain';
import { ProjectionRunner, ReadDatabase, placeOf, projectionsFor } from '#read-models';
import { openWorld, worldOf } from './world';

/** The read models of so many assets, built once and used again by later runs. */
export async function registerOf(assets: number, cache: string): Promise<string> {
  const versions = projectionsFor(italy).map(({ name, version }) => `${name}-${version}`);
  const path = join(cache, `register-of-${assets}-${versions.join('-')}.sqlite`);
  const made = `${path}.made`;
  if (existsSync(made)) return path;
  const database = await ReadDatabase.openForWriting({ kind: 'sqlite', path });
  const store = openWorld(await worldOf({ assets }, cache));
  const head = await store.head();
  const bar = new SingleBar({
    format: `building a register of ${assets} assets {bar} {percentage}%`,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const runner = new ProjectionRunner(store, database, projectionsFor(italy), {
    onBatch: () => bar.update(Math.min(...runner.progress().map(placeOf))),
  });
  bar.start(head, 0);
  await runner.start();
  if (!(await runner.reached(head, 4 * 3_600_000))) throw new Error('The register was not built in four hours.');
  await runner.stop();
  bar.stop();
  await database.close();
  await store.close();
  writeFileSync(made, '');
  return path;
}

/** Runs the portal over a register in a process of its own, and hands its origin to the task. */
export async function withPortal<Result>(
  register: string,
  task: (origin: string, portal: ChildProcess) => Promise<Result>,
): Promise<Result> {
  const portal = spawn(process.execPath, [...process.execArgv, join(__dirname, '../apps/portal/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORTAL_PORT: '0', READ_DATABASE: 'sqlite', READ_DATABASE_PATH: register },
  });
  try {
    const [line] = (await once(portal.stdout, 'data')) as [Buffer];
    const origin = /http:\S+[^/\s]/.exec(String(line))?.[0];
    if (origin === undefined) throw new Error(`The portal did not say where it listens: ${String(line)}`);
    return await task(origin, portal);
  } finally {
    portal.kill();
    await once(portal, 'exit');
  }
}
