import { dateOf } from '../legal-date';
import type { Instant, JsonValue, LegalDate } from '../event';
import type { Entry } from './act';

/**
 * A dossier's entries in the order in which things happened, which is not the order in which they were written down: a late entry
 * takes the place its date gives it. An undated entry keeps the place it was recorded at.
 */
export type History = readonly Entry[];

/** Index at which a newly recorded entry falls: after everything not dated later than it. */
export function placeOf(history: History, occurredOn: LegalDate | null): number {
  if (occurredOn === null) return history.length;
  // Dated entries stand in the order of their dates, so looking from the end finds the place soon: most entries are the latest.
  let place = history.length;
  for (let behind = history.length - 1; behind >= 0; behind -= 1) {
    const date = history[behind]?.occurredOn ?? null;
    if (date !== null && date <= occurredOn) break;
    if (date !== null) place = behind;
  }
  return place;
}

export function insert(history: History, entry: Entry): History {
  const place = placeOf(history, entry.occurredOn);
  return [...history.slice(0, place), entry, ...history.slice(place)];
}

/**
 * The history with one field of one entry changed. A changed date moves the entry to its new place; one that turns out to be unknown
 * leaves it where it stands.
 */
export function corrected(history: History, id: string, field: string, value: JsonValue): History {
  const place = history.findIndex((entry) => entry.id === id);
  const entry = history[place];
  if (!entry) return history;
  if (field === 'occurredOn' && typeof value === 'string') {
    const others = [...history.slice(0, place), ...history.slice(place + 1)];
    return insert(others, { ...entry, occurredOn: value });
  }
  const changed =
    field === 'occurredOn'
      ? { ...entry, occurredOn: null }
      : { ...entry, data: withField(entry.data, field.split('.'), value) };
  return [...history.slice(0, place), changed, ...history.slice(place + 1)];
}

type Fields = Readonly<Record<string, unknown>>;

function withField(fields: Fields, path: readonly string[], value: JsonValue): Fields {
  const [name, ...rest] = path;
  if (name === undefined) return fields;
  if (rest.length > 0) return { ...fields, [name]: withField(asFields(fields[name]), rest, value) };
  if (value !== null) return { ...fields, [name]: value };
  const { [name]: _, ...others } = fields;
  return others;
}

/** The value a correction's field has now; undefined where there is none. */
export function fieldOf(entry: Entry, field: string): unknown {
  if (field === 'occurredOn') return entry.occurredOn;
  return field.split('.').reduce<unknown>((value, name) => ownField(asFields(value), name), entry.data);
}

const ownField = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/**
 * The latest date on which each entry can have happened: its own date; for an undated one the date it was recorded, or the date of
 * an entry that lies behind it in the order of events, whichever is earlier. No date is invented by this: it is an upper bound,
 * and only the question "did it stand on that day?" uses it.
 */
export function latestDates(history: History, timeZone: string): LegalDate[] {
  const latest = new Array<LegalDate>(history.length);
  let bound: LegalDate | undefined;
  for (let place = history.length - 1; place >= 0; place -= 1) {
    const entry = history[place]!;
    const own: LegalDate = entry.occurredOn ?? earlier(dateOf(entry.recordedAt, timeZone), bound);
    latest[place] = own;
    bound = entry.occurredOn ?? own;
  }
  return latest;
}

function earlier(date: LegalDate, other: LegalDate | undefined): LegalDate {
  return other !== undefined && other < date ? other : date;
}

/** The part of a history that had happened by the end of a day. */
export function upTo(history: History, day: LegalDate, timeZone: string): History {
  const latest = latestDates(history, timeZone);
  return history.filter((_, place) => latest[place]! <= day);
}

/** The last instant of a day in UTC for `knownAt` given as a date; an instant stays what it is. */
export function endOf(knownAt: string): Instant {
  return knownAt.length === 10 ? `${knownAt}T23:59:59.999Z` : knownAt;
}
