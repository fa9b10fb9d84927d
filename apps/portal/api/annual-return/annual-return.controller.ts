import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { returnItem } from '#domain';
import { failsWith, validation } from '#http';
import { positionOf, publishedReturn, publishedYears, returnEntries, returnsUnderWay } from '#read-models';
import type { PublishedReturn, ReturnUnderWay } from '#read-models';
import { Reading, orBuilding } from '../../reading';
import { FreshnessDto } from '../../register-query';
import { Open, savedAs, wantsCsv } from '../answer';
import { Answers, Queries } from '../description';
import { boundsOf } from '../reports/filters';
import { CSV, csvOf, jsonArrayOf } from '../tables';
import { MAX_ROWS, XLSX, refuseTooManyRows } from '../workbook';
import { alsoSaidIn, answerWorkbook } from '../workbook-answer';
import { figuresKept, itemAsked, returnYears, stockUndated, yearAsked } from './asking';
import { ReturnEntriesDto, ReturnYearDto, YearForWorkbookDto } from './filters';
import { returnColumns, returnRows } from './rows';
import type { ReturnRow } from './rows';

const PAGE = 50;

/** The annual return for programs: years, figures, and the entries behind them. */
@Queries()
@Controller('api/v1')
export class AnnualReturnController {
  constructor(private readonly reading: Reading) {}

  @Get('annual-returns')
  @Open()
  @ApiOperation({ operationId: 'listAnnualReturns', summary: 'The years of which there is an annual return' })
  @Answers({ description: 'The years, the latest first', json: { name: 'AnnualReturns' }, csv: returnColumns })
  async years(
    @Query(validation('query')) query: ReturnYearDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.sheet(query, request, reply);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { database } = this.reading;
    const [years, published, underWay] = await orBuilding(
      Promise.all([returnYears(this.reading), publishedYears(database), returnsUnderWay(database)]),
    );
    const position = await positionOf(this.reading.database);
    await reply.send({
      years: years.map((year) => ({
        year,
        published: published.has(year) ? { publishedOn: published.get(year) ?? null } : null,
        underWay: stated(underWay.get(year)),
      })),
      position,
    });
  }

  @Get('annual-returns.csv')
  @Open()
  @ApiOperation({ operationId: 'listAnnualReturnsAsCsv', summary: 'The figures of all years, or of one, as CSV' })
  @Answers({ description: 'A table, one figure a row', csv: returnColumns })
  async sheet(
    @Query(validation('query')) query: ReturnYearDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const rows = this.rows(await this.yearsOf(query));
    await reply.headers(savedAs('annual-returns.csv')).type(CSV).send(csvOf(rows, returnColumns));
  }

  @Get('annual-returns.xlsx')
  @Open()
  @ApiOperation({ operationId: 'listAnnualReturnsAsXlsx', summary: 'The same figures, as a workbook' })
  @Answers({ description: `A table, one figure a row; ${MAX_ROWS} rows at most`, file: XLSX })
  @failsWith(422)
  async workbook(
    @Query(validation('query')) query: YearForWorkbookDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after, alsoSaidIn(query.lang))) return;
    const rows: ReturnRow[] = [];
    for await (const row of this.rows(await this.yearsOf(query))) rows.push(row);
    refuseTooManyRows(rows.length, this.reading.workbookRows);
    await answerWorkbook(this.reading, reply, { name: 'annual-returns', columns: returnColumns, rows }, query.lang);
  }

  @Get('annual-returns.json')
  @Open()
  @ApiOperation({ operationId: 'listAnnualReturnsAsJson', summary: 'The same figures, as one JSON array' })
  @Answers({ description: 'An array, one figure an item', json: { name: 'AnnualReturnRow', list: true } })
  async array(
    @Query(validation('query')) query: ReturnYearDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const rows = this.rows(await this.yearsOf(query));
    await reply.headers(savedAs('annual-returns.json')).type('application/json; charset=utf-8').send(jsonArrayOf(rows));
  }

  @Get('annual-returns/:year')
  @Open()
  @ApiOperation({ operationId: 'readAnnualReturn', summary: 'The figures of a year: as published, and as known now' })
  @Answers({ description: 'The return', json: { name: 'AnnualReturn' } })
  @failsWith(404)
  async year(
    @Param('year') year: string,
    @Query(validation('query')) { after }: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after)) return;
    const asked = await orBuilding(yearAsked(this.reading, year));
    const { answer: now, position } = await orBuilding(figuresKept(this.reading, asked));
    const published = await orBuilding(publishedReturn(this.reading.database, asked));
    const underWay = stated((await orBuilding(returnsUnderWay(this.reading.database))).get(asked));
    const undated = await orBuilding(stockUndated(this.reading, now));
    const figures = { published: published ? publication(published) : null, underWay, now, stockUndated: undated };
    await reply.send({ year: asked, ...figures, position });
  }

  @Get('annual-returns/:year/:item')
  @Open()
  @ApiOperation({ operationId: 'listAnnualReturnEntries', summary: 'The entries behind an item of a year' })
  @Answers({ description: 'A page, the latest first', json: { name: 'AnnualReturnEntries' }, paged: true })
  @failsWith(404)
  async entries(
    @Param('year') year: string,
    @Param('item') item: string,
    @Query(validation('query')) query: ReturnEntriesDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const code = itemAsked(item, query.part);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const asked = await orBuilding(yearAsked(this.reading, year));
    const { part, region, kind, limit = PAGE } = query;
    const chosen = { ...(part !== undefined && { part }), ...(region !== undefined && { region }), ...(kind !== undefined && { kind }) };
    const { entries, next, position } = await orBuilding(
      returnEntries(this.reading.database, { year: asked, item: code, ...chosen, ...boundsOf(query.cursor), limit }),
    );
    const address = (cursor?: string): string => {
      const parameters = new URLSearchParams({ ...chosen, ...(query.limit !== undefined && { limit: String(limit) }), ...(cursor !== undefined && { cursor }) });
      return `/api/v1/annual-returns/${asked}/${code}${parameters.size === 0 ? '' : `?${parameters}`}`;
    };
    const links = [`<${address()}>; rel="first"`, ...(next === undefined ? [] : [`<${address(`after~${next}`)}>; rel="next"`])];
    const resources = entries.map(({ category: _c, subcategory: _s, title: _t, ...entry }) => entry);
    await reply.header('link', links.join(', ')).send({ year: asked, section: returnItem(code).section, item: code, entries: resources, position });
  } // prettier-ignore

  private async yearsOf({ year }: ReturnYearDto): Promise<readonly string[]> {
    return orBuilding(year === undefined ? returnYears(this.reading) : yearAsked(this.reading, year).then((one) => [one]));
  } // prettier-ignore

  /** Year by year, so that memory does not grow with them. */
  private async *rows(years: readonly string[]) {
    for (const year of years) yield* returnRows((await figuresKept(this.reading, year)).answer);
  }
}

/** What is under way, as it is answered; null for nothing. */
const stated = (underWay: ReturnUnderWay | undefined) => {
  if (!underWay) return null;
  const { position, reason, digest, ...rest } = underWay;
  return { ...rest, reason: reason ?? null, digest: digest ?? null, logPosition: position ?? null };
};

/** What was published, with its log position called so: `position` is that of the answer. */
const publication = ({ position: logPosition, reason, earlier, ...published }: PublishedReturn) => ({
  ...published,
  logPosition,
  reason: reason ?? null,
  earlier: earlier.map(({ position, ...each }) => ({ ...each, logPosition: position })),
});
