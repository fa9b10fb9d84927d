import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { failed, languageOf, originOf, wordsOf } from '#http';
import { AreaPage, AreasPage, MOST_COMPARED, addressOf, languages, renderPage } from '#web';
import { Reading } from '../reading';
import { OnADayDto, given } from '../register-query';
import { areaView, areasView } from './area-views';
import { KnownParameters } from './known-parameters';
import { PlaceOfPages } from './place-of-pages';
import { inEachLanguage, straightened } from './pages.controller';

class AreasDto extends OnADayDto {
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
    @Query(new KnownParameters(['area', 'asOf', 'after'])) { area = [], asOf, after }: AreasDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const moment = given({ asOf });
    const address = addressOf(languageOf(request), { page: 'areas', compared: area, moment });
    if (after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after)) return;
    const view = await areasView(this.reading, area, asOf);
    await this.show(<AreasPage view={view} moment={moment} origin={originOf(request)} />, request, reply);
  }

  @Get(languages.map((language) => `${addressOf(language, { page: 'areas' })}/:code`))
  async area(
    @Param('code') code: string,
    @Query(new KnownParameters(['asOf', 'after'])) { asOf, after }: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const moment = given({ asOf });
    const address = addressOf(languageOf(request), { page: 'area', code, moment });
    if (after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after)) return;
    const view = await areaView(this.reading, code, asOf);
    if (!view)
      throw failed(
        'not-found',
        `No asset of the register lies in an area with the code "${code}". Give the official code of a region, province or municipality, with its leading zeros.`,
      );
    await this.show(<AreaPage view={view} moment={moment} origin={originOf(request)} />, request, reply);
  }

  private async show(page: VNode, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(page, words, await this.place.now());
    await reply.type('text/html; charset=utf-8').header('content-language', words.language).send(html);
  }
}
