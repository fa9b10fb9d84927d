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
import { UseFilterDto, UsePageDto, UseTotalsDto } from './filters';
import { useReport } from './reports';
import type { UseRecord } from './resources';
import type { UseTotal } from './totals';

const ID = { name: 'id', description: 'Registry id; its last character guards against mistyping.' } as const;

const use = chapterOperations(
  'use',
  {
    list: 'Activity reports, monitoring visits and findings of non-use, the latest first',
    row: 'record a row; what nobody counted is empty',
    items: 'Records',
  },
  { page: 'UsePage', item: 'UseRecord' },
  useReport.columns,
);

/** Use and social impact for programs: activity reports, monitoring visits and findings of non-use. */
@Queries()
@Controller('api/v1')
export class UseController {
  private readonly answers: ReportAnswers<UseRecord, UseTotal>;

  constructor(reading: Reading) {
    this.answers = new ReportAnswers(reading, useReport);
  }

  @use.Page()
  list(
    @Query(validation('query')) query: UsePageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.page(query, request, reply);
  }

  @use.Sheet()
  sheet(
    @Query(validation('query')) query: UseFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sheet(query, request, reply);
  }

  @use.Workbook()
  workbook(
    @Query(validation('query')) query: UseFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.workbook(query, request, reply);
  }

  @use.Array()
  array(
    @Query(validation('query')) query: UseFilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.array(query, request, reply);
  }

  @Get('use/totals')
  @Open()
  @ApiOperation({
    operationId: 'readUseTotals',
    summary: 'Beneficiaries, jobs, volunteers and activities, by gender and age where they were counted',
  })
  @Answers({
    description: 'One line for each part of the division',
    json: { name: 'UseTotal', list: true },
    csv: useReport.totalColumns,
  })
  totals(
    @Query(validation('query')) query: UseTotalsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.sums(query, request, reply);
  }

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
    const read = await this.answers.ofAsset(id, moment, request, reply);
    if (!read) return;
    const usedSince = read.dossier.asset?.use?.current ?? null;
    await reply.send({ ...read.answer, usedSince, records: read.items });
  }
}
