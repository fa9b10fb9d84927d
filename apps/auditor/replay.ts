import type { Asset, Entry, Fact, Moment } from '#domain';
import { difference, endOf, italy, situationAt } from '#domain';
import type { Difference } from '#domain';
import { causesBetween } from './causes';
import type { Causes } from './causes';
import { table } from './table';

export interface Replay {
  readonly moment: Moment;
  readonly asset: Asset | null;
  /** Entries in force, in the order in which they happened. */
  readonly history: readonly Entry[];
  /** Revisions that were known at the moment. */
  readonly revisions: number;
}

export function replay(events: readonly Fact[], moment: Moment): Replay {
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

/** What changed between two moments, and which entries changed each field. */
export interface DifferenceWithCauses extends Difference {
  readonly from: Moment;
  readonly to: Moment;
  readonly causes: Causes;
}

export function diff(events: readonly Fact[], from: Moment, to: Moment): DifferenceWithCauses {
  const found = difference(situationAt(events, from, italy.timeZone), situationAt(events, to, italy.timeZone));
  return { from, to, ...found, causes: causesBetween(events, from, to) };
}

export function diffText({ from, to, changes, added, removed, altered, causes }: DifferenceWithCauses): string {
  const head = [`From      ${momentText(from)}`, `To        ${momentText(to)}`, ''];
  if (changes.length + added.length + removed.length + altered.length === 0) return [...head, 'Nothing changed.'].join('\n');
  const value = (each: unknown): string =>
    each === undefined ? '—' : typeof each === 'string' ? each : JSON.stringify(each);
  const told = (sign: string, { type, occurredOn, recordedAt, id }: Entry): string =>
    `${sign} ${type}, ${occurredOn ?? 'date not stated'}, recorded ${recordedAt} (${id})`;
  return [
    ...head,
    table(
      ['field', 'before', 'after', 'changed by'],
      changes.map(({ field, before, after }) => [field, value(before), value(after), (causes[field] ?? []).join(' ')]),
    ),
    '',
    'by these entries (+ came in, - went out, ~ was corrected):',
    ...added.map((entry) => told('+', entry)),
    ...removed.map((entry) => told('-', entry)),
    ...altered.map(({ after }) => told('~', after)),
  ].join('\n');
} // prettier-ignore

const momentText = ({ asOf, knownAt }: Moment): string =>
  [
    asOf === undefined ? 'whatever its date' : `what had happened by ${asOf}`,
    knownAt === undefined ? 'as it is known today' : `as it was known at the end of ${knownAt}`,
  ].join(', ');
