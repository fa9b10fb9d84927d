import { difference, endOf, italy, latestDates, situationAt } from '#domain';
import type { Fact, LegalDate, Moment } from '#domain';

/** Which entries changed a field on the way from one moment to another, by their ids, in the order in which they did. */
export type Causes = Readonly<Record<string, readonly string[]>>;

/**
 * Goes the way from one moment to a later one step by step: first entry by entry through what was learnt meanwhile, as of the first day; then day by day through what had happened, as it was known at the
 * second moment. Whatever changes at a step was changed by the entries of that step. Empty where the way leads back in time. Pure.
 */
export function causesBetween(events: readonly Fact[], from: Moment, to: Moment): Causes {
  const causes: Record<string, string[]> = {};
  let before = situationAt(events, from, italy.timeZone);
  const step = (after: typeof before, ids: readonly string[]): void => {
    for (const { field } of difference(before, after).changes)
      causes[field] = [...new Set([...(causes[field] ?? []), ...ids])];
    before = after;
  };
  const asOf = from.asOf === undefined ? {} : { asOf: from.asOf };
  const [first, last] = [knownIn(events, from), knownIn(events, to)];
  for (let known = first + 1; known <= last; known += 1)
    step(situationAt(events.slice(0, known), asOf, italy.timeZone), [events[known - 1]!.id]);
  const known = events.slice(0, last);
  const { history } = situationAt(known, {}, italy.timeZone);
  const dates = latestDates(history, italy.timeZone);
  for (const day of daysBetween(dates, from.asOf, to.asOf))
    step(situationAt(known, { asOf: day }, italy.timeZone), history.filter((_, place) => dates[place] === day).map(({ id }) => id)); // prettier-ignore
  return causes;
}

/** How many of the events were known. */
function knownIn(events: readonly Fact[], { knownAt }: Moment): number {
  if (knownAt === undefined) return events.length;
  const unknown = events.findIndex(({ metadata }) => metadata.recordedAt > endOf(knownAt));
  return unknown === -1 ? events.length : unknown;
}

function daysBetween(dates: readonly LegalDate[], from: LegalDate | undefined, to: LegalDate | undefined): LegalDate[] {
  // What stands today is after every day.
  if (from === undefined) return [];
  return [...new Set(dates)].filter((day) => day > from && (to === undefined || day <= to)).sort();
}
