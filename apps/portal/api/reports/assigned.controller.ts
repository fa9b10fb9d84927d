import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { chapterOperations } from '../operation';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportRoutes } from './answering';
import { AssignedFilterDto, AssignedPageDto, AssignedTotalsDto } from './filters';
import { assignedReport } from './reports';

const assigned = chapterOperations(
  'assigned',
  {
    list: 'Assigned assets, by municipality',
    row: 'asset a row',
    items: 'Assigned assets',
    totals: 'How many assets are assigned, and how complete the list is',
  },
  { page: 'AssignedPage', item: 'AssignedAsset', total: 'AssignedTotal' },
  assignedReport,
);

/** The list of assigned assets for programs (legislative decree 159/2011 art. 48(3)(c)), with how complete it is. */
@Queries()
@Controller('api/v1')
export class AssignedController extends ReportRoutes(
  assigned,
  { page: AssignedPageDto, whole: AssignedFilterDto, totals: AssignedTotalsDto },
  assignedReport,
) {
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
    return this.sumsSheet({ ...query, by: 'municipality' }, request, reply);
  }
}
