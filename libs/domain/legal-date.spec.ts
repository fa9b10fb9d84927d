import { dateOf, daysAfter, daysBetween, isLegalDate, lastInstantOf } from './legal-date';

describe('the end of a day', () => {
  it.each([
    ['2026-01-15', 'Europe/Rome', '2026-01-15T22:59:59.999Z'],
    ['2026-07-15', 'Europe/Rome', '2026-07-15T21:59:59.999Z'],
    ['2026-03-29', 'Europe/Rome', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Rome', '2026-10-25T22:59:59.999Z'],
    ['2026-01-15', 'Pacific/Kiritimati', '2026-01-15T09:59:59.999Z'],
    ['2026-01-15', 'Pacific/Pago_Pago', '2026-01-16T10:59:59.999Z'],
  ])('%s in %s is %s', (day, timeZone, instant) => expect(lastInstantOf(day, timeZone)).toBe(instant));
});

describe('a legal date', () => {
  it.each(['1900-01-01', '2000-02-29', '2024-02-29', '2015-12-31', '2015-04-30', '9999-12-31'])('is %s', (text) =>
    expect(isLegalDate(text)).toBe(true),
  );

  it.each([
    ['no day of that month', '2015-02-29'],
    ['no leap year by the century rule', '1900-02-29'],
    ['no leap year by the century rule', '2100-02-29'],
    ['a thirty-first of a short month', '2015-04-31'],
    ['a day 0', '2015-04-00'],
    ['a month 0', '2015-00-10'],
    ['a month 13', '2015-13-01'],
    ['too early to be one of ours', '1899-12-31'],
    ['a year of two digits', '15-03-12'],
    ['a day of one digit', '2015-3-12'],
    ['written otherwise', '12/03/2015'],
    ['an instant', '2015-03-12T00:00:00Z'],
    ['with a line break', '2015-03-12\n'],
    ['with a blank', ' 2015-03-12'],
    ['in other digits', '٢٠١٥-٠٣-١٢'],
    ['nothing', ''],
  ])('is never %s: %j', (_, text) => expect(isLegalDate(text)).toBe(false));

  it('is exactly what the calendar has', () => {
    const days = new Set<string>();
    for (let day = Date.UTC(1999, 11, 31); day <= Date.UTC(2025, 0, 1); day += 86_400_000) {
      days.add(new Date(day).toISOString().slice(0, 10));
    }
    for (let year = 2000; year <= 2024; year += 1) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          if (isLegalDate(text) !== days.has(text)) throw new Error(text);
        }
      }
    }
  });
});

describe('the date of an instant', () => {
  it.each([
    ['2026-06-14T21:59:59.999Z', 'Europe/Rome', '2026-06-14'],
    ['2026-06-14T22:00:00.000Z', 'Europe/Rome', '2026-06-15'],
    ['2026-01-14T22:59:59.999Z', 'Europe/Rome', '2026-01-14'],
    ['2026-01-14T23:00:00.000Z', 'Europe/Rome', '2026-01-15'],
    ['2026-12-31T23:30:00.000Z', 'Europe/Rome', '2027-01-01'],
    ['2026-12-31T23:30:00.000Z', 'UTC', '2026-12-31'],
    ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31'],
  ])('%s in %s is %s', (instant, timeZone, date) => expect(dateOf(instant, timeZone)).toBe(date));
});

describe('the days between two dates', () => {
  it.each([
    ['2015-03-12', '2015-03-12', 0],
    ['2015-03-12', '2015-03-13', 1],
    ['2015-03-13', '2015-03-12', -1],
    ['2016-02-28', '2016-03-01', 2],
    ['2026-03-28', '2026-03-30', 2],
    ['2026-10-24', '2026-10-26', 2],
    ['2000-01-01', '2026-01-01', 9497],
  ])('from %s to %s are %i', (from, to, days) => expect(daysBetween(from, to)).toBe(days));
});

describe('the date so many days after another', () => {
  it.each([
    ['2026-06-01', 30, '2026-07-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-06-01', 0, '2026-06-01'],
  ])('%s and %i days is %s', (date, days, later) => expect(daysAfter(date, days)).toBe(later));
});
