import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { failed, originOf, wordsOf } from '#http';
import { AreaPage, AreasPage, MOST_COMPARED, addressOf, languages, renderPage } from '#web';
import { Reading } from '../reading';
import { FreshnessDto } from '../register-query';
import { areaView, areasView } from './area-views';
import { KnownParameters } from './known-parameters';
import { PlaceOfPages } from './place-of-pages';
import { inEachLanguage } from './pages.controller';

class AreasDto extends FreshnessDto {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [...new Set([value].flat())])
  @ArrayMaxSize(MOST_COMPARED, { message: `Choose at most ${MOST_COMPARED} areas` })
  @Matches(/^[0-9A-Za-z-]{1,12}$/, { each: true, message: 'Give official codes of areas, with their leading zeros' })
  readonly area?: readonly string[];
}

/** The pages of regions, provinces and municipalities. */
@ApiExcludeController()
@Controller()
export class AreaPagesController {
  constructor(
    private readonly reading: Reading,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(inEachLanguage({ page: 'areas' }))
  async areas(
    @Query(new KnownParameters(['area', 'after'])) { area = [], after }: AreasDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after)) return;
    const view = await areasView(this.reading, area);
    await this.show(<AreasPage view={view} origin={originOf(request)} />, request, reply);
  }

  @Get(languages.map((language) => `${addressOf(language, { page: 'areas' })}/:code`))
  async area(
    @Param('code') code: string,
    @Query(new KnownParameters(['after'])) { after }: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after)) return;
    const view = await areaView(this.reading, code);
    if (!view)
      throw failed(
        'not-found',
        `No asset of the register lies in an area with the code "${code}". Give the official code of a region, province or municipality, with its leading zeros.`,
      );
    await this.show(<AreaPage view={view} origin={originOf(request)} />, request, reply);
  }

  private async show(page: VNode, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(page, words, await this.place.now());
    await reply.type('text/html; charset=utf-8').header('content-language', words.language).send(html);
  }
}
