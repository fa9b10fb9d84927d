import { termsOn } from '#domain';
import type { LegalDate, Profile, Term } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row, Table } from '../../projection';
import { groupMembersTable } from '../../projections/civic/groups';
import { applicationsTable, assignmentsTable } from '../../projections/civic/holdings';
import { organisationView, organisationsTable } from '../../projections/civic/organisations';
import type { OrganisationDetail } from '../../projections/civic/organisations';
import { organisationAfter, standings } from '../../projections/civic/organisation-state';
import type { Identifier, Standing } from '../../projections/civic/organisation-state';
import { NotBuiltYet, live } from '../tables';
import { equals, everything, numberIn, places, slice, textIn, wordsIn, written } from './keyset';
import type { Condition, Run, Slice } from './keyset';
import { atMoment, rowAt, rowsAt } from './moment';
import type { Now } from './moment';
import { assetLabels, callObjects } from './names';
import type { AssetLabel } from './names';

export { standings };
export type { Standing };

export interface OrganisationsQuery {
  readonly kind?: string;
  readonly standing?: Standing;
  readonly region?: string;
  readonly text?: string;
}

/** How much an organisation holds, held and applied for. */
export interface OrganisationCounts {
  /** Agreements in force. */
  readonly holds: number;
  /** Agreements that ended. */
  readonly held: number;
  /** Proposals to give it an asset, whatever became of them; agreements among them. */
  readonly proposals: number;
  readonly renewals: number;
  readonly revocations: number;
  readonly applications: number;
  readonly awards: number;
}

/** An organisation as a line of the list. */
export interface OrganisationItem extends OrganisationCounts {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly legalForm: string | null;
  readonly standing: Standing;
  readonly registeredOn: string | null;
  readonly region: string | null;
  readonly province: string | null;
  readonly municipality: string | null;
  readonly identifiers: readonly Identifier[];
}

/** An asset an organisation was to hold, holds or held. */
export interface Holding {
  readonly asset: string;
  readonly status: string;
  readonly call: string | null;
  readonly proposedOn: string | null;
  readonly object: string | null;
  readonly signedOn: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** The term agreed to follow, while the agreement is in force. */
  readonly renewal: { readonly from: LegalDate; readonly to: LegalDate } | null;
  readonly renewals: number;
  readonly suspended: boolean;
  readonly inForce: boolean;
  readonly inHands: boolean;
  readonly handedOverOn: string | null;
  readonly returnedOn: string | null;
  readonly endedOn: string | null;
  readonly endedCause: string | null;
  readonly endedReason: string | null;
}

export interface Application {
  readonly call: string;
  readonly status: string;
  readonly awarded: boolean;
}

export interface OrganisationPage extends OrganisationItem {
  readonly detail: OrganisationDetail;
  readonly verifiedOn: string | null;
  /** Of `proposals` so many, those in force first; of `applications` as many. */
  readonly holdings: readonly Holding[];
  readonly appliedFor: readonly Application[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly represents: string; readonly left: boolean }[];
  readonly assetLabels: ReadonlyMap<string, AssetLabel>;
  readonly callObjects: ReadonlyMap<string, string>;
  readonly revision: number;
  readonly position: number;
} // prettier-ignore

const nothing: OrganisationCounts = {
  holds: 0,
  held: 0,
  proposals: 0,
  renewals: 0,
  revocations: 0,
  applications: 0,
  awards: 0,
};

/** Organisations by their names. Throws NotBuiltYet. */
export async function organisationList(
  database: ReadDatabase,
  { kind, standing, region, text }: OrganisationsQuery,
  now: Now,
  run: Run,
): Promise<Slice<OrganisationItem>> {
  const { table: physical } = await live(database, 'organisations');
  const { table, stood } = atMoment(organisationsTable, now);
  const where: readonly Condition[] = [
    ...equals('kind', kind),
    ...equals('standing', standing),
    ...equals('region_code', region),
    ...wordsIn(database, table, physical(table.name), text),
    ...stood,
  ];
  const question = { projection: 'organisations', table, by: 'sort_name', where };
  const found = await slice(database, question, run, (row) => row);
  const counts = await countsOf(database, found.items.map(({ id }) => String(id)), now);
  return { ...found, items: found.items.map((row) => itemOf(row, counts)) };
} // prettier-ignore

export const allOrganisations = (
  database: ReadDatabase,
  query: OrganisationsQuery,
  now: Now,
): AsyncGenerator<OrganisationItem> => everything((run) => organisationList(database, query, now, run));

/** So many assets and calls a page lists: one organisation may hold thousands. */
export const LISTED_OF_ONE = 200;

/** An organisation with everything its page says; undefined for an unknown one. Throws NotBuiltYet. */
export async function organisationPage(
  database: ReadDatabase,
  id: string,
  now: Now,
  { timeZone }: Profile,
): Promise<OrganisationPage | undefined> {
  const projection = 'organisations';
  const { position } = await live(database, projection);
  const told = {
    kind: 'organisation',
    projection,
    after: organisationAfter,
    view: organisationView,
    timeZone,
  } as const;
  const row = await rowAt(database, id, told, now);
  if (!row) return undefined;
  const own = (table: Table, order: string) =>
    rowsAt(
      database,
      { projection, table, where: [['organisation = ?', id]], rest: `ORDER BY ${order} LIMIT ${LISTED_OF_ONE}` },
      now,
    );
  const holdings = await own(assignmentsTable, 'in_force DESC, agreement_from DESC, asset, proposal');
  const applied = await own(applicationsTable, 'call_id, application');
  return {
    ...itemOf(row, await countsOf(database, [id], now)),
    detail: JSON.parse(String(row.detail)) as OrganisationDetail,
    verifiedOn: textIn(row, 'verified_on'),
    holdings: holdings.map((each) => holdingOf(each, now.today)),
    appliedFor: applied.map((each) => ({
      call: String(each.call_id),
      status: String(each.status),
      awarded: numberIn(each, 'awarded') === 1,
    })),
    groups: await groupsOf(database, id, now),
    assetLabels: await assetLabels(
      database,
      holdings.map(({ asset }) => String(asset)),
    ),
    callObjects: await callObjects(
      database,
      applied.map((each) => String(each.call_id)),
    ),
    revision: numberIn(row, 'revision'),
    position,
  };
}

async function groupsOf(database: ReadDatabase, organisation: string, now: Now): Promise<OrganisationPage['groups']> {
  try {
    const { table: physical } = await live(database, 'groups');
    const { table, stood } = atMoment(groupMembersTable, now);
    const { sql, parameters } = written([['m.organisation = ?', organisation], ...stood]);
    const rows = await database.query<Row>(
      `SELECT g.id, g.name, m.represents, m.left_reason FROM ${physical(table.name)} m JOIN ${physical('groups')} g ON g.id = m.group_id ${sql} ORDER BY g.sort_name, m.id`,
      parameters,
    );
    return rows.map((row) => ({
      id: String(row.id),
      name: String(row.name),
      represents: String(row.represents),
      left: row.left_reason !== null,
    }));
  } catch (error) {
    if (error instanceof NotBuiltYet) return [];
    throw error;
  }
}

async function countsOf(
  database: ReadDatabase,
  ids: readonly string[],
  { past = false, today }: Now,
): Promise<ReadonlyMap<string, OrganisationCounts>> {
  if (ids.length === 0) return new Map();
  const { table } = await live(database, 'organisations');
  const sums = Object.keys(nothing)
    .map((name) => `sum(${name}) AS ${name}`)
    .join(', ');
  const [from, until] = past ? ['organisation_count_days', 'AND last_day <= ?'] : ['organisation_counts', ''];
  const rows = await database.query<Row>(
    `SELECT organisation, ${sums} FROM ${table(from)} WHERE organisation IN (${places(ids)}) ${until} GROUP BY organisation`,
    [...ids, ...(past ? [today] : [])],
  );
  return new Map(
    rows.map((row) => [
      String(row.organisation),
      {
        holds: numberIn(row, 'holds'),
        held: numberIn(row, 'held'),
        proposals: numberIn(row, 'proposals'),
        renewals: numberIn(row, 'renewals'),
        revocations: numberIn(row, 'revocations'),
        applications: numberIn(row, 'applications'),
        awards: numberIn(row, 'awards'),
      },
    ]),
  );
}

const itemOf = (row: Row, counts: ReadonlyMap<string, OrganisationCounts>): OrganisationItem => ({
  id: String(row.id),
  kind: String(row.kind),
  name: String(row.name),
  legalForm: textIn(row, 'legal_form'),
  standing: String(row.standing) as Standing,
  registeredOn: textIn(row, 'registered_on'),
  region: textIn(row, 'region'),
  province: textIn(row, 'province'),
  municipality: textIn(row, 'municipality'),
  identifiers: JSON.parse(String(row.identifiers)) as Identifier[],
  ...(counts.get(String(row.id)) ?? nothing),
});

/** The term that counts on a day; a renewal that may be long in coming stands beside it. */
function termsOf(row: Row, day: LegalDate): Pick<Holding, 'from' | 'to' | 'renewal'> {
  const terms = textIn(row, 'terms');
  const on = terms === null ? undefined : termsOn(JSON.parse(terms) as Term[], day);
  const next = numberIn(row, 'in_force') === 1 ? on?.renewal : undefined;
  return {
    from: on?.current.from ?? null,
    to: on?.current.to ?? null,
    renewal: next ? { from: next.from, to: next.to } : null,
  };
}

const holdingOf = (row: Row, day: LegalDate): Holding => ({
  asset: String(row.asset),
  status: String(row.status),
  call: textIn(row, 'call_id'),
  proposedOn: textIn(row, 'proposed_on'),
  object: textIn(row, 'object'),
  signedOn: textIn(row, 'signed_on'),
  ...termsOf(row, day),
  renewals: numberIn(row, 'renewals'),
  suspended: numberIn(row, 'suspended') === 1,
  inForce: numberIn(row, 'in_force') === 1,
  inHands: numberIn(row, 'in_hands') === 1,
  handedOverOn: textIn(row, 'handed_over_on'),
  returnedOn: textIn(row, 'returned_on'),
  endedOn: textIn(row, 'ended_on'),
  endedCause: textIn(row, 'ended_cause'),
  endedReason: textIn(row, 'ended_reason'),
});
