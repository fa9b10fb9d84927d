import type { ApplicationStatus, Entry, History, RecordedEvent } from '#domain';
import { after, streamParts } from '#domain';
import { projection } from '../../projection';
import type { Row, Table } from '../../projection';
import { integer, maybeText, text } from '../columns';
import { normalised } from '../register-facts';
import { assignedIn, assigning } from './assignments';
import type { Assigned } from './assignments';
import { organisationAfter, standingOf } from './organisation-state';
import type { OrganisationState } from './organisation-state';
import { latestColumns, latestRow, opened } from './standing';

/** Organisations as their own entries describe them, one row each. What only an organisation's own page says is in `detail`. */
export const organisationsTable: Table = {
  name: 'organisations',
  columns: {
    id: text,
    ...latestColumns,
    kind: text,
    name: text,
    legal_form: maybeText,
    standing: text,
    verified_on: maybeText,
    suspended_on: maybeText,
    registered_on: maybeText,
    country: maybeText,
    region_code: maybeText,
    region: maybeText,
    province_code: maybeText,
    province: maybeText,
    municipality_code: maybeText,
    municipality: maybeText,
    /** JSON array of `{ scheme, id }`. */
    identifiers: text,
    sort_name: text,
    detail: text,
    search_text: text,
  },
  key: ['id'],
  indexes: [['sort_name', 'id'], ['position', 'id'], ['kind', 'sort_name', 'id'], ['standing', 'sort_name', 'id'], ['region_code', 'sort_name', 'id']],
  searchable: 'search_text',
}; // prettier-ignore

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
  indexes: [['organisation', 'asset', 'proposal']],
};

/** What organisations applied for, since the applications were opened. */
export const applicationsTable: Table = {
  name: 'organisation_applications',
  columns: { call_id: text, application: text, organisation: text, status: text, awarded: integer },
  key: ['call_id', 'application'],
  indexes: [['organisation', 'call_id', 'application']],
};

const counted = ['holds', 'held', 'renewals', 'revocations', 'proposals', 'applications', 'awards'] as const;

/** How much of each there is for each organisation. */
export const organisationCountsTable: Table = {
  name: 'organisation_counts',
  columns: { organisation: text, ...Object.fromEntries(counted.map((name) => [name, integer])) },
  key: ['organisation'],
};

interface Applied {
  readonly application: string;
  readonly organisation: string;
  readonly status: ApplicationStatus;
  readonly awarded: boolean;
}

/** What is kept of each stream that says something of an organisation: its own, an asset's, a call's. */
type State =
  | { readonly of: 'organisation'; readonly organisation: OrganisationState }
  | { readonly of: 'asset'; readonly asset: string; readonly history: History }
  | { readonly of: 'call'; readonly call: string; readonly applied: readonly Applied[] };

const rewriting: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryAnnulled']);
const applying: ReadonlySet<string> = new Set([
  'ApplicationsOpened',
  'ApplicationAdmitted',
  'ApplicationExcluded',
  'CallAwarded',
]);

/**
 * Organisations with what each holds, held and applied for, from public fields alone. Of a dossier only the entries that assign the asset are kept; an undated one keeps the
 * place among these at which it was recorded.
 */
export const organisations = projection<State>({
  name: 'organisations',
  version: 2,
  keysOf,
  begins: ({ stream, revision }) => revision === 0 && stream.startsWith('organisation-'),
  apply,
  tables: [
    {
      table: organisationsTable,
      rows: (state) => (state.of === 'organisation' ? [organisationRow(state.organisation)] : []),
    },
    {
      table: assignmentsTable,
      rows: (state) => (state.of === 'asset' ? assignedBy(state).map((each) => assignedRow(state.asset, each)) : []),
    },
    {
      table: applicationsTable,
      rows: (state) => (state.of === 'call' ? state.applied.map((each) => appliedRow(state.call, each)) : []),
    },
  ],
  tallies: [{ table: organisationCountsTable, sums: [...counted], of: countsOf }],
});

function keysOf({ stream, type }: RecordedEvent): readonly string[] {
  const parts = streamParts(stream);
  if (!parts) return [];
  const { kind, id } = parts;
  const concerned =
    kind === 'organisation' ||
    (kind === 'asset' && (assigning.has(type) || rewriting.has(type))) ||
    (kind === 'call' && applying.has(type));
  // The letter in an id tells the kinds apart, so that no two streams share a key.
  return concerned ? [id] : [];
}

function apply(state: State | undefined, recorded: RecordedEvent, id: string): State {
  switch (streamParts(recorded.stream)?.kind) {
    case 'asset': {
      const history: History = state?.of === 'asset' ? state.history : [];
      return { of: 'asset', asset: id, history: after({ history, asset: undefined }, opened(recorded).event).history };
    }
    case 'call':
      return { of: 'call', call: id, applied: appliedAfter(state?.of === 'call' ? state.applied : [], recorded) };
    default: {
      const organisation = state?.of === 'organisation' ? state.organisation : undefined;
      return { of: 'organisation', organisation: organisationAfter(organisation, recorded, id) };
    }
  }
}

function appliedAfter(applied: readonly Applied[], recorded: RecordedEvent): readonly Applied[] {
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
    default:
      return of(data.awardedTo, { awarded: true });
  }
}

const assignedOf = new WeakMap<readonly Entry[], readonly Assigned[]>();

/** Kept with the history, for table and counters both ask. */
function assignedBy({ history }: { readonly history: History }): readonly Assigned[] {
  const known = assignedOf.get(history) ?? assignedIn(history);
  assignedOf.set(history, known);
  return known;
}

const isInForce = ({ agreement }: Assigned): boolean => agreement !== undefined && agreement.ended === undefined;

function countsOf(state: State): readonly Row[] {
  const none = Object.fromEntries(counted.map((name) => [name, 0]));
  if (state.of === 'organisation') return [];
  if (state.of === 'call')
    return state.applied.map(({ organisation, awarded }) => ({
      ...none,
      organisation,
      applications: 1,
      awards: awarded ? 1 : 0,
    }));
  return assignedBy(state).map((each) => ({
    ...none,
    organisation: each.organisation,
    holds: isInForce(each) ? 1 : 0,
    held: each.agreement?.ended ? 1 : 0,
    renewals: each.agreement?.renewals ?? 0,
    revocations: each.agreement?.ended?.cause === 'revoked' ? 1 : 0,
    proposals: 1,
  }));
}

function organisationRow(organisation: OrganisationState): Row {
  const { id, kind, name, legalForm, verified, suspended, registeredOn, seat, identifiers } = organisation;
  const codes = identifiers.map((identifier) => identifier.id);
  return {
    id,
    ...latestRow(organisation),
    kind,
    name,
    legal_form: legalForm ?? null,
    standing: standingOf(organisation),
    verified_on: verified?.on ?? null,
    suspended_on: suspended?.on ?? null,
    registered_on: registeredOn,
    country: seat?.country ?? null,
    region_code: seat?.region?.code ?? null,
    region: seat?.region?.name ?? null,
    province_code: seat?.province?.code ?? null,
    province: seat?.province?.name ?? null,
    municipality_code: seat?.municipality?.code ?? null,
    municipality: seat?.municipality?.name ?? null,
    identifiers: JSON.stringify(identifiers),
    sort_name: normalised(name),
    detail: JSON.stringify(detailOf(organisation)),
    search_text: normalised([id, name, ...codes, seat?.municipality?.name ?? ''].join(' ')),
  };
}

/** What an organisation's page says beside its row. */
export type OrganisationDetail = Pick<
  OrganisationState,
  'legalFormInWords' | 'website' | 'aims' | 'owners' | 'suspended' | 'history'
>;

function detailOf({ legalFormInWords, website, aims, owners, suspended, history }: OrganisationState): OrganisationDetail {
  return {
    ...(legalFormInWords !== undefined && { legalFormInWords }),
    ...(website !== undefined && { website }),
    ...(aims !== undefined && { aims }),
    ...(owners && { owners }),
    ...(suspended && { suspended }),
    history,
  };
} // prettier-ignore

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

const appliedRow = (call: string, { application, organisation, status, awarded }: Applied): Row => ({
  call_id: call,
  application,
  organisation,
  status,
  awarded: awarded ? 1 : 0,
});
