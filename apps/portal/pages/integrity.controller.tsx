import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ASKED_EACH_TIME, originOf, sendTagged, wordsOf } from '#http';
import { timelineEntry } from '#read-models';
import { EntryProofPage, IntegrityPage, addressOf, languageFacts, languages, renderPage } from '#web';
import { integrityOf, provenEntry } from '../proofs';
import { PublishedLog, base64 } from '../published-log';
import { Reading, orBuilding } from '../reading';
import { inEachLanguage } from './pages.controller';
import { PlaceOfPages } from './place-of-pages';

const entryPages = languages.map(
  (language) => `${addressOf(language, { page: 'integrity' })}/${languageFacts[language].paths.entries}/:id`,
);

/** How anybody checks what the registry says: all of it, or one entry. */
@ApiExcludeController()
@Controller()
export class IntegrityController {
  constructor(
    private readonly log: PublishedLog,
    private readonly reading: Reading,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(inEachLanguage({ page: 'integrity' }))
  async integrity(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await integrityOf(this.log, this.reading);
    await this.show(<IntegrityPage view={view} origin={originOf(request)} />, request, reply);
  }

  @Get(entryPages)
  async entry(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { index, leaf, latest } = await provenEntry(this.log, this.reading, id);
    const told = await orBuilding(timelineEntry(this.reading.database, id));
    const { head, publishedAt } = latest;
    const view = {
      id,
      index,
      size: head.size,
      root: base64(head.root),
      publishedAt,
      leaf: Buffer.from(leaf).toString('utf8'),
      ...(told && { told: { asset: told.asset, ...told.entry } }),
    };
    await this.show(<EntryProofPage view={view} origin={originOf(request)} />, request, reply);
  }

  private async show(page: VNode, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(page, words, await this.place.now());
    void reply.header('content-language', words.language);
    await sendTagged(html, { type: 'text/html; charset=utf-8', keep: ASKED_EACH_TIME }, request, reply);
  }
}
