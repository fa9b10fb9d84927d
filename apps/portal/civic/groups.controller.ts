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
import { FreshnessDto } from '../register-query';
import { civicList, found } from './listing';
import { GroupsDto, groupsQuery } from './questions';
import { groupColumns, groupResource, groupRow, groupSummaryOf } from './resources';

const groups = civicOperations(
  'groups',
  'Groups of authorities and society',
  { page: 'GroupsPage', item: 'GroupSummary' },
  groupColumns,
);

function groupsAsked(reading: Reading, query: GroupsDto): List<GroupItem> {
  const { database } = reading;
  const today = reading.today();
  const asked = groupsQuery(query);
  return civicList(query, {
    name: 'groups',
    columns: groupColumns,
    slice: (run) => groupList(database, asked, today, run),
    all: () => allGroups(database, asked, today),
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
    @Query(validation('query')) query: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    await reply.send(groupResource(await found(groupPage(this.reading.database, id, this.reading.today()), id)));
  }
}
