import { Query, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf, validation } from '#http';
import type { ReadDatabase } from '#read-models';
import { GEOJSON, inSome, pointsOf } from '../api/geojson';
import type { ToldOfAsset } from '../api/geojson';
import { ListRoutes, takes } from '../api/list';
import type { List } from '../api/list';
import { onTheMap } from '../api/operation';
import type { listOperations } from '../api/operation';
import type { Reading } from '../reading';
import type { PagedDto } from './questions';

/** The assets that items are about, in the order of the items. */
type AssetsOf<Item> = (database: ReadDatabase, items: readonly Item[]) => Promise<readonly (readonly string[])[]>;

/** The routes of a civic list whose items are about assets: those of every list, and the items where their assets lie. */
export function PlacedListRoutes<Query extends PagedDto, Item>(
  name: string,
  operations: ReturnType<typeof listOperations>,
  query: Type<Query>,
  listOf: (reading: Reading, query: Query) => List<Item>,
  assetsOf: AssetsOf<Item>,
) {
  const Points = onTheMap(name, name.replace(/s$/, ''));
  class Routes extends ListRoutes(operations, { page: query, whole: query }, listOf) {
    /** An item once for each asset with a position that it is about. */
    @Points()
    @takes(query)
    points(
      @Query(validation('query')) asked: Query,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const { database } = this.reading;
      return this.whole('geojson', GEOJSON, asked, request, reply, ({ all, row }) =>
        pointsOf(
          database,
          told(all(), (some) => assetsOf(database, some), row),
          originOf(request),
        ),
      );
    }
  }
  return Routes;
}

async function* told<Item>(
  items: AsyncIterable<Item>,
  assetsOf: (items: readonly Item[]) => Promise<readonly (readonly string[])[]>,
  row: (item: Item) => object,
): AsyncGenerator<ToldOfAsset> {
  for await (const some of inSome(items)) {
    const assets = await assetsOf(some);
    for (const [place, item] of some.entries())
      for (const asset of assets[place] ?? []) yield { asset, says: { ...row(item), asset } };
  }
}
