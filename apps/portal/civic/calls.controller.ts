import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allCalls, assetsOfCalls, callList, callPage, latestPassedDeadline } from '#read-models';
import type { CallItem, ReadDatabase } from '#read-models';
import { Open } from '../api/answer';
import { Answers, Queries } from '../api/description';
import type { List } from '../api/list';
import { civicOperations } from '../api/operation';
import type { Reading } from '../reading';
import { civicList, found } from './listing';
import { PlacedListRoutes } from './placed-list';
import { CallsDto, callsQuery } from './questions';
import { OnADayDto } from '../register-query';
import { callColumns, callResource, callRow, callSummaryOf } from './resources';

const calls = civicOperations(
  'calls',
  'Published calls for organisations to apply for assets',
  { page: 'CallsPage', item: 'CallSummary' },
  callColumns,
);

function callsAsked(reading: Reading, query: CallsDto): List<CallItem> {
  const { database } = reading;
  const now = reading.at(query.asOf);
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

async function assetsOfItems(
  database: ReadDatabase,
  items: readonly CallItem[],
): Promise<readonly (readonly string[])[]> {
  const ids = items.map(({ id }) => id);
  const assets = await assetsOfCalls(database, ids);
  return ids.map((id) => assets.get(id) ?? []);
}

/** Published calls for organisations to apply for assets, for programs. */
@Queries()
@Controller('api/v1')
export class CallsController extends PlacedListRoutes('calls', calls, CallsDto, callsAsked, assetsOfItems) {
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
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (
      await this.reading.unchanged(request, reply, query.after, () =>
        latestPassedDeadline(this.reading.database, this.reading.now()),
      )
    )
      return;
    const { database, profile } = this.reading;
    const item = await found(callPage(database, id, this.reading.at(query.asOf), profile), id, query.asOf);
    await reply.send({ asOf: query.asOf ?? null, ...callResource(item) });
  }
}
