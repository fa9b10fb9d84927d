import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, originOf, wordsOf as speakingTo } from '#http';
import { holdsWords, wordsOf } from '#read-models';
import { SearchPage, addressOf, renderPage } from '#web';
import type { FoundLines, SearchView, Words } from '#web';
import { passedDeadline } from '../civic/around-asset';
import { toldNews } from '../feeds/told';
import { KnownParameters } from '../pages/known-parameters';
import { inEachLanguage, straightened } from '../pages/pages.controller';
import { PlaceOfPages } from '../pages/place-of-pages';
import { lineOf } from '../pages/register-view';
import { Reading, orBuilding } from '../reading';
import { given } from '../register-query';
import { Search } from './found';
import type { Found } from './found';
import { SearchDto } from './search-dto';

/** So many places stand as examples of what can be typed. */
const EXAMPLES = 3;

/** The page of the one search over everything. */
@ApiExcludeController()
@Controller()
export class SearchPagesController {
  constructor(
    private readonly reading: Reading,
    private readonly found: Search,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(inEachLanguage({ page: 'search' }))
  async search(
    @Query(new KnownParameters(['q', 'after'])) { q, after }: SearchDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = addressOf(languageOf(request), { page: 'search', ...given({ q }) });
    if (after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after, () => passedDeadline(this.reading))) return;
    const asked = wordsOf(q ?? '');
    const words = speakingTo(request, this.reading.profile);
    const answer = q === undefined || asked.length === 0 ? undefined : await orBuilding(this.found.for(q));
    const examples = await orBuilding(this.found.examples(EXAMPLES));
    const position = answer?.position ?? examples.position;
    const page = (
      <SearchPage
        view={answer && viewOf(q ?? '', answer, words)}
        noWords={q !== undefined}
        examples={examples.names}
        origin={originOf(request)}
        position={position}
      />
    );
    const tag = this.reading.tag(position, await passedDeadline(this.reading));
    await reply
      .type('text/html; charset=utf-8')
      .headers({ etag: tag, 'content-language': words.language })
      .send(renderPage(page, words, await this.place.now()));
  }
}

function viewOf(q: string, { kinds, exactly, position }: Found, words: Words): SearchView {
  const found: FoundLines = { ...kinds, assets: { ...kinds.assets, items: kinds.assets.items.map(lineOf) } };
  const { entry } = exactly;
  const told = entry && toldNews(entry, '', words);
  return {
    q,
    found,
    exactly: {
      ...exactly,
      assets: exactly.assets.map(lineOf),
      entry: entry && told && { id: entry.id, title: told.title, href: told.link },
    },
    holds: (text) => holdsWords(text, wordsOf(q)),
    position,
  };
}
