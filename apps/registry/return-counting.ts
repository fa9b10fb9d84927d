import { setTimeout as pause } from 'node:timers/promises';
import type { Actor, AnnualReturn, Instant, JsonObject, Profile } from '#domain';
import { dateOf, idFrom } from '#domain';
import type { EventStore } from '#event-store';
import { returnsFromLog } from '#read-models';
import type { Recorder } from '#recording';
import { canonicalDigest } from '#transparency-log';

const AGAIN_MS = 5_000;
/** No return is older (see the schema of the year). */
const FIRST_YEAR = 1900;
const ASKING: ReadonlySet<string> = new Set(['AnnualReturnRequested', 'AnnualReturnRevisionRequested']);

/** Under this name figures are written down. It is no person (rule 6). Never change it: ids of commands follow from it. */
const COUNTER: Actor = { subject: 'annual-returns', agency: 'registry', role: 'process' };

export interface ReturnCountingParts {
  /** The bare log: figures are made of public fields. */
  readonly log: Pick<EventStore, 'readAll' | 'readStream' | 'head' | 'subscribe'>;
  readonly recorder: Pick<Recorder, 'record' | 'state'>;
  readonly profile: Profile;
  readonly clock?: () => Instant;
  readonly onNotice: (notice: string) => void;
}

/** The count that goes on now. */
export interface CountUnderWay {
  readonly years: readonly string[];
  /** Position up to which the log was gone through. */
  readonly counted: number;
  /** Position at which the count ends: the end of the log when it began. */
  readonly until: number;
  readonly since: Instant;
}

/**
 * Counts the annual returns that were asked for, and writes their figures down: from the log itself, so that whoever holds the log can do the same. What is asked for stands in the log, so that it
 * is counted whatever crashes, from the start again; the entry with the figures is recorded under the id of the one that asked, and so once.
 */
export class ReturnCounting {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private now: CountUnderWay | undefined;
  private trouble: string | undefined;

  constructor(private readonly parts: ReturnCountingParts) {}

  start(): void {
    this.running = this.follow();
  }

  /** Ends the count; it begins again with the next start. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** What is counted now; undefined while nothing is. */
  get underWay(): CountUnderWay | undefined {
    return this.now;
  }

  /** What keeps it from going on; undefined while all is well. */
  get failure(): string | undefined {
    return this.trouble;
  }

  private async follow(): Promise<void> {
    const { log, onNotice } = this.parts;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const head = await log.head();
        await this.countWhatIsAsked();
        for await (const batch of log.subscribe(head, { signal }))
          if (batch.some(({ type }) => ASKING.has(type))) await this.countWhatIsAsked();
        return;
      } catch (error) {
        this.now = undefined;
        if (signal.aborted) return;
        this.trouble = `An annual return could not be counted, and it will be tried again: ${error instanceof Error ? error.message : String(error)}`;
        onNotice(this.trouble);
        await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** All years that are asked for are counted at once; what is asked for meanwhile, after them. */
  private async countWhatIsAsked(): Promise<void> {
    for (let asked = await this.asked(); asked.length > 0; asked = await this.asked()) await this.count(asked);
    this.trouble = undefined;
  }

  private async asked(): Promise<AnnualReturn[]> {
    const { recorder, profile } = this.parts;
    const last = Number(this.today().slice(0, 4));
    const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_, place) => String(FIRST_YEAR + place));
    const states: AnnualReturn[] = [];
    for (const year of years) {
      const state = await recorder.state('return', idFrom('return', profile.country, 'year', year));
      if (state?.asked) states.push(state);
    }
    return states;
  }

  private async count(returns: readonly AnnualReturn[]): Promise<void> {
    const { log, profile } = this.parts;
    const { signal } = this.stopping;
    const years = returns.map(({ year }) => year);
    const until = await log.head();
    const begun: CountUnderWay = { years, counted: 0, until, since: this.instant() };
    this.now = begun;
    const onProgress = (counted: number): void => void (this.now = { ...begun, counted });
    const { figures, position } = await returnsFromLog(log, years, profile, { until, signal, onProgress });
    for (const each of returns) {
      const own = figures.get(each.year)!;
      await this.writeDown(each, { position, digest: canonicalDigest(own), figures: own as unknown as JsonObject });
    }
    this.now = undefined;
  }

  private async writeDown({ year, asked }: AnnualReturn, computed: JsonObject): Promise<void> {
    if (!asked) return;
    const { recorder, profile } = this.parts;
    const id = idFrom('return', profile.country, 'year', year);
    const { reason } = asked;
    const said =
      reason === undefined
        ? { name: 'write-down-return', data: { year } }
        : { name: 'write-down-revision', data: { reason } };
    const recorded = await recorder.record(
      `return-${id}`,
      { ...said, occurredOn: this.today() },
      {
        actor: COUNTER,
        source: { kind: 'process', name: COUNTER.subject },
        idempotencyKey: asked.id,
        correlationId: asked.id,
      },
      undefined,
      computed,
    );
    if (recorded.kind !== 'refused') return;
    // Another registry on this log may have been faster.
    if ((await recorder.state('return', id))?.asked?.id !== asked.id) return;
    throw new Error(`${year}: ${recorded.refusal.message}`);
  }

  private instant(): Instant {
    return (this.parts.clock ?? (() => new Date().toISOString()))();
  }

  private today(): string {
    return dateOf(this.instant(), this.parts.profile.timeZone);
  }
}
