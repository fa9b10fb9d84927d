import { Injectable, Logger } from '@nestjs/common';
import { Gauge, Histogram, Registry } from 'prom-client';
import type { EventStore } from '#event-store';
import { Notary, Witnesses, openIdentity } from '#notary';
import type { NotaryProgress, NotarySettings } from '#notary';
import { LeafIndex } from '#read-models';
import type { ReadDatabase } from '#read-models';
import { LeafIndexing } from './leaf-indexing';

/** How the transparency log stands, and why that is not good enough. */
export interface NotaryHealth extends NotaryProgress {
  /** Seconds for which the oldest entry that is in no checkpoint has been waiting. */
  readonly waiting: number;
  readonly reasons: readonly string[];
}

/** Keeps the transparency log while the app runs, and tells how it stands. */
@Injectable()
export class Notarising {
  private readonly registry = new Registry();
  private readonly size = this.gauge('size', 'Entries in the last published checkpoint');
  private readonly waiting = this.gauge('waiting_seconds', 'How long the oldest entry that is in no checkpoint waits');
  private readonly stopped = this.gauge('stopped', '1 when the log stopped over something that was changed');

  private constructor(
    readonly notary: Notary,
    private readonly maxDelaySeconds: number,
    private readonly delays: Histogram,
    private readonly indexing: LeafIndexing,
  ) {
    this.registry.registerMetric(delays);
  }

  /** Opens the keys and begins to follow the store; notes down in the read database where each event stands. Throws NotaryError. */
  static async start(settings: NotarySettings, store: EventStore, database: ReadDatabase): Promise<Notarising> {
    const logger = new Logger('Transparency log');
    const delays = new Histogram({
      name: 'registry_transparency_log_delay_seconds',
      help: 'From the recording of an entry to the checkpoint it is in: the oldest of each checkpoint',
      buckets: [0.05, 0.2, 1, 5, 20, 60, 300],
      registers: [],
    });
    const onNotice = (notice: string): void => logger.warn(notice);
    const notary: Notary = new Notary(store, settings.folder, await openIdentity(settings), {
      onNotice,
      ...(settings.witnesses && { witnesses: new Witnesses(settings.witnesses, { onNotice }) }),
      onBegun: () => indexing.wake(),
      onPublished: (_, waited) => {
        delays.observe(waited);
        indexing.wake();
      },
    });
    const indexing = new LeafIndexing(new LeafIndex(database), settings.folder, () => notary.progress().size, onNotice);
    notary.start();
    return new Notarising(notary, settings.maxDelaySeconds, delays, indexing);
  }

  async health(): Promise<NotaryHealth> {
    const progress = this.notary.progress();
    const waiting = await this.notary.waiting();
    const late =
      waiting > this.maxDelaySeconds
        ? [
            `An entry has been waiting for ${Math.round(waiting)} seconds to be in a signed checkpoint; ${this.maxDelaySeconds} are allowed.`,
          ]
        : [];
    return {
      ...progress,
      waiting,
      reasons: progress.stopped ? [`The transparency log stopped: ${progress.stopped}`] : late,
    };
  }

  async metrics(): Promise<string> {
    const { size, waiting, stopped } = await this.health();
    this.size.set(size);
    this.waiting.set(waiting);
    this.stopped.set(stopped === undefined ? 0 : 1);
    return this.registry.metrics();
  }

  /** Resolves to true once the place of every entry under the checkpoint is noted down; to false when time runs out. */
  indexed(timeoutMs: number): Promise<boolean> {
    return this.indexing.reached(this.notary.progress().size, timeoutMs);
  }

  async close(): Promise<void> {
    await this.notary.stop();
    await this.indexing.close();
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name: `registry_transparency_log_${name}`, help, registers: [this.registry] });
  }
}
