import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { chapterOperations } from '../operation';
import { Reading } from '../../reading';
import { MomentDto } from '../../register-query';
import { Open } from '../answer';
import { Answers, Queries } from '../description';
import { ReportAnswers } from './answering';
import { SupportFilterDto, SupportPageDto, SupportTotalsDto } from './filters';
import { supportReport } from './reports';
import type { SupportItem } from './resources';
import type { SupportTotal } from './totals';

const ID = { name: 'id', description: 'Registry id; its last character guards against mistyping.' } as const;

const support = chapterOperations(
  'support',
  {
    list: 'Needs and pledges of private support, the latest first',
    row: 'need or pledge a row',
    items: 'Needs and pledges',
  },
  { page: 'SupportPage', item: 'SupportItem' },
  supportReport.columns,
);

/** Private support for programs: what is needed, who offered what, and what came of it. */
@Queries()
@Controller('api/v1')
export class SupportController {
  private readonly answers: ReportAnswers<SupportItem, SupportTotal>;

  constructor(reading: Reading) {
    this.answers = new ReportAnswers(reading, supportReport);
  }

  @support.Page()
  list(
    @Query(validation('query')) query: SupportPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.page(query, request, reply);
  }

  @support.Sheet()
  sheet(
    @Query(validation('query')) query: SupportFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sheet(query, request, reply);
  }

  @support.Workbook()
  workbook(
    @Query(validation('query')) query: SupportFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.workbook(query, request, reply);
  }

  @support.Array()
  array(
    @Query(validation('query')) query: SupportFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.array(query, request, reply);
  }

  @Get('support/totals')
  @Open()
  @ApiOperation({
    operationId: 'readSupportTotals',
    summary: 'Private support needed, pledged, accepted and delivered',
  })
  @Answers({
    description: 'One line for each part of the division',
    json: { name: 'SupportTotal', list: true },
    csv: supportReport.totalColumns,
  })
  totals(
    @Query(validation('query')) query: SupportTotalsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sums(query, request, reply);
  }

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
    const read = await this.answers.ofAsset(id, moment, request, reply);
    if (!read) return;
    await reply.send({ ...read.answer, items: read.items });
  }
}
