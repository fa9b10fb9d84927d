import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, IntersectionType } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { byRegion, indicatorsFrom } from '#web';
import { indicatorSections } from '../indicator-sections';
import { Reading, orBuilding } from '../reading';
import { LanguageDto, OnADayDto } from '../register-query';
import { Open, savedAs, wantsCsv } from './answer';
import { Answers, Queries } from './description';
import { stockAsked } from './reports/asked';
import { indicatorsResource, stockColumns, stockRow } from './resources';
import { CSV, csvOf } from './tables';
import { XLSX, refuseTooManyRows } from './workbook';
import { alsoSaidIn, answerWorkbook } from './workbook-answer';

/** The day, and the language of a workbook. */
class DayForWorkbookDto extends IntersectionType(OnADayDto, LanguageDto) {}

/** The indicators for programs: the sums the page shows, and the cells they are made of. */
@Queries()
@Controller('api/v1')
export class IndicatorsController {
  constructor(private readonly reading: Reading) {}

  @Get('indicators')
  @Open()
  @ApiOperation({
    operationId: 'readIndicators',
    summary:
      'How many assets stand where, with the cells behind the sums; flow by year, share reused, waits, idle assets, spending per asset and overdue duties',
  })
  @Answers({ description: 'The sums and their cells', json: { name: 'Indicators' }, csv: stockColumns })
  async indicators(
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.sheet(query, request, reply);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { cells, position } = await orBuilding(stockAsked(this.reading, query.asOf));
    const own = byRegion(cells);
    const sections = await orBuilding(indicatorSections(this.reading, own, query.asOf));
    await reply.send(indicatorsResource(indicatorsFrom(own, position), cells, sections, query.asOf));
  }

  @Get('indicators.xlsx')
  @Open()
  @ApiOperation({ operationId: 'readIndicatorsAsXlsx', summary: 'The same cells, as a workbook' })
  @Answers({ description: 'A table, one cell a row', file: XLSX })
  @failsWith(422)
  async workbook(
    @Query(validation('query')) query: DayForWorkbookDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after, alsoSaidIn(query.lang))) return;
    const { cells } = await orBuilding(stockAsked(this.reading, query.asOf));
    refuseTooManyRows(cells.length, this.reading.workbookRows);
    const table = { name: 'indicators', columns: stockColumns, rows: cells.map(stockRow) };
    await answerWorkbook(this.reading, reply, table, query.lang);
  }

  @Get('indicators.csv')
  @Open()
  @ApiOperation({
    operationId: 'readIndicatorsAsCsv',
    summary: 'How many assets stand in each cell of region, kind, phase and currency, as CSV',
  })
  @Answers({ description: 'A table, one cell a row', csv: stockColumns })
  async sheet(
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { cells } = await orBuilding(stockAsked(this.reading, query.asOf));
    await reply
      .headers(savedAs('indicators.csv'))
      .type(CSV)
      .send(csvOf(cells.map(stockRow), stockColumns));
  }
}
