import { Controller, Get, Logger, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenIdFailed, ownPath } from '#access';
import { failed } from '#http';
import { SignInPage, addressOf } from '#web';
import type { AccessFaultCode } from '#web';
import { SignInPlace } from './options';
import { SignInRate } from './rate-limits';
import { Visits } from './visit';
import type { Visit } from './visit';

const RETURN = '/sign-in/openid/return';
const ATTEMPT_SECONDS = 600;

/** Signing in at a provider. Where browsers come back to has no language: the provider knows it by one address. */
@ApiExcludeController()
@Controller()
@UseGuards(SignInRate)
export class OpenIdController {
  private readonly logger = new Logger('Sign-in');

  constructor(
    private readonly place: SignInPlace,
    private readonly visits: Visits,
  ) {}

  /** A link and no form: a form may not lead to another site (Content-Security-Policy form-action). */
  @Get('sign-in/openid')
  async begin(
    @Query('returnTo') returnTo: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const goOnTo = typeof returnTo === 'string' ? ownPath(returnTo) : undefined;
    try {
      const { url, kept } = await this.provider().begin(
        this.visits.originOf(request) + RETURN,
        goOnTo ?? addressOf(visit.language, { page: 'account' }),
      );
      this.visits.setCookie(reply, 'openid', kept, ATTEMPT_SECONDS);
      await reply.header('cache-control', 'no-store').redirect(url.href, 302);
    } catch (error) {
      await this.refuse(visit, error);
    }
  }

  @Get('sign-in/openid/return')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const kept = this.visits.cookie(request, 'openid') ?? '';
    this.visits.clearCookie(reply, 'openid');
    const { externalIdentities, identification, sessions } = this.place.signIn;
    try {
      const address = new URL(request.url, this.visits.originOf(request));
      const { proof, returnTo } = await this.provider().finish(address, kept);
      const account = await externalIdentities.accountOf(proof);
      if (account === undefined) return await this.show(visit, 'not-linked');
      const before = identification.sessionToken(request);
      if (before !== undefined) await sessions.end(before);
      const browser = request.headers['user-agent'] ?? '';
      const session = await sessions.begin({ account, by: 'openid', stage: 'open', browser });
      this.visits.setSession(reply, session.token);
      await this.visits.goOn(visit, returnTo);
    } catch (error) {
      await this.refuse(visit, error);
    }
  }

  private provider() {
    const { openId } = this.place.signIn;
    if (openId) return openId;
    throw failed('not-found', 'No OpenID provider is set up here.');
  }

  private async refuse(visit: Visit, error: unknown): Promise<void> {
    if (!(error instanceof OpenIdFailed)) throw error;
    this.logger.warn(reasonsOf(error).join(' '));
    await this.show(visit, `openid-${error.reason}`);
  }

  private show(visit: Visit, code: AccessFaultCode): Promise<void> {
    const { name } = this.provider();
    const view = { ...visit.view, userName: '', provider: name, fault: { code, name } };
    return this.visits.show(visit, <SignInPage view={view} />, code === 'openid-unreachable' ? 503 : 403);
  }
}

/** What an error says, and what led to it; the libraries below say the precise thing last. */
function reasonsOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...reasonsOf(error.cause)] : [];
}
