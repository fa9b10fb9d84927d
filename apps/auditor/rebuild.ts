import { SingleBar } from 'cli-progress';
import { italy } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';
import { ProjectionRunner, ReadDatabase, placeOf, projectionsFor, readLedger, rebuildFromStart } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { WrongRequest } from './log';

/**
 * Builds projections anew from the start of the log until readers see them. One that is being built already, because an earlier run was cut off, goes on from
 * where it was. False when one of them stopped at an event it cannot take. Throws WrongRequest for a name that is none, and ReadDatabaseError when a projector runs meanwhile.
 */
export async function rebuild(
  store: EventStore,
  settings: ReadDatabaseSettings,
  names: readonly string[],
  say: (line: string) => void,
): Promise<boolean> {
  const all = projectionsFor(italy);
  const unknown = names.find((name) => !all.some((projection) => projection.name === name));
  if (unknown !== undefined)
    throw new WrongRequest(`There is no report "${unknown}". Use: ${all.map(({ name }) => name).join(', ')}.`);
  const chosen = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  const database = await ReadDatabase.openForWriting(settings);
  try {
    const ledger = await readLedger(database);
    for (const projection of chosen) {
      const found = ledger.find(({ name, version }) => name === projection.name && version === projection.version);
      if (!found || found.live) await rebuildFromStart(database, projection);
      else say(`${projection.name}: going on after ${found.applied} events`);
    }
    return await follow(store, database, chosen, say);
  } finally {
    await database.close();
  }
}

async function follow(
  store: EventStore,
  database: ReadDatabase,
  chosen: ReturnType<typeof projectionsFor>,
  say: (line: string) => void,
): Promise<boolean> {
  const head = await store.head();
  const bar = new SingleBar({ format: '{bar} {percentage}%', noTTYOutput: true, notTTYSchedule: 5000 });
  bar.start(Math.max(1, head), 0);
  const runner = new ProjectionRunner(store, database, chosen, {
    onNotice: say,
    onBatch: () => bar.update(Math.max(0, Math.min(...runner.progress().map(placeOf)))),
  });
  await runner.start();
  while (head > START && !(await runner.reached(head, 1000)));
  bar.stop();
  await runner.stop();
  for (const { name, applied, stopped } of runner.progress())
    say(
      stopped
        ? `${name}: stopped before event ${stopped.event}: ${stopped.reason}`
        : `${name}: ${applied} events taken`,
    );
  return runner.progress().every(({ stopped }) => !stopped);
}
