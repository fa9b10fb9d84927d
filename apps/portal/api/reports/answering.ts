import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LegalDate } from '#domain';
import { allRows, filtersKnown, reportCount, reportSlice, rowsOf } from '#read-models';
import type { ReportFilters, ReportName, Row } from '#read-models';
import { dataAddress } from '#web';
import { orBuilding } from '../../reading';
import type { Reading } from '../../reading';
import { given } from '../../register-query';
import type { MomentDto } from '../../register-query';
import { savedAs, wantsCsv } from '../answer';
import { CSV, csvOf, jsonArrayOf, mapped } from '../tables';
import { MAX_ROWS, XLSX, refuseTooManyRows, workbookOf } from '../workbook';
import { boundsOf } from './filters';
import type { Division } from './filters';

const PAGE = 50;

type TableRow = Readonly<Record<string, string | number | null>>;
interface PageQuery {
  readonly after?: number;
  readonly cursor?: string;
  readonly limit?: number;
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

/** Answers a report's list, its sums, and the part of a single dossier: what is the same for all of them. */
export class ReportAnswers<Resource, Total> {
  constructor(
    private readonly reading: Reading,
    private readonly report: ReportAnswer<Resource, Total>,
  ) {}

  /** One page with what all that the filter finds adds up to. */
  async page(query: PageQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (wantsCsv(request)) return this.sheet(query, request, reply);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { name, list, resource, totals, until } = this.report;
    const filters = filtersOf(name, query);
    const [{ rows, next, previous, position }, summed] = await orBuilding(
      Promise.all([
        reportSlice(this.reading.database, name, {
          filters,
          ...boundsOf(query.cursor),
          limit: query.limit ?? PAGE,
          ...(until && { until: until(this.reading) }),
        }),
        totals(this.reading, filters),
      ]),
    );
    const link = (rel: string, cursor?: string): string => {
      const size = query.limit === undefined ? {} : { limit: String(query.limit) };
      const address = dataAddress.report(name, { ...filters, ...size, ...(cursor !== undefined && { cursor }) });
      return `<${address}>; rel="${rel}"`;
    };
    const links = [
      link('first'),
      ...(previous === undefined ? [] : [link('prev', `before~${previous}`)]),
      ...(next === undefined ? [] : [link('next', `after~${next}`)]),
    ];
    const day = filtersKnown(name).includes('asOf') ? { asOf: filters.asOf ?? null } : {};
    await reply.header('link', links.join(', ')).send({ ...day, [list]: rows.map(resource), totals: summed, position });
  }

  /** Everything the filter finds, as a table. */
  async sheet(query: PageQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { name, row, columns } = this.report;
    const rows = mapped(await this.all(query), row);
    await reply
      .headers(savedAs(`${name}.csv`))
      .type(CSV)
      .send(csvOf(rows, columns));
  }

  /** Everything the filter finds, as a workbook. */
  async workbook(query: PageQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { name, row, columns } = this.report;
    const filters = given(filtersOf(name, query));
    const found = await orBuilding(reportCount(this.reading.database, name, filters, MAX_ROWS + 1));
    refuseTooManyRows(found, this.reading.workbookRows);
    const rows = mapped(await this.all(query), row);
    await reply
      .headers(savedAs(`${name}.xlsx`))
      .type(XLSX)
      .send(workbookOf(rows, name, columns));
  }

  /** Everything the filter finds, as one JSON array. */
  async array(query: PageQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { name, resource } = this.report;
    const items = mapped(await this.all(query), resource);
    await reply
      .headers(savedAs(`${name}.json`))
      .type('application/json; charset=utf-8')
      .send(jsonArrayOf(items));
  }

  /** The sums, together or divided. */
  async sums(
    query: { readonly after?: number; readonly by?: Division },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.sumsSheet(query, request, reply);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { name, totals } = this.report;
    await reply.send(await orBuilding(totals(this.reading, filtersOf(name, query), query.by)));
  }

  /** The same as a table, whatever the reader accepts. */
  async sumsSheet(
    query: { readonly after?: number; readonly by?: Division },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { name, totals, totalColumns, totalRow } = this.report;
    const summed = await orBuilding(totals(this.reading, filtersOf(name, query), query.by));
    await reply
      .headers(savedAs(`${name}-totals.csv`))
      .type(CSV)
      .send(csvOf(summed.map(totalRow), totalColumns));
  }

  /** The rows of one dossier at a moment, and the dossier; undefined when the reader has the answer already or was sent a table. */
  async ofAsset(id: string, moment: MomentDto, request: FastifyRequest, reply: FastifyReply) {
    if (await this.reading.unchanged(request, reply, moment.after)) return undefined;
    const dossier = await this.reading.dossier(id, moment);
    const { name, row, resource, columns } = this.report;
    const rows = dossier.asset ? rowsOf(name, id, dossier.inForce) : [];
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

  /** Whether it can be read at all is found out before the answer begins. */
  private async all(query: object): Promise<AsyncIterable<Row>> {
    const { name, until } = this.report;
    await orBuilding(reportSlice(this.reading.database, name, { filters: {}, limit: 1 }));
    return allRows(this.reading.database, name, given(filtersOf(name, query)), until?.(this.reading));
  }
}
