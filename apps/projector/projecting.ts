import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Gauge, Histogram, Registry } from 'prom-client';
import { EventStore } from '#event-store';
import type { Profile } from '#domain';
import type { Health, ReadDatabase } from '#read-models';
import { ProjectionRunner, health, projectionsFor } from '#read-models';

/** Keeps the read models while the app runs, and tells how they are. */
@Injectable()
export class Projecting implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Projections');
  private readonly registry = new Registry();
  private readonly batches = new Histogram({
    name: 'registry_projection_batch_seconds',
    help: 'How long a batch takes, from the log to the commit of its rows',
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [this.registry],
  });
  private readonly lag = this.gauge('lag', 'Positions behind the end of the log');
  private readonly applied = this.gauge('applied', 'Events taken');
  private readonly checkpoint = this.gauge('checkpoint', 'Position of the last event taken');
  private readonly stopped = this.gauge('stopped', '1 when the projection stopped at an event it cannot take');
  readonly runner: ProjectionRunner;

  constructor(
    private readonly store: EventStore,
    database: ReadDatabase,
    profile: Profile,
  ) {
    this.runner = new ProjectionRunner(store, database, projectionsFor(profile), {
      onNotice: (notice) => this.logger.warn(notice),
      onBatch: (seconds) => this.batches.observe(seconds),
    });
  }

  health(): Promise<Health> {
    return health(this.store, () => this.runner.progress());
  }

  async metrics(): Promise<{ contentType: string; text: string }> {
    for (const { name, lag, applied, checkpoint, stopped } of (await this.health()).projections) {
      this.lag.set({ projection: name }, lag);
      this.applied.set({ projection: name }, applied);
      this.checkpoint.set({ projection: name }, checkpoint);
      this.stopped.set({ projection: name }, stopped ? 1 : 0);
    }
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner.stop();
  }

  private gauge(name: string, help: string): Gauge<'projection'> {
    return new Gauge({
      name: `registry_projection_${name}`,
      help,
      labelNames: ['projection'],
      registers: [this.registry],
    });
  }
}
