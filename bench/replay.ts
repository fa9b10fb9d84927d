import Database from 'better-sqlite3';
import type { Dossier, RecordedEvent } from '#domain';
import { after, current, emptyDossier } from '#domain';
import { START } from '#event-store';
import type { BenchSettings } from './main';
import type { Measured } from './report';
import { medians } from './timing';
import { openWorld, worldOf } from './world';

const BATCH = 2000;

/** Reading the whole log, each event brought to its current version, and then also folded into its dossier, against a bare scan that parses the same JSON. */
export async function replay({ events, cache }: BenchSettings): Promise<Measured[]> {
  const path = await worldOf({ events }, cache);
  const store = openWorld(path);
  const count = await store.count();
  const through = async (take: (event: RecordedEvent) => void): Promise<void> => {
    let read = 0;
    let last = START;
    for (let batch = await store.readAll(last, BATCH); batch.length > 0; batch = await store.readAll(last, BATCH)) {
      for (const event of batch) take(event);
      read += batch.length;
      last = batch.at(-1)!.position;
    }
    if (read !== count) throw new Error(`Read ${read} of ${count} events.`);
  };
  const taken = await medians(3, {
    read: async () => () => through(current),
    folded: async () => {
      const dossiers = new Map<string, Pick<Dossier, 'history' | 'asset'>>();
      return () =>
        through((event) => {
          dossiers.set(event.stream, after(dossiers.get(event.stream) ?? emptyDossier, current(event)));
        });
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
  const raw = Number(count) / taken.raw;
  return (['read', 'folded'] as const).flatMap((way) => {
    const rate = Number(count) / taken[way];
    const what = way === 'read' ? 'replay, upcast' : 'replay, upcast and folded into all dossiers at once';
    const against = { name: 'bare scan and JSON.parse', rate: raw, aim: 0.5 };
    return [
      { what, rate, unit: 'events/s', against },
      { what, rate, unit: 'events/s', aim: { min: 250_000 } },
    ];
  });
}
