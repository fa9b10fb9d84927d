import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { derivedUuid, isAssetId } from '#domain';
import { failed, languageOf, originOf, sendTagged, wordsOf } from '#http';
import { recentEntries } from '#read-models';
import type { RecentEntry, RecentQuery } from '#read-models';
import { addressOf, assetName, atomOf, feedAddress, languages, sentenceOf } from '#web';
import type { FeedEntry, Words } from '#web';
import { Reading, orBuilding } from '../reading';
import { KnownParameters } from './known-parameters';

/** So many entries; who asks less often than they come finds the rest on the pages. */
const ENTRIES = 50;
const KEPT = 'public, max-age=300, stale-while-revalidate=300';

class FeedDto {
  @IsOptional()
  @Matches(/^[0-9A-Za-z-]{1,12}$/, { message: 'Give the official code of a region, province or municipality' })
  readonly area?: string;
}

/** What is new, for programs that tell their readers: of the whole register, of an area, of one asset. */
@ApiExcludeController()
@Controller()
export class FeedsController {
  constructor(private readonly reading: Reading) {}

  @Get(languages.map((language) => feedAddress(language, {})))
  @Header('access-control-allow-origin', '*')
  async register(
    @Query(new KnownParameters(['area'])) { area }: FeedDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.send(area === undefined ? {} : { area }, request, reply);
  }

  @Get(languages.map((language) => feedAddress(language, { asset: ':id' })))
  @Header('access-control-allow-origin', '*')
  async asset(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send({ asset: id }, request, reply);
  }

  private async send(query: RecentQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const known = query.asset === undefined || isAssetId(query.asset);
    const entries = known ? await orBuilding(recentEntries(this.reading.database, query, ENTRIES)) : [];
    if (query.asset !== undefined && entries.length === 0)
      throw failed('not-found', `The register has never heard of "${query.asset}".`);
    const body = feedOf(query, entries, originOf(request), wordsOf(request, this.reading.profile));
    // By what it says, and not by the log's position: most entries are of other assets, and change nothing here.
    void reply.header('content-language', languageOf(request));
    await sendTagged(body, { type: 'application/atom+xml; charset=utf-8', keep: KEPT }, request, reply);
  }
}

function feedOf(query: RecentQuery, entries: readonly RecentEntry[], origin: string, words: Words): string {
  const { t, language } = words;
  const { asset, area } = query;
  const page =
    asset === undefined ? addressOf(language, { page: 'register' }) : addressOf(language, { page: 'asset', id: asset });
  return atomOf({
    id: `urn:uuid:${derivedUuid('feed', asset ?? '', area ?? '')}`,
    language,
    title: titleOf(query, entries, words),
    author: t('site.name'),
    self: origin + feedAddress(language, query),
    page: origin + page,
    entries: entries.map((entry) => told(entry, origin, words)),
  });
}

function titleOf({ asset, area }: RecentQuery, entries: readonly RecentEntry[], words: Words): string {
  const item = entries[0]?.item;
  if (asset !== undefined) return words.t('feed.asset', { asset: item ? named(item, words) : asset });
  if (area === undefined) return words.t('feed.register');
  const names = {
    [item?.region_code ?? '']: item?.region,
    [item?.province_code ?? '']: item?.province,
    [item?.municipality_code ?? '']: item?.municipality,
  };
  return words.t('feed.area', { area: names[area] ?? area });
}

const named = (item: NonNullable<RecentEntry['item']>, words: Words): string =>
  [assetName(item, words), item.municipality].filter(Boolean).join(', ');

function told(
  { id, asset, item, type, data, agency, recordedAt, revision }: RecentEntry,
  origin: string,
  words: Words,
): FeedEntry {
  const said = sentenceOf(type, data, words) ?? type;
  return {
    id: `urn:uuid:${id}`,
    title: `${item ? named(item, words) : asset}: ${said}`,
    content: said,
    author: agency,
    link: `${origin}${addressOf(words.language, { page: 'asset', id: asset })}#entry-${revision}`,
    updated: recordedAt,
  };
}
