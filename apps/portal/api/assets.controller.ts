import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, IntersectionType } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, failsWith, originOf, validation } from '#http';
import { positionOf, registerCount, registerSlice } from '#read-models';
import type { RegisterItem, RegisterQuery } from '#read-models';
import { dataAddress } from '#web';
import type { Language } from '#web';
import { passedDeadline } from '../civic/around-asset';
import { cursorText } from '../cursor';
import { Reading, orBuilding } from '../reading';
import {
  FilterDto,
  LanguageDto,
  MomentDto,
  RegisterDto,
  addressFrom,
  alsoOf,
  isPast,
  queryOf,
  refuseWordsInPast,
} from '../register-query';
import { Open, savedAs, wantsCsv } from './answer';
import { Answers, Queries } from './description';
import { withClosedFields } from './closed-fields';
import { assetColumns, assetResource, assetRow, dossierResource, entryColumns, entryRow } from './resources';
import { GEOJSON, geoJsonOf } from './geojson';
import { CSV, allItems, csvOf, jsonArrayOf, mapped } from './tables';
import { MAX_ROWS, XLSX, refuseTooManyRows } from './workbook';
import { alsoSaidIn, answerWorkbook } from './workbook-answer';

/** Everything that is asked for as a workbook. */
class FilterForWorkbookDto extends IntersectionType(FilterDto, LanguageDto) {}

const PAGE = 50;
const ID = { name: 'id', description: 'Registry id; its last character guards against mistyping.' } as const;

/** The register and its dossiers for programs: what the pages show, with the same filters. */
@Queries()
@Controller('api/v1')
export class AssetsController {
  constructor(private readonly reading: Reading) {}

  @Get('assets')
  @Open()
  @ApiOperation({ operationId: 'listAssets', summary: 'The register, page by page, in the order of ids' })
  @Answers({
    description: 'A page; with Accept: text/csv everything the filter finds, in one piece',
    json: { name: 'RegisterPage' },
    csv: assetColumns,
    paged: true,
  })
  async list(
    @Query(validation('query')) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.sheet(query, request, reply);
    refuseWordsInPast(query);
    if (await this.unchanged(query, request, reply)) return;
    const { database } = this.reading;
    const asked = this.asked(query, query.limit ?? PAGE);
    const [page, counted] = await orBuilding(
      Promise.all([
        registerSlice(database, asked),
        this.reading.registerTotal(asked, await positionOf(database), query.after),
      ]),
    );
    const { items, previous, next } = page;
    const position = Math.min(page.position, counted.position);
    const links = [
      link('first', query, undefined),
      ...(previous === undefined ? [] : [link('prev', query, cursorText({ before: previous }))]),
      ...(next === undefined ? [] : [link('next', query, cursorText({ after: next }))]),
    ];
    await reply
      .headers({ link: links.join(', '), etag: this.reading.tag(position, await this.also(query)?.()) })
      .send({ assets: items.map(assetResource), ...counted.answer, position });
  }

  @Get('assets.csv')
  @Open()
  @ApiOperation({ operationId: 'listAssetsAsCsv', summary: 'Everything the filter finds, as CSV' })
  @Answers({ description: 'A table, one asset a row', csv: assetColumns })
  async sheet(
    @Query(validation('query')) query: FilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged(query, request, reply)) return;
    const rows = mapped(await this.all(query), assetRow);
    await reply.headers(savedAs('assets.csv')).type(CSV).send(csvOf(rows, assetColumns));
  }

  @Get('assets.xlsx')
  @Open()
  @ApiOperation({ operationId: 'listAssetsAsXlsx', summary: 'Everything the filter finds, as a workbook' })
  @Answers({ description: `A table, one asset a row; ${MAX_ROWS} rows at most`, file: XLSX })
  @failsWith(422)
  async workbook(
    @Query(validation('query')) query: FilterForWorkbookDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged(query, request, reply, query.lang)) return;
    const items = await this.all(query);
    refuseTooManyRows(
      await registerCount(this.reading.database, this.asked(query, 1), MAX_ROWS + 1),
      this.reading.workbookRows,
    );
    const table = { name: 'assets', columns: assetColumns, rows: mapped(items, assetRow) };
    await answerWorkbook(this.reading, reply, table, query.lang);
  }

  @Get('assets.geojson')
  @Open()
  @ApiOperation({ operationId: 'listAssetsAsGeoJson', summary: 'Those with a position, as a map shows them' })
  @Answers({
    description: 'A FeatureCollection of points (RFC 7946), each with how exact it is',
    json: { name: 'Points', type: 'application/geo+json' },
  })
  async map(
    @Query(validation('query')) query: FilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged(query, request, reply)) return;
    const map = geoJsonOf(await this.all(query), originOf(request));
    await reply.headers(savedAs('assets.geojson')).type(GEOJSON).send(map);
  }

  @Get('assets.json')
  @Open()
  @ApiOperation({ operationId: 'listAssetsAsJson', summary: 'Everything the filter finds, as one JSON array' })
  @Answers({ description: 'Assets', json: { name: 'Asset', list: true } })
  async array(
    @Query(validation('query')) query: FilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged(query, request, reply)) return;
    const assets = mapped(await this.all(query), assetResource);
    await reply.headers(savedAs('assets.json')).type('application/json; charset=utf-8').send(jsonArrayOf(assets));
  }

  @Get('assets/:id')
  @Open()
  @ApiOperation({ operationId: 'readDossier', summary: 'One asset at a moment, with the entries known then' })
  @ApiParam(ID)
  @Answers({ description: 'The dossier', json: { name: 'Dossier' } })
  @failsWith(404, 410)
  async asset(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, moment.after)) return;
    const dossier = await this.reading.dossier(id, moment);
    if (dossier.asset === undefined && !isPast(moment)) {
      const timeline = dataAddress.timeline(id, {}, 'json');
      throw failed('gone', `The dossier ${id} was opened in error and annulled. Its entries are at ${timeline}.`);
    }
    await reply.send(dossierResource(dossier, moment, this.reading.profile));
  }

  @Get('assets/:id/timeline')
  @Open()
  @ApiOperation({
    operationId: 'readTimeline',
    summary: 'The entries of one asset, in the order in which they were written down',
  })
  @ApiParam(ID)
  @Answers({ description: 'The entries', json: { name: 'Timeline' }, csv: entryColumns })
  @failsWith(404)
  async timeline(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.timelineSheet(id, moment, request, reply);
    if (await this.reading.unchanged(request, reply, moment.after)) return;
    const { entries, revision, position } = await this.reading.dossier(id, moment);
    const timeline = withClosedFields(entries, this.reading.profile);
    await reply.send({ id, timeline, revision, position });
  }

  @Get('assets/:id/timeline.csv')
  @Open()
  @ApiOperation({ operationId: 'readTimelineAsCsv', summary: 'The entries of one asset as CSV' })
  @ApiParam(ID)
  @Answers({ description: 'A table, one entry a row', csv: entryColumns })
  @failsWith(404)
  async timelineSheet(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, moment.after)) return;
    const { entries } = await this.reading.dossier(id, moment);
    await reply
      .headers(savedAs(`${id}-timeline.csv`))
      .type(CSV)
      .send(csvOf(entries.map(entryRow), entryColumns));
  }

  private asked(query: RegisterDto, limit: number): RegisterQuery {
    return queryOf(query, limit, (day) => this.reading.at(day));
  }

  private also(query: FilterDto): (() => Promise<string>) | undefined {
    return alsoOf(query, () => passedDeadline(this.reading));
  }

  private unchanged(query: FilterDto, request: FastifyRequest, reply: FastifyReply, lang?: Language): Promise<boolean> {
    return this.reading.unchanged(request, reply, query.after, alsoSaidIn(lang, this.also(query)));
  } // prettier-ignore

  /** Everything that matches. Whether it can be read at all is found out before the answer begins. */
  private async all(query: FilterDto): Promise<AsyncIterable<RegisterItem>> {
    refuseWordsInPast(query);
    await orBuilding(registerSlice(this.reading.database, { limit: 1 }));
    return allItems(this.reading.database, this.asked(query, 1));
  }
}

/** A link to a page of the same list (RFC 8288). */
function link(rel: string, query: RegisterDto, cursor: string | undefined): string {
  const { cursor: _, ...filters } = addressFrom(query);
  const address = dataAddress.assets({ ...filters, ...(cursor !== undefined && { cursor }) }, 'pages');
  const size = query.limit === undefined ? '' : `${address.includes('?') ? '&' : '?'}limit=${query.limit}`;
  return `<${address}${size}>; rel="${rel}"`;
}
