import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { chapterOperations } from '../operation';
import { MomentDto } from '../../register-query';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportRoutes } from './answering';
import { SupportFilterDto, SupportPageDto, SupportTotalsDto } from './filters';
import { supportReport } from './reports';

const ID = { name: 'id', description: 'Registry id; its last character guards against mistyping.' } as const;

const support = chapterOperations(
  'support',
  {
    list: 'Needs and pledges of private support, the latest first',
    row: 'need or pledge a row',
    items: 'Needs and pledges',
    totals: 'Private support needed, pledged, accepted and delivered',
  },
  { page: 'SupportPage', item: 'SupportItem', total: 'SupportTotal' },
  supportReport,
);

/** Private support for programs: what is needed, who offered what, and what came of it. */
@Queries()
@Controller('api/v1')
export class SupportController extends ReportRoutes(
  support,
  { page: SupportPageDto, whole: SupportFilterDto, totals: SupportTotalsDto },
  supportReport,
) {
  @Get('assets/:id/support')
  @Open()
  @ApiOperation({
    operationId: 'readAssetSupport',
    summary: 'What one asset needs, and what was offered and delivered, at a moment',
  })
  @ApiParam(ID)
  @Answers({ description: 'The support of the asset', json: { name: 'AssetSupport' }, csv: supportReport.columns })
  @failsWith(404)
  async ofAsset(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = await this.rowsOfAsset(id, moment, request, reply);
    if (!read) return;
    await reply.send({ ...read.answer, items: read.items });
  }
}
