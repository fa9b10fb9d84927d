import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import { stringify as stringifyAtOnce } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAssetId } from '#domain';
import { failed, validation } from '#http';
import { assetPage, registerList, stock } from '#read-models';
import type { AssetPage } from '#read-models';
import { Reading, orBuilding } from './reading';
import { MomentDto, RegisterDto, cursorBehind, queryOf } from './register-query';

const CSV = 'text/csv; charset=utf-8';
const PAGE_OF_DOWNLOAD = 1000;

/** What everybody may ask, as JSON and CSV. */
@ApiTags('queries')
@Controller('api/v1')
export class QueriesController {
  constructor(private readonly reading: Reading) {}

  @Get('assets')
  @ApiOperation({ summary: 'The register, page by page, in the order of ids' })
  async list(
    @Query(validation('query')) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(query.after);
    if (await this.reading.unchanged(request, reply)) return;
    const page = await orBuilding(registerList(this.reading.database, queryOf(query)));
    const links = [`<${withCursor(request.url, undefined)}>; rel="first"`];
    if (page.next !== undefined) links.push(`<${withCursor(request.url, cursorBehind(page.next))}>; rel="next"`);
    const { items, total, totalIsMinimum, position } = page;
    const assets = items.map(({ identifiers, ...item }) => ({
      ...item,
      identifiers: JSON.parse(identifiers) as unknown,
    }));
    await reply.header('link', links.join(', ')).send({ assets, total, totalIsMinimum, position });
  }

  @Get('assets.csv')
  @ApiOperation({ summary: 'Everything the filter finds, as CSV' })
  async download(
    @Query(validation('query')) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(query.after);
    if (await this.reading.unchanged(request, reply)) return;
    const { database } = this.reading;
    const wanted = { ...queryOf(query), limit: PAGE_OF_DOWNLOAD };
    const first = await orBuilding(registerList(database, wanted));
    const sheet = stringify({
      header: true,
      escape_formulas: true,
      columns: Object.keys(first.items[0] ?? { id: '' }),
    });
    async function* rows() {
      for (let page = first; ; page = await registerList(database, { ...wanted, after: page.next })) {
        yield* page.items;
        if (page.next === undefined) return;
      }
    }
    const pour = async (): Promise<void> => {
      for await (const row of rows())
        if (!sheet.write(row)) await new Promise((resolve) => sheet.once('drain', resolve));
      sheet.end();
    };
    pour().catch((error: unknown) => sheet.destroy(error instanceof Error ? error : new Error(String(error))));
    await reply.type(CSV).header('content-disposition', 'attachment; filename="assets.csv"').send(sheet);
  }

  @Get('assets/:id')
  @ApiOperation({ summary: 'One asset at a moment, with its timeline' })
  async asset(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(moment.after);
    if (await this.reading.unchanged(request, reply)) return;
    const { asset, entries, revision, position } = await this.dossier(id, moment);
    await reply.send({ id, asset: asset ?? null, revision, position, timeline: entries });
  }

  @Get('assets/:id/timeline')
  @ApiOperation({ summary: 'The entries of one asset, in the order in which they were written down' })
  async timeline(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(moment.after);
    if (await this.reading.unchanged(request, reply)) return;
    const { entries, position } = await this.dossier(id, moment);
    await reply.send({ id, timeline: entries, position });
  }

  @Get('assets/:id/timeline.csv')
  @ApiOperation({ summary: 'The entries of one asset as CSV' })
  async timelineSheet(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(moment.after);
    if (await this.reading.unchanged(request, reply)) return;
    const { entries } = await this.dossier(id, moment);
    const rows = entries.map(({ data, source, withheld, correctedBy, ...entry }) => ({
      ...entry,
      source: source.kind === 'import' ? `import ${source.file} row ${source.row}` : source.kind,
      data: JSON.stringify(data),
      withheld: withheld.join(' '),
      correctedBy: correctedBy.join(' '),
    }));
    await reply.type(CSV).send(stringifyAtOnce(rows, { header: true, escape_formulas: true }));
  }

  @Get('indicators')
  @ApiOperation({ summary: 'How many assets stand where: by region, kind, phase and currency' })
  async indicators(
    @Query(validation('query')) { after }: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(after);
    if (await this.reading.unchanged(request, reply)) return;
    await reply.send(await orBuilding(stock(this.reading.database)));
  }

  @Get('indicators.csv')
  @ApiOperation({ summary: 'The same as CSV' })
  async indicatorsSheet(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const { cells } = await orBuilding(stock(this.reading.database));
    await reply.type(CSV).send(stringifyAtOnce([...cells], { header: true, escape_formulas: true }));
  }

  private async dossier(id: string, { asOf, knownAt }: MomentDto): Promise<AssetPage> {
    const { database, profile } = this.reading;
    const moment = { ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) };
    const found = isAssetId(id) ? await orBuilding(assetPage(database, id, moment, profile)) : undefined;
    if (!found)
      throw failed(
        'not-found',
        `The register has never heard of "${id}". Check the id: its last character guards against mistyping.`,
      );
    return found;
  }
}

function withCursor(url: string, cursor: string | undefined): string {
  const address = new URL(url, 'http://registry');
  address.searchParams.delete('cursor');
  address.searchParams.delete('after');
  if (cursor !== undefined) address.searchParams.set('cursor', cursor);
  return `${address.pathname}${address.search}`;
}
