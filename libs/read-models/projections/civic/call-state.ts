import type { ApplicationStatus, CallStatus, Criterion, Fraction, Instant, LegalDate, TieBreak } from '#domain';
import { SEALING_SCHEME } from '#domain';
import type { PublicPart } from '#privacy';
import { begun, latestOf, opened } from './standing';
import type { Latest } from './standing';

/** The act of an authority, as an entry refers to it. */
export interface Act {
  readonly authority?: string;
  readonly number?: string;
  readonly date?: LegalDate;
  readonly title?: string;
  readonly url?: string;
}

export interface Clarification {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly question: string;
  readonly answer: string;
}

/** An application as everybody may know it at this moment: who handed it in is there from the opening on, and never of one withdrawn before. */
export interface PublicApplication {
  /** The entry that recorded it. */
  readonly id: string;
  readonly receivedAt: Instant;
  /** SHA-256 of the sealed file, by which a receipt can be held against it. */
  readonly sha256: string;
  readonly status: ApplicationStatus;
  readonly organisation?: string;
  readonly excluded?: { readonly ground: string; readonly reason: string };
}

/** One line of the published order of merit. */
export interface RankedApplication {
  readonly application: string;
  readonly points: readonly { readonly criterion: string; readonly sum: number }[];
  readonly weightedTotal: Fraction;
}

/** What a call's entries add up to for everybody. */
export interface CallState extends Latest {
  readonly status: CallStatus;
  readonly assets: readonly string[];
  readonly object: string;
  readonly summary: string;
  readonly criteria: readonly Criterion[];
  readonly tieBreak: TieBreak;
  /** Instant with offset, as it was drafted. */
  readonly deadline: string;
  readonly scheme: string;
  readonly repeats?: string;
  /** The agency that published it; undefined before. */
  readonly authority?: string;
  readonly publishedOn?: LegalDate | null;
  readonly notice?: string;
  readonly clarifications: readonly Clarification[];
  readonly applications: readonly PublicApplication[];
  readonly opening?: { readonly on: LegalDate | null; readonly custodians: readonly string[]; readonly releasedKey: string };
  /** Evaluators by the entries of their appointments. */
  readonly evaluators: readonly { readonly id: string; readonly recused?: string }[];
  /** How many evaluators' points are in the sums. */
  readonly counted?: number;
  readonly ranking?: readonly RankedApplication[];
  readonly awardedTo?: string;
  readonly ended?: { readonly on: LegalDate | null; readonly reason?: string; readonly act?: Act };
} // prettier-ignore

interface Data {
  readonly CallDrafted: Pick<CallState, 'assets' | 'object' | 'summary' | 'criteria' | 'tieBreak' | 'deadline' | 'repeats'> & { readonly sealing?: { readonly scheme: string } };
  readonly CallPublished: { readonly notice?: string };
  readonly CallClarified: { readonly question: string; readonly answer: string };
  readonly ApplicationSubmitted: { readonly sealed: { readonly ciphertext: { readonly sha256: string } } };
  readonly ApplicationsOpened: { readonly custodians: readonly string[]; readonly releasedKey: string; readonly applications: readonly { readonly application: string; readonly organisation: string }[] };
  readonly ApplicationExcluded: { readonly application: string; readonly ground: string; readonly reason: string };
  readonly EvaluatorRecused: { readonly appointment: string; readonly interest: string };
  readonly CallAwarded: { readonly ranking: readonly RankedApplication[]; readonly evaluators: number; readonly awardedTo: string; readonly reason?: string; readonly act?: Act };
  readonly CallDeserted: { readonly act?: Act };
  readonly CallCancelled: { readonly reason: string; readonly act?: Act };
} // prettier-ignore

/** The call after one more entry. What it says follows from public fields alone. */
export function callAfter(state: CallState | undefined, recorded: PublicPart, id: string): CallState {
  if (recorded.type === 'CallDrafted') return drafted(recorded, id);
  const call = begun(state, recorded);
  return { ...call, ...changeOf(call, recorded), ...latestOf(id, opened(recorded).event) };
}

function drafted(recorded: PublicPart, id: string): CallState {
  const { event, data } = opened<Data['CallDrafted']>(recorded);
  const { assets, object, summary, criteria, tieBreak, deadline, repeats, sealing } = data;
  return {
    ...latestOf(id, event),
    status: 'draft',
    assets,
    object,
    summary,
    criteria,
    tieBreak,
    deadline,
    // A call that names no way of sealing is sealed to its dealt key.
    scheme: sealing?.scheme ?? SEALING_SCHEME,
    ...(repeats !== undefined && { repeats }),
    clarifications: [],
    applications: [],
    evaluators: [],
  };
}

function changeOf(call: CallState, recorded: PublicPart): Partial<CallState> {
  const { event } = opened(recorded);
  const { id, metadata } = event;
  const on = metadata.occurredOn;
  switch (event.type) {
    case 'CallPublished': {
      const { notice } = dataOf('CallPublished', recorded);
      const { agency } = metadata.actor;
      return { status: 'published', authority: agency, publishedOn: on, ...(notice !== undefined && { notice }) };
    }
    case 'CallClarified': {
      const { question, answer } = dataOf('CallClarified', recorded);
      return { clarifications: [...call.clarifications, { id, on, question, answer }] };
    }
    case 'ApplicationSubmitted': {
      const { sha256 } = dataOf('ApplicationSubmitted', recorded).sealed.ciphertext;
      const received: PublicApplication = { id, receivedAt: metadata.recordedAt, sha256, status: 'sealed' };
      return { applications: [...call.applications, received] };
    }
    case 'ApplicationWithdrawn':
      return withApplication(call, recorded, (each) => ({ ...each, status: 'withdrawn' }));
    case 'CallClosed':
      return { status: 'closed' };
    case 'ApplicationsOpened':
      return openedApplications(call, dataOf('ApplicationsOpened', recorded), on);
    case 'ApplicationAdmitted':
      return withApplication(call, recorded, ({ excluded: _, ...each }) => ({ ...each, status: 'admitted' }));
    case 'ApplicationExcluded': {
      const { ground, reason } = dataOf('ApplicationExcluded', recorded);
      return withApplication(call, recorded, (each) => ({ ...each, status: 'excluded', excluded: { ground, reason } }));
    }
    case 'EvaluatorAppointed':
      return { evaluators: [...call.evaluators, { id }] };
    case 'EvaluatorRecused': {
      const { appointment, interest } = dataOf('EvaluatorRecused', recorded);
      const evaluators = call.evaluators.map((each) => (each.id === appointment ? { ...each, recused: interest } : each));
      return { evaluators };
    }
    case 'CallAwarded': {
      const { ranking, evaluators, awardedTo, reason, act } = dataOf('CallAwarded', recorded);
      return { status: 'awarded', ranking, counted: evaluators, awardedTo, ...ended(on, reason, act) };
    }
    case 'CallDeserted':
      return { status: 'deserted', ...ended(on, undefined, dataOf('CallDeserted', recorded).act) };
    case 'CallCancelled': {
      const { reason, act } = dataOf('CallCancelled', recorded);
      return { status: 'cancelled', ...ended(on, reason, act) };
    }
    default:
      return {};
  }
} // prettier-ignore

const dataOf = <Type extends keyof Data>(_type: Type, recorded: PublicPart): Data[Type] =>
  opened<Data[Type]>(recorded).data;

const ended = (on: LegalDate | null, reason?: string, act?: Act): Pick<CallState, 'ended'> => ({
  ended: { on, ...(reason !== undefined && { reason }), ...(act && { act }) },
});

function withApplication(
  { applications }: CallState,
  recorded: PublicPart,
  change: (application: PublicApplication) => PublicApplication,
): Partial<CallState> {
  const { application } = opened<{ readonly application: string }>(recorded).data;
  return { applications: applications.map((each) => (each.id === application ? change(each) : each)) };
}

function openedApplications(
  call: CallState,
  { custodians, releasedKey, applications: listed }: Data['ApplicationsOpened'],
  on: LegalDate | null,
): Partial<CallState> {
  const by = new Map(listed.map(({ application, organisation }) => [application, organisation]));
  const applications = call.applications.map((each): PublicApplication => {
    const organisation = by.get(each.id);
    return organisation === undefined ? each : { ...each, status: 'opened', organisation };
  });
  return { status: 'opened', opening: { on, custodians, releasedKey }, applications };
}
