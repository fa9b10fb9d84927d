import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed } from '#http';
import type { Run, Slice } from '#read-models';
import { savedAs } from '../api/answer';
import { CSV, csvOf, jsonArrayOf, mapped } from '../api/tables';
import { XLSX, refuseTooManyRows, workbookOf } from '../api/workbook';
import type { Reading } from '../reading';
import { orBuilding } from '../reading';
import { placeText } from './cursor';
import { runOf } from './questions';
import type { PagedDto } from './questions';

type TableRow = Readonly<Record<string, string | number | null>>;

/** A list of the API: how it is asked for, and what each item looks like in JSON and in a table. */
export interface Listing<Item> {
  /** Its name in the address and in the answer. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly page: (run: Run) => Promise<Slice<Item>>;
  readonly all: () => AsyncGenerator<Item>;
  readonly resource: (item: Item) => object;
  readonly row: (item: Item) => TableRow;
  /** What the answer changes with beside the log position and the day. */
  readonly also?: () => Promise<string>;
}

const PAGE = 50;

/** One page as JSON, with its neighbours in the Link header (RFC 8288). */
export async function sendPage<Item>(
  reading: Reading,
  { name, page, resource, also }: Listing<Item>,
  query: PagedDto,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (await reading.unchanged(request, reply, query.after, also)) return;
  const { items, total, position, previous, next } = await orBuilding(page(runOf(query, PAGE)));
  const link = (rel: string, cursor?: string): string => `<${addressOf(name, query, cursor)}>; rel="${rel}"`;
  const links = [
    link('first'),
    ...(previous ? [link('prev', placeText('before', previous))] : []),
    ...(next ? [link('next', placeText('after', next))] : []),
  ];
  await reply.header('link', links.join(', ')).send({ [name]: items.map(resource), total, position });
}

/** Everything that is asked for, as one table. */
export async function sendTable<Item>(
  reading: Reading,
  { name, columns, page, all, row, also }: Listing<Item>,
  query: PagedDto,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (await reading.unchanged(request, reply, query.after, also)) return;
  // Whether it can be read at all is found out before the answer begins.
  await orBuilding(page({ limit: 1 }));
  await reply
    .headers(savedAs(`${name}.csv`))
    .type(CSV)
    .send(csvOf(mapped(all(), row), columns));
}

/** Everything that is asked for, as a workbook. */
export async function sendWorkbook<Item>(
  reading: Reading,
  { name, columns, page, all, row, also }: Listing<Item>,
  query: PagedDto,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (await reading.unchanged(request, reply, query.after, also)) return;
  refuseTooManyRows((await orBuilding(page({ limit: 1 }))).total, reading.workbookRows);
  await reply
    .headers(savedAs(`${name}.xlsx`))
    .type(XLSX)
    .send(workbookOf(mapped(all(), row), name, columns));
}

/** Everything that is asked for, as one JSON array. */
export async function sendArray<Item>(
  reading: Reading,
  { name, page, all, resource, also }: Listing<Item>,
  query: PagedDto,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (await reading.unchanged(request, reply, query.after, also)) return;
  await orBuilding(page({ limit: 1 }));
  await reply
    .headers(savedAs(`${name}.json`))
    .type('application/json; charset=utf-8')
    .send(jsonArrayOf(mapped(all(), resource)));
}

function addressOf(name: string, { after: _, cursor: _c, ...filters }: PagedDto, cursor: string | undefined): string {
  const parameters = Object.entries({ ...filters, cursor })
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => [key, String(value)]);
  const text = new URLSearchParams(parameters).toString();
  return `/api/v1/${name}${text && `?${text}`}`;
}

/** What was asked for by its id; throws RequestFailed where there is none. */
export async function found<Item>(item: Promise<Item | undefined>, id: string): Promise<Item> {
  const there = await orBuilding(item);
  if (there !== undefined) return there;
  throw failed(
    'not-found',
    `The register has never heard of "${id}". Check the id: its last character guards against mistyping.`,
  );
}
