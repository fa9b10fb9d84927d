import { setTimeout as pause } from 'node:timers/promises';
import type { Instant, Profile } from '#domain';
import type { EventStore } from '#event-store';
import type { Recorder } from '#recording';
import type { ProcessDatabase } from '../database/process-database';
import { rollBackTo } from '../database/rolled-back';
import { takeSoleUse } from '../database/sole-use';
import type { SoleUse } from '../database/sole-use';
import type { AddressBook } from '../notices/address-book';
import { Delivery } from '../notices/delivery';
import type { Letterhead } from '../notices/message';
import type { Transport } from '../notices/transport';
import type { Process } from '../process';
import { carryOut } from './carry-out';
import { healthOf } from './health';
import type { ProcessesHealth } from './health';
import { advance, prepare } from './ledger';
import type { Progress } from './ledger';

export interface EngineOptions {
  readonly store: Pick<EventStore, 'readAll' | 'head'>;
  readonly database: ProcessDatabase;
  readonly recorder: Pick<Recorder, 'record' | 'state'>;
  readonly processes: readonly Process[];
  readonly profile: Profile;
  readonly transport: Transport;
  readonly book: AddressBook;
  readonly letterhead: Letterhead;
  /** Notices that fell due before are not sent; when left out, from the birth of the outbox on. */
  readonly since?: Instant;
  readonly clock?: () => Instant;
  /** How often log and clock are looked at, in milliseconds. */
  readonly everyMs?: number;
  /** Time passes for the processes so much later (ms): an entry written at an instant is in the log by then, and comes before what falls due at it. */
  readonly graceMs?: number;
  readonly batchSize?: number;
  /** Told of everything an operator should see. */
  readonly onNotice?: (notice: string) => void;
}

const DAY_MS = 86_400_000;
/** What fell due longer ago is no news to anybody. */
const NEWS_MS = 30 * DAY_MS;
/** Pauses before log or database are tried again, in milliseconds; the last one is repeated. */
const BACK_OFF = [100, 500, 2000, 5000];
const STANDBY_MS = 2000;

/** Runs the process managers of one database: follows the log, lets time pass, carries out what is due, and sends. One engine at a time works; another stands by. */
export class ProcessEngine {
  private readonly stopping = new AbortController();
  private readonly delivery: Delivery;
  private readonly clock: () => Instant;
  private sole: SoleUse | undefined;
  private beginning: Promise<boolean> | undefined;
  private travelling: Progress[] = [];
  private running: Promise<unknown> = Promise.resolve();
  private trouble: string | undefined;
  private since: Instant = '';

  constructor(private readonly options: EngineOptions) {
    const { database, transport, letterhead, profile, clock } = options;
    this.clock = clock ?? (() => new Date().toISOString());
    this.delivery = new Delivery(database, transport, letterhead, profile, (notice) => this.say(notice));
  }

  /** Begins to work, or to stand by. Throws ProcessesError when the database is ahead of the code. */
  async start(): Promise<void> {
    await this.begin();
    if (!this.sole)
      this.say(
        'Another program runs the process managers of this database. This one stands by, and takes over when that one ends.',
      );
    this.running = Promise.all([this.keep(() => this.round()), this.keep(() => this.deliver())]);
  }

  /** Finishes what is under way and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.sole?.release();
    this.sole = undefined;
  }

  /** Takes everything the log holds, lets time pass until now, and carries out what is due. Throws what log and database throw. */
  async round(): Promise<void> {
    if (!(await this.begin())) return;
    // What was recorded may ask for something in turn, which is not left to the next round.
    while ((await this.step()) > 0 && this.goesOn());
    this.trouble = undefined;
  }

  /** Reads to the end of the log, lets time pass, carries out a part of what is due; answers how many effects were settled. */
  private async step(): Promise<number> {
    const { database, recorder, book, processes, graceMs = 5000 } = this.options;
    const now = this.clock();
    while (this.goesOn() && (await this.takeBatch()));
    if (!this.goesOn()) return 0;
    await this.live([], before(now, graceMs));
    const able = processes
      .filter((_, place) => !this.travelling[place]?.stopped)
      .map((each) => [each.name, each] as const);
    const oldest = before(now, NEWS_MS);
    const since = this.since > oldest ? this.since : oldest;
    return carryOut({ database, recorder, book, since }, new Map(able), now, () => this.goesOn());
  }

  /** Sends what waits. */
  async deliver(): Promise<void> {
    while (this.sole?.holds() === true && (await this.delivery.work(this.clock(), () => this.goesOn())) > 0);
  }

  health(): Promise<ProcessesHealth> {
    const { database, store } = this.options;
    const standby = this.sole === undefined;
    return healthOf(database, store, {
      standby,
      trouble: [this.trouble, this.delivery.trouble].filter((each) => each !== undefined),
    });
  }

  private goesOn(): boolean {
    return !this.stopping.signal.aborted && this.sole?.holds() === true;
  }

  /** True while this engine is the one that works. Asked twice at once it tries once: the second would find the lock held by the first, and give it up. */
  private async begin(): Promise<boolean> {
    if (this.sole?.holds() === true) return true;
    this.beginning ??= this.takeOver().finally(() => (this.beginning = undefined));
    return this.beginning;
  }

  private async takeOver(): Promise<boolean> {
    const { database, processes, store } = this.options;
    await this.sole?.release();
    this.sole = undefined;
    const sole = await takeSoleUse(database.settings);
    if (!sole) return false;
    try {
      const head = await store.head();
      const undone = await rollBackTo(database, head);
      if (undone.processes + undone.effects > 0)
        this.say(
          `The log ends at position ${head}, and the process managers had read beyond: it was put back as it was earlier. ${undone.processes} of them are built anew, and ${undone.effects} effects wait again.`,
        );
      const travelling: Progress[] = [];
      for (const process of processes) travelling.push(await prepare(database, process));
      const [row] = await database.query<{ born: Instant }>('SELECT born FROM outbox');
      this.since = this.options.since ?? row?.born ?? '';
      this.travelling = travelling;
      // Only now: whoever sees that this one works must not find it half ready, nor send what is just being taken back.
      this.sole = sole;
    } catch (error) {
      await sole.release();
      throw error;
    }
    return true;
  }

  /** True when there may be more. */
  private async takeBatch(): Promise<boolean> {
    const { store, batchSize = 500 } = this.options;
    const from = this.travelling.filter(({ stopped }) => !stopped).map(({ checkpoint }) => checkpoint);
    if (from.length === 0) return false;
    const batch = await store.readAll(Math.min(...from), batchSize);
    if (batch.length > 0) await this.live(batch, '');
    return batch.length > 0;
  }

  private async live(batch: Parameters<typeof advance>[3], until: Instant): Promise<void> {
    const { database, processes } = this.options;
    const after = await database.transaction(async (query) => {
      const moved: Progress[] = [];
      for (const [place, process] of processes.entries()) {
        const progress = this.travelling[place]!;
        moved.push(progress.stopped ? progress : await advance(query, process, progress, batch, until));
      }
      return moved;
    });
    for (const [place, { name, stopped }] of after.entries())
      if (stopped && !this.travelling[place]?.stopped)
        this.say(
          `The process "${name}" stopped before event ${stopped.event} at position ${stopped.position}: ${stopped.reason}`,
        );
    this.travelling = after;
  }

  /** Does a task again and again, until the end; outlives a log or database that is away for a while, and another engine. */
  private async keep(task: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      let rest = this.sole ? (this.options.everyMs ?? 1000) : STANDBY_MS;
      try {
        await task();
        failures = 0;
      } catch (error) {
        this.trouble = `The process managers wait and try again: ${error instanceof Error ? error.message : String(error)}`;
        if (failures === 0) this.say(this.trouble);
        rest = BACK_OFF[Math.min(failures, BACK_OFF.length - 1)]!;
        failures += 1;
        // After a failed commit nobody knows whether it happened; the database does.
        await this.sole?.release();
        this.sole = undefined;
      }
      await pause(rest, undefined, { signal }).catch(() => undefined);
    }
  }

  private say(notice: string): void {
    this.options.onNotice?.(notice);
  }
}

const before = (instant: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(instant) - milliseconds).toISOString();
