import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Controller, Get, Header, Module, Req, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { encodingFor } from './compression';
import { failed } from './problem';
import { sendTagged } from './tagged';
import { fontFiles, mark, stylesheets } from '#web';

@Module({})
class SiteFiles {}

/** The files the pages need. A stylesheet never changes under its name, so it is packed once, as small as can be; fonts are packed as they are. */
@ApiExcludeController()
@Controller()
export class FilesController {
  /** For a server that has pages and is not the portal's. */
  static module(): DynamicModule {
    return { module: SiteFiles, controllers: [FilesController] };
  }

  private readonly sheets = stylesheets.map((sheet) => ({
    ...sheet,
    packed: { br: brotliCompressSync(sheet.body), gzip: gzipSync(sheet.body) },
  }));

  @Get(stylesheets.map(({ path }) => path))
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @Header('vary', 'Accept-Encoding')
  async style(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { type, packed, body } = this.sheets.find(({ path }) => path === request.routeOptions.url)!;
    const encoding = encodingFor(request);
    if (encoding) void reply.header('content-encoding', encoding);
    await reply.type(type).send(encoding ? packed[encoding] : body);
  }

  @Get('assets/fonts/:file')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  async font(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const font = fontFiles.find(({ path }) => path === request.url);
    if (font === undefined) throw failed('not-found', 'There is no such file.');
    await reply.type(font.type).send(font.body);
  }

  @Get(mark.path)
  async mark(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendTagged(mark.body, { type: mark.type, keep: 'public, max-age=86400' }, request, reply);
  }
}
