import { hash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import { leafOf, openIdentity, tilesFolderIn } from '#notary';
import { FULL_WIDTH, FilesystemTileStorage, LogWriter, readBundle } from '#transparency-log';
import { verifyLog } from '../apps/auditor/verify';
import type { BenchSettings } from './main';
import type { Measured } from './report';
import { medians } from './timing';
import { openWorld, saltedWorldOf } from './world';

const BATCH = 4096;
/** Leaves held in memory while they are logged again and again. */
const HELD = 200_000;

/**
 * The transparency log: making leaves, logging them (tiles, bundles and signed checkpoints on disk) against hashing the same leaves and nothing else, and holding a whole store against its log, against
 * reading, parsing and hashing the same bytes without comparing anything.
 */
export async function notary({ events, cache, folder }: BenchSettings): Promise<Measured[]> {
  const path = await saltedWorldOf({ events }, cache);
  const store = openWorld(path);
  const home = await mkdtemp(join(folder, 'notary-'));
  const begun = async (name: string): Promise<LogWriter> =>
    LogWriter.create(
      await FilesystemTileStorage.open(tilesFolderIn(join(home, name))),
      await openIdentity({ folder: join(home, name), key: { file: join(home, 'key') }, maxDelaySeconds: 60 }),
    );

  const held: RecordedEvent[] = [];
  for (let at = START; held.length < Math.min(HELD, events); at = held.at(-1)!.position) held.push(...(await store.readAll(at, BATCH)));
  const leaves = held.map(leafOf);
  let number = 0;
  const taken = await medians(3, {
    leaf: async () => () => void held.map(leafOf),
    logged: async () => {
      const writer = await begun(`log-${(number += 1)}`);
      return async () => {
        for (let at = 0; at < leaves.length; at += BATCH) await writer.append(leaves.slice(at, at + BATCH));
      };
    },
    hashed: async () => () => void rootOver(leaves.map(hashOfLeaf)),
  });

  const writer = await begun('store');
  for (let at = START, batch = await store.readAll(at, BATCH); batch.length > 0; batch = await store.readAll(at, BATCH)) {
    await writer.append(batch.map(leafOf));
    at = batch.at(-1)!.position;
  }
  const { size } = writer.head;
  const log = join(home, 'store');
  const whole = await medians(3, {
    verified: async () => async () => {
      const { findings } = await verifyLog({ log, store });
      if (findings.length > 0) throw new Error(`The log of the bench is not whole: ${JSON.stringify(findings[0])}`);
    },
    scanned: async () => () => scan(path, tilesFolderIn(log), size),
    store: async () => () => void scanStore(path, (row) => hash('sha256', row, 'binary')),
  });
  await store.close();
  const logged = leaves.length / taken.logged;
  const verified = { what: `a store of ${size.toLocaleString('en')} events held against its log`, rate: size / whole.verified, unit: 'events/s' };
  return [
    { what: 'leaves made of events', rate: held.length / taken.leaf, unit: 'leaves/s' },
    { what: 'leaves logged, tiles and checkpoints on disk', rate: logged, unit: 'leaves/s', against: { name: 'the same tree hashed, SHA-256 alone', rate: leaves.length / taken.hashed, aim: 0.5 } },
    { what: 'leaves logged, tiles and checkpoints on disk', rate: logged, unit: 'leaves/s', aim: { min: 100_000 } },
    { ...verified, against: { name: 'the same bytes read, rows parsed, hashed as often', rate: size / whole.scanned, aim: 0.5 } },
    { ...verified, against: { name: 'the store alone: bare scan, JSON.parse, one SHA-256', rate: size / whole.store } },
    ...sizes(held, leaves),
  ];
} // prettier-ignore

/** What the log costs in bytes, for each event. */
function sizes(events: readonly RecordedEvent[], leaves: readonly Uint8Array[]): Measured[] {
  const each = (bytes: (event: RecordedEvent, leaf: Uint8Array) => number): number =>
    events.reduce((sum, event, at) => sum + bytes(event, leaves[at]!), 0) / events.length;
  const stored = each(({ data, metadata }) => JSON.stringify({ data, metadata }).length);
  const against = { name: 'data and metadata as stored', rate: stored };
  const commitments = (leaf: Uint8Array): number =>
    (Buffer.from(leaf).toString('latin1').match(/"[^"]+":\{"committed":"[0-9a-f]{64}"\},?/g) ?? []).join('').length;
  return [
    { what: 'bytes of a leaf, its length beside it', rate: each((_, leaf) => leaf.length + 2), unit: 'bytes', against },
    { what: 'of these, commitments to what is not public', rate: each((_, leaf) => commitments(leaf)), unit: 'bytes', against },
    { what: 'bytes of tiles for each event', rate: (32 * (FULL_WIDTH + 1)) / FULL_WIDTH, unit: 'bytes', against },
    { what: 'bytes of salt in the store', rate: each(({ metadata: { salt } }) => `,"salt":"${salt}"`.length), unit: 'bytes', against },
  ];
} // prettier-ignore

const hashOfLeaf = (leaf: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.of(0), leaf]));
const sha256 = (bytes: Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** RFC 6962 §2.1 over the hashes of leaves, and nothing else. */
function rootOver(hashes: readonly Buffer[]): Buffer {
  let level = hashes;
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2)
      above.push(at + 1 < level.length ? sha256(Buffer.concat([Buffer.of(1), level[at]!, level[at + 1]!])) : level[at]!);
    level = above;
  }
  return level[0]!;
} // prettier-ignore

/** Of each event at least who recorded it and by which command are closed: that takes two salts, of two hashes each, and two commitments. */
const OF_A_COMMITMENT = Buffer.alloc(96);

/** What nobody who compares can do without: every row read and parsed, every entry read, the tree hashed, and as many hashes as the commitments take. It compares nothing. */
async function scan(path: string, tiles: string, size: number): Promise<void> {
  const rows = scanStore(path, () => undefined);
  if (rows !== size) throw new Error(`${rows} rows for ${size} entries.`);
  const source = FilesystemTileStorage.reader(tiles);
  const tops: Buffer[] = [];
  for (let index = 0; index * FULL_WIDTH < size; index += 1) {
    const entries = await readBundle(source, index, size);
    for (let at = 0; at < 6 * entries.length; at += 1) hash('sha256', OF_A_COMMITMENT, 'binary');
    tops.push(rootOver(entries.map(hashOfLeaf)));
  }
  rootOver(tops);
} // prettier-ignore

/** Every row read and parsed, and given on as text. */
function scanStore(path: string, text: (row: string) => unknown): number {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare('SELECT * FROM events ORDER BY position').raw();
  let count = 0;
  for (const row of rows.iterate() as IterableIterator<[number, string, number, string, string, number, string, string]>) {
    JSON.parse(row[6]);
    JSON.parse(row[7]);
    text(row[6] + row[7]);
    count += 1;
  }
  database.close();
  return count;
} // prettier-ignore
