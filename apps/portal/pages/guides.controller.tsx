import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KEPT_FOR_AN_HOUR, originOf, sendMadeOf, sendTagged, wordsOf } from '#http';
import { GuidePage, guides, renderPage } from '#web';
import type { Guide } from '#web';
import { Reading } from '../reading';
import { inEachLanguage } from './pages.controller';
import { PlaceOfPages } from './place-of-pages';

const addressesOf = (guide: Guide): string[] => inEachLanguage({ page: 'guide', guide });
const [glossary, accessibility, company] = guides.map(addressesOf);

/** Pages of text, which know nothing of the register. */
@ApiExcludeController()
@Controller()
export class GuidesController {
  constructor(
    private readonly reading: Reading,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(glossary)
  async glossary(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show('glossary', request, reply);
  }

  @Get(accessibility)
  async accessibility(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show('accessibility', request, reply);
  }

  @Get(company)
  async company(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show('company', request, reply);
  }

  private async show(guide: Guide, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const place = await this.place.now();
    if (await sendMadeOf(request, reply, JSON.stringify(place))) return;
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(<GuidePage guide={guide} origin={originOf(request)} />, words, place);
    void reply.header('content-language', words.language);
    await sendTagged(html, { type: 'text/html; charset=utf-8', keep: KEPT_FOR_AN_HOUR }, request, reply);
  }
}
