import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { moneyTrail } from '#domain';
import { failsWith, validation } from '#http';
import { chapterOperations } from '../operation';
import { MomentDto } from '../../register-query';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportRoutes } from './answering';
import { MoneyFilterDto, MoneyPageDto, MoneyTotalsDto } from './filters';
import { moneyReport } from './reports';

const ID = { name: 'id', description: 'Registry id; its last character guards against mistyping.' } as const;

const money = chapterOperations(
  'money',
  {
    list: 'Movements of public money, the latest first',
    row: 'movement a row',
    items: 'Movements',
    totals: 'Public money allocated, committed, approved and paid',
  },
  { page: 'MoneyPage', item: 'MoneyMovement', total: 'MoneyTotal' },
  moneyReport,
);

/** The money trail for programs: every movement of public money with the entry behind it, and what movements add up to. */
@Queries()
@Controller('api/v1')
export class MoneyController extends ReportRoutes(
  money,
  { page: MoneyPageDto, whole: MoneyFilterDto, totals: MoneyTotalsDto },
  moneyReport,
) {
  @Get('assets/:id/money')
  @Open()
  @ApiOperation({
    operationId: 'readAssetMoney',
    summary:
      'The public money of one asset at a moment: allocations, commitments, movements and a statement that sums to zero',
  })
  @ApiParam(ID)
  @Answers({ description: 'The money trail of the asset', json: { name: 'AssetMoney' }, csv: moneyReport.columns })
  @failsWith(404)
  async ofAsset(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = await this.rowsOfAsset(id, moment, request, reply);
    if (!read) return;
    const { statements, allocations, works } = moneyTrail(read.dossier.asset ? read.dossier.inForce : []);
    const sums = statements.map(({ currency, balances }) => ({ currency, balances }));
    await reply.send({ ...read.answer, statements: sums, allocations, works, movements: read.items });
  }
}
