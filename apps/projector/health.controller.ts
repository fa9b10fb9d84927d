import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Notarising } from './notarising';
import { Projecting } from './projecting';

/** What else in the process somebody has to look at, in sentences. */
export type Beside = () => readonly string[];
export const BESIDE = 'beside';

/** For those who keep the system running: is it alive, may it be read, what do its gauges say. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly projecting: Projecting,
    @Inject(Notarising) private readonly notarising: Notarising | null,
    @Inject(BESIDE) private readonly beside: Beside,
  ) {}

  @Get('health/live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** Lag and continuity of every projection, and the transparency log; 503 with the reasons while it is not ready. */
  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const [projections, log] = await Promise.all([this.projecting.health(), this.notarising?.health()]);
    const reasons = [...projections.reasons, ...(log?.reasons ?? []), ...this.beside()];
    const health = { ...projections, ready: reasons.length === 0, reasons, ...(log && { transparencyLog: log }) };
    await reply
      .status(health.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  }

  /** The witnesses; 503 with the reasons while one is silent. Apart from `ready`, for the log does not wait for them: an office elsewhere must not take this register off the net. */
  @Get('health/witnesses')
  async witnesses(@Res() reply: FastifyReply): Promise<void> {
    const health = this.notarising?.witnessesHealth() ?? { witnesses: [], reasons: [] };
    await reply
      .status(health.reasons.length === 0 ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  }

  @Get('metrics')
  @Header('cache-control', 'no-store')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.projecting.metrics();
    await reply.type(contentType).send(text + ((await this.notarising?.metrics()) ?? ''));
  }
}
