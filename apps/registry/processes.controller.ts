import { Controller, Get, Header, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Processing } from './processing';

@Module({})
class ProcessesHealth {}

/** How the process managers and the outbox are, for those who keep the system running. */
@ApiExcludeController()
@Controller()
export class ProcessesHealthController {
  constructor(private readonly processing: Processing) {}

  /** The module that serves it. */
  static over(processing: Processing): DynamicModule {
    return {
      module: ProcessesHealth,
      controllers: [ProcessesHealthController],
      providers: [{ provide: Processing, useValue: processing }],
    };
  }

  /** Lag, stopped processes and undelivered notices; 503 with the reasons while somebody has to look at them. */
  @Get('health/processes')
  async health(@Res() reply: FastifyReply): Promise<void> {
    const health = await this.processing.health();
    await reply
      .status(health.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  }

  @Get('metrics/processes')
  @Header('cache-control', 'no-store')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.processing.metrics();
    await reply.type(contentType).send(text);
  }
}
