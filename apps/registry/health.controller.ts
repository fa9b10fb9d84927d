import { Controller, Get, Header, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EventStore } from '#event-store';

@Module({})
class RegistryHealth {}

/** Whether the registry is alive, and whether its log answers; for a registry that is a process of its own. */
@ApiExcludeController()
@Controller('health')
export class RegistryHealthController {
  constructor(private readonly store: EventStore) {}

  /** The module that serves it over a log. */
  static over(store: EventStore): DynamicModule {
    return {
      module: RegistryHealth,
      controllers: [RegistryHealthController],
      providers: [{ provide: EventStore, useValue: store }],
    };
  }

  @Get('live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    try {
      await reply.send({ ready: true, head: await this.store.head() });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await reply.status(503).send({ ready: false, reasons: [reason] });
    }
  }
}
