import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Controller, Get, Header, Module, Req, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { encodingFor } from './compression';
import { sendTagged } from './tagged';
import { mark, stylesheet } from '#web';

@Module({})
class SiteFiles {}

/** The two files the pages need. The stylesheet never changes under its name, so it is packed once, as small as can be. */
@ApiExcludeController()
@Controller()
export class FilesController {
  /** For a server that has pages and is not the portal's. */
  static module(): DynamicModule {
    return { module: SiteFiles, controllers: [FilesController] };
  }

  private readonly packed = { br: brotliCompressSync(stylesheet.body), gzip: gzipSync(stylesheet.body) };

  @Get(stylesheet.path)
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @Header('vary', 'Accept-Encoding')
  async style(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const encoding = encodingFor(request);
    if (encoding) void reply.header('content-encoding', encoding);
    await reply.type(stylesheet.type).send(encoding ? this.packed[encoding] : stylesheet.body);
  }

  @Get(mark.path)
  async mark(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendTagged(mark.body, { type: mark.type, keep: 'public, max-age=86400' }, request, reply);
  }
}
