import type { History, Profile, RecordedEvent } from '#domain';
import { after, streamParts } from '#domain';
import { projection } from '../../projection';
import type { Projection, Row, Table, TableView } from '../../projection';
import { maybeText, text } from '../columns';
import { changeSums } from '../course';
import { normalised } from '../register-facts';
import { assigning } from './assignments';
import {
  applicantsAfter, applicationsView, assignmentsTable, countDays, countOf, counted, holdingRows, holdingSpans, organisationCountDaysTable, organisationCountsTable,
} from './holdings'; // prettier-ignore
import type { Applicants, Holdings } from './holdings';
import { organisationAfter, standingOf } from './organisation-state';
import type { OrganisationState } from './organisation-state';
import { onDays, spanRow, spansTable } from './spans';
import type { Course } from './spans';
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

/** How many organisations of each kind may be given an asset, by the region of their seat. */
export const organisationKindsTable: Table = {
  name: 'organisation_kinds',
  columns: { kind: text, standing: text, region_code: text, organisations: { type: 'integer' } },
  key: ['kind', 'standing', 'region_code'],
};

/** The row of an organisation. */
export const organisationView: TableView<OrganisationState> = {
  table: organisationsTable,
  rows: (organisation) => [organisationRow(organisation)],
};

/** What is kept of each stream that says something of an organisation: its own, an asset's, a call's. */
type State =
  | { readonly of: 'organisation'; readonly course: Course<OrganisationState> }
  | { readonly of: 'call'; readonly course: Course<Applicants> }
  | ({ readonly of: 'asset' } & Holdings);

const rewriting: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryAnnulled']);

/**
 * Organisations with what each holds, held and applied for, from public fields alone. Of a dossier only the entries that assign the asset are kept; an undated one keeps the
 * place among these at which it was recorded.
 */
export function organisations({ timeZone }: Profile): Projection {
  const own = onDays(organisationAfter, [organisationView], timeZone);
  const applicants = onDays(applicantsAfter, [applicationsView], timeZone);
  return projection<State>({
    name: 'organisations',
    version: 4,
    keysOf,
    begins: ({ stream, revision }) => revision === 0 && !stream.startsWith('asset-'),
    apply: (state, recorded, id) => {
      switch (streamParts(recorded.stream)?.kind) {
        case 'asset':
          return { of: 'asset', asset: id, history: historyAfter(state?.of === 'asset' ? state.history : [], recorded) };
        case 'call':
          return { of: 'call', course: applicants.apply(state?.of === 'call' ? state.course : undefined, recorded, id) };
        default:
          return { of: 'organisation', course: own.apply(state?.of === 'organisation' ? state.course : undefined, recorded, id) };
      }
    },
    tables: [
      ...own.tables.map(({ table, rows }): TableView<State> => ({
        table,
        rows: (state) => (state.of === 'organisation' ? rows(state.course) : []),
      })),
      ...applicants.tables.map(({ table, rows }): TableView<State> => ({
        table,
        rows: (state) => (state.of === 'call' ? rows(state.course) : []),
      })),
      { table: assignmentsTable, rows: (state) => (state.of === 'asset' ? holdingRows(state) : []) },
      {
        table: spansTable(assignmentsTable),
        rows: (state) => (state.of === 'asset' ? holdingSpans(state, timeZone).map(spanRow) : []),
      },
    ],
    tallies: [
      {
        table: organisationKindsTable,
        sums: ['organisations'],
        of: (state) => (state.of === 'organisation' ? [kindCell(state.course.now)] : []),
      },
      { table: organisationCountsTable, sums: [...counted], of: countsOf },
      {
        table: organisationCountDaysTable,
        sums: changeSums(counted),
        of: (state) => countDaysOf(state, timeZone),
      },
    ],
  });
} // prettier-ignore

function keysOf({ stream, type }: RecordedEvent): readonly string[] {
  const parts = streamParts(stream);
  if (!parts) return [];
  const { kind, id } = parts;
  const concerned =
    kind === 'organisation' || kind === 'call' || (kind === 'asset' && (assigning.has(type) || rewriting.has(type)));
  // The letter in an id tells the kinds apart, so that no two streams share a key.
  return concerned ? [id] : [];
}

const historyAfter = (history: History, recorded: RecordedEvent): History =>
  after({ history, asset: undefined }, opened(recorded).event).history;

const kindCell = (organisation: OrganisationState): Row => ({
  kind: organisation.kind,
  standing: standingOf(organisation),
  region_code: organisation.seat?.region?.code ?? '',
  organisations: 1,
});

function countsOf(state: State): readonly Row[] {
  if (state.of === 'organisation') return [];
  return (state.of === 'call' ? applicationsView.rows(state.course.now) : holdingRows(state)).map(countOf);
}

function countDaysOf(state: State, timeZone: string): readonly Row[] {
  if (state.of === 'organisation') return [];
  return countDays(state.of === 'call' ? (state.course.spans[0] ?? []) : holdingSpans(state, timeZone));
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
