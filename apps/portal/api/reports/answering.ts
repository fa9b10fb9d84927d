import { Query, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LegalDate } from '#domain';
import { originOf, validation } from '#http';
import { allRows, filtersKnown, reportCount, reportSlice, rowsOf } from '#read-models';
import type { ReportFilters, ReportName, RowsAsked, Row } from '#read-models';
import { dataAddress } from '#web';
import { orBuilding } from '../../reading';
import type { Reading } from '../../reading';
import { given } from '../../register-query';
import type { FreshnessDto, MomentDto } from '../../register-query';
import { savedAs, wantsCsv } from '../answer';
import { GEOJSON, pointsOf, toldInRows } from '../geojson';
import { ListRoutes, takes } from '../list';
import type { List, ListPage, TableRow } from '../list';
import type { chapterOperations } from '../operation';
import { CSV, csvOf } from '../tables';
import { boundsOf } from './filters';
import type { Division } from './filters';

const PAGE = 50;

interface PageQuery extends FreshnessDto {
  readonly cursor?: string;
  readonly limit?: number;
}
interface TotalsQuery extends FreshnessDto {
  readonly by?: Division;
}

/** How one of the chapters' reports is answered. */
export interface ReportAnswer<Resource, Total> {
  readonly name: ReportName;
  /** What the list is called in a page of JSON. */
  readonly list: string;
  /** Rows of days to come are left out, where the list holds some. */
  readonly until?: (reading: Reading) => LegalDate;
  readonly resource: (row: Row) => Resource;
  readonly columns: readonly string[];
  readonly row: (row: Row) => TableRow;
  readonly totals: (reading: Reading, filters: ReportFilters, by?: Division) => Promise<readonly Total[]>;
  readonly totalColumns: readonly string[];
  readonly totalRow: (total: Total) => TableRow;
}

/** The filters of a report among the parameters of a request. */
export function filtersOf(name: ReportName, query: object): ReportFilters {
  const known = filtersKnown(name);
  return Object.fromEntries(Object.entries(query).filter(([parameter]) => known.includes(parameter)));
}

/** The list of a report under the filters of a request. */
function reportList<Resource extends object, Total>(
  reading: Reading,
  report: ReportAnswer<Resource, Total>,
  query: PageQuery,
): List<Row> {
  const { name, columns, resource, row, until } = report;
  const today = reading.today();
  const asked = { filters: given(filtersOf(name, query)), today, ...(until && { until: until(reading) }) };
  return {
    name,
    columns,
    resource,
    row,
    page: () => pageOf(reading, report, query, asked),
    count: (atMost) => reportCount(reading.database, name, asked, atMost),
    all: () => allRows(reading.database, name, asked),
  };
}

/** One page with what all that the filter finds adds up to. */
async function pageOf<Resource, Total>(
  reading: Reading,
  { name, list, resource, totals }: ReportAnswer<Resource, Total>,
  { cursor, limit }: PageQuery,
  { filters, ...bounds }: RowsAsked,
): Promise<ListPage> {
  const [{ rows, next, previous, position }, summed] = await Promise.all([
    reportSlice(reading.database, name, { filters, ...bounds, ...boundsOf(cursor), limit: limit ?? PAGE }),
    totals(reading, filters),
  ]);
  const link = (rel: string, place?: string): string => {
    const size = limit === undefined ? {} : { limit: String(limit) };
    const address = dataAddress.report(name, { ...filters, ...size, ...(place !== undefined && { cursor: place }) });
    return `<${address}>; rel="${rel}"`;
  };
  const links = [
    link('first'),
    ...(previous === undefined ? [] : [link('prev', `before~${previous}`)]),
    ...(next === undefined ? [] : [link('next', `after~${next}`)]),
  ];
  const day = filtersKnown(name).includes('asOf') ? { asOf: filters.asOf ?? null } : {};
  return { answer: { ...day, [list]: rows.map(resource), totals: summed, position }, links };
}

/** The routes of a report: its list, its sums, and what a route on the part of a single dossier is answered with. */
export function ReportRoutes<Page extends PageQuery, Whole extends FreshnessDto, Resource extends object, Total>(
  operations: ReturnType<typeof chapterOperations>,
  queries: { readonly page: Type<Page>; readonly whole: Type<Whole>; readonly totals: Type<TotalsQuery> },
  report: ReportAnswer<Resource, Total>,
) {
  class Routes extends ListRoutes(operations, queries, (reading, asked) => reportList(reading, report, asked)) {
    /** The rows whose asset has a position, as points. */
    @operations.Map()
    @takes(queries.whole)
    points(
      @Query(validation('query')) asked: Page & Whole,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const { columns, row } = report;
      const said = (each: Row): object => {
        const cells = row(each);
        return Object.fromEntries(columns.map((column) => [column, cells[column] ?? null]));
      };
      return this.whole('geojson', GEOJSON, asked, request, reply, ({ all }) =>
        pointsOf(this.reading.database, toldInRows(all(), said), originOf(request)),
      );
    }

    /** The sums, together or divided. */
    @operations.Totals()
    @takes(queries.totals)
    async totals(
      @Query(validation('query')) query: TotalsQuery,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      if (wantsCsv(request)) return this.sumsSheet(query, request, reply);
      if (await this.reading.unchanged(request, reply, query.after)) return;
      const { name, totals } = report;
      await reply.send(await orBuilding(totals(this.reading, filtersOf(name, query), query.by)));
    }

    /** The same as a table, whatever the reader accepts. */
    async sumsSheet(query: TotalsQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      if (await this.reading.unchanged(request, reply, query.after)) return;
      const { name, totals, totalColumns, totalRow } = report;
      const summed = await orBuilding(totals(this.reading, filtersOf(name, query), query.by));
      await reply
        .headers(savedAs(`${name}-totals.csv`))
        .type(CSV)
        .send(csvOf(summed.map(totalRow), totalColumns));
    }

    /** The rows of one dossier at a moment, and the dossier; undefined when the reader has the answer already or was sent a table. */
    async rowsOfAsset(id: string, moment: MomentDto, request: FastifyRequest, reply: FastifyReply) {
      if (await this.reading.unchanged(request, reply, moment.after)) return undefined;
      const dossier = await this.reading.dossier(id, moment);
      const { name, row, resource, columns } = report;
      const rows = dossier.asset ? rowsOf(name, id, dossier.inForce, moment.asOf ?? this.reading.today()) : [];
      if (wantsCsv(request)) {
        await reply
          .headers(savedAs(`${id}-${name}.csv`))
          .type(CSV)
          .send(csvOf(rows.map(row), columns));
        return undefined;
      }
      const at: { asOf: LegalDate | null; knownAt: LegalDate | null } = {
        asOf: moment.asOf ?? null,
        knownAt: moment.knownAt ?? null,
      };
      return { dossier, answer: { id, ...at, position: dossier.position }, items: rows.map(resource) };
    }
  }
  return Routes;
}
