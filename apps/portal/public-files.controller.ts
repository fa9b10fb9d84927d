import { Controller, Get, Module, Param, Req, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Shelf, extensionOf, isDigest, mediaTypeOf } from '#files';
import { failed, matches } from '#http';

@Module({})
class PublicFiles {}

/**
 * Published photos and documents, each under the digest of its content, which therefore never changes. Photos may be shown within a page; all else is to be
 * saved. Opened by itself, a file may load, run and send nothing (CSP sandbox), whatever is in it.
 */
@ApiExcludeController()
@Controller('files')
export class PublicFilesController {
  constructor(private readonly shelf: Shelf) {}

  /** The module that serves a shelf; it must be the public one. */
  static over(shelf: Shelf): DynamicModule {
    return {
      module: PublicFiles,
      controllers: [PublicFilesController],
      providers: [{ provide: Shelf, useValue: shelf }],
    };
  }

  @Get(':sha256')
  async file(
    @Param('sha256') sha256: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = isDigest(sha256) ? await this.shelf.read(sha256) : undefined;
    if (bytes === undefined)
      throw failed('not-found', 'There is no published file under this name. It may have been taken back.');
    const type = mediaTypeOf(bytes);
    const picture = type === 'image/jpeg' || type === 'image/png' || type === 'image/webp';
    const name = `${sha256.slice(0, 12)}${type ? `.${extensionOf(type)}` : ''}`;
    void reply.headers({
      etag: `"${sha256}"`,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-disposition': `${picture ? 'inline' : 'attachment'}; filename="${name}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-site',
    });
    if (matches(request.headers['if-none-match'], `"${sha256}"`)) return void (await reply.status(304).send());
    await reply.type(type ?? 'application/octet-stream').send(bytes);
  }
}
