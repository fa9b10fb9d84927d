import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allGroups, groupList, groupPage } from '#read-models';
import type { GroupItem } from '#read-models';
import { Open } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { ListRoutes } from '../api/list';
import type { List } from '../api/list';
import { civicOperations } from '../api/operation';
import type { Reading } from '../reading';
import { civicList, found } from './listing';
import { GroupsDto, groupsQuery } from './questions';
import { OnADayDto } from '../register-query';
import { groupColumns, groupResource, groupRow, groupSummaryOf } from './resources';

const groups = civicOperations(
  'groups',
  'Groups of authorities and society',
  { page: 'GroupsPage', item: 'GroupSummary' },
  groupColumns,
);

function groupsAsked(reading: Reading, query: GroupsDto): List<GroupItem> {
  const { database } = reading;
  const now = reading.at(query.asOf);
  const asked = groupsQuery(query);
  return civicList(query, {
    name: 'groups',
    columns: groupColumns,
    slice: (run) => groupList(database, asked, now, run),
    all: () => allGroups(database, asked, now),
    resource: groupSummaryOf,
    row: groupRow,
  });
}

/** Groups of authorities and society, for programs. */
@Queries()
@Controller('api/v1')
export class GroupsController extends ListRoutes(groups, { page: GroupsDto, whole: GroupsDto }, groupsAsked) {
  @Get('groups/:id')
  @Open()
  @ApiOperation({
    operationId: 'readGroup',
    summary: 'One group: members and whom they speak for, meetings, recommendations and answers',
  })
  @ApiParam({ name: 'id', description: 'Its id; the last character guards against mistyping.' })
  @Answers({ description: 'Group', json: { name: 'Group' } })
  @failsWith(404)
  async one(
    @Param('id') id: string,
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { database, profile } = this.reading;
    const item = await found(groupPage(database, id, this.reading.at(query.asOf), profile), id, query.asOf);
    await reply.send({ asOf: query.asOf ?? null, ...groupResource(item) });
  }
}
