import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { START } from '#event-store';
import { validation } from '#http';
import { cloudEventOf } from '#privacy';
import { changesAfter } from '#read-models';
import { dataAddress } from '#web';
import { Reading, orBuilding } from '../reading';
import { Open } from './answer';
import { Answers, Queries } from './description';

const PAGE = 100;
const [LEAST, MOST] = [1, 1000];

const A_CURSOR = `Give the "sequence" of the last event you have, or ${START} for the beginning`;
const A_SIZE = `Give a whole number from ${LEAST} to ${MOST}`;

class ChangesDto {
  @ApiPropertyOptional({ type: 'integer', minimum: START, default: START, description: 'The `sequence` of the last event you have: what was recorded behind it is answered. Left out: from the beginning.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: A_CURSOR })
  @Min(START, { message: A_CURSOR })
  @Max(Number.MAX_SAFE_INTEGER, { message: A_CURSOR })
  readonly after?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: LEAST, maximum: MOST, default: PAGE, description: 'How many at once.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: A_SIZE })
  @Min(LEAST, { message: A_SIZE })
  @Max(MOST, { message: A_SIZE })
  readonly limit?: number;
} // prettier-ignore

/** What is new for programs: every public event once, in the order of the log, in the form the auditor's export has. */
@Queries()
@Controller('api/v1')
export class ChangesController {
  constructor(private readonly reading: Reading) {}

  @Get('changes')
  @Open()
  @ApiOperation({ operationId: 'readChanges', summary: 'Every public event behind a cursor, as a CloudEvents batch' })
  @Answers({
    description: 'Events in the order of the log; empty when there is nothing new. The Link "next" is where to go on, now or later',
    json: { name: 'Change', list: true, type: 'application/cloudevents-batch+json' },
    paged: true,
  })
  async changes(
    @Query(validation('query')) { after = START, limit = PAGE }: ChangesDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const { events } = await orBuilding(changesAfter(this.reading.database, after, limit));
    const next = dataAddress.changes({ after: events.at(-1)?.position ?? after, ...(limit !== PAGE && { limit }) });
    await reply
      .header('link', `<${next}>; rel="next"`)
      .type('application/cloudevents-batch+json; charset=utf-8')
      .send(JSON.stringify(events.map((event) => cloudEventOf(event))));
  }
} // prettier-ignore
