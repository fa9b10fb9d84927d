import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Projecting } from './projecting';

/** For those who keep the system running: is it alive, may it be read, what do its gauges say. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly projecting: Projecting) {}

  @Get('health/live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** Lag and continuity of every projection; 503 with the reasons while it is not ready. */
  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const health = await this.projecting.health();
    await reply
      .status(health.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  }

  @Get('metrics')
  @Header('cache-control', 'no-store')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.projecting.metrics();
    await reply.type(contentType).send(text);
  }
}
