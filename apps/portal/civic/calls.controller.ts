import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allCalls, callList, callPage, latestPassedDeadline } from '#read-models';
import type { CallItem } from '#read-models';
import { Open, wantsCsv } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { civicOperations } from '../api/operation';
import { Reading } from '../reading';
import { FreshnessDto } from '../register-query';
import { found, sendArray, sendPage, sendTable, sendWorkbook } from './listing';
import type { Listing } from './listing';
import { CallsDto, callsQuery } from './questions';
import { callColumns, callResource, callRow, callSummaryOf } from './resources';

const calls = civicOperations(
  'calls',
  'Published calls for organisations to apply for assets',
  { page: 'CallsPage', item: 'CallSummary' },
  callColumns,
);

/** Published calls for organisations to apply for assets, for programs. */
@Queries()
@Controller('api/v1')
export class CallsController {
  constructor(private readonly reading: Reading) {}

  @calls.Page()
  list(
    @Query(validation('query')) query: CallsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const send = wantsCsv(request) ? sendTable : sendPage;
    return send(this.reading, this.listing(query), query, request, reply);
  }

  @calls.Sheet()
  sheet(
    @Query(validation('query')) query: CallsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendTable(this.reading, this.listing(query), query, request, reply);
  }

  @calls.Workbook()
  workbook(
    @Query(validation('query')) query: CallsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendWorkbook(this.reading, this.listing(query), query, request, reply);
  }

  @calls.Array()
  array(
    @Query(validation('query')) query: CallsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendArray(this.reading, this.listing(query), query, request, reply);
  }

  @Get('calls/:id')
  @Open()
  @ApiOperation({
    operationId: 'readCall',
    summary: 'One published call: criteria, clarifications, applicants since the opening, ranking, attempts',
  })
  @ApiParam({ name: 'id', description: 'Its id; the last character guards against mistyping.' })
  @Answers({ description: 'Call', json: { name: 'Call' } })
  @failsWith(404)
  async one(
    @Param('id') id: string,
    @Query(validation('query')) query: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (
      await this.reading.unchanged(request, reply, query.after, () =>
        latestPassedDeadline(this.reading.database, this.reading.now()),
      )
    )
      return;
    await reply.send(callResource(await found(callPage(this.reading.database, id, this.reading.now()), id)));
  }

  private listing(query: CallsDto): Listing<CallItem> {
    const { database } = this.reading;
    const now = this.reading.now();
    const asked = callsQuery(query);
    return {
      name: 'calls',
      columns: callColumns,
      page: (run) => callList(database, asked, now, run),
      all: () => allCalls(database, asked, now),
      resource: callSummaryOf,
      row: callRow,
      also: () => latestPassedDeadline(database, now),
    };
  }
}
