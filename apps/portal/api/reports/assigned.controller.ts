import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { chapterOperations } from '../operation';
import { Reading } from '../../reading';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportAnswers } from './answering';
import { AssignedFilterDto, AssignedPageDto, AssignedTotalsDto } from './filters';
import { assignedReport } from './reports';
import type { AssignedLine } from './resources';
import type { AssignedTotal } from './totals';

const assigned = chapterOperations(
  'assigned',
  { list: 'Assigned assets, by municipality', row: 'asset a row', items: 'Assigned assets' },
  { page: 'AssignedPage', item: 'AssignedAsset' },
  assignedReport.columns,
);

/** The list of assigned assets for programs (legislative decree 159/2011 art. 48(3)(c)), with how complete it is. */
@Queries()
@Controller('api/v1')
export class AssignedController {
  private readonly answers: ReportAnswers<AssignedLine, AssignedTotal>;

  constructor(reading: Reading) {
    this.answers = new ReportAnswers(reading, assignedReport);
  }

  @assigned.Page()
  list(
    @Query(validation('query')) query: AssignedPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.page(query, request, reply);
  }

  @assigned.Sheet()
  sheet(
    @Query(validation('query')) query: AssignedFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sheet(query, request, reply);
  }

  @assigned.Workbook()
  workbook(
    @Query(validation('query')) query: AssignedFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.workbook(query, request, reply);
  }

  @assigned.Array()
  array(
    @Query(validation('query')) query: AssignedFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.array(query, request, reply);
  }

  @Get('assigned/totals')
  @Open()
  @ApiOperation({
    operationId: 'readAssignedTotals',
    summary: 'How many assets are assigned, and how complete the list is',
  })
  @Answers({
    description: 'One line for each part of the division',
    json: { name: 'AssignedTotal', list: true },
    csv: assignedReport.totalColumns,
  })
  totals(
    @Query(validation('query')) query: AssignedTotalsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sums(query, request, reply);
  }

  @Get('assigned/municipalities.csv')
  @Open()
  @ApiOperation({
    operationId: 'readCompletenessOfMunicipalities',
    summary: 'How complete the list of each municipality is, as CSV',
  })
  @Answers({ description: 'A table, one municipality a row', csv: assignedReport.totalColumns })
  async municipalities(
    @Query(validation('query')) query: AssignedFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sumsSheet({ ...query, by: 'municipality' }, request, reply);
  }
}
