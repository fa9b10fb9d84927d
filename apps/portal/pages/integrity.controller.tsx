import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf, wordsOf } from '#http';
import { keysFileIn, tilesFolderIn } from '#notary';
import { CHECKPOINT, parseLogKeys, verifyCheckpoint } from '#transparency-log';
import { IntegrityPage, renderPage } from '#web';
import type { IntegrityView } from '#web';
import { Reading } from '../reading';
import { inEachLanguage } from './pages.controller';

/** Where the folder of the transparency log is, if one is kept. */
export class PublishedLog {
  constructor(readonly folder: string | undefined) {}
}

/** How anybody checks what the registry says. */
@ApiExcludeController()
@Controller()
export class IntegrityController {
  constructor(
    private readonly log: PublishedLog,
    private readonly reading: Reading,
  ) {}

  @Get(inEachLanguage({ page: 'integrity' }))
  async integrity(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = <IntegrityPage view={await latestIn(this.log.folder)} origin={originOf(request)} />;
    const words = wordsOf(request, this.reading.profile);
    await reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-language': words.language, 'cache-control': 'no-cache' })
      .send(renderPage(page, words, this.reading));
  }
}

/** The latest checkpoint, where there is one and its signature is good. */
async function latestIn(folder: string | undefined): Promise<IntegrityView | undefined> {
  if (folder === undefined) return undefined;
  const path = join(tilesFolderIn(folder), CHECKPOINT);
  try {
    const keys = parseLogKeys(await readFile(keysFileIn(folder), 'utf8'));
    const origin = keys[0]?.verifier.name ?? '';
    const { size, root, cosignatures } = verifyCheckpoint(await readFile(path), { origin, keys });
    return {
      origin,
      size,
      root: Buffer.from(root).toString('base64'),
      publishedAt: (await stat(path)).mtime.toISOString(),
      keys: keys.map(({ verifier }) => verifier.text),
      witnesses: cosignatures.map(({ verifier }) => verifier.name),
    };
  } catch {
    // Not begun yet, or being moved: health says what is wrong, a page that cannot be read would say nothing.
    return undefined;
  }
}
