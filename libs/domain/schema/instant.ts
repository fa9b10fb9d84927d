import { FormatRegistry, Type } from '@sinclair/typebox';
import { isLegalDate } from '../legal-date';

/** Hours, minutes and seconds, then the offset from UTC; midnight is 00:00, and no time zone is 15 hours away. */
const TIME = /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
const FORMAT = 'instant-with-offset';

/** True for an instant that exists, written with its offset from UTC, such as `2026-09-30T12:00:00+02:00` (RFC 3339, ISO 8601). */
export function isInstantWithOffset(text: string): boolean {
  return isLegalDate(text.slice(0, 'YYYY-MM-DD'.length)) && TIME.test(text.slice('YYYY-MM-DD'.length));
}

FormatRegistry.Set(FORMAT, isInstantWithOffset);

/** An instant as a public notice states it: the wall clock where it applies and how far that is from UTC. */
export const instantWithOffset = () =>
  Type.String({
    format: FORMAT,
    description: 'Date, time and offset from UTC, for instance 2026-09-30T12:00:00+02:00.',
    examples: ['2026-09-30T12:00:00+02:00'],
  });

/** Whether the first instant lies before the second, whatever the offsets they are written with. */
export const isBefore = (one: string, other: string): boolean => Date.parse(one) < Date.parse(other);
