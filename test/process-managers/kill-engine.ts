import { join } from 'node:path';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { ProcessDatabase, ProcessEngine, fileSink, processesFor } from '#processes';
import type { ProcessDatabaseSettings } from '#processes';
import { Recorder } from '#recording';

/** Runs the process managers over a log until it is killed; says on standard output when it begins and when nothing is left to do. */
async function main(folder: string, database: ProcessDatabaseSettings, now: string): Promise<void> {
  const clock = (): string => now;
  const store = openEmbeddedLog(join(folder, 'events.sqlite'));
  const processes = await ProcessDatabase.open(database, '2026-01-01T00:00:00.000Z');
  const managers = processesFor(italy, 'RPCT');
  const engine = new ProcessEngine({
    store,
    database: processes,
    recorder: new Recorder(store, { profile: italy, clock }),
    processes: managers,
    profile: italy,
    transport: fileSink(join(folder, 'outbox')),
    book: { lines: [], otherwise: { to: 'officers@localhost', language: 'it' } },
    letterhead: { from: 'registry@localhost' },
    clock,
    graceMs: 0,
    batchSize: 50,
    everyMs: 5,
  });
  process.stdout.write('begins\n');
  await engine.start();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { standby, processes: known, effects, messages } = await engine.health();
    const read = known.length === managers.length && known.every(({ lag }) => lag === 0);
    if (!standby && read && effects.pending === 0 && messages.waiting === 0) break;
  }
  await engine.stop();
  await processes.close();
  await store.close();
  process.stdout.write('nothing left\n');
}

const [folder = '', database = '{}', now = ''] = process.argv.slice(2);
void main(folder, JSON.parse(database) as ProcessDatabaseSettings, now);
