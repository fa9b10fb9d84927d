import { setImmediate as others } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';
import type { ReadDatabase } from '../database/read-database';
import { changesOf, fold } from './fold';
import { moveCheckpoint, write } from './lane';
import type { Traveller } from './lane';
import { rebuildFromStart } from './ledger';
import type { Gathered, Progress } from './ledger';
import { Spool } from './spool';

export interface GatheringOptions {
  readonly signal: AbortSignal;
  /** About so many events are taken in one transaction. */
  readonly partSize: number;
  /** Of a log with fewer events nothing is taken. */
  readonly from: number;
  /** Where the log is put aside; by default the system's folder for temporary files. */
  readonly folder?: string | undefined;
  /** Told of what an operator should see. */
  readonly onNotice?: (notice: string) => void;
  /** Told after each part: how long it took (seconds) and how many events it held. */
  readonly onPart?: (seconds: number, events: number) => void;
}

/** So many events are read from the log at a time. */
const READ_AT_ONCE = 5000;

/** May it be built stream by stream? Only from the start, for a checkpoint says that all before it was taken. */
export const canGather = ({ projection, progress }: Traveller): boolean =>
  projection.alongStreams === true && !progress.live && !progress.stopped && progress.checkpoint === START;

/**
 * Takes all of the log that there is now into versions that are being built, stream by stream instead of entry by entry: the log is put aside in parts that hold whole streams, and each part is folded and written in one
 * transaction. The life of an asset takes years, and in the order of the log its state and rows would be read, made and written anew with each of its entries. What is written is the same.
 *
 * A part is one in so many of a hash of the stream's name, so that whoever goes on after a crash takes the same ones. Answers those that have to go through the log as it lies: all of them where it is short or cannot be put
 * aside, and those that met an event they cannot take, which are begun anew and then stop where they would have stopped. Throws AnotherProjector.
 */
export async function buildGathered(
  store: EventStore,
  database: ReadDatabase,
  travellers: readonly Traveller[],
  options: GatheringOptions,
): Promise<readonly Traveller[]> {
  const begun = travellers.find(({ progress }) => progress.gathered)?.progress.gathered;
  const to = begun?.to ?? (await store.head());
  const spool = await putAside(logUpTo(store, to, options.signal), options);
  if (!spool) return beginAnew(database, travellers);
  try {
    if (!begun && spool.size < options.from) return travellers;
    const plan = { to, parts: begun?.parts ?? spool.partsOf(options.partSize) };
    const others = travellers.filter(({ progress: { gathered } }) => gathered && !isSame(gathered, plan));
    await beginAnew(database, others);
    return await beginAnew(database, await takeParts(database, travellers, spool, plan, options));
  } finally {
    spool.close();
  }
}

type Plan = Omit<Gathered, 'taken'>;

/** Answers those that met an event they cannot take. */
async function takeParts(
  database: ReadDatabase,
  travellers: readonly Traveller[],
  spool: Spool<RecordedEvent>,
  plan: Plan,
  { signal, onPart }: GatheringOptions,
): Promise<Traveller[]> {
  const poisoned: Traveller[] = [];
  const first = Math.min(...travellers.map(takenBy));
  for (const { number, items } of spool.parts(plan.parts, first)) {
    if (signal.aborted) break;
    const began = performance.now();
    const taking = travellers.filter((each) => canGather(each) && takenBy(each) === number && !poisoned.includes(each));
    // While the database writes for one, another is folded.
    const ended = await Promise.allSettled(
      taking.map(async (each) => {
        const taken = await takePart(database, each, items, { ...plan, taken: number + 1 });
        if (!taken) poisoned.push(each);
      }),
    );
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
    onPart?.((performance.now() - began) / 1000, items.length);
    // Pages of the same process are answered between two parts.
    await others();
  }
  return poisoned;
}

const takenBy = ({ progress }: Traveller): number => progress.gathered?.taken ?? 0;

/** Nothing where the disk does not hold it; a log that cannot be read is another matter. */
async function putAside(
  log: AsyncIterable<readonly RecordedEvent[]>,
  { folder, onNotice }: GatheringOptions,
): Promise<Spool<RecordedEvent> | undefined> {
  let spool: Spool<RecordedEvent> | undefined;
  const cannot = (error: unknown): undefined => {
    spool?.close();
    onNotice?.(
      `The log cannot be put aside for building (${error instanceof Error ? error.message : String(error)}), so that it is gone through as it lies, which takes longer.`,
    );
    return undefined;
  };
  try {
    spool = new Spool<RecordedEvent>(folder);
  } catch (error) {
    return cannot(error);
  }
  try {
    for await (const batch of log) {
      try {
        for (const event of batch) spool.add(event.stream, event);
      } catch (error) {
        return cannot(error);
      }
    }
    return spool;
  } catch (error) {
    spool.close();
    throw error;
  }
}

const isSame = (one: Plan, other: Plan): boolean => one.to === other.to && one.parts === other.parts;

async function* logUpTo(store: EventStore, to: number, signal: AbortSignal): AsyncGenerator<readonly RecordedEvent[]> {
  for (let after = START; after < to && !signal.aborted;) {
    const batch = await store.readAll(after, READ_AT_ONCE);
    yield batch.filter(({ position }) => position <= to);
    after = batch.at(-1)?.position ?? to;
    await others();
  }
}

async function beginAnew<Travellers extends readonly Traveller[]>(
  database: ReadDatabase,
  travellers: Travellers,
): Promise<Travellers> {
  for (const traveller of travellers) {
    await rebuildFromStart(database, traveller.projection);
    const { gathered: _, ...progress } = traveller.progress;
    traveller.progress = { ...progress, applied: 0, checkpoint: START };
  }
  return travellers;
}

/** False where an event cannot be taken; nothing of the part is kept then. */
async function takePart(
  database: ReadDatabase,
  traveller: Traveller,
  events: readonly RecordedEvent[],
  gathered: Gathered,
): Promise<boolean> {
  const { projection, progress } = traveller;
  const folded = fold(projection, new Map(), events);
  if (folded.poison) return false;
  const { gathered: _, ...rest } = progress;
  const isWhole = gathered.taken === gathered.parts;
  const after: Progress = {
    ...rest,
    applied: progress.applied + events.length,
    ...(isWhole ? { checkpoint: gathered.to } : { gathered }),
  };
  await database.transaction(async (transaction) => {
    for (const changes of changesOf(projection, new Map(), folded.states))
      await write(transaction, projection, changes);
    await moveCheckpoint(transaction, progress, after);
  });
  traveller.progress = after;
  return true;
}
