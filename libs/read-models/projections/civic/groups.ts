import type { Profile } from '#domain';
import { dateOf, provenanceOf } from '#domain';
import { projection } from '../../projection';
import type { Projection, Row, Table, TableView } from '../../projection';
import { integer, maybeText, text } from '../columns';
import { normalised, searchable } from '../register-facts';
import { groupAfter } from './group-state';
import type { GroupState, PublicRecommendation } from './group-state';
import { onDays } from './spans';
import type { Course } from './spans';
import { keyOfKind, latestColumns, latestRow } from './standing';

/** Multi-stakeholder groups, one row each. What only a group's own page says is in `detail`. */
export const groupsTable: Table = {
  name: 'groups',
  columns: {
    id: text,
    ...latestColumns,
    name: text,
    aims: text,
    formed_on: maybeText,
    country: maybeText,
    region_code: maybeText,
    region: maybeText,
    province_code: maybeText,
    province: maybeText,
    municipality_code: maybeText,
    municipality: maybeText,
    quorum_percent: integer,
    /** Members who have not left. */
    members: integer,
    meetings: integer,
    recommendations: integer,
    answered: integer,
    /** On whose word it was formed. */
    provenance: text,
    sort_name: text,
    detail: text,
    search_text: text,
  },
  key: ['id'],
  indexes: [
    ['sort_name', 'id'],
    ['position', 'id'],
  ],
  searchable: 'search_text',
};

/** Times of membership; natural persons are there without their names. */
export const groupMembersTable: Table = {
  name: 'group_members',
  columns: {
    group_id: text,
    id: text,
    represents: text,
    organisation: maybeText,
    member_from: maybeText,
    left_on: maybeText,
    /** The reason of leaving; null while the member is one. */
    left_reason: maybeText,
  },
  key: ['group_id', 'id'],
  indexes: [['organisation'], ['represents', 'group_id']],
};

/** What the groups recommended and what the authorities said to it. */
export const recommendationsTable: Table = {
  name: 'group_recommendations',
  columns: {
    group_id: text,
    id: text,
    adopted_on: maybeText,
    authority: text,
    text: text,
    answer_by: text,
    outcome: maybeText,
    /** Day from which the answer could be read. */
    answered_on: maybeText,
  },
  key: ['group_id', 'id'],
  indexes: [['authority', 'answer_by'], ['answer_by']],
};

/** The row of a group. */
export const groupView: TableView<GroupState> = { table: groupsTable, rows: (group) => [groupRow(group)] };

/** Groups of authorities and society, from public fields alone. */
export function groups({ timeZone }: Profile): Projection {
  const views: readonly TableView<GroupState>[] = [
    groupView,
    { table: groupMembersTable, rows: ({ id, members }) => members.map((member) => memberRow(id, member)) },
    {
      table: recommendationsTable,
      rows: ({ id, recommendations }) => recommendations.map((each) => recommendationRow(id, each, timeZone)),
    },
  ];
  return projection<Course<GroupState>>({
    name: 'groups',
    version: 4,
    keysOf: keyOfKind('group'),
    begins: ({ revision }) => revision === 0,
    ...onDays(groupAfter, views, timeZone),
  });
}

function groupRow(group: GroupState): Row {
  const { id, name, aims, formedOn, location, quorumPercent, members, meetings, recommendations } = group;
  return {
    id,
    ...latestRow(group),
    name,
    aims,
    formed_on: formedOn,
    country: location?.country ?? null,
    region_code: location?.region?.code ?? null,
    region: location?.region?.name ?? null,
    province_code: location?.province?.code ?? null,
    province: location?.province?.name ?? null,
    municipality_code: location?.municipality?.code ?? null,
    municipality: location?.municipality?.name ?? null,
    quorum_percent: quorumPercent,
    members: members.filter(({ left }) => left === undefined).length,
    meetings: meetings.length,
    recommendations: recommendations.length,
    answered: recommendations.filter(({ answer }) => answer !== undefined).length,
    provenance: provenanceOf({ type: 'GroupFormed', data: { act: group.act } }),
    sort_name: normalised(name),
    detail: JSON.stringify(detailOf(group)),
    search_text: searchable([
      id,
      name,
      aims,
      location?.municipality?.name,
      location?.province?.name,
      location?.region?.name,
    ]),
  };
}

const memberRow = (group: string, { id, represents, organisation, from, left }: GroupState['members'][number]): Row => ({
  group_id: group,
  id,
  represents,
  organisation: organisation ?? null,
  member_from: from,
  left_on: left?.on ?? null,
  left_reason: left?.reason ?? null,
}); // prettier-ignore

function recommendationRow(
  group: string,
  { id, adoptedOn, addressedTo, text: words, answerBy, answer }: PublicRecommendation,
  timeZone: string,
): Row {
  return {
    group_id: group,
    id,
    adopted_on: adoptedOn,
    authority: addressedTo,
    text: words,
    answer_by: answerBy,
    outcome: answer?.outcome ?? null,
    answered_on: answer === undefined ? null : dateOf(answer.at, timeZone),
  };
}

/** What a group's page says beside its row. */
export type GroupDetail = Pick<GroupState, 'act' | 'members' | 'meetings' | 'recommendations'>;

const detailOf = ({ act, members, meetings, recommendations }: GroupState): GroupDetail => ({
  ...(act && { act }),
  members,
  meetings,
  recommendations,
});
