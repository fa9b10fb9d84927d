import type { Instant, LegalDate } from './event';

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a date that exists in the calendar, written `YYYY-MM-DD`, from 1900 on. */
export function isLegalDate(text: string): boolean {
  const parts = PATTERN.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

interface Calendar {
  readonly format: Intl.DateTimeFormat;
  /** The dates of the minutes asked for last: every entry asks, and asking the calendar is slow. Time zones change on whole minutes. */
  readonly dates: Map<string, LegalDate>;
}

const calendars = new Map<string, Calendar>();
const MINUTES_KEPT = 1000;

/** The calendar date of an instant where the authority sits. */
export function dateOf(instant: Instant, timeZone: string): LegalDate {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    // The Swedish locale writes dates as ISO 8601 does.
    calendar = { format: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }), dates: new Map() };
    calendars.set(timeZone, calendar);
  }
  const minute = instant.slice(0, 'YYYY-MM-DDTHH:mm'.length);
  const known = calendar.dates.get(minute);
  if (known !== undefined) return known;
  const date = calendar.format.format(new Date(instant));
  if (calendar.dates.size === MINUTES_KEPT) calendar.dates.clear();
  calendar.dates.set(minute, date);
  return date;
}

/** The last instant of a day where the authority sits: an hour sooner or later where clocks were changed. */
export function lastInstantOf(date: LegalDate, timeZone: string): Instant {
  const noon = Date.parse(`${date}T12:00:00Z`);
  // Noon in Greenwich lies no further from the end of the day than that anywhere on earth.
  let [within, beyond] = [noon - 15 * HOUR, noon + 27 * HOUR];
  while (beyond - within > 1) {
    const between = Math.floor((within + beyond) / 2);
    if (dateOf(new Date(between).toISOString(), timeZone) <= date) within = between;
    else beyond = between;
  }
  return new Date(within).toISOString();
}

const HOUR = 3_600_000;

/** Whole days from one date to another; negative when `to` is the earlier one. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The date so many whole days after another. */
export function daysAfter(date: LegalDate, days: number): LegalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The date so many years before another; of the 29th of February, in a year without one, the 28th. */
export function yearsBefore(date: LegalDate, years: number): LegalDate {
  const year = String(Number(date.slice(0, 4)) - years).padStart(4, '0');
  const same = `${year}${date.slice(4)}`;
  return isLegalDate(same) ? same : `${year}-02-28`;
}
