import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { organisationsTable } from '../../projections/civic/organisations';
import type { OrganisationDetail } from '../../projections/civic/organisations';
import { standings } from '../../projections/civic/organisation-state';
import type { Identifier, Standing } from '../../projections/civic/organisation-state';
import { NotBuiltYet, live } from '../tables';
import { equals, everything, numberIn, places, slice, textIn, wordsIn } from './keyset';
import type { Condition, Run, Slice } from './keyset';
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
  readonly holdings: readonly Holding[];
  readonly appliedFor: readonly Application[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly represents: string; readonly left: boolean }[];
  readonly assetLabels: ReadonlyMap<string, AssetLabel>;
  readonly callObjects: ReadonlyMap<string, string>;
  readonly revision: number;
  readonly position: number;
} // prettier-ignore

const nothing: OrganisationCounts = { holds: 0, held: 0, renewals: 0, revocations: 0, applications: 0, awards: 0 };

/** Organisations by their names. Throws NotBuiltYet. */
export async function organisationList(
  database: ReadDatabase,
  { kind, standing, region, text }: OrganisationsQuery,
  run: Run,
): Promise<Slice<OrganisationItem>> {
  const { table } = await live(database, 'organisations');
  const where: readonly Condition[] = [
    ...equals('kind', kind),
    ...equals('standing', standing),
    ...equals('region_code', region),
    ...wordsIn(database, organisationsTable, table('organisations'), text),
  ];
  const question = { projection: 'organisations', table: organisationsTable, by: 'sort_name', where };
  const found = await slice(database, question, run, (row) => row);
  const counts = await countsOf(database, found.items.map(({ id }) => String(id)));
  return { ...found, items: found.items.map((row) => itemOf(row, counts)) };
} // prettier-ignore

export const allOrganisations = (database: ReadDatabase, query: OrganisationsQuery): AsyncGenerator<OrganisationItem> =>
  everything((run) => organisationList(database, query, run));

/** An organisation with everything its page says; undefined for an unknown one. Throws NotBuiltYet. */
export async function organisationPage(database: ReadDatabase, id: string): Promise<OrganisationPage | undefined> {
  const { position, table } = await live(database, 'organisations');
  const [row] = await database.query<Row>(`SELECT * FROM ${table('organisations')} WHERE id = ?`, [id]);
  if (!row) return undefined;
  const holdings = await database.query<Row>(
    `SELECT * FROM ${table('organisation_assets')} WHERE organisation = ? ORDER BY in_force DESC, agreement_from DESC, asset, proposal`,
    [id],
  );
  const applied = await database.query<Row>(
    `SELECT * FROM ${table('organisation_applications')} WHERE organisation = ? ORDER BY call_id, application`,
    [id],
  );
  return {
    ...itemOf(row, await countsOf(database, [id])),
    detail: JSON.parse(String(row.detail)) as OrganisationDetail,
    verifiedOn: textIn(row, 'verified_on'),
    holdings: holdings.map(holdingOf),
    appliedFor: applied.map((each) => ({
      call: String(each.call_id),
      status: String(each.status),
      awarded: numberIn(each, 'awarded') === 1,
    })),
    groups: await groupsOf(database, id),
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

async function groupsOf(database: ReadDatabase, organisation: string): Promise<OrganisationPage['groups']> {
  try {
    const { table } = await live(database, 'groups');
    const rows = await database.query<Row>(
      `SELECT g.id, g.name, m.represents, m.left_reason FROM ${table('group_members')} m JOIN ${table('groups')} g ON g.id = m.group_id WHERE m.organisation = ? ORDER BY g.sort_name, m.id`,
      [organisation],
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
): Promise<ReadonlyMap<string, OrganisationCounts>> {
  if (ids.length === 0) return new Map();
  const { table } = await live(database, 'organisations');
  const rows = await database.query<Row>(
    `SELECT * FROM ${table('organisation_counts')} WHERE organisation IN (${places(ids)})`,
    ids,
  );
  return new Map(
    rows.map((row) => [
      String(row.organisation),
      {
        holds: numberIn(row, 'holds'),
        held: numberIn(row, 'held'),
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

const holdingOf = (row: Row): Holding => ({
  asset: String(row.asset),
  status: String(row.status),
  call: textIn(row, 'call_id'),
  proposedOn: textIn(row, 'proposed_on'),
  object: textIn(row, 'object'),
  signedOn: textIn(row, 'signed_on'),
  from: textIn(row, 'agreement_from'),
  to: textIn(row, 'agreement_to'),
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
