import { Controller, Get, Header, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mark, stylesheet } from '#web';

@Module({})
class SiteFiles {}

/** The two files the form's page needs, for a registry that is a process of its own; elsewhere the public pages bring them. */
@ApiExcludeController()
@Controller()
export class SiteFilesController {
  static module(): DynamicModule {
    return { module: SiteFiles, controllers: [SiteFilesController] };
  }

  @Get(stylesheet.path)
  @Header('cache-control', 'public, max-age=31536000, immutable')
  async style(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(stylesheet.type).send(stylesheet.body);
  }

  @Get(mark.path)
  @Header('cache-control', 'public, max-age=86400')
  async mark(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(mark.type).send(mark.body);
  }
}
