import type { Instant, RecordedEvent } from '#domain';
import { due } from '../process';
import type { Effect, Process } from '../process';

/** What is kept of one key between batches. */
export interface Kept {
  readonly state: unknown;
  /** When the state asks for something further, if nothing happens before. */
  readonly wakeAt: Instant | null;
}

/** What a stretch of the log, and the time that passes in it, does to a process. */
export interface Travel {
  /** States that changed, by key. */
  readonly kept: ReadonlyMap<string, Kept>;
  /** What became due, by id. */
  readonly effects: ReadonlyMap<string, { readonly key: string; readonly effect: Effect }>;
  /** The latest instant the process has lived through. */
  readonly clock: Instant;
  /** How many events were taken: all, or those before the one it cannot take. */
  readonly taken: number;
  readonly poison?: { readonly event: RecordedEvent; readonly reason: string };
}

/**
 * Lives through events in the order of the log, and through the time between them: what became due before an event was recorded is due although the event, read
 * later, may end it. So what becomes due follows from the log and the clock alone, wherever a run is cut. Pure. `before` holds the touched keys and all that wake
 * up on the way.
 */
export function travel(
  process: Process,
  before: ReadonlyMap<string, Kept>,
  clock: Instant,
  events: readonly RecordedEvent[],
  until: Instant,
): Travel {
  const kept = new Map<string, Kept>();
  const effects = new Map<string, { key: string; effect: Effect }>();
  const all = new Map(before);
  let now = clock;
  let nextWake = earliest(all);

  const look = (key: string, state: unknown): void => {
    const { effects: found, wakeAt } = due(process, state, key, now);
    for (const effect of found) effects.set(effect.id, { key, effect });
    const after = { state, wakeAt };
    all.set(key, after);
    kept.set(key, after);
  };
  const passTo = (instant: Instant): void => {
    if (instant > now) now = instant;
    if (nextWake === null || nextWake > now) return;
    for (const [key, { state, wakeAt }] of all) if (wakeAt !== null && wakeAt <= now) look(key, state);
    nextWake = earliest(all);
  };
  const result = (taken: number, poison?: Travel['poison']): Travel => ({
    kept,
    effects,
    clock: now,
    taken,
    ...(poison && { poison }),
  });

  for (const [taken, event] of events.entries()) {
    passTo(event.metadata.recordedAt);
    try {
      const next = process
        .keysOf(event)
        .map((key): [string, unknown] => [key, process.apply(all.get(key)?.state, event, key)]);
      for (const [key, state] of next) look(key, state);
      for (const [key] of next) nextWake = earlier(nextWake, all.get(key)?.wakeAt ?? null);
    } catch (error) {
      return result(taken, { event, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  passTo(until);
  return result(events.length);
}

const earlier = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other < one) ? other : one;

const earliest = (all: ReadonlyMap<string, Kept>): Instant | null =>
  [...all.values()].reduce<Instant | null>((found, { wakeAt }) => earlier(found, wakeAt), null);
