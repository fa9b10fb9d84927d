import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, validation } from '#http';
import { registerList, registerSlice } from '#read-models';
import type { RegisterItem } from '#read-models';
import { dataAddress } from '#web';
import { cursorText } from '../cursor';
import { Reading, orBuilding } from '../reading';
import { FilterDto, MomentDto, RegisterDto, addressFrom, isPast, queryOf, refuseWordsInPast } from '../register-query';
import { Open, savedAs, wantsCsv } from './answer';
import { assetColumns, assetResource, assetRow, dossierResource, entryColumns, entryRow } from './resources';
import { CSV, allItems, csvOf, jsonArrayOf, mapped } from './tables';

const PAGE = 50;

/** The register and its dossiers for programs: what the pages show, with the same filters. */
@ApiTags('queries')
@ApiResponse({ status: 304, description: 'Nothing has changed since the answer whose ETag was sent' })
@ApiResponse({ status: 400, description: 'A parameter is unknown or its value has no meaning; the problem names it' })
@Controller('api/v1')
export class AssetsController {
  constructor(private readonly reading: Reading) {}

  @Get('assets')
  @Open()
  @ApiOperation({ summary: 'The register, page by page, in the order of ids; with Accept: text/csv all that match' })
  @ApiProduces('application/json', 'text/csv')
  @ApiResponse({ status: 200, description: 'Assets, total, log position; neighbouring pages in Link (RFC 8288)' })
  async list(
    @Query(validation('query')) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.sheet(query, request, reply);
    refuseWordsInPast(query);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const page = await orBuilding(registerList(this.reading.database, queryOf(query, query.limit ?? PAGE)));
    const { items, total, totalIsMinimum, position, previous, next } = page;
    const links = [
      link('first', query, undefined),
      ...(previous === undefined ? [] : [link('prev', query, cursorText({ before: previous }))]),
      ...(next === undefined ? [] : [link('next', query, cursorText({ after: next }))]),
    ];
    await reply
      .header('link', links.join(', '))
      .send({ assets: items.map(assetResource), total, totalIsMinimum, position });
  }

  @Get('assets.csv')
  @Open()
  @ApiOperation({ summary: 'Everything the filter finds, as CSV' })
  @ApiProduces('text/csv')
  async sheet(
    @Query(validation('query')) query: FilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const rows = mapped(await this.all(query), assetRow);
    await reply.headers(savedAs('assets.csv')).type(CSV).send(csvOf(rows, assetColumns));
  }

  @Get('assets.json')
  @Open()
  @ApiOperation({ summary: 'Everything the filter finds, as one JSON array' })
  @ApiProduces('application/json')
  async array(
    @Query(validation('query')) query: FilterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const assets = mapped(await this.all(query), assetResource);
    await reply.headers(savedAs('assets.json')).type('application/json; charset=utf-8').send(jsonArrayOf(assets));
  }

  @Get('assets/:id')
  @Open()
  @ApiOperation({ summary: 'One asset at a moment, with the entries known then' })
  @ApiParam({ name: 'id', description: 'Registry id' })
  @ApiResponse({ status: 200, description: 'The dossier; `asset` is null when nothing stood at that moment' })
  @ApiResponse({ status: 404, description: 'The register has never heard of this id' })
  @ApiResponse({ status: 410, description: 'The dossier was opened in error and annulled; its timeline can be read' })
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
    await reply.send(dossierResource(dossier, moment));
  }

  @Get('assets/:id/timeline')
  @Open()
  @ApiOperation({ summary: 'The entries of one asset, in the order in which they were written down' })
  @ApiParam({ name: 'id', description: 'Registry id' })
  @ApiProduces('application/json', 'text/csv')
  async timeline(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.timelineSheet(id, moment, request, reply);
    if (await this.reading.unchanged(request, reply, moment.after)) return;
    const { entries, revision, position } = await this.reading.dossier(id, moment);
    await reply.send({ id, timeline: entries, revision, position });
  }

  @Get('assets/:id/timeline.csv')
  @Open()
  @ApiOperation({ summary: 'The entries of one asset as CSV' })
  @ApiParam({ name: 'id', description: 'Registry id' })
  @ApiProduces('text/csv')
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

  /** Everything that matches. Whether it can be read at all is found out before the answer begins. */
  private async all(query: FilterDto): Promise<AsyncIterable<RegisterItem>> {
    refuseWordsInPast(query);
    await orBuilding(registerSlice(this.reading.database, { limit: 1 }));
    return allItems(this.reading.database, queryOf(query, 1));
  }
}

/** A link to a page of the same list (RFC 8288). */
function link(rel: string, query: RegisterDto, cursor: string | undefined): string {
  const { cursor: _, ...filters } = addressFrom(query);
  const address = dataAddress.assets({ ...filters, ...(cursor !== undefined && { cursor }) }, 'pages');
  const size = query.limit === undefined ? '' : `${address.includes('?') ? '&' : '?'}limit=${query.limit}`;
  return `<${address}${size}>; rel="${rel}"`;
}
