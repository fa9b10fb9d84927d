import type { Award, Entry, History, LegalDate, Profile, Provenance, RecordedEvent, RedFlag } from '#domain';
import {
  awardPeriod,
  callFlags,
  dateOf,
  groupFlags,
  judgedOfCall,
  judgedOfGroup,
  provenanceOf,
  repeatedWinners,
  streamParts,
} from '#domain';
import { projection } from '../../projection';
import type { Projection, Row, Table } from '../../projection';
import { provenanceIn } from '../chapter';
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
    provenance: text,
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
  readonly provenance: Provenance;
  readonly object: string;
}

/**
 * The awards of a period and of the one before it: who wins again and again is seen in no call alone. An award goes into its period and into the next, so that none of these states grows for longer than two periods, and an award of
 * long ago is neither read nor written again.
 */
interface AwardsKept {
  readonly of: 'awards';
  readonly period: number;
  readonly awards: readonly KnownAward[];
}

type Kept = CallKept | GroupKept | AwardsKept;

const AWARDS = 'awards-';

export function civicFlags(profile: Profile): Projection {
  return projection<Kept>({
    name: 'civic_flags',
    version: 3,
    keysOf: (event) => keysOf(event, profile),
    begins: ({ revision }) => revision === 0,
    readsBeside: true,
    apply: (state, event, key, beside) =>
      key.startsWith(AWARDS) ? awardsAfter(state, event, Number(key.slice(AWARDS.length)), beside, profile) : keptAfter(state, event),
    tables: [{ table: civicFlagsTable, rows: (kept) => flagRows(kept, profile) }],
  });
} // prettier-ignore

function keysOf(event: RecordedEvent, profile: Profile): readonly string[] {
  const { stream, type } = event;
  switch (streamParts(stream)?.kind) {
    case 'call': {
      if (!judgedOfCall.has(type)) return [];
      if (type !== 'CallAwarded') return [stream];
      const period = awardPeriod(awardedOn(event, profile));
      return [stream, `${AWARDS}${period}`, `${AWARDS}${period + 1}`];
    }
    case 'group':
      return type === 'GroupFormed' || judgedOfGroup.has(type) ? [stream] : [];
    default:
      return [];
  }
}

const awardedOn = ({ metadata }: RecordedEvent, { timeZone }: Profile): LegalDate =>
  metadata.occurredOn ?? dateOf(metadata.recordedAt, timeZone);

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
const judgedFields = [
  'application',
  'applications',
  'awardedTo',
  'addressedTo',
  'answerBy',
  'recommendation',
  'act',
] as const;
const judgedData = (data: Readonly<Record<string, unknown>>): Entry['data'] =>
  Object.fromEntries(judgedFields.flatMap((field) => (data[field] === undefined ? [] : [[field, data[field]]])));

function entryOf(recorded: RecordedEvent, data: Entry['data']): Entry {
  const { id, type, version, metadata } = opened(recorded).event;
  return { id, type, version, occurredOn: metadata.occurredOn, recordedAt: metadata.recordedAt, data };
}

/** An award names an application; who handed it in, and who published the call, the entries kept of the call know. */
function awardsAfter(
  state: Kept | undefined,
  recorded: RecordedEvent,
  period: number,
  beside: (key: string) => Kept | undefined,
  profile: Profile,
): AwardsKept {
  const awards = state?.of === 'awards' ? state.awards : [];
  const { event: { id: entry, type }, data } = opened<{ readonly awardedTo: string; readonly act?: object }>(recorded);
  const provenance = provenanceOf({ type, data });
  const call = beside(recorded.stream);
  const organisation = call?.of === 'call' ? applicantsOf(call.history)[data.awardedTo] : undefined;
  if (call?.of !== 'call' || call.authority === undefined || organisation === undefined) return { of: 'awards', period, awards };
  const { id, authority, object } = call;
  return { of: 'awards', period, awards: [...awards, { call: id, authority, organisation, entry, on: awardedOn(recorded, profile), object, provenance }] };
} // prettier-ignore

/** Who handed in each application, from the opening on. */
function applicantsOf(history: History): Readonly<Record<string, string>> {
  const opening = history.findLast(({ type }) => type === 'ApplicationsOpened');
  const applications = (opening?.data.applications ?? []) as readonly { readonly application: string; readonly organisation: string }[];
  return Object.fromEntries(applications.map(({ application, organisation }) => [application, organisation]));
} // prettier-ignore

function flagRows(kept: Kept, profile: Profile): readonly Row[] {
  switch (kept.of) {
    case 'awards':
      return repeatedWinners(kept.awards).filter(({ award }) => awardPeriod(award.on) === kept.period).map(({ award, flag }) =>
        row(`${AWARDS}${kept.period}`, { kind: 'call', id: award.call, name: award.object }, flag, provenanceOfAward(kept, flag.entry)),
      );
    case 'call':
      return callFlags(kept.history, profile).map((flag) =>
        row(`call-${kept.id}`, { kind: 'call', id: kept.id, name: kept.object }, { ...flag, authority: kept.authority ?? null }, provenanceIn(kept.history, flag.entry)),
      );
    case 'group':
      return groupFlags(kept.history, profile).map((flag) =>
        row(`group-${kept.id}`, { kind: 'group', id: kept.id, name: kept.name, ...(kept.region && { region: kept.region }) }, flag, provenanceIn(kept.history, flag.entry)),
      );
  }
} // prettier-ignore

const provenanceOfAward = ({ awards }: AwardsKept, id: string): Provenance =>
  awards.find(({ entry }) => entry === id)?.provenance ?? 'agency-record';

interface Subject {
  readonly kind: 'call' | 'group';
  readonly id: string;
  readonly name: string;
  readonly region?: { readonly code: string; readonly name: string };
}

function row(origin: string, { kind, id, name, region }: Subject, flag: RedFlag, provenance: Provenance): Row {
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
    provenance,
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
