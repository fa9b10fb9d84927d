import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { dataAddress } from '#web';
import type { CivicList } from '#web';
import { Open } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { assetResource } from '../api/resources';
import { passedDeadline } from '../civic/around-asset';
import { callSummaryOf, dialogueSummaryOf, groupSummaryOf, organisationSummaryOf } from '../civic/resources';
import { Reading, orBuilding } from '../reading';
import { Search } from './found';
import type { FoundArea, Part } from './found';
import { SearchDto } from './search-dto';

/** The one search over everything, for programs. Explanations are texts of the pages, in their languages, and no data. */
@Queries()
@Controller('api/v1')
export class SearchController {
  constructor(
    private readonly reading: Reading,
    private readonly found: Search,
  ) {}

  @Get('search')
  @Open()
  @ApiOperation({
    operationId: 'search',
    summary: 'Everything that has some words: assets, areas, organisations, calls, questions, groups',
  })
  @Answers({ description: 'The first of each kind, how many there are, and where all are', json: { name: 'Found' } })
  async search(
    @Query(validation('query')) { q = '', after }: SearchDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after, () => passedDeadline(this.reading))) return;
    const { exactly, kinds, position } = await orBuilding(this.found.for(q));
    const { assets, areas, organisations, calls, dialogues, groups } = kinds;
    const inList = (list: CivicList): string => dataAddress.civicPages(list, { q });
    void reply.header('etag', this.reading.tag(position, await passedDeadline(this.reading)));
    await reply.send({
      q,
      exactly: {
        assets: exactly.assets.map(assetResource),
        organisations: exactly.organisations.map(organisationSummaryOf),
        calls: exactly.calls.map(callSummaryOf),
        dialogues: exactly.dialogues.map(dialogueSummaryOf),
        groups: exactly.groups.map(groupSummaryOf),
        entry: exactly.entry && { id: exactly.entry.id, kind: exactly.entry.kind, of: exactly.entry.of },
      },
      assets: partOf(assets, assetResource, dataAddress.assets({ q }, 'pages')),
      areas: partOf(areas, areaResource, null),
      organisations: partOf(organisations, organisationSummaryOf, inList('organisations')),
      calls: partOf(calls, callSummaryOf, inList('calls')),
      dialogues: partOf(dialogues, dialogueSummaryOf, inList('dialogues')),
      groups: partOf(groups, groupSummaryOf, inList('groups')),
      position,
    });
  }
}

const partOf = <Item>(
  { items, ...part }: Part<Item>,
  resource: (item: Item) => object,
  all: string | null,
): object => ({
  items: items.map(resource),
  ...part,
  all: part.total === 0 ? null : all,
});

const areaResource = ({ level, code, name, within, assets }: FoundArea): object => ({ level, code, name, within, assets }); // prettier-ignore
