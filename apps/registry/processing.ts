import { Logger } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { Instant, Profile } from '#domain';
import type { EventStore } from '#event-store';
import { ProcessDatabase, ProcessEngine, processesFor } from '#processes';
import type { ProcessesHealth, ProcessesSettings } from '#processes';
import type { Recorder } from '#recording';

/** Runs the process managers beside the log's one writer, and tells how they are. */
export class Processing {
  private readonly registry = new Registry();
  private readonly lag = this.gauge('lag', 'Positions behind the end of the log', 'process');
  private readonly stopped = this.gauge('stopped', '1 when the process stopped at an event it cannot take', 'process');
  private readonly effects = this.gauge('effects', 'Notices and commands by what became of them', 'outcome');
  private readonly messages = this.gauge('messages', 'Messages of the outbox: waiting, sent, dead', 'status');
  private readonly standby = this.gauge('standby', '1 while another program runs the processes of the database');

  private constructor(
    private readonly engine: ProcessEngine,
    private readonly release: () => Promise<void>,
  ) {}

  /** Opens the database and begins to work, or to stand by. Throws ProcessesError. */
  static async start(
    settings: ProcessesSettings,
    store: EventStore,
    recorder: Recorder,
    profile: Profile,
    clock: () => Instant = () => new Date().toISOString(),
  ): Promise<Processing> {
    const logger = new Logger('Processes');
    const database = await ProcessDatabase.open(settings.database, clock());
    const transport = settings.transport();
    const { book, letterhead, escalateTo, since } = settings;
    const engine = new ProcessEngine({
      store,
      database,
      recorder,
      processes: processesFor(profile, escalateTo),
      profile,
      transport,
      book,
      letterhead,
      clock,
      ...(since !== undefined && { since }),
      onNotice: (notice) => logger.warn(notice),
    });
    const release = async (): Promise<void> => {
      await engine.stop();
      await transport.close();
      await database.close();
    };
    try {
      await engine.start();
    } catch (error) {
      await release();
      throw error;
    }
    return new Processing(engine, release);
  }

  health(): Promise<ProcessesHealth> {
    return this.engine.health();
  }

  async metrics(): Promise<{ readonly contentType: string; readonly text: string }> {
    const { processes, effects, messages, standby } = await this.health();
    for (const { name: process, lag, stopped } of processes) {
      this.lag.set({ process }, lag);
      this.stopped.set({ process }, stopped === undefined ? 0 : 1);
    }
    for (const [outcome, count] of Object.entries(effects)) this.effects.set({ outcome }, count);
    for (const [status, count] of Object.entries(messages)) this.messages.set({ status }, count);
    this.standby.set(standby ? 1 : 0);
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  /** Finishes what is under way; what was not sent waits in the database. */
  close(): Promise<void> {
    return this.release();
  }

  private gauge<Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name: `registry_process_${name}`, help, labelNames, registers: [this.registry] });
  }
}
