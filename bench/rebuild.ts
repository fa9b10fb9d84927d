import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { italy } from '#domain';
import type { ReadDatabaseSettings } from '#read-models';
import { ProjectionRunner, ReadDatabase, projectionsFor } from '#read-models';
import type { BenchSettings } from './main';
import { withPostgres } from './postgres';
import type { Measured } from './report';
import { peakMemory, secondsOf } from './timing';
import { datedWorldOf, openWorld, worldOf } from './world';

/** Building every projection from the start of the log, until readers could see it: of one that was written life by life, as an import writes it, and of one written day by day. */
export async function rebuild({ events, cache, folder }: BenchSettings): Promise<Measured[]> {
  const path = await worldOf({ events }, cache);
  const sqlite = (): ReadDatabaseSettings => ({ kind: 'sqlite', path: join(folder, `${randomUUID()}.sqlite`) });
  const onSqlite = await built(path, sqlite(), 'SQLite');
  const dated = await built(await datedWorldOf({ events }, cache), sqlite(), 'SQLite, of a log written day by day');
  const onPostgres = await withPostgres((url) => built(path, { kind: 'postgres', url }, 'PostgreSQL'));
  return [...onSqlite, ...dated, ...onPostgres];
}

async function built(path: string, settings: ReadDatabaseSettings, name: string): Promise<Measured[]> {
  const store = openWorld(path);
  const head = await store.head();
  const database = await ReadDatabase.openForWriting(settings);
  const runner = new ProjectionRunner(store, database, projectionsFor(italy), {
    onNotice: (notice) => void process.stderr.write(`${notice}\n`),
  });
  let seconds = 0;
  const mebibytes = await peakMemory(async () => {
    seconds = await secondsOf(async () => {
      await runner.start();
      if (!(await runner.reached(head, 3_600_000)))
        throw new Error('The projections did not reach the end of the log in an hour.');
    });
  });
  await runner.stop();
  await database.close();
  await store.close();
  return [
    { what: `rebuild of every projection on ${name}`, rate: head / seconds, unit: 'events/s', aim: { min: 30_000 } },
    { what: `memory of that rebuild on ${name}`, rate: mebibytes, unit: 'MiB', aim: { max: 512 } },
  ];
}
