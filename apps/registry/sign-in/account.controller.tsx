import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tokenName, totpAddress } from '#access';
import type { Holder } from '#access';
import { failed } from '#http';
import { AccountPage, NewTokenPage, RecoveryCodesPage, SecondFactorPage, addressOf } from '#web';
import type { AccessDone, AccessFault, AccountView } from '#web';
import { inEachLanguage } from './addresses';
import { doneFrom } from './done';
import type { Form } from './form';
import { SignInPlace } from './options';
import { SignInRate } from './rate-limits';
import { Visits } from './visit';
import type { Visit } from './visit';

type SignedIn = Visit & { readonly session: NonNullable<Visit['session']> };
type Field = 'do' | 'present' | 'password' | 'repeat' | 'userName' | 'id' | 'name' | 'days';
type AccountForm = Form<Field | `scope-${string}`>;

const fields: readonly Field[] = ['do', 'present', 'password', 'repeat', 'userName', 'id', 'name', 'days'];

/** What people do with their own account; every form says what it does in `do`. */
@ApiExcludeController()
@Controller()
@UseGuards(SignInRate)
export class AccountController {
  constructor(
    private readonly place: SignInPlace,
    private readonly visits: Visits,
  ) {}

  @Get(inEachLanguage('account'))
  async page(@Query('done') done: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    if (!isSignedIn(visit)) return this.visits.askToSignIn(visit);
    const said = doneFrom(done);
    return this.show(visit, said ? { done: said } : {});
  }

  @Post(inEachLanguage('account'))
  async act(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const scopeFields = this.place.scopes.map((scope) => `scope-${scope}` as const);
    const form = this.visits.form(request, [...fields, ...scopeFields]);
    if (!isSignedIn(visit)) return this.visits.askToSignIn(visit);
    if (!form) return this.refuse(visit, { code: 'expired-form' });
    switch (form.do) {
      case 'password':
        return this.changePassword(visit, form);
      case 'second-factor':
        return this.proposeSecondFactor(visit, form);
      case 'recovery-codes':
        return this.renewRecoveryCodes(visit, form);
      case 'end-session':
        await this.place.signIn.sessions.endById(visit.session.account, form.id);
        return this.did(visit, 'session-ended');
      case 'end-others':
        await this.place.signIn.sessions.endAll(visit.session.account, visit.session.token);
        return this.did(visit, 'others-ended');
      case 'make-token':
        return this.makeToken(visit, form);
      case 'revoke-token':
        await this.place.signIn.apiTokens.revoke(visit.session.account, form.id);
        return this.did(visit, 'token-revoked');
      default:
        throw failed('malformed-request', 'This form does nothing that is known here.');
    }
  }

  @Get(inEachLanguage('second-factor'))
  async secondFactorPage(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    return isSignedIn(visit) ? this.showSecondFactor(visit) : this.visits.askToSignIn(visit);
  }

  @Post(inEachLanguage('second-factor'))
  async enrol(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request, reply);
    const form = this.visits.form(request, ['code']);
    if (!isSignedIn(visit)) return this.visits.askToSignIn(visit);
    if (!form) return this.showSecondFactor(visit, { code: 'expired-form' });
    const codes = await this.place.signIn.own.enrolSecondFactor(holderOf(visit), form.code);
    if (!codes) return this.showSecondFactor(visit, { code: 'wrong-code', field: 'code' });
    return this.showCodes(await this.renewed(visit, 'password-and-code'), codes, 'factor-on');
  }

  private async changePassword(visit: SignedIn, { present, password, repeat }: AccountForm): Promise<void> {
    if (password !== repeat) return this.refuse(visit, { code: 'repeat-differs', field: 'repeat' });
    const change = await this.place.signIn.own.changePassword(holderOf(visit), present, password);
    switch (change.kind) {
      case 'wrong':
        return this.refuse(visit, { code: 'wrong-password', field: 'present' });
      case 'wait':
        return this.refuse(visit, change);
      case 'refused':
        return this.refuse(visit, { code: change.fault, field: 'password' });
      case 'changed':
        return this.did(await this.renewed(visit), 'password-changed');
    }
  }

  private async proposeSecondFactor(visit: SignedIn, { present }: AccountForm): Promise<void> {
    if (!(await this.confirmed(visit, present, 'factor-present'))) return;
    await this.place.signIn.own.proposeSecondFactor(visit.session.account);
    return this.visits.goOn(visit, addressOf(visit.language, { page: 'second-factor' }));
  }

  private async renewRecoveryCodes(visit: SignedIn, { present }: AccountForm): Promise<void> {
    if (!(await this.confirmed(visit, present, 'codes-present'))) return;
    const { own } = this.place.signIn;
    const state = await own.of(visit.session.account);
    if (!state?.hasSecondFactor) return this.refuse(visit, { code: 'expired-form' });
    return this.showCodes(visit, await own.renewRecoveryCodes(visit.session.account));
  }

  private async makeToken(visit: SignedIn, form: AccountForm): Promise<void> {
    const name = tokenName(form.name);
    if (name === undefined) return this.refuse(visit, { code: 'bad-token-name', field: 'token-name' }, form);
    const scopes = this.place.scopes.filter((scope) => form[`scope-${scope}`] === 'on');
    if (scopes.length === 0) return this.refuse(visit, { code: 'no-scope', field: 'scopes' }, form);
    if (!(await this.confirmed(visit, form.present, 'token-present', form))) return;
    const days = /^\d{1,3}$/.test(form.days) ? Number(form.days) : 30;
    const token = await this.place.signIn.apiTokens.make(visit.session.account, { name, scopes, days });
    if (token === 'too-many' || token === 'refused') {
      return this.refuse(visit, { code: `token-${token}`, field: 'token-name' }, form);
    }
    return this.visits.show(visit, <NewTokenPage view={{ ...visit.view, name, secret: token.secret }} />);
  }

  /** Whether the password was the present one; where not, the page with the fault is sent. */
  private async confirmed(visit: SignedIn, present: string, field: string, typed?: AccountForm): Promise<boolean> {
    const confirmation = await this.place.signIn.own.confirm(visit.session.account, present);
    if (confirmation.kind === 'confirmed') return true;
    const fault = confirmation.kind === 'wait' ? confirmation : ({ code: 'wrong-password', field } as const);
    await this.refuse(visit, fault, typed);
    return false;
  }

  /** The same person under a new token, now that something about the account has changed. */
  private async renewed(visit: SignedIn, by: Holder['by'] = visit.session.by): Promise<SignedIn> {
    const { own, key } = this.place.signIn;
    const session = await own.renewed({ ...holderOf(visit), by });
    this.visits.setSession(visit.reply, session.token);
    return { ...visit, session, view: { ...visit.view, formToken: key.mark(session.token, 'form') } };
  }

  private did(visit: SignedIn, done: AccessDone): Promise<void> {
    return this.visits.goOn(visit, addressOf(visit.language, { page: 'account', query: { done } }));
  }

  private refuse(
    visit: SignedIn,
    fault: AccessFault | { readonly waitUntil: number },
    typed?: AccountForm,
  ): Promise<void> {
    const { status, ...found } = this.visits.fault(visit, fault);
    return this.show(visit, { ...found, ...(typed && { typed: shownAgain(typed) }) }, status);
  }

  private async show(
    visit: SignedIn,
    more: Partial<Pick<AccountView, 'fault' | 'done' | 'typed'>>,
    status = 200,
  ): Promise<void> {
    const { own, sessions, apiTokens, openId } = this.place.signIn;
    const { account, id } = visit.session;
    const state = await own.of(account);
    const local = state?.hasPassword && {
      userName: state.userName,
      secondFactor: state.hasSecondFactor,
      recoveryCodesLeft: state.recoveryCodesLeft,
    };
    const view: AccountView = {
      ...visit.view,
      ...more,
      name: state?.userName ?? account,
      ...(local && { local }),
      ...(openId && { provider: openId.name }),
      sessions: (await sessions.ofAccount(account))
        .map((session) => ({ ...session, here: session.id === id }))
        .sort((one, other) => Number(other.here) - Number(one.here)),
      tokens: await apiTokens.ofAccount(account),
      scopes: this.place.scopes,
      now: this.place.signIn.clock(),
    };
    return this.visits.show(visit, <AccountPage view={view} />, status);
  }

  private async showSecondFactor(visit: SignedIn, fault?: AccessFault): Promise<void> {
    const { own } = this.place.signIn;
    const { account } = visit.session;
    const secret = await own.proposedSecondFactor(account);
    const { userName = account } = (await own.of(account)) ?? {};
    const address = secret === undefined ? '' : totpAddress(secret, userName, visit.words.t('site.name'));
    const { status = 200, ...found } = fault ? this.visits.fault(visit, fault) : {};
    const view = { ...visit.view, ...found, ...(secret !== undefined && { proposed: { secret, address } }) };
    return this.visits.show(visit, <SecondFactorPage view={view} />, status);
  }

  private showCodes(visit: SignedIn, codes: readonly string[], done?: AccessDone): Promise<void> {
    return this.visits.show(visit, <RecoveryCodesPage view={{ ...visit.view, codes, ...(done && { done }) }} />);
  }
}

const isSignedIn = (visit: Visit): visit is SignedIn => visit.session !== undefined;

const holderOf = ({ session: { account, token, by, browser } }: SignedIn): Holder => ({ account, token, by, browser });

/** What was typed, but for passwords. */
function shownAgain(form: AccountForm): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(form).filter(([name]) => !/^(present|password|repeat)$/.test(name)));
}
