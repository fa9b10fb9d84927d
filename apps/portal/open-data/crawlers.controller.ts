import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KEPT_FOR_AN_HOUR, failed, originOf, sendTagged } from '#http';
import { listedPart, listedTotals } from '#read-models';
import { dataAddress } from '#web';
import { Open } from '../api/answer';
import { Reading, orBuilding } from '../reading';
import { placeOf } from './place';
import { A_PART, indexOf, pagesOf, partFrom, partOf } from './sitemap';

const XML = 'application/xml; charset=utf-8';

/** What search engines read: where the pages are, and each asset in the words of schema.org. Pages hold no script, so it lies beside them. */
@ApiExcludeController()
@Controller()
export class CrawlersController {
  constructor(private readonly reading: Reading) {}

  @Get('robots.txt')
  async robots(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const lines = ['User-agent: *', 'Disallow: /office', 'Disallow: /ask/', 'Disallow: /*knownAt=', '', `Sitemap: ${originOf(request)}/sitemap.xml`, '']; // prettier-ignore
    await sendTagged(lines.join('\n'), { type: 'text/plain; charset=utf-8', keep: KEPT_FOR_AN_HOUR }, request, reply);
  }

  @Get('sitemap.xml')
  async sitemap(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const totals = await orBuilding(listedTotals(this.reading.database));
    await reply.type(XML).send(indexOf(totals, originOf(request)));
  }

  @Get('sitemaps/:part')
  async part(@Param('part') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const origin = originOf(request);
    if (name === 'pages.xml') return void (await reply.type(XML).send(pagesOf(origin)));
    const part = partFrom(name);
    const listed = part && (await orBuilding(listedPart(this.reading.database, part.kind, part.number * A_PART, A_PART))); // prettier-ignore
    if (!part || !listed || listed.length === 0) throw failed('not-found', 'There is no such part of the sitemap. Its parts are named in /sitemap.xml.'); // prettier-ignore
    await reply.type(XML).send(partOf(part.kind, listed, origin));
  }

  @Get(dataAddress.place(':id'))
  @Open()
  async place(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const { asset } = await this.reading.dossier(id, {});
    if (!asset) throw failed('gone', `The dossier ${id} was opened in error and annulled.`);
    await reply.type('application/ld+json; charset=utf-8').send(JSON.stringify(placeOf(id, asset, originOf(request))));
  }
} // prettier-ignore
