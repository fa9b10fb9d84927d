import { dateOf } from '#domain';
import type { Instant, LegalDate } from '#domain';

const MINUTE = 60_000;
const DAY = 1440;
const known = new Map<string, Instant>();

/** The instant at which a calendar day begins where the authority sits; daylight saving and midnights that do not exist included. */
export function beginningOf(date: LegalDate, timeZone: string): Instant {
  const name = `${timeZone} ${date}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const instant = (minutes: number): Instant => new Date(midnight + minutes * MINUTE).toISOString();
  // The first minute whose local date is this one: dates never go backwards, so halving finds it.
  let [low, high] = [-DAY, DAY];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dateOf(instant(middle), timeZone) >= date) high = middle;
    else low = middle;
  }
  if (known.size > 10_000) known.clear();
  known.set(name, instant(high));
  return instant(high);
}
