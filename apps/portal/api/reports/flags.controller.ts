import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { chapterOperations } from '../operation';
import { Reading } from '../../reading';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportAnswers } from './answering';
import { FlagsFilterDto, FlagsPageDto, FlagsTotalsDto } from './filters';
import { flagsReport } from './reports';
import type { FlagLine } from './resources';
import type { FlagTotal } from './flag-totals';

const flags = chapterOperations(
  'flags',
  { list: 'Red flags, the latest first: patterns that deserve a question', row: 'flag a row', items: 'Red flags' },
  { page: 'RedFlagsPage', item: 'RedFlag' },
  flagsReport.columns,
);

/** Red flags for programs. A flag is a question, not an accusation. */
@Queries()
@Controller('api/v1')
export class FlagsController {
  private readonly answers: ReportAnswers<FlagLine, FlagTotal>;

  constructor(reading: Reading) {
    this.answers = new ReportAnswers(reading, flagsReport);
  }

  @flags.Page()
  list(
    @Query(validation('query')) query: FlagsPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.page(query, request, reply);
  }

  @flags.Sheet()
  sheet(
    @Query(validation('query')) query: FlagsFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sheet(query, request, reply);
  }

  @flags.Array()
  array(
    @Query(validation('query')) query: FlagsFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.array(query, request, reply);
  }

  @Get('flags/totals')
  @Open()
  @ApiOperation({
    operationId: 'readRedFlagTotals',
    summary: 'How many red flags each rule finds today',
  })
  @Answers({
    description: 'One line for each part of the division',
    json: { name: 'RedFlagTotal', list: true },
    csv: flagsReport.totalColumns,
  })
  totals(
    @Query(validation('query')) query: FlagsTotalsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sums(query, request, reply);
  }
}
