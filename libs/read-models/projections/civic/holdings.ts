import type { ApplicationStatus, History } from '#domain';
import { latestDates } from '#domain';
import type { PublicPart } from '#privacy';
import type { Row, Table, TableView } from '../../projection';
import { integer, maybeText, text } from '../columns';
import { daysOf, daysTable } from '../course';
import { assignedIn } from './assignments';
import type { Assigned } from './assignments';
import { STANDING, spanRow, stoodFrom } from './spans';
import type { Span } from './spans';
import { opened } from './standing';

/** Who was to hold an asset, holds it or held it. */
export const assignmentsTable: Table = {
  name: 'organisation_assets',
  columns: {
    asset: text,
    proposal: text,
    organisation: text,
    name: text,
    status: text,
    call_id: maybeText,
    proposed_on: maybeText,
    agreement: maybeText,
    object: maybeText,
    signed_on: maybeText,
    agreement_from: maybeText,
    agreement_to: maybeText,
    /** JSON array of all terms: which of them counts depends on the day of the question. */
    terms: maybeText,
    renewals: integer,
    /** 1 while the agreement rests. */
    suspended: integer,
    handed_over_on: maybeText,
    returned_on: maybeText,
    /** 1 while the agreement is in force. */
    in_force: integer,
    /** 1 from the handing over until the return. */
    in_hands: integer,
    ended_on: maybeText,
    ended_cause: maybeText,
    ended_reason: maybeText,
  },
  key: ['asset', 'proposal'],
  // The order of an organisation's page, which lists the first of thousands.
  indexes: [['organisation', 'in_force DESC', 'agreement_from DESC', 'asset', 'proposal']],
};

/** What organisations applied for, since the applications were opened. */
export const applicationsTable: Table = {
  name: 'organisation_applications',
  columns: { call_id: text, application: text, organisation: text, status: text, awarded: integer },
  key: ['call_id', 'application'],
  indexes: [['organisation', 'call_id', 'application']],
};

export const counted = ['holds', 'held', 'renewals', 'revocations', 'proposals', 'applications', 'awards'] as const;

/** How much of each there is for each organisation. */
export const organisationCountsTable: Table = {
  name: 'organisation_counts',
  columns: { organisation: text, ...Object.fromEntries(counted.map((name) => [name, integer])) },
  key: ['organisation'],
};

/** What these counters gained and lost, by the day. */
export const organisationCountDaysTable = daysTable('organisation_count_days', organisationCountsTable);

interface Applied {
  readonly application: string;
  readonly organisation: string;
  readonly status: ApplicationStatus;
  readonly awarded: boolean;
}

/** Who applied to a call, since the applications were opened. */
export interface Applicants {
  readonly call: string;
  readonly applied: readonly Applied[];
}

export function applicantsAfter(before: Applicants | undefined, recorded: PublicPart, call: string): Applicants {
  return { call, applied: appliedAfter(before?.applied ?? [], recorded) };
}

function appliedAfter(applied: readonly Applied[], recorded: PublicPart): readonly Applied[] {
  const { event, data } = opened<{
    readonly application: string;
    readonly awardedTo: string;
    readonly applications: readonly Pick<Applied, 'application' | 'organisation'>[];
  }>(recorded);
  const of = (application: string, change: Partial<Applied>): readonly Applied[] =>
    applied.map((each) => (each.application === application ? { ...each, ...change } : each));
  switch (event.type) {
    case 'ApplicationsOpened':
      return data.applications.map(({ application, organisation }) => ({
        application,
        organisation,
        status: 'opened',
        awarded: false,
      }));
    case 'ApplicationAdmitted':
      return of(data.application, { status: 'admitted' });
    case 'ApplicationExcluded':
      return of(data.application, { status: 'excluded' });
    case 'CallAwarded':
      return of(data.awardedTo, { awarded: true });
    default:
      return applied;
  }
}

export const applicationsView: TableView<Applicants> = {
  table: applicationsTable,
  rows: ({ call, applied }) =>
    applied.map(({ application, organisation, status, awarded }) => ({
      call_id: call,
      application,
      organisation,
      status,
      awarded: awarded ? 1 : 0,
    })),
};

/** An asset somebody was to hold, and the entries that say so. */
export interface Holdings {
  readonly asset: string;
  readonly history: History;
}

const rowsKnown = new WeakMap<History, readonly Row[]>();

/** Kept with the history, for table and counters both ask. */
export function holdingRows({ asset, history }: Holdings): readonly Row[] {
  const known = rowsKnown.get(history) ?? assignedIn(history).map((each) => assignedRow(asset, each));
  rowsKnown.set(history, known);
  return known;
}

const spansKnown = new WeakMap<History, readonly Span[]>();

/** What these rows were from day to day: a dossier stands in the order in which things happened. */
export function holdingSpans({ asset, history }: Holdings, timeZone: string): readonly Span[] {
  const known = spansKnown.get(history);
  if (known) return known;
  const days = latestDates(history, timeZone);
  let spans: readonly Span[] = [];
  days.forEach((day, place) => {
    if (days[place + 1] === day) return;
    const then = assignedIn(history.slice(0, place + 1)).map((each) => assignedRow(asset, each));
    spans = stoodFrom(spans, then, day, assignmentsTable);
  });
  spansKnown.set(history, spans);
  return spans;
}

const none: Row = Object.fromEntries(counted.map((name) => [name, 0]));

/** What a holding or an application adds to the counters of its organisation. */
export function countOf({ organisation = null, application, awarded = 0, in_force = 0, renewals = 0, ended_cause = null }: Row): Row {
  if (application !== undefined) return { ...none, organisation, applications: 1, awards: awarded };
  return {
    ...none,
    organisation,
    holds: in_force,
    held: ended_cause === null ? 0 : 1,
    renewals,
    revocations: ended_cause === 'revoked' ? 1 : 0,
    proposals: 1,
  };
} // prettier-ignore

/** What the counters gained and lost by these holdings or applications, by the day. */
export function countDays(spans: readonly Span[]): Row[] {
  const rows = spans.map(spanRow);
  const standing = rows.filter(({ valid_to }) => valid_to === STANDING);
  const past = rows.filter(({ valid_to }) => valid_to !== STANDING);
  return daysOf(standing, standing.map(countOf), past, { totals: organisationCountsTable, cell: countOf });
}

const isInForce = ({ agreement }: Assigned): boolean => agreement !== undefined && agreement.ended === undefined;

function assignedRow(asset: string, each: Assigned): Row {
  const { proposal, organisation, name, status, call, proposedOn, agreement } = each;
  return {
    asset,
    proposal,
    organisation,
    name,
    status,
    call_id: call ?? null,
    proposed_on: proposedOn,
    agreement: agreement?.id ?? null,
    object: agreement?.object ?? null,
    signed_on: agreement?.signedOn ?? null,
    agreement_from: agreement?.from ?? null,
    agreement_to: agreement?.to ?? null,
    terms: agreement ? JSON.stringify(agreement.terms) : null,
    renewals: agreement?.renewals ?? 0,
    suspended: agreement?.suspended ? 1 : 0,
    handed_over_on: agreement?.handedOver?.on ?? null,
    returned_on: agreement?.returned?.on ?? null,
    in_force: isInForce(each) ? 1 : 0,
    in_hands: agreement?.handedOver && !agreement.returned ? 1 : 0,
    ended_on: agreement?.ended?.on ?? null,
    ended_cause: agreement?.ended?.cause ?? null,
    ended_reason: agreement?.ended?.reason ?? null,
  };
}
