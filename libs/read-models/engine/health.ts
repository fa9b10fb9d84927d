import type { EventStore } from '#event-store';
import { placeOf } from './ledger';
import type { Progress } from './ledger';

export interface ProjectionHealth extends Progress {
  /** How far behind the end of the log, in positions. */
  readonly lag: number;
}

export interface Health {
  readonly ready: boolean;
  /** Why not, each a sentence. */
  readonly reasons: readonly string[];
  /** Position of the log's last event. */
  readonly head: number;
  /** Events in the log, where the store can tell. */
  readonly logged: number | null;
  readonly projections: readonly ProjectionHealth[];
}

/** A projection further behind than this is not ready to be read (positions; on the embedded log these are events). */
const TOLERATED_LAG = 10_000;

/**
 * Lag and continuity. Lag alone can be zero while events are lost, so every projection must also have taken as many events as the others at
 * the same place, and as many as the log holds where the store can tell.
 */
export function healthOf(progress: readonly Progress[], head: number, logged: number | undefined): Health {
  const projections = progress.map((each) => ({ ...each, lag: Math.max(0, head - placeOf(each)) }));
  const reasons = projections.flatMap(({ name, live, lag, stopped, checkpoint, applied }) => {
    if (stopped)
      return [`"${name}" stopped before event ${stopped.event} at position ${stopped.position}: ${stopped.reason}`];
    if (!live) return [`"${name}" is being built (${lag} behind).`];
    if (lag > TOLERATED_LAG) return [`"${name}" is ${lag} behind the log.`];
    if (logged !== undefined && checkpoint === head && applied !== logged) {
      return [`"${name}" has taken ${applied} events where the log holds ${logged}.`];
    }
    const other = projections.find(
      (each) => !each.stopped && each.checkpoint === checkpoint && each.applied !== applied,
    );
    return other
      ? [`"${name}" has taken ${applied} events and "${other.name}" ${other.applied} at the same place.`]
      : [];
  });
  if (progress.length === 0) reasons.push('No projection has started.');
  return { ready: reasons.length === 0, reasons, head, logged: logged ?? null, projections };
}

/** The health at this moment. */
export async function health(store: EventStore, progress: () => readonly Progress[]): Promise<Health> {
  const [head, logged] = await Promise.all([store.head(), store.count()]);
  return healthOf(progress(), head, logged);
}
