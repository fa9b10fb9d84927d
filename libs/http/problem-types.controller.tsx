import { Controller, Get, Inject, Module, Param, Req, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Profile } from '#domain';
import { ProblemTypePage, ProblemTypesPage, addressOf, languages, renderPage } from '#web';
import { describeProblem, failed, problemTypes } from './problem';
import type { ProblemDescription } from './problem';
import { languageOf, originOf, wordsOf } from './reader';
import { KEPT_FOR_AN_HOUR, sendTagged } from './tagged';

const PROFILE = Symbol('Profile');

/** The `type` of a problem document is an address (RFC 9457 §3.1.1): here is what it leads to, in the reader's language. */
@ApiExcludeController()
@Controller()
export class ProblemTypesController {
  constructor(@Inject(PROFILE) private readonly profile: Profile) {}

  /** One address for programs, whatever the language of those who look it up. */
  @Get(['problems', 'problems/:code'])
  async lead(
    @Param('code') code: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (code !== undefined) described(code);
    const address = addressOf(languageOf(request), { page: 'problems', ...(code !== undefined && { code }) });
    await reply.header('vary', 'Accept-Language').redirect(address, 302);
  }

  @Get(languages.map((language) => addressOf(language, { page: 'problems' })))
  all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(<ProblemTypesPage types={problemTypes} origin={originOf(request)} />, request, reply);
  }

  @Get(languages.map((language) => `${addressOf(language, { page: 'problems' })}/:code`))
  async one(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(<ProblemTypePage type={described(code)} origin={originOf(request)} />, request, reply);
  }

  private async show(page: VNode, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const words = wordsOf(request, this.profile);
    void reply.header('content-language', words.language);
    await sendTagged(
      renderPage(page, words),
      { type: 'text/html; charset=utf-8', keep: KEPT_FOR_AN_HOUR },
      request,
      reply,
    );
  }
}

function described(code: string): ProblemDescription {
  const type = describeProblem(code);
  if (type) return type;
  throw failed('not-found', 'There is no problem of this type. The list of all types is at /problems.');
}

@Module({})
class ProblemTypes {}

/** The pages that explain problems, for every server. */
export function problemPages(profile: Profile): DynamicModule {
  return {
    module: ProblemTypes,
    controllers: [ProblemTypesController],
    providers: [{ provide: PROFILE, useValue: profile }],
  };
}
