import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { chapterOperations } from '../operation';
import { MomentDto } from '../../register-query';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportRoutes } from './answering';
import { UseFilterDto, UsePageDto, UseTotalsDto } from './filters';
import { useReport } from './reports';

const ID = { name: 'id', description: 'Registry id; its last character guards against mistyping.' } as const;

const use = chapterOperations(
  'use',
  {
    list: 'Activity reports, monitoring visits and findings of non-use, the latest first',
    row: 'record a row; what nobody counted is empty',
    items: 'Records',
    totals: 'Beneficiaries, jobs, volunteers and activities, by gender and age where they were counted',
  },
  { page: 'UsePage', item: 'UseRecord', total: 'UseTotal' },
  useReport,
);

/** Use and social impact for programs: activity reports, monitoring visits and findings of non-use. */
@Queries()
@Controller('api/v1')
export class UseController extends ReportRoutes(
  use,
  { page: UsePageDto, whole: UseFilterDto, totals: UseTotalsDto },
  useReport,
) {
  @Get('assets/:id/use')
  @Open()
  @ApiOperation({ operationId: 'readAssetUse', summary: 'How one asset is used, at a moment' })
  @ApiParam(ID)
  @Answers({ description: 'The use of the asset', json: { name: 'AssetUse' }, csv: useReport.columns })
  @failsWith(404)
  async ofAsset(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = await this.rowsOfAsset(id, moment, request, reply);
    if (!read) return;
    const usedSince = read.dossier.asset?.use?.current ?? null;
    await reply.send({ ...read.answer, usedSince, records: read.items });
  }
}
