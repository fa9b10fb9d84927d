import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { derivedUuid } from '#domain';
import { languageOf, originOf, sendMadeOf, sendTagged, wordsOf } from '#http';
import { addressOf, atomOf, feedAddress, languages } from '#web';
import type { Target } from '#web';
import { KnownParameters } from '../pages/known-parameters';
import { passedDeadline } from '../civic/around-asset';
import { Reading } from '../reading';
import { answerOf, feeds } from './feeds';
import type { FeedKind } from './feeds';

const KEPT = 'public, max-age=300, stale-while-revalidate=300';

/** The kinds of feeds by their routes. */
const byRoute: ReadonlyMap<string, FeedKind> = new Map(
  feeds.flatMap((kind) =>
    languages.map((language) => [decodeURIComponent(feedAddress(language, kind.beside)), kind] as const),
  ),
);

/** What is new, for programs that tell their readers: of the whole, of an area, of one thing, of a list by its filters. */
@ApiExcludeController()
@Controller()
export class FeedsController {
  constructor(private readonly reading: Reading) {}

  @Get([...byRoute.keys()])
  @Header('access-control-allow-origin', '*')
  async feed(
    @Param() { id = '', year = '', item = '' }: Readonly<Record<string, string>>,
    @Query() asked: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = byRoute.get(request.routeOptions.url ?? '')!;
    const query = (await new KnownParameters(kind.filters).transform(asked, { type: 'query', metatype: kind.query })) as object;
    // A deadline that passes changes which calls are open, though nothing is recorded.
    const also = 'call' in query ? await passedDeadline(this.reading) : '';
    if (await sendMadeOf(request, reply, `${await this.reading.mark()}${also}`)) return;
    const { target, title, entries } = await answerOf(kind, { reading: this.reading, query, id, year, item });
    const words = wordsOf(request, this.reading.profile);
    const origin = originOf(request);
    const body = atomOf({
      id: idOf(target),
      language: words.language,
      title: title(words),
      author: words.t('site.name'),
      self: origin + feedAddress(words.language, target),
      page: origin + addressOf(words.language, target),
      entries: entries(origin, words),
    });
    // By what it says, and not by the log's position: most entries are about other things, and change nothing here.
    void reply.header('content-language', languageOf(request));
    await sendTagged(body, { type: 'application/atom+xml; charset=utf-8', keep: KEPT }, request, reply);
  } // prettier-ignore
}

/** The same in every language. Feeds of the whole, of areas and of assets are named by what they are about, all others by their address. */
function idOf(target: Target): string {
  const [asset, area] = [target.page === 'asset' ? target.id : '', target.page === 'area' ? target.code : ''];
  const older = target.page === 'home' || asset !== '' || area !== '';
  return `urn:uuid:${older ? derivedUuid('feed', asset, area) : derivedUuid('feed', feedAddress('en', target))}`;
}
