import { Controller, Get, Header, Inject, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EventStore } from '#event-store';
import type { Processing } from './processing';

const PROCESSING = 'processing';
const ERASING = 'erasing';

@Module({})
class RegistryHealth {}

/** Whether the registry is alive, and whether its log answers; for a registry that is a process of its own. */
@ApiExcludeController()
@Controller('health')
export class RegistryHealthController {
  constructor(
    private readonly store: EventStore,
    @Inject(PROCESSING) private readonly processing: Processing | undefined,
    @Inject(ERASING) private readonly erasingFailure: () => string | undefined,
  ) {}

  /** The module that serves it over a log, and with the process managers where they run here. */
  static over(
    store: EventStore,
    processing: Processing | undefined,
    erasingFailure: () => string | undefined,
  ): DynamicModule {
    return {
      module: RegistryHealth,
      controllers: [RegistryHealthController],
      providers: [
        { provide: EventStore, useValue: store },
        { provide: PROCESSING, useValue: processing },
        { provide: ERASING, useValue: erasingFailure },
      ],
    };
  }

  @Get('live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** Commands are taken while the log answers; what the process managers ask an operator to look at is told, and keeps nobody from recording. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    try {
      const head = await this.store.head();
      const processes = await this.processing?.health();
      const failure = this.erasingFailure();
      // Whoever was promised that their data are gone must not wait for somebody to read a notice.
      if (failure !== undefined) throw new Error(failure);
      await reply.send({ ready: true, head, ...(processes && { processes }) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await reply.status(503).send({ ready: false, reasons: [reason] });
    }
  }
}
