import { Controller, Get, Header, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { START } from '#event-store';
import { positionOf } from '#read-models';
import { Reading } from './reading';

@Module({})
class PortalHealth {}

/** Whether the portal is alive, and whether there is something to show; for a portal that is a process of its own. */
@ApiExcludeController()
@Controller('health')
export class PortalHealthController {
  constructor(private readonly reading: Reading) {}

  /** The module that serves it over the read models. */
  static over(reading: Reading): DynamicModule {
    return {
      module: PortalHealth,
      controllers: [PortalHealthController],
      providers: [{ provide: Reading, useValue: reading }],
    };
  }

  @Get('live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** Says nothing of the database but whether it can be read: this one faces the public. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const position = await positionOf(this.reading.database).catch(() => undefined);
    const ready = position !== undefined && position > START;
    await reply.status(ready ? 200 : 503).send({ ready, position: position ?? null });
  }
}
