import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import type { ReadDatabase } from '../database/read-database';
import type { Projection } from '../projection';
import { buildGathered, canGather } from './gathering';
import { takeBatch, takeBatchApart } from './lane';
import type { Traveller } from './lane';
import { goLive, prepareLedger, readLedger } from './ledger';
import type { Progress } from './ledger';

export interface RunnerOptions {
  /** Events a batch holds at most; by default fewer for the versions that are read than for those being built. */
  readonly batchSize?: number;
  /** What is built from the start of a log with at least so many events is built stream by stream (see gathering.ts). */
  readonly gatheredFrom?: number;
  /** Told of everything an operator should see. */
  readonly onNotice?: (notice: string) => void;
  /** Told after each batch: how long it took (seconds) and how many events it held. */
  readonly onBatch?: (seconds: number, events: number) => void;
}

const LIVE_BATCH = 2000;
const BUILDING_BATCH = 6000;
/** A smaller log is built from in a minute as it lies. */
const GATHERED_FROM = 200_000;
/** Pauses before the database is tried again, in milliseconds; the last one is repeated. */
const BACK_OFF = [100, 500, 2000, 5000];

/**
 * Keeps the projections. Those that are live travel together; versions that are being built travel apart from them, from the start of the log, and go
 * live when they have caught up. Every batch is taken exactly once, whatever crashes (see takeBatch).
 */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private travellers: Traveller[] = [];
  private lanes: Promise<void>[] = [];
  private waiting: { position: number; wake: () => void }[] = [];
  /** Those for which gathering it is of no use, or impossible. */
  private readonly inOrder = new Set<Traveller>();

  constructor(
    private readonly store: EventStore,
    private readonly database: ReadDatabase,
    private readonly projections: readonly Projection[],
    private readonly options: RunnerOptions = {},
  ) {}

  /** Prepares the tables and begins to follow the log. Throws ReadDatabaseError when the database does not fit the code. */
  async start(): Promise<void> {
    await prepareLedger(this.database, this.projections);
    const ledger = await readLedger(this.database);
    this.travellers = this.projections.map((projection) => {
      const found = ledger.find(({ name, version }) => name === projection.name && version === projection.version);
      if (!found) throw new Error(`${projection.name} is not in the ledger it was just written to.`);
      // A stopped projection is tried again: perhaps this is the code that can take the event.
      const { stopped: _, ...progress } = found;
      return { projection, progress };
    });
    const isLive = ({ progress }: Traveller): boolean => progress.live;
    const groups = [
      this.travellers.filter(isLive),
      this.travellers.filter(canGather),
      this.travellers.filter((traveller) => !isLive(traveller) && !canGather(traveller)),
    ];
    this.lanes = groups.filter((group) => group.length > 0).map((group) => this.keepTravelling(group));
  }

  /** Finishes the batches under way and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.lanes);
    this.wakeWaiting();
  }

  /** How far each projection of this code has come. */
  progress(): Progress[] {
    return this.travellers.map(({ progress }) => progress);
  }

  /** Resolves to true once every projection that has not stopped is live and has taken the event at this position; to false when time runs out. */
  async reached(position: number, timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    while (!this.hasReached(position)) {
      const left = deadline - Date.now();
      if (left <= 0 || this.stopping.signal.aborted) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push({
          position,
          wake: () => {
            clearTimeout(timer);
            resolve();
          },
        });
      });
    }
    return true;
  }

  private hasReached(position: number): boolean {
    return this.travellers.every(
      ({ progress }) => progress.stopped || (progress.live && progress.checkpoint >= position),
    );
  }

  private wakeWaiting(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const { wake } of waiting) wake();
  }

  /** A lane outlives a database that is away for a while, and a second projector, beside which it goes on from where that one is. */
  private async keepTravelling(travellers: Traveller[]): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted; failures += 1) {
      try {
        await this.travel(travellers, () => (failures = 0));
        return;
      } catch (error) {
        this.options.onNotice?.(
          `The projections wait and try again: ${error instanceof Error ? error.message : String(error)}`,
        );
        await this.rest(BACK_OFF[Math.min(failures, BACK_OFF.length - 1)]!);
        await this.readProgressAgain(travellers);
        this.wakeWaiting();
      }
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  /** After a failed commit nobody knows whether it happened; the ledger does. */
  private async readProgressAgain(travellers: Traveller[]): Promise<void> {
    const ledger = await readLedger(this.database).catch(() => []);
    for (const traveller of travellers) {
      const { name, version } = traveller.projection;
      traveller.progress =
        ledger.find((progress) => progress.name === name && progress.version === version) ?? traveller.progress;
    }
  }

  private async travel(travellers: Traveller[], onProgress: () => void): Promise<void> {
    await this.goLiveWhenCaughtUp(travellers);
    await this.gather(travellers);
    await this.goLiveWhenCaughtUp(travellers);
    this.wakeWaiting();
    const from = Math.min(...travellers.map(({ progress }) => progress.checkpoint));
    const subscription = this.store.subscribe(from, {
      signal: this.stopping.signal,
      batchSize:
        this.options.batchSize ?? (travellers.every(({ progress }) => progress.live) ? LIVE_BATCH : BUILDING_BATCH),
    });
    for await (const batch of subscription) {
      const began = performance.now();
      const running = travellers.filter(({ progress }) => !progress.stopped);
      const take = running.every(({ progress }) => progress.live) ? takeBatch : takeBatchApart;
      await take(this.database, running, batch);
      onProgress();
      for (const { projection, progress } of running) {
        if (progress.stopped) {
          const { position, event, reason } = progress.stopped;
          this.options.onNotice?.(
            `Projection "${projection.name}" stopped before event ${event} at position ${position}: ${reason}`,
          );
        }
      }
      this.options.onBatch?.((performance.now() - began) / 1000, batch.length);
      await this.goLiveWhenCaughtUp(travellers);
      this.wakeWaiting();
      if (travellers.every(({ progress }) => progress.stopped)) return;
    }
  }

  private async gather(travellers: readonly Traveller[]): Promise<void> {
    const gathering = travellers.filter((traveller) => canGather(traveller) && !this.inOrder.has(traveller));
    if (gathering.length === 0) return;
    const isBegun = gathering.some(({ progress }) => progress.gathered);
    const { gatheredFrom = GATHERED_FROM, batchSize = BUILDING_BATCH, onBatch, onNotice } = this.options;
    // A store that does not know how many events it has may have many.
    if (!isBegun && ((await this.store.count()) ?? Infinity) < gatheredFrom) return;
    const inOrder = await buildGathered(this.store, this.database, gathering, {
      signal: this.stopping.signal,
      partSize: batchSize,
      from: gatheredFrom,
      folder: this.database.folder,
      ...(onNotice && { onNotice }),
      ...(onBatch && { onPart: onBatch }),
    });
    for (const each of inOrder) this.inOrder.add(each);
  }

  private async goLiveWhenCaughtUp(travellers: Traveller[]): Promise<void> {
    if (travellers.every(({ progress }) => progress.live)) return;
    const head = await this.store.head();
    for (const traveller of travellers) {
      const { live, checkpoint, stopped } = traveller.progress;
      if (live || stopped || checkpoint < head) continue;
      await goLive(this.database, traveller.projection);
      traveller.progress = { ...traveller.progress, live: true };
    }
  }
}
