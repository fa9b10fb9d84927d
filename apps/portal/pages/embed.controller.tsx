import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, MaxLength, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, originOf, validation, wordsOf } from '#http';
import { AssetCard, addressOf, cardSize, frameOf, languages, renderPage, titleOf, wordsFor } from '#web';
import type { AssetView, Language } from '#web';
import { Reading } from '../reading';
import { inEachLanguage } from './pages.controller';

/** The card alone may stand in the frames of other sites: nothing in it can be pressed but the way to its page. */
const CARD_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors *";

const A_SIZE = 'Give a whole number of pixels';

/** What an oEmbed consumer asks (oEmbed 1.0 §2.2). */
class OembedDto {
  @MaxLength(2000, { message: 'Give the address of a page of an asset' })
  readonly url!: string;

  @IsOptional()
  @IsIn(['json'], { message: 'Only json is spoken here' })
  readonly format?: 'json';

  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: A_SIZE })
  @Min(1, { message: A_SIZE })
  readonly maxwidth?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: A_SIZE })
  @Min(1, { message: A_SIZE })
  readonly maxheight?: number;
}

/** Cards of assets for other sites, and where those ask how to show one. */
@ApiExcludeController()
@Controller()
export class EmbedController {
  constructor(private readonly reading: Reading) {}

  @Get(inEachLanguage({ page: 'embed', id: ':id' }))
  async card(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const view = await this.viewOf(id);
    const words = wordsOf(request, this.reading.profile);
    if (!view.dossier.asset) void reply.status(410);
    await reply
      .headers({ 'content-security-policy': CARD_POLICY, 'content-language': words.language })
      .type('text/html; charset=utf-8')
      .send(renderPage(<AssetCard view={view} origin={originOf(request)} />, words));
  }

  @Get('oembed')
  @Header('access-control-allow-origin', '*')
  async oembed(
    @Query(validation('query')) { url, maxwidth = Infinity, maxheight = Infinity }: OembedDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const origin = originOf(request);
    const asked = assetIn(url, origin);
    if (!asked)
      throw failed(
        'not-found',
        'Only pages of assets of this registry can be shown elsewhere: give the address of one.',
      );
    if (await this.reading.unchanged(request, reply)) return;
    const { language, id } = asked;
    const words = wordsFor(language, this.reading.profile);
    const title = titleOf(await this.viewOf(id), words);
    const size = { width: Math.min(maxwidth, cardSize.width), height: Math.min(maxheight, cardSize.height) };
    await reply.send({
      version: '1.0',
      type: 'rich',
      title,
      provider_name: words.t('site.name'),
      provider_url: origin + addressOf(language, { page: 'home' }),
      ...size,
      html: frameOf(origin, language, id, title, size),
    });
  }

  private async viewOf(id: string): Promise<AssetView> {
    const { profile } = this.reading;
    return { dossier: await this.reading.dossier(id, {}), moment: {}, today: this.reading.today(), profile };
  }
}

/** The asset whose page an address leads to, whatever moment it is about; undefined for any other address. */
function assetIn(url: string, origin: string): { readonly language: Language; readonly id: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin: site, pathname } = new URL(url);
  if (site !== origin) return undefined;
  for (const language of languages) {
    const before = `${addressOf(language, { page: 'register' })}/`;
    const id = pathname.startsWith(before) ? pathname.slice(before.length) : '';
    if (/^[0-9A-Z-]{1,40}$/.test(id)) return { language, id };
  }
  return undefined;
}
