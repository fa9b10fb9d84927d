import { Injectable, Query, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { IntersectionType } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { Reading, orBuilding } from '../reading';
import { LanguageDto } from '../register-query';
import type { FreshnessDto } from '../register-query';
import { savedAs, wantsCsv } from './answer';
import type { listOperations } from './operation';
import { CSV, csvOf, jsonArrayOf, mapped } from './tables';
import { MAX_ROWS, refuseTooManyRows } from './workbook';
import { alsoSaidIn, answerWorkbook } from './workbook-answer';

export type TableRow = Readonly<Record<string, string | number | null>>;

/** A list of the API under the filters of one request: how it is read, and what each item looks like in JSON and in a table. */
export interface List<Item> {
  /** Its name in the address. */
  readonly name: string;
  readonly columns: readonly string[];
  /** One page as the answer says it, with links to its neighbours (RFC 8288). */
  readonly page: () => Promise<ListPage>;
  /** How many there are; counting may stop at `atMost`. Throws NotBuiltYet where nothing can be read. */
  readonly count: (atMost: number) => Promise<number>;
  readonly all: () => AsyncIterable<Item>;
  readonly resource: (item: Item) => object;
  readonly row: (item: Item) => TableRow;
  /** What the answer changes with beside the log position and the day. */
  readonly also?: () => Promise<string>;
}

export interface ListPage {
  readonly answer: object;
  readonly links: readonly string[];
}

/** The four ways to ask for a list, as routes of a controller: a page at a time, everything as CSV, as a workbook, as one JSON array. */
export function ListRoutes<PageQuery extends FreshnessDto, Whole extends FreshnessDto, Item>(
  operations: ReturnType<typeof listOperations>,
  query: { readonly page: Type<PageQuery>; readonly whole: Type<Whole> },
  listOf: (reading: Reading, query: PageQuery & Whole) => List<Item>,
) {
  @Injectable()
  class Routes {
    constructor(readonly reading: Reading) {}

    @operations.Page()
    @takes(query.page)
    async list(
      @Query(validation('query')) asked: PageQuery & Whole,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      if (wantsCsv(request)) return this.sheet(asked, request, reply);
      const list = listOf(this.reading, asked);
      if (await this.reading.unchanged(request, reply, asked.after, list.also)) return;
      const { answer, links } = await orBuilding(list.page());
      await reply.header('link', links.join(', ')).send(answer);
    }

    @operations.Sheet()
    @takes(query.whole)
    sheet(
      @Query(validation('query')) asked: PageQuery & Whole,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      return this.whole('csv', CSV, asked, request, reply, ({ all, row, columns }) =>
        csvOf(mapped(all(), row), columns),
      );
    }

    @operations.Workbook()
    @takes(IntersectionType(query.whole as Type<FreshnessDto>, LanguageDto))
    async workbook(
      @Query(validation('query')) asked: PageQuery & Whole & LanguageDto,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const { name, columns, all, row, count, also } = listOf(this.reading, asked);
      if (await this.reading.unchanged(request, reply, asked.after, alsoSaidIn(asked.lang, also))) return;
      refuseTooManyRows(await orBuilding(count(MAX_ROWS + 1)), this.reading.workbookRows);
      await answerWorkbook(this.reading, reply, { name, columns, rows: mapped(all(), row) }, asked.lang);
    }

    @operations.Array()
    @takes(query.whole)
    array(
      @Query(validation('query')) asked: PageQuery & Whole,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      return this.whole('json', 'application/json; charset=utf-8', asked, request, reply, ({ all, resource }) =>
        jsonArrayOf(mapped(all(), resource)),
      );
    }

    /** Everything that is asked for in one file. Whether it can be read at all is found out before the answer begins. */
    async whole(
      ending: string,
      type: string,
      asked: PageQuery & Whole,
      request: FastifyRequest,
      reply: FastifyReply,
      write: (list: List<Item>) => NodeJS.ReadableStream,
    ): Promise<void> {
      const list = listOf(this.reading, asked);
      if (await this.reading.unchanged(request, reply, asked.after, list.also)) return;
      await orBuilding(list.count(1));
      const file = write(list);
      await reply
        .headers(savedAs(`${list.name}.${ending}`))
        .type(type)
        .send(file);
    }
  }
  return Routes;
}

/** Names the class a query is checked against, which a type parameter cannot. */
export const takes = (query: Type): MethodDecorator => Reflect.metadata('design:paramtypes', [query, Object, Object]);
