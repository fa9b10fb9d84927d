import Database from 'better-sqlite3';
import { current } from '#domain';
import { START } from '#event-store';
import type { BenchSettings } from './main';
import type { Measured } from './report';
import { medians } from './timing';
import { openWorld, worldOf } from './world';

const BATCH = 2000;

/** Reading the whole log, each event checked and brought to its current version, against a bare scan that parses the same JSON. */
export async function replay({ events, cache }: BenchSettings): Promise<Measured[]> {
  const path = await worldOf({ events }, cache);
  const store = openWorld(path);
  const count = await store.count();
  const taken = await medians(3, {
    ours: async () => async () => {
      let read = 0;
      let after = START;
      for (let batch = await store.readAll(after, BATCH); batch.length > 0; batch = await store.readAll(after, BATCH)) {
        for (const event of batch) current(event);
        read += batch.length;
        after = batch.at(-1)!.position;
      }
      if (read !== count) throw new Error(`Read ${read} of ${count} events.`);
    },
    raw: async () => () => {
      const database = new Database(path, { readonly: true });
      const scan = database
        .prepare('SELECT position, stream, revision, id, type, version, data, metadata FROM events ORDER BY position')
        .raw();
      for (const row of scan.iterate() as IterableIterator<
        [number, string, number, string, string, number, string, string]
      >) {
        JSON.parse(row[6]);
        JSON.parse(row[7]);
      }
      database.close();
    },
  });
  await store.close();
  const rate = Number(count) / taken.ours;
  return [
    {
      what: 'replay',
      rate,
      unit: 'events/s',
      against: { name: 'bare scan and JSON.parse', rate: Number(count) / taken.raw, aim: 0.5 },
    },
    { what: 'replay', rate, unit: 'events/s', aim: { min: 250_000 } },
  ];
}
