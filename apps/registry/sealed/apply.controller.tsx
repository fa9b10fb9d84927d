import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, originOf, wordsOf } from '#http';
import { pageScript } from '#sealing';
import { ApplyPage, addressOf, languages, renderPage } from '#web';
import type { ApplyView } from '#web';
import { RegistrySettings } from '../settings';
import { SealedCalls } from './sealed-calls';
import { Clock } from './sealed.controller';

/** The one page with a script: this script alone, nothing from elsewhere, and no form is sent (CSP Level 3). */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const PLACE = ':call';
const pages = languages.map((language) =>
  addressOf(language, { page: 'apply', call: PLACE }).replace('%3Acall', PLACE),
);

/** The page on which an organisation applies, and its script. */
@ApiExcludeController()
@Controller()
export class ApplyController {
  private readonly script = pageScript();

  constructor(
    private readonly calls: SealedCalls,
    private readonly settings: RegistrySettings,
    private readonly clock: Clock,
    private readonly modules: ModuleRef,
  ) {}

  @Get(pages)
  async apply(@Param('call') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = { ...(await this.view(id)), ...(await this.applicant(request, reply)) };
    const page = <ApplyPage view={view} origin={originOf(request)} />;
    await reply
      .headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store', vary: 'Accept-Language' })
      .type('text/html; charset=utf-8')
      .send(renderPage(page, wordsOf(request, this.settings.profile)));
  }

  @Get('assets/:script(^apply\\..*)')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  async asset(@Req() { url }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (url !== this.script?.path) throw failed('not-found', 'There is no such script.');
    await reply.type('text/javascript; charset=utf-8').send(this.script.body);
  }

  /** What the page needs to send as whoever is signed in; where to sign in for who is not, and no cookie for them. */
  private async applicant(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Pick<ApplyView, 'formToken' | 'signIn'>> {
    const { identification, formTokens } = this.settings;
    if (!identification) return {};
    const who = await identification.identify(request);
    if (!who) return { signIn: `/sign-in?returnTo=${encodeURIComponent(request.url)}` };
    return formTokens ? { formToken: this.modules.get(formTokens, { strict: false }).formToken(request, reply) } : {};
  }

  /** A draft is nobody's business yet. */
  private async view(id: string): Promise<ApplyView> {
    const call = await this.calls.call(id);
    const draft = await this.calls.draft(id);
    const { status, deadline, ceremony } = call;
    if (status === 'draft') throw failed('not-found', `There is no call "${id}" that was published.`);
    return {
      call: id,
      object: call.object,
      summary: draft.summary,
      deadline,
      open: status === 'published' && Date.parse(this.clock.now()) < Date.parse(deadline),
      criteria: call.criteria.map(({ code, words, maximum }) => ({ code, words, maximum })),
      ...(ceremony && {
        sealing: {
          publicKey: ceremony.keys.publicKey,
          keysDigest: ceremony.digest,
          threshold: ceremony.keys.threshold,
          custodians: ceremony.custodians,
        },
      }),
      ...(this.script && { script: { path: this.script.path, integrity: this.script.integrity } }),
    };
  }
}
