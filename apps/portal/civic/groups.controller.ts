import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allGroups, groupList, groupPage } from '#read-models';
import type { GroupItem } from '#read-models';
import { Open, wantsCsv } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { civicOperations } from '../api/operation';
import { Reading } from '../reading';
import { FreshnessDto } from '../register-query';
import { found, sendArray, sendPage, sendTable, sendWorkbook } from './listing';
import type { Listing } from './listing';
import { GroupsDto, groupsQuery } from './questions';
import { groupColumns, groupResource, groupRow, groupSummaryOf } from './resources';

const groups = civicOperations(
  'groups',
  'Groups of authorities and society',
  { page: 'GroupsPage', item: 'GroupSummary' },
  groupColumns,
);

/** Groups of authorities and society, for programs. */
@Queries()
@Controller('api/v1')
export class GroupsController {
  constructor(private readonly reading: Reading) {}

  @groups.Page()
  list(
    @Query(validation('query')) query: GroupsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const send = wantsCsv(request) ? sendTable : sendPage;
    return send(this.reading, this.listing(query), query, request, reply);
  }

  @groups.Sheet()
  sheet(
    @Query(validation('query')) query: GroupsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendTable(this.reading, this.listing(query), query, request, reply);
  }

  @groups.Workbook()
  workbook(
    @Query(validation('query')) query: GroupsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendWorkbook(this.reading, this.listing(query), query, request, reply);
  }

  @groups.Array()
  array(
    @Query(validation('query')) query: GroupsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendArray(this.reading, this.listing(query), query, request, reply);
  }

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

  private listing(query: GroupsDto): Listing<GroupItem> {
    const { database } = this.reading;
    const today = this.reading.today();
    const asked = groupsQuery(query);
    return {
      name: 'groups',
      columns: groupColumns,
      page: (run) => groupList(database, asked, today, run),
      all: () => allGroups(database, asked, today),
      resource: groupSummaryOf,
      row: groupRow,
    };
  }
}
