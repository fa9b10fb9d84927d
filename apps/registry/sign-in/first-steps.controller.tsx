import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SetUpOutcome } from '#access';
import { InvitationPage, SetUpPage, addressOf } from '#web';
import type { AccessFault } from '#web';
import { inEachLanguage } from './addresses';
import { SignInPlace } from './options';
import { SignInRate } from './rate-limits';
import { Visits } from './visit';
import type { Visit } from './visit';

/** What people do once: set up the registry, or choose the password of an account made for them. */
@ApiExcludeController()
@Controller()
@UseGuards(SignInRate)
export class FirstStepsController {
  constructor(
    private readonly place: SignInPlace,
    private readonly visits: Visits,
  ) {}

  @Get(inEachLanguage('set-up'))
  async setUpPage(
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.showSetUp(await this.visits.of(request, reply), { token: textIn(token) });
  }

  @Post(inEachLanguage('set-up'))
  async setUp(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const form = this.visits.form(request, ['token', 'name', 'userName', 'password', 'repeat']);
    if (!form) return this.showSetUp(visit, {}, { code: 'expired-form' });
    const { token, name, userName, password, repeat } = form;
    const typed = { token, name, userName };
    if (password !== repeat) return this.showSetUp(visit, typed, { code: 'repeat-differs', field: 'repeat' });
    const browser = request.headers['user-agent'] ?? '';
    const outcome = await this.place.signIn.setUp.begin(token.trim(), { name, userName, password, browser });
    if (outcome.kind !== 'signed-in') return this.showSetUp(visit, typed, faultOf(outcome));
    this.visits.setSession(reply, outcome.session.token);
    return this.visits.goOn(visit, addressOf(visit.language, { page: 'account', query: { done: 'set-up' } }));
  }

  @Get(inEachLanguage('invitation'))
  async invitationPage(
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.showInvitation(await this.visits.of(request, reply), textIn(token));
  }

  @Post(inEachLanguage('invitation'))
  async accept(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    // The hidden user name is there for the browser's list of passwords; whose invitation it is, the token says.
    const form = this.visits.form(request, ['token', 'userName', 'password', 'repeat']);
    if (!form) return this.showInvitation(visit, '', { code: 'expired-form' });
    const { token, password, repeat } = form;
    if (password !== repeat) return this.showInvitation(visit, token, { code: 'repeat-differs', field: 'repeat' });
    const browser = request.headers['user-agent'] ?? '';
    const outcome = await this.place.signIn.administration.accept(token, password, browser);
    switch (outcome.kind) {
      case 'no-such-token':
        return this.showInvitation(visit, token);
      case 'bad-password':
        return this.showInvitation(visit, token, { code: outcome.fault, field: 'password' });
      case 'accepted': {
        if (outcome.session) this.visits.setSession(reply, outcome.session.token);
        else this.visits.clearSession(reply);
        const query = { done: 'password-chosen' };
        const next = outcome.session ? ({ page: 'account' } as const) : ({ page: 'sign-in', query } as const);
        return this.visits.goOn(visit, addressOf(visit.language, next));
      }
    }
  }

  private async showSetUp(
    visit: Visit,
    typed: { readonly token?: string; readonly name?: string; readonly userName?: string },
    fault?: AccessFault,
  ): Promise<void> {
    const over = await this.place.signIn.setUp.isDone();
    const { status = over ? 410 : 200, ...found } = fault ? this.visits.fault(visit, fault) : {};
    const view = { ...visit.view, over, token: '', name: '', userName: '', ...typed, ...(over ? {} : found) };
    return this.visits.show(visit, <SetUpPage view={view} />, over ? 410 : status);
  }

  private async showInvitation(visit: Visit, token: string, fault?: AccessFault): Promise<void> {
    const userName = await this.place.signIn.administration.invitedBy(token);
    const { status = 200, ...found } = fault ? this.visits.fault(visit, fault) : {};
    const view = { ...visit.view, token, ...found, ...(userName !== undefined && { userName }) };
    return this.visits.show(visit, <InvitationPage view={view} />, userName === undefined ? 410 : status);
  }
}

function faultOf(outcome: Exclude<SetUpOutcome, { kind: 'signed-in' }>): AccessFault {
  switch (outcome.kind) {
    case 'no-such-token':
      return { code: 'no-such-token', field: 'token' };
    case 'administrator-exists':
      return { code: 'administrator-exists', field: 'userName' };
    case 'bad-name':
      return { code: 'bad-name', field: 'name' };
    case 'bad-user-name':
      return { code: 'bad-user-name', field: 'userName' };
    case 'bad-password':
      return { code: outcome.fault, field: 'password' };
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' && value.length <= 200 ? value : '');
