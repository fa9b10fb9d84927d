import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  Aggregate,
  Circumstances,
  Command,
  Consulted,
  Instant,
  NewEvent,
  RecordedEvent,
  Refusal,
  StreamName,
  Tail,
} from '#domain';
import { entryIdOf } from '#domain';
import type { Appended, EventStore } from '#event-store';
import { WrongExpectedRevision } from '#event-store';
import { SituationCache } from './situation-cache';
import { Turns } from './turns';

export type Recorded =
  | {
      readonly kind: 'recorded' | 'repeated';
      /** Id of the entry, by which later ones name it. */
      readonly entry: string;
      readonly revision: number;
      readonly position: number;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The stream is not at the revision the sender expected. */
  | { readonly kind: 'moved-on'; readonly expected: number; readonly actual: number };

/** Conflicts with writers in other processes are retried so often before they reach the sender. */
const ATTEMPTS = 8;

/**
 * How long to wait after a conflict, in milliseconds. The first is most often a memory behind the log, and costs nothing; who keeps losing
 * against a process that writes one command after another must wait until that one pauses: a quarter of a second in all.
 */
const pauseAfter = (attempt: number): number => (attempt === 1 ? 0 : 2 ** attempt);

/** What the recorder asks of the log. */
export type Log = Pick<EventStore, 'append' | 'readStream'>;

/** A command about to be decided: everything but the time. */
export interface Submission {
  readonly stream: StreamName;
  readonly command: Command;
  readonly circumstances: Omit<Circumstances, 'now'>;
  /** The revision the sender saw (-1: none yet); then a conflict is never retried. */
  readonly expected: number | undefined;
}

/** Reads the streams a decision consults. */
export type Consult = (streams: readonly StreamName[]) => Promise<Consulted>;

/**
 * The recorder of one kind of stream: loads, decides, appends at the revision decided upon. Commands on one stream take turns, or on all streams to which `turnOf` gives one name: then a
 * rule that looks from one to another also holds until the decision is written.
 */
export class StreamRecorder<Situation extends Tail, State> {
  private readonly cache: SituationCache<Situation>;
  private readonly turns = new Turns();

  constructor(
    private readonly store: Log,
    private readonly aggregate: Aggregate<Situation, State>,
    private readonly clock: () => Instant,
    cached: number,
    private readonly turnOf: (stream: StreamName) => string = (stream) => stream,
  ) {
    this.cache = new SituationCache(cached);
  }

  record(submission: Submission, consult: Consult): Promise<Recorded> {
    return this.turns.take(this.turnOf(submission.stream), () => this.attempt(submission, consult));
  }

  /** The state of a stream as the log has it now; undefined when it was never opened. */
  async state(stream: StreamName): Promise<State | undefined> {
    return this.aggregate.stateOf(await this.situation(stream));
  }

  /** All that is kept in mind of a stream, as the log has it now. */
  async situation(stream: StreamName): Promise<Situation> {
    const known = this.cache.get(stream) ?? this.aggregate.empty;
    const since = await this.store.readStream(stream, { from: known.revision + 1 });
    const situation = since.reduce(this.aggregate.evolve, known);
    // A command on the stream may have gone on while this one was read: what it left behind is newer.
    if ((this.cache.get(stream)?.revision ?? -1) < situation.revision) this.cache.put(stream, situation);
    return situation;
  }

  private async attempt({ stream, command, circumstances, expected }: Submission, consult: Consult): Promise<Recorded> {
    for (let attempt = 1; ; attempt += 1) {
      const cached = this.cache.get(stream);
      const situation = cached ?? (await this.load(stream));
      const consulted = await consult(this.aggregate.consults(command, circumstances.actor, situation));
      const surrounding = { ...circumstances, now: this.clock() };
      const decision = this.aggregate.decide(command, situation, surrounding, consulted);
      if (decision.kind === 'repeated')
        return { ...decision, entry: entryIdOf(circumstances.commandId, decision.revision) };
      const movedOn = expected !== undefined && expected !== situation.revision;
      if (movedOn || decision.kind === 'refused') {
        // Another process may have written since: nobody is turned away on a memory.
        if (cached) {
          this.cache.forget(stream);
          continue;
        }
        if (movedOn) return { kind: 'moved-on', expected, actual: situation.revision };
      }
      if (decision.kind === 'refused') return decision;
      if (!circumstances.computed && this.computes(command))
        throw new Error(`What ${command.name} is to say has to be computed first.`);
      try {
        const appended = await this.append(stream, decision.events, situation);
        return { kind: 'recorded', entry: entryIdOf(circumstances.commandId, appended.revision), ...appended };
      } catch (error) {
        this.cache.forget(stream);
        if (!(error instanceof WrongExpectedRevision) || attempt >= ATTEMPTS) throw error;
        // Without a memory of it, the next attempt sees that the sender is behind.
        if (expected === undefined) await pause(pauseAfter(attempt));
      }
    }
  }

  private async append(stream: StreamName, decided: readonly NewEvent[], situation: Situation): Promise<Appended> {
    const events = decided.map(salted);
    const appended = await this.store.append(stream, events, situation.revision < 0 ? 'no-stream' : situation.revision);
    const recorded = events.map((event, place): RecordedEvent => {
      const revision = appended.revision - events.length + 1 + place;
      return { ...event, stream, revision, position: appended.position };
    });
    this.cache.put(stream, recorded.reduce(this.aggregate.evolve, situation));
    return appended;
  }

  private computes({ name }: Command): boolean {
    return (this.aggregate.commands.get(name)?.definition.computed.length ?? 0) > 0;
  }

  private async load(stream: StreamName): Promise<Situation> {
    const situation = this.aggregate.replay(await this.store.readStream(stream));
    this.cache.put(stream, situation);
    return situation;
  }
}

const SALT_BYTES = 32;

/** Chance comes in here and not in the decision, which is pure. A repeat has another salt, and the store keeps the first. */
const salted = (event: NewEvent): NewEvent => ({
  ...event,
  metadata: { ...event.metadata, salt: randomBytes(SALT_BYTES).toString('base64url') },
});
