import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tokenName } from '#access';
import { tokenScopes } from '#domain';
import type { TokenScope } from '#domain';
import { Posted, ProgramTokenMadePage, ProgramTokenPage } from '#web';
import type { ProgramTokenFault } from '#web';
import { fromOwnPage } from './access';
import { administratorAt } from './administrator';
import type { OpenStream } from './desk';
import { bodyOf } from './form-bodies';
import { Office } from './office';
import type { Visit } from './office';
import { People, personIn } from './people';

/** A program holds no role that gives rights to others, so no token of its is for that. */
const scopes = tokenScopes.filter((scope) => scope !== 'administer');
/** What is chosen beforehand; what is no number becomes it too. */
const DAYS = 90;

interface Making {
  readonly visit: Visit;
  readonly stream: OpenStream;
}

/**
 * Tokens for programs that have an account of their own. Nobody signs in as one, so an administrator makes them: it stands in the account's stream before the secret is shown, this once.
 * Revoking one is a command like every other, and has the form of one.
 */
@ApiExcludeController()
@Controller('office/accounts')
export class ProgramTokensController {
  constructor(
    readonly office: Office,
    readonly people: People,
  ) {}

  @Get(':id/tokens/new')
  async ask(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const making = await this.making(id, request, reply);
    if (making) await this.show(making, new Posted());
  }

  @Post(':id/tokens/new')
  async make(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const making = await this.making(id, request, reply);
    if (!making) return;
    const { visit, stream } = making;
    const { t } = visit.words;
    if (!fromOwnPage(request)) return this.office.say(visit, 'foreign');
    const { posted } = await bodyOf(request);
    if (!this.office.knows(visit, posted.one('token'))) {
      return this.show(making, posted, { fault: { text: t('office.outdated') }, status: 403 });
    }
    const name = tokenName(posted.one('name'));
    if (name === undefined) return this.show(making, posted, { fault: { field: 'name', text: t('access.fault.bad-token-name') } });
    const chosen = scopesIn(posted);
    if (chosen.length === 0) return this.show(making, posted, { fault: { field: 'scope', text: t('access.fault.no-scope') } });
    const { signIn } = this.people;
    const { subject } = visit.actor;
    const confirmed = await signIn.own.confirm(subject, posted.one('present'));
    if (confirmed.kind === 'wrong') return this.show(making, posted, { fault: { field: 'present', text: t('access.fault.wrong-password') } });
    if (confirmed.kind === 'wait') {
      const count = Math.max(1, Math.ceil((confirmed.waitUntil - signIn.clock()) / 60_000));
      return this.show(making, posted, { fault: { field: 'present', text: t('access.wait', { count }) }, status: 429 });
    }
    const made = await signIn.apiTokens.make(stream.id, { name, scopes: chosen, days: daysIn(posted) }, subject);
    if (typeof made === 'string') return this.show(making, posted, { fault: { text: t(`access.fault.token-${made}`) } });
    const view = { id: stream.id, program: personIn(stream, visit), name, secret: made.secret, endsAt: made.endsAt };
    return this.office.show(visit, <ProgramTokenMadePage view={view} context={visit.context} />);
  } // prettier-ignore

  /** Who makes a token for which program; undefined where the person was told why not. */
  private async making(id: string, request: FastifyRequest, reply: FastifyReply): Promise<Making | undefined> {
    const visit = await administratorAt(this, request, reply);
    if (!visit) return undefined;
    const stream = await this.office.streamAt('accounts', id);
    const means = stream && (await this.people.meansOf(stream, visit.actor.subject, this.office.desk.profile));
    if (stream && means?.takesToken) return { visit, stream };
    await this.office.say(visit, 'missing');
    return undefined;
  }

  private async show(
    { visit, stream }: Making,
    posted: Posted,
    { fault, status = 422 }: { readonly fault?: ProgramTokenFault; readonly status?: number } = {},
  ): Promise<void> {
    const chosen = scopesIn(posted);
    const own = await this.people.signIn.own.of(visit.actor.subject);
    const view = {
      id: stream.id,
      program: personIn(stream, visit),
      name: posted.one('name'),
      scopes: scopes.map((scope) => ({ scope, chosen: chosen.includes(scope) })),
      days: daysIn(posted),
      confirms: own?.hasPassword ?? false,
      ...(fault && { fault }),
    };
    return this.office.show(visit, <ProgramTokenPage view={view} context={visit.context} />, fault ? status : 200);
  }
}

const scopesIn = (posted: Posted): TokenScope[] => scopes.filter((scope) => posted.all('scope').includes(scope));

const daysIn = (posted: Posted): number => (/^\d{1,3}$/.test(posted.one('days')) ? Number(posted.one('days')) : DAYS);
