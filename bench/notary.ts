import { createHash, hash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';
import { leafOf, openIdentity, tilesFolderIn } from '#notary';
import { FilesystemTileStorage, LogWriter } from '#transparency-log';
import { verifyLog } from '../apps/auditor/verify';
import type { BenchSettings } from './main';
import type { Measured } from './report';
import { medians, secondsOf } from './timing';
import { openWorld, worldOf } from './world';

const BATCH = 4096;
/** Leaves held in memory while they are logged again and again. */
const HELD = 200_000;

/**
 * The transparency log: making leaves, logging them (tiles, bundles and signed checkpoints on disk) against hashing the same leaves and nothing else, and holding a whole store against its log, against
 * a bare scan that parses and hashes the same rows.
 */
export async function notary({ events, cache, folder }: BenchSettings): Promise<Measured[]> {
  const path = await worldOf({ events }, cache);
  const store = openWorld(path);
  const home = await mkdtemp(join(folder, 'notary-'));
  const identityOf = (name: string) =>
    openIdentity({ folder: join(home, name), key: { file: join(home, 'key') }, maxDelaySeconds: 60 });

  const held: RecordedEvent[] = [];
  for await (const batch of salted(store)) if (held.push(...batch) >= HELD) break;
  const leaves = held.map(leafOf);
  let number = 0;
  const taken = await medians(3, {
    leaf: async () => () => void held.map(leafOf),
    logged: async () => {
      const name = `log-${(number += 1)}`;
      const identity = await identityOf(name);
      const writer = await LogWriter.create(await FilesystemTileStorage.open(tilesFolderIn(join(home, name))), identity);
      return async () => {
        for (let at = 0; at < leaves.length; at += BATCH) await writer.append(leaves.slice(at, at + BATCH));
      };
    },
    hashed: async () => () => void rootOf(leaves),
  });

  const whole = join(home, 'whole');
  const writer = await LogWriter.create(await FilesystemTileStorage.open(tilesFolderIn(whole)), await identityOf('whole'));
  let count = 0;
  for (let at = START, batch = await store.readAll(at, BATCH); batch.length > 0; batch = await store.readAll(at, BATCH)) {
    await writer.append(batch.map(leafOf));
    at = batch.at(-1)!.position;
    count += batch.length;
  }
  const verified = await secondsOf(async () => {
    const { findings } = await verifyLog({ log: whole, store });
    if (findings.length > 0) throw new Error(`The log of the bench is not whole: ${JSON.stringify(findings[0])}`);
  });
  const scanned = await secondsOf(() => scan(path));
  await store.close();
  const sizes = leaves.reduce((sum, leaf) => sum + leaf.length, 0) / leaves.length;
  const stored = held.reduce((sum, { data, metadata }) => sum + JSON.stringify({ data, metadata }).length, 0) / held.length;
  return [
    { what: 'leaves made of events', rate: held.length / taken.leaf, unit: 'leaves/s' },
    {
      what: 'leaves logged, tiles and checkpoints on disk',
      rate: leaves.length / taken.logged,
      unit: 'leaves/s',
      against: { name: 'the same tree hashed, SHA-256 alone', rate: leaves.length / taken.hashed, aim: 0.5 },
    },
    { what: 'leaves logged, tiles and checkpoints on disk', rate: leaves.length / taken.logged, unit: 'leaves/s', aim: { min: 100_000 } },
    {
      what: `a store of ${count.toLocaleString('en')} events held against its log`,
      rate: count / verified,
      unit: 'events/s',
      against: { name: 'bare scan, JSON.parse and SHA-256', rate: count / scanned, aim: 0.5 },
    },
    { what: 'bytes of a leaf', rate: sizes, unit: 'bytes', against: { name: 'data and metadata as stored', rate: stored } },
  ];
} // prettier-ignore

/** The events with salts, as they are written today. */
async function* salted(store: EventStore): AsyncGenerator<RecordedEvent[]> {
  for (let at = START, batch = await store.readAll(at, BATCH); batch.length > 0; batch = await store.readAll(at, BATCH)) {
    yield batch.map((event) => {
      const salt = createHash('sha256').update(event.id).digest('base64url');
      return { ...event, metadata: { ...event.metadata, salt } };
    });
    at = batch.at(-1)!.position;
  }
} // prettier-ignore

/** RFC 6962 §2.1 over leaves that are there, and nothing else. */
function rootOf(leaves: readonly Uint8Array[]): Buffer {
  let level: Buffer[] = leaves.map((leaf): Buffer => hash('sha256', Buffer.concat([Buffer.of(0), leaf]), 'buffer'));
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2)
      above.push(
        at + 1 < level.length ? hash('sha256', Buffer.concat([Buffer.of(1), level[at]!, level[at + 1]!]), 'buffer') : level[at]!,
      );
    level = above;
  }
  return level[0]!;
} // prettier-ignore

function scan(path: string): void {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare('SELECT data, metadata FROM events ORDER BY position').raw();
  for (const [data, metadata] of rows.iterate() as IterableIterator<[string, string]>) {
    JSON.parse(data);
    JSON.parse(metadata);
    hash('sha256', data + metadata, 'buffer');
  }
  database.close();
}
