import { Injectable, Logger } from '@nestjs/common';
import { Gauge, Histogram, Registry } from 'prom-client';
import type { EventStore } from '#event-store';
import { Notary, Witnesses, openIdentity } from '#notary';
import type { NotaryProgress, NotarySettings, WitnessStanding } from '#notary';
import { LeafIndex } from '#read-models';
import type { ReadDatabase } from '#read-models';
import { LeafIndexing } from './leaf-indexing';

/** How the transparency log stands, and why that is not good enough. */
export interface NotaryHealth extends NotaryProgress {
  /** Seconds for which the oldest entry that is in no checkpoint has been waiting. */
  readonly waiting: number;
  readonly reasons: readonly string[];
  /** How each witness stands; empty where none is asked. The log is as good without them: they are watched apart. */
  readonly witnesses: readonly WitnessStanding[];
}

/** How the witnesses stand, and which of them somebody has to ask what is the matter. */
export interface WitnessesHealth {
  readonly witnesses: readonly WitnessStanding[];
  readonly reasons: readonly string[];
}

const MAX_SILENCE_SECONDS = 7200;
/** A log that rests is cosigned again so often: a checkpoint that was seen long ago could be hiding a newer one. */
const RENEW_MS = 3_600_000;

/** Keeps the transparency log while the app runs, and tells how it stands. */
@Injectable()
export class Notarising {
  private readonly registry = new Registry();
  private readonly size = this.gauge('size', 'Entries in the last published checkpoint');
  private readonly waiting = this.gauge('waiting_seconds', 'How long the oldest entry that is in no checkpoint waits');
  private readonly stopped = this.gauge('stopped', '1 when the log stopped over something that was changed');

  private readonly cosignedSize = this.gauge('witness_size', 'Entries in the checkpoint a witness cosigned last', [
    'witness',
  ]);
  private readonly cosignedAt = this.gauge(
    'witness_cosigned_timestamp_seconds',
    'When a witness cosigned last, in Unix time',
    ['witness'],
  );
  private readonly silent = this.gauge(
    'witness_silent',
    '1 when a witness has not cosigned for longer than is allowed',
    ['witness'],
  );

  private constructor(
    readonly notary: Notary,
    private readonly witnesses: Witnesses,
    private readonly settings: NotarySettings,
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
    const { witnesses: addresses = [], witnessMaxSilenceSeconds = MAX_SILENCE_SECONDS } = settings;
    const renewMs = Math.min(RENEW_MS, witnessMaxSilenceSeconds * 500);
    const witnesses = new Witnesses(addresses, { onNotice, renewMs });
    const notary: Notary = new Notary(store, settings.folder, await openIdentity(settings), {
      onNotice,
      witnesses,
      onBegun: () => indexing.wake(),
      onPublished: (_, waited) => {
        delays.observe(waited);
        indexing.wake();
      },
    });
    const indexing = new LeafIndexing(new LeafIndex(database), settings.folder, () => notary.progress().size, onNotice);
    notary.start();
    return new Notarising(notary, witnesses, settings, delays, indexing);
  }

  async health(): Promise<NotaryHealth> {
    const progress = this.notary.progress();
    const waiting = await this.notary.waiting();
    const late =
      waiting > this.settings.maxDelaySeconds
        ? [
            `An entry has been waiting for ${Math.round(waiting)} seconds to be in a signed checkpoint; ${this.settings.maxDelaySeconds} are allowed.`,
          ]
        : [];
    return {
      ...progress,
      waiting,
      reasons: progress.stopped ? [`The transparency log stopped: ${progress.stopped}`] : late,
      witnesses: this.witnesses.standing(),
    };
  }

  witnessesHealth(): WitnessesHealth {
    const witnesses = this.witnesses.standing();
    return { witnesses, reasons: witnesses.filter((each) => this.isSilent(each)).map((each) => this.alarm(each)) };
  }

  private isSilent({ silentSeconds }: WitnessStanding): boolean {
    return silentSeconds > this.maxSilence;
  }

  private get maxSilence(): number {
    return this.settings.witnessMaxSilenceSeconds ?? MAX_SILENCE_SECONDS;
  }

  private alarm({ name, size, silentSeconds, trouble = 'it has not been asked' }: WitnessStanding): string {
    const last = size === undefined ? 'since the program started' : `since it cosigned ${size} entries`;
    return `The witness ${name} has not cosigned for ${Math.round(silentSeconds)} seconds, ${last}; ${this.maxSilence} are allowed. The last time: ${trouble}.`;
  }

  async metrics(): Promise<string> {
    const { size, waiting, stopped, witnesses } = await this.health();
    this.size.set(size);
    this.waiting.set(waiting);
    this.stopped.set(stopped === undefined ? 0 : 1);
    for (const each of witnesses) {
      const witness = { witness: each.name };
      this.cosignedSize.set(witness, each.size ?? 0);
      this.cosignedAt.set(witness, each.cosignedAt === undefined ? 0 : Date.parse(each.cosignedAt) / 1000);
      this.silent.set(witness, this.isSilent(each) ? 1 : 0);
    }
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

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name: `registry_transparency_log_${name}`, help, labelNames, registers: [this.registry] });
  }
}
