import type { Asset, Deadline, Entry, LegalDate, Phase, Profile } from '#domain';
import { daysBetween, exits, phases, step } from '#domain';

/** One stay in a phase, or one that is still to come. */
export interface PhaseStep {
  readonly phase: Phase;
  /** False for a confiscation whose instance the source does not state. */
  readonly instanceStated: boolean;
  readonly state: 'passed' | 'now' | 'ahead';
  /** Null where the source states no date. */
  readonly since: LegalDate | null;
  /** Null while it lasts, and where no date is stated. */
  readonly until: LegalDate | null;
  /** Whole days from `since` to `until`, or to the day the page is about. Null where a date is missing. */
  readonly days: number | null;
  /** The time the law allows for the phase today, and by how much the stay is or was longer; none where the law sets none, or a date is missing. */
  readonly deadline?: Deadline & { readonly overdueBy: number };
}

/** The way most assets go; an appeal is not a stage of every proceeding. */
const usualWay: readonly Phase[] = [
  'seized',
  'confiscated-first',
  'confiscated-final',
  'available',
  'destined',
  'transferred',
  'assigned',
  'in-use',
];

/** The phases an asset went through, in the order in which it did, and those that usually follow. `day` is the day it is looked at. */
export function phaseSteps(history: readonly Entry[], day: LegalDate, profile: Profile): PhaseStep[] {
  const stays = staysIn(history);
  const steps = stays.map(({ phase, since, asset }, place): PhaseStep => {
    const next = stays[place + 1];
    const until = next ? next.since : day;
    const days = since === null || until === null ? null : Math.max(0, daysBetween(since, until));
    const instanceStated = phase !== 'confiscated-first' || asset.orders.at(-1)?.instance !== 'not-stated';
    // Most sources do not say whether an asset handed over is used, so nobody can say that it is overdue; where it was assigned or used, its stay is over and known.
    const allowed = phase === 'transferred' && !next ? undefined : profile.deadlines[phase];
    const deadline = allowed && days !== null && { ...allowed, overdueBy: Math.max(0, days - allowed.days) };
    if (next)
      return { phase, instanceStated, state: 'passed', since, until: next.since, days, ...(deadline && { deadline }) };
    return {
      phase,
      instanceStated,
      state: 'now',
      since,
      until: null,
      days,
      ...(deadline && { deadline }),
    };
  });
  return [...steps, ...ahead(stays.at(-1))];
}

interface Stay {
  readonly phase: Phase;
  readonly since: LegalDate | null;
  readonly asset: Asset;
}

function staysIn(history: readonly Entry[]): Stay[] {
  const stays: Stay[] = [];
  let asset: Asset | undefined;
  for (const entry of history) {
    asset = step(asset, entry);
    const last = stays.at(-1);
    if (!asset) continue;
    if (last?.phase === asset.phase) stays[stays.length - 1] = { ...last, asset };
    else stays.push({ phase: asset.phase, since: asset.phaseSince, asset });
  }
  return stays;
}

function ahead(last: Stay | undefined): PhaseStep[] {
  // An asset destined to nobody, to be sold for instance, is not handed over.
  if (!last || exits.has(last.phase) || (last.phase === 'destined' && !last.asset.destination?.recipient)) return [];
  const reached = phases.indexOf(last.phase);
  return usualWay
    .filter((phase) => phases.indexOf(phase) > reached)
    .map((phase) => ({ phase, instanceStated: true, state: 'ahead', since: null, until: null, days: null }));
}
