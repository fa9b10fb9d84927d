import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { Reading } from '../../reading';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportAnswers } from './answering';
import { AssignedFilterDto, AssignedPageDto, AssignedTotalsDto } from './filters';
import { assignedReport } from './reports';
import type { AssignedLine } from './resources';
import type { AssignedTotal } from './totals';

/** The list of assigned assets for programs (legislative decree 159/2011 art. 48(3)(c)), with how complete it is. */
@Queries()
@Controller('api/v1')
export class AssignedController {
  private readonly answers: ReportAnswers<AssignedLine, AssignedTotal>;

  constructor(reading: Reading) {
    this.answers = new ReportAnswers(reading, assignedReport);
  }

  @Get('assigned')
  @Open()
  @ApiOperation({ operationId: 'listAssigned', summary: 'Assigned assets, by municipality' })
  @Answers({
    description:
      'A page with what all that the filter finds adds up to; with Accept: text/csv everything, in one piece',
    json: { name: 'AssignedPage' },
    csv: assignedReport.columns,
    paged: true,
  })
  list(
    @Query(validation('query')) query: AssignedPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.page(query, request, reply);
  }

  @Get('assigned.csv')
  @Open()
  @ApiOperation({ operationId: 'listAssignedAsCsv', summary: 'Everything the filter finds, as CSV' })
  @Answers({ description: 'A table, one asset a row', csv: assignedReport.columns })
  sheet(
    @Query(validation('query')) query: AssignedFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sheet(query, request, reply);
  }

  @Get('assigned.json')
  @Open()
  @ApiOperation({ operationId: 'listAssignedAsJson', summary: 'Everything the filter finds, as one JSON array' })
  @Answers({ description: 'Assigned assets', json: { name: 'AssignedAsset', list: true } })
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
}
