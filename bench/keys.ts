import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { LocalMasterKey, SealedStore, openSqliteKeyStore } from '#privacy';
import type { KeyStore } from '#privacy';
import { streams } from './events';
import type { BenchSettings } from './main';
import type { Measured } from './report';
import { medians, side } from './timing';

const WRITERS = 256;
const STREAMS = 10_000;

/** What keys of persons cost: entries of which each names somebody, written and read back, sealed against plain; in time for each of them, and in bytes. */
export async function keys({ folder }: BenchSettings): Promise<Measured[]> {
  const entries = [...streams({ events: STREAMS * 2 })].slice(0, STREAMS).map(({ stream, events: [first] }) => ({
    stream,
    event: { ...first!, data: { ...first!.data, formerHolder: 'Zaccaria Trovabile' } },
  }));
  const count = entries.length;
  const write = (store: EventStore): Promise<void> =>
    side(WRITERS, entries, async ({ stream, event }) => void (await store.append(stream, [event], 'no-stream')));
  /** Reads everything, and says how many bytes the data of an entry take. */
  const read = async (store: EventStore): Promise<number> => {
    let [found, bytes] = [0, 0];
    for (let after = -1; found < count;) {
      const batch = await store.readAll(after, 1000);
      if (batch.length === 0) throw new Error(`${count} entries were written and ${found} are there.`);
      found += batch.length;
      bytes += batch.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0);
      after = batch.at(-1)!.position;
    }
    return bytes / count;
  };
  const opened: { close(): Promise<void> }[] = [];
  const plainly = async (): Promise<EventStore> => openEmbeddedLog(join(folder, `${randomUUID()}.sqlite`));
  let beneath: EventStore | undefined;
  const sealed = async (): Promise<EventStore> => {
    const store: KeyStore = await openSqliteKeyStore(
      join(folder, `${randomUUID()}.keys`),
      new LocalMasterKey(randomBytes(32)),
    );
    opened.push(store);
    beneath = await plainly();
    return new SealedStore(beneath, store);
  };
  const kept = new Map<string, EventStore>();
  const writing = (name: string, open: () => Promise<EventStore>) => async () => {
    await kept.get(name)?.close();
    const store = await open();
    kept.set(name, store);
    return () => write(store);
  };
  const written = await medians(3, { plain: writing('plain', plainly), sealed: writing('sealed', sealed) });
  const reading = (name: string) => async () => async () => void (await read(kept.get(name)!));
  const taken = await medians(3, { plain: reading('plain'), sealed: reading('sealed') });
  const bytes = { sealed: await read(beneath!), plain: await read(kept.get('plain')!) };
  for (const store of kept.values()) await store.close();
  for (const store of opened) await store.close();
  return [
    {
      what: `entries that name somebody, sealed, ${WRITERS} at once`,
      rate: count / written.sealed,
      unit: 'events/s',
      against: { name: 'the same in plain', rate: count / written.plain },
    },
    {
      what: 'what sealing adds to each of them',
      rate: ((written.sealed - written.plain) / count) * 1e6,
      unit: 'µs',
      against: { name: 'all of it in plain', rate: (written.plain / count) * 1e6 },
    },
    {
      what: 'bytes that a box adds to the data',
      rate: bytes.sealed - bytes.plain,
      unit: 'bytes',
      against: { name: 'the data in plain', rate: bytes.plain },
    },
    {
      what: 'such entries, read back and opened',
      rate: count / taken.sealed,
      unit: 'events/s',
      against: { name: 'the same in plain', rate: count / taken.plain },
    },
  ];
}
