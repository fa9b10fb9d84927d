import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { chapterOperations } from '../operation';
import { orBuilding } from '../../reading';
import { Open, savedAs } from '../answer';
import { Answers, Queries } from '../description';
import { CSV, csvOf } from '../tables';
import { ReportRoutes, filtersOf } from './answering';
import { WaitingFilterDto, WaitingPageDto, WaitingTotalsDto } from './filters';
import { waitingReport } from './reports';
import { curveColumns, curveRows, waitsAsked } from './waiting-totals';

const waiting = chapterOperations(
  'waiting',
  {
    list: 'Assets whose confiscation is final, the longest wait first, with the Kaplan–Meier curves of all of them',
    row: 'asset a row',
    items: 'Assets whose confiscation is final',
    totals:
      'How long assets wait for destination, assignment and use: counts and medians, with the curves where undivided',
  },
  { page: 'WaitingPage', item: 'WaitingAsset', total: 'WaitingTotal' },
  waitingReport,
);

/** How long assets wait after the final confiscation, for programs. */
@Queries()
@Controller('api/v1')
export class WaitingController extends ReportRoutes(
  waiting,
  { page: WaitingPageDto, whole: WaitingFilterDto, totals: WaitingTotalsDto },
  waitingReport,
) {
  @Get('waiting/curve.csv')
  @Open()
  @ApiOperation({
    operationId: 'readWaitingCurve',
    summary: 'The Kaplan–Meier curves of a region, a kind or all assets, as CSV',
  })
  @Answers({ description: 'A table, one step a row', csv: curveColumns })
  async curve(
    @Query(validation('query')) query: WaitingFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const totals = await orBuilding(waitsAsked(this.reading, filtersOf('waiting', query)));
    await reply
      .headers(savedAs('waiting-curve.csv'))
      .type(CSV)
      .send(csvOf(curveRows(totals), curveColumns));
  }
}
