import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { languageOf, originOf, wordsOf } from '#http';
import {
  positionOf,
  publishedReturn,
  publishedYears,
  returnEntries,
  returnRegions,
  returnsUnderWay,
} from '#read-models';
import type { ReturnEntry } from '#read-models';
import { AnnualReturnPage, AnnualReturnsPage, ReturnItemPage, addressOf, renderPage } from '#web';
import type { ReturnEntryLine } from '#web';
import { figuresKept, itemAsked, returnYears, stockUndated, yearAsked } from '../api/annual-return/asking';
import { ReturnEntriesDto, returnEntryFilters } from '../api/annual-return/filters';
import { boundsOf } from '../api/reports/filters';
import { Reading, orBuilding } from '../reading';
import { FreshnessDto, given } from '../register-query';
import { KnownParameters } from './known-parameters';
import { PlaceOfPages } from './place-of-pages';
import { inEachLanguage, straightened } from './pages.controller';

const fresh = new KnownParameters(['after']);
const within = (path: string): string[] =>
  inEachLanguage({ page: 'annual-return' }).map((address) => `${address}/${path}`);
const PAGE = 25;

/** The pages of the annual return: its years, one year, and what lies behind a figure. */
@ApiExcludeController()
@Controller()
export class AnnualReturnPagesController {
  constructor(
    private readonly reading: Reading,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(inEachLanguage({ page: 'annual-return' }))
  async years(
    @Query(fresh) { after }: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after)) return;
    const { database } = this.reading;
    const [years, published, underWay] = await orBuilding(
      Promise.all([returnYears(this.reading), publishedYears(database), returnsUnderWay(database)]),
    );
    const position = await positionOf(this.reading.database);
    const view = {
      years: years.map((year) => ({
        year,
        ...(published.has(year) && { publishedOn: published.get(year) ?? null }),
        ...(underWay.has(year) && { underWay: underWay.get(year)! }),
      })),
      today: this.reading.today(),
      position,
    };
    await this.show(<AnnualReturnsPage view={view} origin={originOf(request)} />, request, reply);
  }

  @Get(within(':year'))
  async year(
    @Param('year') year: string,
    @Query(fresh) { after }: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after)) return;
    const asked = await orBuilding(yearAsked(this.reading, year));
    const { answer: now, position } = await orBuilding(figuresKept(this.reading, asked));
    const published = await orBuilding(publishedReturn(this.reading.database, asked));
    const underWay = (await orBuilding(returnsUnderWay(this.reading.database))).get(asked);
    const known = { ...(published && { published }), ...(underWay && { underWay }) };
    const undated = await orBuilding(stockUndated(this.reading, now));
    const view = { year: asked, now, ...known, undated, today: this.reading.today(), position };
    await this.show(<AnnualReturnPage view={view} origin={originOf(request)} />, request, reply);
  }

  @Get(within(':year/:item'))
  async item(
    @Param('year') year: string,
    @Param('item') item: string,
    @Query(new KnownParameters([...returnEntryFilters, 'cursor', 'after'])) query: ReturnEntriesDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { part, region, kind, cursor, after } = query;
    const code = itemAsked(item, part);
    const chosen = given({ part, region, kind });
    const address = given({ ...chosen, cursor });
    const here = addressOf(languageOf(request), { page: 'annual-return', year, item, query: address });
    if (after === undefined && (await straightened(here, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after)) return;
    const { database } = this.reading;
    const asked = await orBuilding(yearAsked(this.reading, year));
    const [{ answer: now }, regions, { entries, next, position }] = await orBuilding(
      Promise.all([
        figuresKept(this.reading, asked),
        returnRegions(database),
        returnEntries(database, { year: asked, item: code, ...chosen, ...boundsOf(cursor), limit: PAGE }),
      ]),
    );
    const lines = entries.map(lineOf);
    const view = { year: asked, item: code, address, now, regions, lines, position };
    const page = <ReturnItemPage view={{ ...view, ...(next !== undefined && { next: `after~${next}` }) }} origin={originOf(request)} />;
    await this.show(page, request, reply);
  } // prettier-ignore

  private async show(page: VNode, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(page, words, await this.place.now());
    await reply.type('text/html; charset=utf-8').header('content-language', words.language).send(html);
  }
}

function lineOf({ asset, kind, category, subcategory, title, region, ...line }: ReturnEntry): ReturnEntryLine {
  const location = { region: region === null ? null : { code: '', name: region }, province: null, municipality: null };
  return {
    ...line,
    asset: asset === null ? null : { asset, kind: kind ?? '', category, subcategory, title, location },
  };
}
