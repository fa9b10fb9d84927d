import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ownPath } from '#access';
import { languageOf } from '#http';
import { CodePage, SignInPage, SignOutPage, accessPages, addressOf } from '#web';
import type { AccessDone, AccessFault } from '#web';
import { inEachLanguage, plain } from './addresses';
import { doneFrom } from './done';
import { SignInPlace } from './options';
import { SignInRate } from './rate-limits';
import { Visits, attemptOf } from './visit';
import type { Visit } from './visit';

interface Shown {
  readonly userName?: string;
  readonly returnTo?: string | undefined;
  readonly fault?: AccessFault;
  readonly done?: AccessDone | undefined;
  readonly status?: number;
}

/** Signing in, in one step or two, and out. */
@ApiExcludeController()
@Controller()
@UseGuards(SignInRate)
export class SignInController {
  constructor(
    private readonly place: SignInPlace,
    private readonly visits: Visits,
  ) {}

  /** An address without a language leads to the reader's own. */
  @Get(accessPages.map(plain))
  async inOwnLanguage(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [path = '', query] = request.url.split('?', 2);
    const page = accessPages.find((each) => plain(each) === path.replace(/\/$/, '')) ?? 'sign-in';
    const address = addressOf(languageOf(request), { page });
    await reply
      .headers({ vary: 'Accept-Language', 'cache-control': 'no-store' })
      .redirect(query === undefined ? address : `${address}?${query}`, 302);
  }

  @Get(inEachLanguage('sign-in'))
  async page(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const returnTo = pathIn(query.returnTo);
    if (visit.session) return this.visits.goOn(visit, returnTo ?? addressOf(visit.language, { page: 'account' }));
    return this.show(visit, { returnTo, done: doneFrom(query.done) });
  }

  @Post(inEachLanguage('sign-in'))
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const form = this.visits.form(request, ['userName', 'password', 'returnTo']);
    if (!form) return this.show(visit, this.visits.fault(visit, { code: 'expired-form' }));
    const { signIn } = this.place;
    const returnTo = ownPath(form.returnTo);
    const before = signIn.identification.sessionToken(request);
    const step = await signIn.signingIn.withPassword(form.userName, form.password, attemptOf(request), before);
    switch (step.kind) {
      case 'signed-in':
        return this.signedIn(visit, step.session.token, returnTo);
      case 'code-needed':
        this.visits.setSession(reply, step.session.token);
        return this.visits.goOn(visit, addressOf(visit.language, { page: 'code', query: given(returnTo) }));
      case 'wrong':
      case 'wait': {
        const fault = step.kind === 'wait' ? step : ({ code: 'wrong-credentials' } as const);
        return this.show(visit, { userName: form.userName, returnTo, ...this.visits.fault(visit, fault) });
      }
    }
  }

  @Get(inEachLanguage('code'))
  async codePage(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const returnTo = pathIn(query.returnTo);
    const { identification, sessions } = this.place.signIn;
    const half = identification.sessionToken(request);
    // Without the first step there is nothing to add a second to.
    if (half === undefined || !(await sessions.of(half, 'code'))) {
      return this.visits.goOn(visit, addressOf(visit.language, { page: 'sign-in', query: given(returnTo) }));
    }
    return this.visits.show(visit, <CodePage view={{ ...visit.view, ...given(returnTo) }} />);
  }

  @Post(inEachLanguage('code'))
  async code(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const form = this.visits.form(request, ['code', 'returnTo']);
    const returnTo = ownPath(form?.returnTo);
    const again = (fault: AccessFault | { readonly waitUntil: number }): Promise<void> => {
      const { status, ...found } = this.visits.fault(visit, fault);
      return this.visits.show(visit, <CodePage view={{ ...visit.view, ...found, ...given(returnTo) }} />, status);
    };
    if (!form) return again({ code: 'expired-form' });
    const { signIn } = this.place;
    const half = signIn.identification.sessionToken(request) ?? '';
    const step = await signIn.signingIn.withCode(half, form.code, attemptOf(request));
    switch (step.kind) {
      case 'signed-in':
        return this.signedIn(visit, step.session.token, returnTo);
      case 'wrong':
        return again({ code: 'wrong-code', field: 'code' });
      case 'wait':
        return again(step);
      case 'ended':
        return this.show(visit, { returnTo, ...this.visits.fault(visit, { code: 'ended' }) });
    }
  }

  @Get(inEachLanguage('sign-out'))
  async signOutPage(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    return this.visits.show(visit, <SignOutPage view={visit.view} />);
  }

  @Post(inEachLanguage('sign-out'))
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    if (!this.visits.form(request, [])) {
      const { status, ...found } = this.visits.fault(visit, { code: 'expired-form' });
      return this.visits.show(visit, <SignOutPage view={{ ...visit.view, ...found }} />, status);
    }
    const { identification, sessions } = this.place.signIn;
    const token = identification.sessionToken(request);
    if (token !== undefined) await sessions.end(token);
    this.visits.clearSession(reply);
    return this.visits.goOn(visit, addressOf(visit.language, { page: 'sign-in', query: { done: 'signed-out' } }));
  }

  private async signedIn(visit: Visit, token: string, returnTo: string | undefined): Promise<void> {
    this.visits.setSession(visit.reply, token);
    return this.visits.goOn(visit, returnTo ?? addressOf(visit.language, { page: 'account' }));
  }

  private show(visit: Visit, { userName = '', returnTo, fault, done, status = 200 }: Shown): Promise<void> {
    const { openId } = this.place.signIn;
    const view = {
      ...visit.view,
      userName,
      ...given(returnTo),
      ...(fault && { fault }),
      ...(done && { done }),
      ...(openId && { provider: openId.name }),
    };
    return this.visits.show(visit, <SignInPage view={view} />, status);
  }
}

const given = (returnTo: string | undefined): { readonly returnTo?: string } =>
  returnTo === undefined ? {} : { returnTo };

const pathIn = (value: unknown): string | undefined => (typeof value === 'string' ? ownPath(value) : undefined);
