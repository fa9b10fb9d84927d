import type { LegalDate } from '#domain';
import { failed } from '#http';
import type { Run, Slice } from '#read-models';
import type { List, ListPage } from '../api/list';
import { orBuilding } from '../reading';
import { placeText } from './cursor';
import { runOf } from './questions';
import type { PagedDto } from './questions';

const PAGE = 50;

type Listing<Item> = Omit<List<Item>, 'page' | 'count'> & { readonly slice: (run: Run) => Promise<Slice<Item>> };

/** A list of the civic reports. */
export const civicList = <Item>(query: PagedDto, { slice, ...list }: Listing<Item>): List<Item> => ({
  ...list,
  page: async () => pageOf(list, query, await slice(runOf(query, PAGE))),
  count: async () => (await slice({ limit: 1 })).total,
});

function pageOf<Item>(
  { name, resource }: Pick<List<Item>, 'name' | 'resource'>,
  query: PagedDto,
  { items, total, position, previous, next }: Slice<Item>,
): ListPage {
  const link = (rel: string, cursor?: string): string => `<${addressOf(name, query, cursor)}>; rel="${rel}"`;
  const links = [
    link('first'),
    ...(previous ? [link('prev', placeText('before', previous))] : []),
    ...(next ? [link('next', placeText('after', next))] : []),
  ];
  return { answer: { asOf: query.asOf ?? null, [name]: items.map(resource), total, position }, links };
}

function addressOf(name: string, { after: _, cursor: _c, ...filters }: PagedDto, cursor: string | undefined): string {
  const parameters = Object.entries({ ...filters, cursor })
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => [key, String(value)]);
  const text = new URLSearchParams(parameters).toString();
  return `/api/v1/${name}${text && `?${text}`}`;
}

/** What was asked for by its id; throws RequestFailed where there is none, or was none on the day asked for. */
export async function found<Item>(item: Promise<Item | undefined>, id: string, asOf?: LegalDate): Promise<Item> {
  const there = await orBuilding(item);
  if (there !== undefined) return there;
  if (asOf !== undefined)
    throw failed(
      'not-found',
      `On ${asOf} the register had not heard of "${id}". Ask for a later day, or leave "asOf" out; if it is not there today either, check the id.`,
    );
  throw failed(
    'not-found',
    `The register has never heard of "${id}". Check the id: its last character guards against mistyping.`,
  );
}
