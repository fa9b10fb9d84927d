import type { Asset, Entry, Moment, RecordedEvent } from '#domain';
import { difference, endOf, italy, situationAt } from '#domain';
import type { Difference } from '#domain';
import { table } from './table';

export interface Replay {
  readonly moment: Moment;
  readonly asset: Asset | null;
  /** Entries in force, in the order in which they happened. */
  readonly history: readonly Entry[];
  /** Revisions that were known at the moment. */
  readonly revisions: number;
}

export function replay(events: readonly RecordedEvent[], moment: Moment): Replay {
  const { asset, history } = situationAt(events, moment, italy.timeZone);
  const known = moment.knownAt === undefined ? undefined : endOf(moment.knownAt);
  const revisions = events.filter(({ metadata }) => known === undefined || metadata.recordedAt <= known).length;
  return { moment, asset: asset ?? null, history, revisions };
}

export function replayText({ asset, history, revisions }: Replay): string {
  const rows = history.map(({ occurredOn, recordedAt, type, id }) => [
    occurredOn ?? 'not stated',
    recordedAt.slice(0, 10),
    type,
    id,
  ]);
  const state = asset
    ? [`Phase: ${asset.phase}, since ${asset.phaseSince ?? 'a date not stated'}`, ...lines(asset.description)]
    : ['Nothing stands at this moment.'];
  return [table(['happened', 'recorded', 'entry', 'id'], rows), '', ...state, `${revisions} entries were known.`].join(
    '\n',
  );
}

function lines(description: object): string[] {
  return Object.entries(description).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}

export function diff(events: readonly RecordedEvent[], from: Moment, to: Moment): Difference {
  return difference(situationAt(events, from, italy.timeZone), situationAt(events, to, italy.timeZone));
}

export function diffText({ changes, added, removed, altered }: Difference): string {
  if (changes.length + added.length + removed.length + altered.length === 0) return 'Nothing changed.';
  const value = (each: unknown): string =>
    each === undefined ? '—' : typeof each === 'string' ? each : JSON.stringify(each);
  const told = (sign: string, { type, occurredOn, id }: Entry): string =>
    `${sign} ${type}, ${occurredOn ?? 'date not stated'} (${id})`;
  return [
    table(
      ['field', 'before', 'after'],
      changes.map(({ field, before, after }) => [field, value(before), value(after)]),
    ),
    '',
    'by these entries:',
    ...added.map((entry) => told('+', entry)),
    ...removed.map((entry) => told('-', entry)),
    ...altered.map(({ after }) => told('~', after)),
  ].join('\n');
}
