import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#domain';
import { originOf } from '#http';
import { InvitedPage, MeansActPage, MessagePage, PeoplePage, Posted, addressOf, meansActs, officeAddress } from '#web';
import type { MeansAct, MeansActView, MeansView } from '#web';
import { fromOwnPage } from './access';
import { administratorAt } from './administrator';
import type { OpenStream } from './desk';
import { bodyOf } from './form-bodies';
import { Means } from './means';
import type { MeansFault } from './means';
import { Office } from './office';
import type { Visit } from './office';
import { People, personIn } from './people';

/** An act on somebody's means of signing in, by a person who may do it. */
interface Doing {
  readonly visit: Visit;
  readonly stream: OpenStream;
  readonly means: MeansView;
  readonly act: MeansAct;
}

/** Accounts as administrators look after them. What an account may do is recorded like everything else; by what its holder signs in is done here. */
@ApiExcludeController()
@Controller('office/accounts')
export class PeopleController {
  constructor(
    readonly office: Office,
    readonly people: People,
    private readonly means: Means,
  ) {}

  @Get()
  async list(@Query('q') asked: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await administratorAt(this, request, reply);
    if (!visit) return;
    const question = typeof asked === 'string' ? asked.trim().slice(0, 200) : '';
    await this.office.access.noteList(request, visit.actor, 'accounts', question);
    const people = await this.people.found(question, visit.actor.subject, visit.words, this.office.desk.profile);
    await this.office.show(visit, <PeoplePage view={{ question, people }} context={visit.context} />);
  }

  @Get(':id/sign-in/:act')
  async ask(
    @Param('id') id: string,
    @Param('act') act: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const doing = await this.doing(id, act, request, reply);
    if (!doing) return;
    const { searchParams } = new URL(request.url, 'http://office');
    await this.show(doing, new Posted(searchParams));
  }

  @Post(':id/sign-in/:act')
  async act(
    @Param('id') id: string,
    @Param('act') act: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const doing = await this.doing(id, act, request, reply);
    if (!doing) return;
    const { visit, stream, means } = doing;
    if (!fromOwnPage(request)) return this.office.say(visit, 'foreign');
    const { posted } = await bodyOf(request);
    if (!this.office.knows(visit, posted.one('token'))) return this.show(doing, posted, { outdated: true });
    const done = await this.means.do(doing.act, { stream, means, actor: this.actorOf(visit), posted });
    switch (done.kind) {
      case 'done':
        await reply.redirect(`${officeAddress.dossier('accounts', id)}?done=${doing.act}`, 303);
        return;
      case 'fault':
        return this.show(doing, posted, { fault: done.fault });
      case 'invited': {
        const link = `${this.people.publicUrl ?? originOf(request)}/invitation?token=${done.token}`;
        const until = visit.words.dayOf(new Date(done.endsAt).toISOString());
        const view = { id, name: personIn(stream, visit), userName: done.userName, link, until };
        return this.office.show(visit, <InvitedPage view={view} context={visit.context} />);
      }
    }
  }

  /** As an administrator, whatever other roles the person has. */
  private actorOf({ actor }: Visit): Actor {
    return { ...actor, role: 'administrator' };
  }

  /** Who may do what to whom; undefined where the person was told why not. */
  private async doing(
    id: string,
    named: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Doing | undefined> {
    const visit = await administratorAt(this, request, reply);
    if (!visit) return undefined;
    const act = meansActs.find((each) => each === named);
    const stream = await this.office.streamAt('accounts', id);
    const means = stream && (await this.people.meansOf(stream, visit.actor.subject, this.office.desk.profile));
    if (means?.own) return this.ownAccount(visit);
    const fits = act === 'unlink' || (act !== undefined && means?.acts.includes(act) === true);
    if (stream && means && act && fits) return { visit, stream, means, act };
    await this.office.say(visit, 'missing');
    return undefined;
  }

  private async ownAccount(visit: Visit): Promise<undefined> {
    const { t, language } = visit.words;
    const page = (
      <MessagePage title={t('office.people.own.title')} text={t('office.people.own.text')} context={visit.context}>
        <p>
          <a href={addressOf(language, { page: 'account' })}>{t('office.people.own.link')}</a>
        </p>
      </MessagePage>
    );
    await this.office.show(visit, page, 403);
  }

  private show(
    { visit, stream, means, act }: Doing,
    posted: Posted,
    { fault, outdated = false }: { readonly fault?: MeansFault; readonly outdated?: boolean } = {},
  ): Promise<void> {
    const { t } = visit.words;
    const said = outdated ? t('office.outdated') : fault && t(`office.people.fault.${fault}`);
    const view: MeansActView = {
      act,
      id: stream.id,
      name: personIn(stream, visit),
      ...(means.provider !== undefined && { provider: means.provider }),
      ...fieldOf(act, posted),
      ...(said !== undefined && { fault: said }),
    };
    const status = outdated ? 403 : fault ? 422 : 200;
    return this.office.show(visit, <MeansActPage view={view} context={visit.context} />, status);
  }
}

/** What an act asks for. Which link is undone the page has said already. */
function fieldOf(act: MeansAct, posted: Posted): Pick<MeansActView, 'field' | 'hidden'> {
  switch (act) {
    case 'link':
      return { field: { name: 'subject', value: posted.one('subject'), fixed: false } };
    case 'await-email':
      return { field: { name: 'email', value: posted.one('email'), fixed: false } };
    case 'unlink':
      return {
        field: { name: 'subject', value: posted.one('subject'), fixed: true },
        hidden: { issuer: posted.one('issuer') },
      };
    default:
      return {};
  }
}
