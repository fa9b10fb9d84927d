import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ASKED_EACH_TIME, sendTagged } from '#http';
import { Open } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { Reading } from '../reading';

/** Of which days every report can be asked as it was known then. */
@Queries()
@Controller('api/v1')
export class KnownDaysController {
  constructor(private readonly reading: Reading) {}

  @Get('known-days')
  @Open()
  @ApiOperation({
    operationId: 'readKnownDays',
    summary: 'The days of which every report can be asked as it was known at their end (knownAt), the latest first',
  })
  @Answers({
    description: 'Days with the log position and the number of entries they stop at',
    json: { name: 'KnownDays' },
  })
  async days(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const days = (await this.reading.known.kept()).map(({ day, position, entries, madeAt }) => ({ day, position, entries, madeAt })); // prettier-ignore
    await sendTagged(JSON.stringify({ knownDays: days }), { type: 'application/json; charset=utf-8', keep: ASKED_EACH_TIME }, request, reply); // prettier-ignore
  }
}
