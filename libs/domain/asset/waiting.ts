import type { LegalDate } from '../event';
import { daysBetween } from '../legal-date';
import type { Asset } from './asset';
import type { History } from './history';

/**
 * What is waited for after a confiscation has become final. `destined`: somebody decided what for and for whom. `assigned`: those who are to use it have it, because an agreement was
 * signed, because the body that received it began to use it itself, or because the State kept it. `in-use`: the use began.
 */
export const milestones = ['destined', 'assigned', 'in-use'] as const;
export type Milestone = (typeof milestones)[number];

/** How a wait stands. `left`: the asset left before, so that no more can be waited for. `undated`: a date that the length needs is not known. */
export const waitOutcomes = ['reached', 'open', 'left', 'undated'] as const;
export type WaitOutcome = (typeof waitOutcomes)[number];

export interface Wait {
  readonly outcome: WaitOutcome;
  /** When it was reached, or when the asset left. */
  readonly on: LegalDate | null;
  /** Whole days from the final confiscation to that day; null while it is open, and where a date is missing. */
  readonly days: number | null;
}

/** How long an asset has waited for what was to come of it. */
export interface Waiting {
  readonly since: LegalDate | null;
  readonly waits: Readonly<Record<Milestone, Wait>>;
}

/** The entries with which each milestone is first reached; a later one counts where an earlier one was passed over. */
const reachedBy: Readonly<Record<Milestone, ReadonlySet<string>>> = {
  destined: new Set(['DestinationDecided', 'AgreementSigned', 'UseStarted']),
  assigned: new Set(['AgreementSigned', 'UseStarted']),
  'in-use': new Set(['UseStarted']),
};

/**
 * The waits of a history and of the asset it adds up to; undefined where no confiscation is final. The first time counts: what was reached and later revoked was reached. What was
 * reached before the confiscation became final, such as a provisional use, took no day. Pure.
 */
export function waitingOf(history: History, { final, left }: Pick<Asset, 'final' | 'left'>): Waiting | undefined {
  if (!final) return undefined;
  const since = final.on;
  const wait = (milestone: Milestone): Wait => {
    const first = history.find(({ type }) => reachedBy[milestone].has(type));
    if (first) return ended('reached', since, first.occurredOn);
    if (!left) return { outcome: since === null ? 'undated' : 'open', on: null, days: null };
    const kept = left.as === 'kept-by-state' && milestone !== 'in-use';
    return ended(kept ? 'reached' : 'left', since, left.on);
  };
  return { since, waits: { destined: wait('destined'), assigned: wait('assigned'), 'in-use': wait('in-use') } };
}

function ended(outcome: 'reached' | 'left', since: LegalDate | null, on: LegalDate | null): Wait {
  if (since === null || on === null) return { outcome: 'undated', on, days: null };
  return { outcome, on, days: Math.max(0, daysBetween(since, on)) };
}
