import { daysAfter } from '#domain';
import type { Entry, JsonObject, LegalDate } from '#domain';
import { effectId } from '../process';
import type { Effect, NoticeKind } from '../process';
import { assetFacts } from './asset-facts';
import type { Life } from './assets';
import { beginningOf } from './day';

/** What an authority is reminded of while an asset is on its way or in somebody's hands. Each is told once; it comes anew when its ground changes. */
export const followUpDuties = (life: Life): Effect[] => [
  ...phaseDeadline(life),
  ...visit(life),
  ...activityReport(life),
  ...needs(life),
];

/** A notice for the day after the last one that was in time. */
function overdue(
  life: Life,
  notice: NoticeKind,
  occasion: readonly string[],
  dueOn: LegalDate,
  facts: JsonObject,
): Effect {
  return {
    kind: 'notice',
    id: effectId('assets', notice, life.id, ...occasion),
    at: beginningOf(daysAfter(dueOn, 1), life.profile.timeZone),
    notice,
    about: life.about,
    facts: { ...assetFacts(life), ...facts, dueOn },
  };
}

/** The time the law gives for the phase the asset is in. */
function phaseDeadline(life: Life): Effect[] {
  const { phase, phaseSince } = life.asset;
  const deadline = life.profile.deadlines[phase];
  if (!deadline || phaseSince === null) return [];
  const facts = { phase, since: phaseSince, law: deadline.source };
  return [overdue(life, 'deadline-passed', [phase, phaseSince], daysAfter(phaseSince, deadline.days), facts)];
}

const latest = (...dates: readonly (LegalDate | null | undefined)[]): LegalDate | undefined =>
  dates
    .filter((date) => date !== null && date !== undefined)
    .sort()
    .at(-1);

/** Somebody goes and looks once in the time the profile names, as long as the asset is in hand or in use. */
function visit(life: Life): Effect[] {
  const { assignment, use } = life.asset;
  const inHand = latest(assignment?.held?.on, use?.current?.on);
  if (inHand === undefined) return [];
  const visits = life.history
    .filter(({ type }) => type === 'MonitoringVisitRecorded')
    .map(({ occurredOn }) => occurredOn);
  const since = latest(inHand, ...visits) ?? inHand;
  return [overdue(life, 'visit-overdue', [since], daysAfter(since, life.profile.visitWithinDays.days), { since })];
}

/** Who uses the asset says what was done with it. */
function activityReport(life: Life): Effect[] {
  const { use } = life.asset;
  const since = use?.current && latest(use.current.on, ...use.reports.map(({ to }) => to));
  if (since === undefined) return [];
  const dueOn = daysAfter(since, life.profile.activityReportWithinDays.days);
  return [overdue(life, 'report-overdue', [since], dueOn, { since })];
}

/** A published need for which nothing was accepted by its day. */
function needs(life: Life): Effect[] {
  const { history, asset } = life;
  const pledges = asset.support?.pledges ?? [];
  const answers = (need: string): boolean =>
    history
      .filter(({ type, data }) => type === 'SupportPledged' && data.need === need)
      .some(({ id }) => pledges.some((pledge) => pledge.id === id && pledge.status === 'accepted'));
  return history
    .filter(({ type, id }) => type === 'SupportNeedPublished' && !answers(id))
    .flatMap(({ id, data: { neededBy, title } }: Entry) =>
      typeof neededBy === 'string'
        ? [overdue(life, 'need-unmet', [id, neededBy], neededBy, { title: String(title) })]
        : [],
    );
}
