import type { LegalDate } from '#domain';
import { isLegalDate } from '#domain';

const DAY_FIRST = /^(\d{1,2})\s*[./\s-]\s*(\d{1,2})\s*[./\s-]\s*(\d{4})$/;

/** A date as people type it, day first: `12/3/2015`, `12.03.2015`, `12 3 2015`; or `2015-03-12`. Undefined for a date that does not exist. */
export function dateTyped(typed: string): LegalDate | undefined {
  const text = typed.trim();
  const [, day, month, year] = DAY_FIRST.exec(text) ?? [];
  const date = year === undefined ? text : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return isLegalDate(date) ? date : undefined;
}

/** A date as it is typed. */
export function typedDate(date: LegalDate): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}

const WITH_TIME = /^(.+?)[\sT,]+(\d{1,2})[:.](\d{2})$/;

/**
 * Date and time with the offset from UTC. Without an offset it is the wall clock of `timeZone`; an hour that the clock shows twice a year is
 * taken as the first of the two.
 */
export function instantTyped(typed: string, timeZone: string): string | undefined {
  const text = typed.trim();
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) return text;
  const [, day = '', hour, minute] = WITH_TIME.exec(text) ?? [];
  const date = dateTyped(day);
  if (date === undefined || hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const wall = `${date}T${hour.padStart(2, '0')}:${minute}:00`;
  // The offset that holds around then; looked up twice, for it may change between the two guesses.
  const first = offsetAt(Date.parse(`${wall}Z`), timeZone);
  return wall + offsetAt(Date.parse(wall + first), timeZone);
}

function offsetAt(time: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? '+00:00' : name.slice('GMT'.length);
}
