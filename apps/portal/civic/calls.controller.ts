import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allCalls, callList, callPage, latestPassedDeadline } from '#read-models';
import type { CallItem } from '#read-models';
import { Open } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { ListRoutes } from '../api/list';
import type { List } from '../api/list';
import { civicOperations } from '../api/operation';
import type { Reading } from '../reading';
import { FreshnessDto } from '../register-query';
import { civicList, found } from './listing';
import { CallsDto, callsQuery } from './questions';
import { callColumns, callResource, callRow, callSummaryOf } from './resources';

const calls = civicOperations(
  'calls',
  'Published calls for organisations to apply for assets',
  { page: 'CallsPage', item: 'CallSummary' },
  callColumns,
);

function callsAsked(reading: Reading, query: CallsDto): List<CallItem> {
  const { database } = reading;
  const now = reading.now();
  const asked = callsQuery(query);
  return civicList(query, {
    name: 'calls',
    columns: callColumns,
    slice: (run) => callList(database, asked, now, run),
    all: () => allCalls(database, asked, now),
    resource: callSummaryOf,
    row: callRow,
    also: () => latestPassedDeadline(database, now),
  });
}

/** Published calls for organisations to apply for assets, for programs. */
@Queries()
@Controller('api/v1')
export class CallsController extends ListRoutes(calls, { page: CallsDto, whole: CallsDto }, callsAsked) {
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
}
