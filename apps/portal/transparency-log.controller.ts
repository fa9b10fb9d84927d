import { Controller, Get, Module, Param, Req, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, sendTagged } from '#http';
import { checkpointFileOf, keysFileIn, tilesFolderIn } from '#notary';
import { CHECKPOINT, FilesystemTileStorage, WITNESSED_CHECKPOINT, parsePath } from '#transparency-log';
import { PublishedLog } from './published-log';

@Module({})
class TransparencyLogModule {}

/**
 * The transparency log as static files (C2SP tlog-tiles), for any tool that verifies such logs, from any page: nothing here depends on who asks. A full tile never changes; a partial one may go once the
 * full one is there.
 */
@ApiExcludeController()
@Controller('log')
export class TransparencyLogController {
  constructor(private readonly log: PublishedLog) {}

  /** The module that serves the log in a folder. */
  static over(folder: string): DynamicModule {
    return {
      module: TransparencyLogModule,
      controllers: [TransparencyLogController],
      providers: [{ provide: PublishedLog, useValue: new PublishedLog(folder) }],
    };
  }

  @Get(CHECKPOINT)
  async checkpoint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.text(await this.resource(CHECKPOINT), request, reply);
  }

  @Get(WITNESSED_CHECKPOINT)
  async witnessed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.text(await this.resource(WITNESSED_CHECKPOINT), request, reply);
  }

  @Get('keys')
  async keys(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const keys = await readFile(keysFileIn(folderOf(this.log))).catch(() => undefined);
    if (!keys) throw nothing();
    await this.text(keys, request, reply);
  }

  /** The last checkpoint of a day. */
  @Get('checkpoints/:day')
  async ofDay(@Param('day') day: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = checkpointFileOf(folderOf(this.log), day);
    const note = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (!note) throw failed('not-found', `No checkpoint of the day "${day.slice(0, 40)}" is kept. /api/v1/integrity lists the days.`);
    await this.text(note, request, reply);
  } // prettier-ignore

  @Get('tile/*')
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = decoded(request.url.replace(/^\/log\//, '').replace(/\?.*$/, ''));
    const full = !path.includes('.p/');
    const bytes = await this.resource(path);
    await reply
      .headers({
        'access-control-allow-origin': '*',
        'cache-control': full ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
      })
      .type('application/octet-stream')
      .send(bytes);
  }

  private async resource(path: string): Promise<Buffer> {
    if (parsePath(path) === undefined) throw nothing();
    const bytes = await FilesystemTileStorage.reader(tilesFolderIn(folderOf(this.log))).read(path);
    if (bytes === undefined) throw nothing();
    return Buffer.from(bytes);
  }

  /** What changes: caches ask each time. */
  private async text(bytes: Buffer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('access-control-allow-origin', '*');
    await sendTagged(bytes, { type: 'text/plain; charset=utf-8', keep: 'no-cache' }, request, reply);
  }
}

function folderOf({ folder }: PublishedLog): string {
  if (folder === undefined) throw nothing();
  return folder;
}

const nothing = (): Error =>
  failed('not-found', 'The transparency log has nothing here. It begins at /log/checkpoint.');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw nothing();
  }
}
