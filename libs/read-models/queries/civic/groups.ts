import type { LegalDate, Profile, Provenance } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { groupAfter } from '../../projections/civic/group-state';
import { groupMembersTable, groupView, groupsTable, recommendationsTable } from '../../projections/civic/groups';
import type { GroupDetail } from '../../projections/civic/groups';
import { live } from '../tables';
import { equals, everything, numberIn, places, slice, textIn, wordsIn } from './keyset';
import type { Condition, Run, Slice } from './keyset';
import { among, atMoment, rowAt, rowsAt } from './moment';
import type { Now } from './moment';
import { organisationNames } from './names';

export interface GroupsQuery {
  /** Groups in which somebody speaks for this circle. */
  readonly represents?: string;
  /** Groups in which this organisation sits. */
  readonly organisation?: string;
  readonly region?: string;
  /** Groups with a recommendation to this authority. */
  readonly authority?: string;
  /** Words of its name, aims or place. */
  readonly text?: string;
}

/** Where the answer to a recommendation stands on a day. */
export const recommendationStates = ['awaited', 'overdue', 'in-time', 'late'] as const;
export type RecommendationState = (typeof recommendationStates)[number];

/** A group as a line of the list. */
export interface GroupItem {
  readonly id: string;
  readonly name: string;
  readonly aims: string;
  readonly formedOn: string | null;
  readonly region: string | null;
  readonly province: string | null;
  readonly municipality: string | null;
  /** Members who have not left. */
  readonly members: number;
  readonly meetings: number;
  readonly recommendations: number;
  readonly answered: number;
  /** Recommendations not answered by the day asked for. */
  readonly overdue: number;
  /** On whose word it was formed. */
  readonly provenance: Provenance;
}

export interface GroupPage extends GroupItem {
  readonly quorumPercent: number;
  readonly detail: GroupDetail;
  /** Where the answer to each recommendation stands, by its id. */
  readonly states: ReadonlyMap<string, RecommendationState>;
  readonly names: ReadonlyMap<string, string>;
  readonly revision: number;
  readonly position: number;
}

/** Groups by their names. Throws NotBuiltYet. */
export async function groupList(
  database: ReadDatabase,
  { represents, organisation, region, authority, text }: GroupsQuery,
  now: Now,
  run: Run,
): Promise<Slice<GroupItem>> {
  const { table: physical } = await live(database, 'groups');
  const { table, stood } = atMoment(groupsTable, now);
  const member = (column: string, value: string | undefined): readonly Condition[] =>
    value === undefined
      ? []
      : [among('group_id', groupMembersTable, now, [`${column} = ?`, value], ['left_reason IS NULL'])];
  const where: readonly Condition[] = [
    ...member('represents', represents),
    ...member('organisation', organisation),
    ...equals('region_code', region),
    ...(authority === undefined
      ? []
      : [among('group_id', recommendationsTable, now, ['authority = ?', authority])]),
    ...wordsIn(database, table, physical(table.name), text),
    ...stood,
  ];
  const question = { projection: 'groups', table, by: 'sort_name', where };
  const found = await slice(database, question, run, (row) => row);
  const overdue = await overdueIn(database, found.items.map(({ id }) => String(id)), now);
  return { ...found, items: found.items.map((row) => itemOf(row, overdue)) };
} // prettier-ignore

export const allGroups = (database: ReadDatabase, query: GroupsQuery, now: Now): AsyncGenerator<GroupItem> =>
  everything((run) => groupList(database, query, now, run));

/** A group with everything its page says; undefined for an unknown one. Throws NotBuiltYet. */
export async function groupPage(
  database: ReadDatabase,
  id: string,
  now: Now,
  { timeZone }: Profile,
): Promise<GroupPage | undefined> {
  const { position } = await live(database, 'groups');
  const told = { kind: 'group', projection: 'groups', after: groupAfter, view: groupView, timeZone } as const;
  const row = await rowAt(database, id, told, now);
  if (!row) return undefined;
  const detail = JSON.parse(String(row.detail)) as GroupDetail;
  const where: readonly Condition[] = [['group_id = ?', id]];
  const answers = await rowsAt(database, { projection: 'groups', table: recommendationsTable, where }, now);
  return {
    ...itemOf(row, await overdueIn(database, [id], now)),
    quorumPercent: numberIn(row, 'quorum_percent'),
    detail,
    states: new Map(answers.map((each) => [String(each.id), stateOf(each, now.today)])),
    names: await organisationNames(
      database,
      detail.members.map(({ organisation }) => organisation),
    ),
    revision: numberIn(row, 'revision'),
    position,
  };
}

function stateOf(row: Row, today: LegalDate): RecommendationState {
  const [answeredOn, answerBy] = [textIn(row, 'answered_on'), String(row.answer_by)];
  if (answeredOn !== null) return answeredOn <= answerBy ? 'in-time' : 'late';
  return today <= answerBy ? 'awaited' : 'overdue';
}

async function overdueIn(
  database: ReadDatabase,
  groups: readonly string[],
  now: Now,
): Promise<ReadonlyMap<string, number>> {
  if (groups.length === 0) return new Map();
  const asked = {
    projection: 'groups',
    table: recommendationsTable,
    columns: 'group_id, count(*) AS n',
    where: [
      [`group_id IN (${places(groups)})`, ...groups],
      ['answered_on IS NULL AND answer_by < ?', now.today],
    ],
    rest: 'GROUP BY group_id',
  } as const;
  const rows = await rowsAt(database, asked, now);
  return new Map(rows.map((row) => [String(row.group_id), Number(row.n)]));
}

const itemOf = (row: Row, overdue: ReadonlyMap<string, number>): GroupItem => ({
  id: String(row.id),
  name: String(row.name),
  aims: String(row.aims),
  formedOn: textIn(row, 'formed_on'),
  region: textIn(row, 'region'),
  province: textIn(row, 'province'),
  municipality: textIn(row, 'municipality'),
  members: numberIn(row, 'members'),
  meetings: numberIn(row, 'meetings'),
  recommendations: numberIn(row, 'recommendations'),
  answered: numberIn(row, 'answered'),
  overdue: overdue.get(String(row.id)) ?? 0,
  provenance: String(row.provenance) as Provenance,
});
