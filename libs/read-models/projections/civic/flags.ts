import type { Award, Entry, History, LegalDate, Profile, RecordedEvent, RedFlag } from '#domain';
import { callFlags, dateOf, groupFlags, judgedOfCall, judgedOfGroup, repeatedWinners, streamParts } from '#domain';
import { projection } from '../../projection';
import type { Projection, Row, Table } from '../../projection';
import { maybeInteger, maybeText, text } from '../columns';
import type { Location } from './group-state';
import { opened } from './standing';

/** Red flags of calls, of who wins them, and of groups: those that need other streams than a dossier. Of the same order and filters as those of dossiers. */
export const civicFlagsTable: Table = {
  name: 'civic_flags',
  columns: {
    /** The key of the state they follow from. */
    origin: text,
    place: text,
    subject_kind: text,
    subject: text,
    subject_name: text,
    /** Of a group. A call lies where its assets lie, which the register knows. */
    region_code: text,
    region: text,
    rule: text,
    entry: text,
    on_day: maybeText,
    from_day: maybeText,
    measure: maybeInteger,
    out_of: maybeInteger,
    currency: maybeText,
    party: maybeText,
    organisation: maybeText,
    authority: maybeText,
    duty: maybeText,
  },
  key: ['origin', 'entry', 'rule'],
  indexes: [['place'], ['rule', 'place'], ['region_code', 'place']],
};

interface CallKept {
  readonly of: 'call';
  readonly id: string;
  readonly object: string;
  /** The agency that published it. */
  readonly authority?: string;
  readonly history: History;
}

interface GroupKept {
  readonly of: 'group';
  readonly id: string;
  readonly name: string;
  readonly region?: { readonly code: string; readonly name: string };
  readonly history: History;
}

interface KnownAward extends Award {
  readonly object: string;
}

/** The awards of all calls: who wins again and again is seen in no call alone. There are as many as calls, so that one state holds them. */
interface AwardsKept {
  readonly of: 'awards';
  /** Calls that have not ended: who published them, and who applied, from the opening on. */
  readonly pending: Readonly<Record<string, Pending>>;
  readonly awards: readonly KnownAward[];
}

interface Pending {
  readonly object: string;
  readonly authority?: string;
  readonly applicants?: Readonly<Record<string, string>>;
}

type Kept = CallKept | GroupKept | AwardsKept;

const AWARDS = 'awards';
const toAwards: ReadonlySet<string> = new Set([
  'CallDrafted', 'CallPublished', 'ApplicationsOpened', 'CallAwarded', 'CallDeserted', 'CallCancelled',
]); // prettier-ignore

export function civicFlags(profile: Profile): Projection {
  return projection<Kept>({
    name: 'civic_flags',
    version: 1,
    keysOf,
    begins: ({ revision }, key) => key !== AWARDS && revision === 0,
    apply: (state, event, key) => (key === AWARDS ? awardsAfter(state, event, profile) : keptAfter(state, event)),
    tables: [{ table: civicFlagsTable, rows: (kept) => flagRows(kept, profile) }],
  });
}

function keysOf({ stream, type }: RecordedEvent): readonly string[] {
  switch (streamParts(stream)?.kind) {
    case 'call':
      return [...(judgedOfCall.has(type) ? [stream] : []), ...(toAwards.has(type) ? [AWARDS] : [])];
    case 'group':
      return type === 'GroupFormed' || judgedOfGroup.has(type) ? [stream] : [];
    default:
      return [];
  }
}

function keptAfter(state: Kept | undefined, recorded: RecordedEvent): Kept {
  const { event, data } = opened<Record<string, unknown>>(recorded);
  const id = streamParts(recorded.stream)?.id ?? '';
  if (event.type === 'GroupFormed') {
    const { name, location } = data as { readonly name: string; readonly location?: Location };
    return { of: 'group', id, name, ...(location?.region && { region: location.region }), history: [] };
  }
  if (event.type === 'CallDrafted') {
    const { object, deadline } = data as { readonly object: string; readonly deadline: string };
    return { of: 'call', id, object, history: [entryOf(recorded, { deadline })] };
  }
  if (state === undefined || state.of === 'awards') throw new Error(`${recorded.stream} does not begin with the entry that opens it.`);
  const history = [...state.history, entryOf(recorded, judgedData(data))];
  return state.of === 'call' && event.type === 'CallPublished'
    ? { ...state, authority: event.metadata.actor.agency, history }
    : { ...state, history };
} // prettier-ignore

/** What rules read of an entry; rankings, reasons and digests are not kept twice. */
const judgedFields = ['application', 'applications', 'awardedTo', 'addressedTo', 'answerBy', 'recommendation'] as const;
const judgedData = (data: Readonly<Record<string, unknown>>): Entry['data'] =>
  Object.fromEntries(judgedFields.flatMap((field) => (data[field] === undefined ? [] : [[field, data[field]]])));

function entryOf(recorded: RecordedEvent, data: Entry['data']): Entry {
  const { id, type, version, metadata } = opened(recorded).event;
  return { id, type, version, occurredOn: metadata.occurredOn, recordedAt: metadata.recordedAt, data };
}

function awardsAfter(state: Kept | undefined, recorded: RecordedEvent, { timeZone }: Profile): AwardsKept {
  const { pending, awards }: Pick<AwardsKept, 'pending' | 'awards'> = state?.of === 'awards' ? state : { pending: {}, awards: [] };
  const call = streamParts(recorded.stream)?.id ?? '';
  const { event, data } = opened<{
    readonly object: string;
    readonly applications: readonly { readonly application: string; readonly organisation: string }[];
    readonly awardedTo: string;
  }>(recorded);
  const { [call]: known = { object: '' }, ...others } = pending;
  const still = (change: Partial<Pending>): AwardsKept => ({ of: 'awards', pending: { ...others, [call]: { ...known, ...change } }, awards });
  switch (event.type) {
    case 'CallDrafted':
      return still({ object: data.object });
    case 'CallPublished':
      return still({ authority: event.metadata.actor.agency });
    case 'ApplicationsOpened':
      return still({ applicants: Object.fromEntries(data.applications.map(({ application, organisation }) => [application, organisation])) });
    case 'CallAwarded': {
      const { authority, applicants, object } = known;
      const organisation = applicants?.[data.awardedTo];
      if (authority === undefined || organisation === undefined) return { of: 'awards', pending: others, awards };
      const on: LegalDate = event.metadata.occurredOn ?? dateOf(event.metadata.recordedAt, timeZone);
      return { of: 'awards', pending: others, awards: [...awards, { call, authority, organisation, entry: event.id, on, object }] };
    }
    default:
      return { of: 'awards', pending: others, awards };
  }
} // prettier-ignore

function flagRows(kept: Kept, profile: Profile): readonly Row[] {
  switch (kept.of) {
    case 'awards':
      return repeatedWinners(kept.awards).map(({ award, flag }) =>
        row(AWARDS, { kind: 'call', id: award.call, name: award.object }, flag),
      );
    case 'call':
      return callFlags(kept.history, profile).map((flag) =>
        row(`call-${kept.id}`, { kind: 'call', id: kept.id, name: kept.object }, { ...flag, authority: kept.authority ?? null }),
      );
    case 'group':
      return groupFlags(kept.history, profile).map((flag) =>
        row(`group-${kept.id}`, { kind: 'group', id: kept.id, name: kept.name, ...(kept.region && { region: kept.region }) }, flag),
      );
  }
} // prettier-ignore

interface Subject {
  readonly kind: 'call' | 'group';
  readonly id: string;
  readonly name: string;
  readonly region?: { readonly code: string; readonly name: string };
}

function row(origin: string, { kind, id, name, region }: Subject, flag: RedFlag): Row {
  const { rule, entry, on, from, measure, outOf, currency, party, organisation, authority, duty } = flag;
  return {
    origin,
    place: `${from ?? on ?? '0000-00-00'}~${entry}~${rule}`,
    subject_kind: kind,
    subject: id,
    subject_name: name,
    region_code: region?.code ?? '',
    region: region?.name ?? '',
    rule,
    entry,
    on_day: on,
    from_day: from,
    measure,
    out_of: outOf,
    currency,
    party,
    organisation,
    authority,
    duty,
  };
}
