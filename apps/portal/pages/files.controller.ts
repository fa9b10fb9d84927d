import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mark, stylesheet } from '#web';

/** The two files the pages need. */
@ApiExcludeController()
@Controller()
export class FilesController {
  private readonly packed = { br: brotliCompressSync(stylesheet.body), gzip: gzipSync(stylesheet.body) };

  @Get(stylesheet.path)
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @Header('vary', 'Accept-Encoding')
  async style(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const accepted = encodingsIn(String(request.headers['accept-encoding'] ?? ''));
    const encoding = (['br', 'gzip'] as const).find((name) => accepted.has(name));
    if (encoding) void reply.header('content-encoding', encoding);
    await reply.type(stylesheet.type).send(encoding ? this.packed[encoding] : stylesheet.body);
  }

  @Get(mark.path)
  @Header('cache-control', 'public, max-age=86400')
  async mark(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(mark.type).send(mark.body);
  }
}

/** The encodings a reader accepts (Accept-Encoding, RFC 9110 §12.5.3). */
function encodingsIn(header: string): ReadonlySet<string> {
  const wishes = header.split(',').map((wish) =>
    wish
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return new Set(wishes.filter(([, quality = '']) => !/^q=0(\.0*)?$/.test(quality)).map(([name = '']) => name));
}
