import type { Fact, JsonValue } from '#domain';
import { table } from './table';

/** One event of a dossier as it was written down, whatever became of it since. */
export interface HistoryLine {
  /** Its place in the dossier, from 1. */
  readonly number: number;
  readonly id: string;
  readonly type: string;
  /** When it happened; null where no source says. */
  readonly occurredOn: string | null;
  /** When it was written down, an instant. */
  readonly recordedAt: string;
  /** The office that recorded it. */
  readonly agency: string | null;
  /** The act it rests on, as far as its reference is public: title, number, date, authority. */
  readonly act: string | null;
  /** The entry it corrects or annuls. */
  readonly names: string | null;
}

/** What a dossier's events are, in the order in which they were written down. Pure. */
export function historyOf(events: readonly Fact[]): HistoryLine[] {
  return events.map(({ id, type, data, metadata: { occurredOn, recordedAt, actor } }, place) => ({
    number: place + 1,
    id,
    type,
    occurredOn,
    recordedAt,
    agency: actor?.agency ?? null,
    act: actIn(data.act) ?? actIn(data.document) ?? null,
    names: typeof data.entry === 'string' ? data.entry : null,
  }));
}

function actIn(act: JsonValue | undefined): string | undefined {
  if (typeof act !== 'object' || act === null || Array.isArray(act)) return undefined;
  const parts = ['title', 'number', 'date', 'authority'].map((name) => (act as Record<string, JsonValue>)[name]);
  const said = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return said.length === 0 ? undefined : said.join(', ');
}

export const historyText = (lines: readonly HistoryLine[]): string =>
  table(
    ['no', 'happened', 'recorded', 'entry', 'by', 'act', 'id'],
    lines.map(({ number, occurredOn, recordedAt, type, agency, act, names, id }) => [
      String(number),
      occurredOn ?? 'not stated',
      recordedAt,
      names === null ? type : `${type} of ${names}`,
      agency ?? '',
      act ?? '',
      id,
    ]),
  );
