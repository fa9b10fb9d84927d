import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { EventStoreError, START } from '#event-store';
import type { EventStore } from '#event-store';
import {
  FULL_WIDTH,
  FilesystemTileStorage,
  LogWriter,
  TransparencyError,
  TreeReader,
  leafSubject,
} from '#transparency-log';
import type { LogIdentity, TileStorage } from '#transparency-log';
import { codeOf } from './error';
import { tilesFolderIn } from './identity';
import { keepOfToday } from './kept-checkpoints';
import { leafOf } from './leaf';
import { differencesFrom } from './same';
import type { Witnesses } from './witnesses';

/** How the transparency log stands. */
export interface NotaryProgress {
  /** Entries in the last published checkpoint. */
  readonly size: number;
  /** Log position of the last of them; START where there is none. */
  readonly position: number;
  /** Why it goes on no more, where it was stopped by something nobody but a person may settle. */
  readonly stopped?: string;
}

export interface NotaryOptions {
  readonly onNotice?: (notice: string) => void;
  /** Told when it has opened the log and found its place in it. */
  readonly onBegun?: () => void;
  /** Told after each checkpoint: how many entries it took in, and for how long (seconds) the oldest of them had waited. */
  readonly onPublished?: (entries: number, waited: number) => void;
  /** Told of each checkpoint, to have it cosigned. Stopped together with the notary. */
  readonly witnesses?: Witnesses;
  /** Entries a checkpoint takes in at most. */
  readonly batchSize?: number;
}

const BATCH = 4096;
const BACK_OFF_MS = [100, 500, 2000, 5000];

/**
 * Follows the event log and logs every event, in the order of the store, in the transparency log, under a signed checkpoint. It decides nothing and forgets nothing: where it goes on after a restart
 * follows from the last entry it signed, by stream and revision, so that a log survives the move to another store. What it finds changed or gone it does not sign over: it stops and says so.
 */
export class Notary {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private readonly startedAt = Date.now();
  private progressNow: NotaryProgress = { size: 0, position: START };

  constructor(
    private readonly store: EventStore,
    private readonly folder: string,
    private readonly identity: LogIdentity,
    private readonly options: NotaryOptions = {},
  ) {}

  /** Begins to follow; a log that is not there yet is begun. */
  start(): void {
    this.running ??= this.follow();
  }

  /** Finishes the checkpoint under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.running, this.options.witnesses?.stop()]);
  }

  progress(): NotaryProgress {
    return this.progressNow;
  }

  /**
   * For how many seconds the oldest entry that is in no checkpoint yet has been waiting; 0 where none is. What was recorded before the notary started is counted from its start: a long past that is taken
   * in is work, not a delay.
   */
  async waiting(now: number = Date.now()): Promise<number> {
    const [next] = await this.store.readAll(this.progressNow.position, 1);
    return next ? this.waited(next, now) : 0;
  }

  private waited({ metadata }: RecordedEvent, now: number): number {
    return Math.max(0, (now - Math.max(this.startedAt, Date.parse(metadata.recordedAt))) / 1000);
  }

  /** Resolves to true once the event at a position is in a published checkpoint; to false when time runs out or it stopped. */
  async reached(position: number, timeoutMs: number): Promise<boolean> {
    for (const until = Date.now() + timeoutMs; Date.now() < until && !this.progressNow.stopped; await pause(10))
      if (this.progressNow.position >= position) return true;
    return this.progressNow.position >= position;
  }

  /** A log outlives a store that is away and a disk that is full: what was begun is gone on with from the last checkpoint signed. */
  private async follow(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted; failures += 1) {
      try {
        await this.travel(() => (failures = 0));
        return;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof TransparencyError || error instanceof HistoryChanged) {
          this.progressNow = { ...this.progressNow, stopped: message };
          this.options.onNotice?.(`The transparency log stopped: ${message}`);
          return;
        }
        const away = error instanceof EventStoreError || codeOf(error) !== undefined;
        this.options.onNotice?.(`The transparency log waits and tries again: ${away ? message : (error as Error).stack}`);
        const wait = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)]!;
        await pause(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  } // prettier-ignore

  private async travel(onProgress: () => void): Promise<void> {
    const storage = await FilesystemTileStorage.open(tilesFolderIn(this.folder));
    const writer = (await storage.isEmpty())
      ? await LogWriter.create(storage, this.identity)
      : await LogWriter.open(storage, this.identity);
    const { size } = writer.head;
    this.progressNow = { ...this.progressNow, size };
    this.progressNow = { size, position: await placeAfter(this.store, storage, size) };
    this.options.witnesses?.offer(writer, storage);
    this.options.onBegun?.();
    const { signal } = this.stopping;
    const batches = this.store.subscribe(this.progressNow.position, { signal, batchSize: this.options.batchSize ?? BATCH });
    for await (const batch of batches) {
      const head = await writer.append(batch.map(leafOf));
      await keepOfToday(this.folder, writer.signedNote);
      this.progressNow = { size: head.size, position: batch.at(-1)!.position };
      this.options.witnesses?.offer(writer, storage);
      this.options.onPublished?.(batch.length, this.waited(batch[0]!, Date.now()));
      onProgress();
    }
  } // prettier-ignore
}

/** The event store no longer holds what was signed. */
class HistoryChanged extends Error {}

/**
 * The position of the event that was logged last. Looks again at the entries of the last bundle, and that nothing stands between them; the rest is for an auditor. Throws HistoryChanged where the store does
 * not hold what was signed.
 */
async function placeAfter(store: EventStore, storage: TileStorage, size: number): Promise<number> {
  if (size === 0) return START;
  const log = new TreeReader(storage, size);
  const signed = async (index: number): Promise<RecordedEvent> => {
    const { id, stream, revision } = leafSubject(await log.entry(index));
    const [event]: (RecordedEvent | undefined)[] = await store.readStream(stream, { from: revision, max: 1 });
    if (event?.id === id) return event;
    throw new HistoryChanged(
      `entry ${index}, event ${id} at revision ${revision} of ${stream}, was signed and is not in the event store, which ought to hold ${size} events. An older copy of the store was put in its place, or it is another one. Restore the store that has it; sign nothing over it.`,
    );
  };
  const last = await signed(size - 1);
  const first = size - 1 - ((size - 1) % FULL_WIDTH);
  const oldest = await signed(first);
  const events = [oldest, ...(await store.readAll(oldest.position, size - 1 - first))];
  for (const [place, event] of events.entries()) {
    const paths = differencesFrom(await log.entry(first + place), event);
    if (paths.length === 0) continue;
    throw new HistoryChanged(
      `event ${event.id} at revision ${event.revision} of ${event.stream} is in the event store and not what was signed as entry ${first + place}: ${paths.join(', ')} differ. Somebody changed the store. Find out who, with "auditor verify".`,
    );
  }
  return last.position;
}
