import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { commandRights } from '#access';
import type { GuardedAction } from '#access';
import type { Actor, Command, Law, StreamKind } from '#domain';
import { isIdOf, isOpenKind, kindOfCollection } from '#domain';
import { Recorder } from '#recording';
import {
  MessagePage,
  SecondFactorNeeded,
  isOfficeLanguage,
  officeLanguages,
  preferredLanguage,
  renderPage,
  wordsFor,
} from '#web';
import type { OfficeContext, Words } from '#web';
import { FormTokens, OfficeAccess } from './access';
import type { Hindrance, Seen } from './access';
import { Desk } from './desk';
import type { OpenStream } from './desk';
import { shownTo } from './told';

/** One request of a person at work. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly actor: Actor;
  readonly words: Words;
  readonly context: OfficeContext;
}

/** The name under which `mayDo` is asked whether somebody may import files into dossiers. */
export const IMPORT = 'import-file';

export const LANGUAGE_COOKIE = 'office-language';

/** Whether anybody may send this by a form. What is nobody's to send, the registry records itself where it belongs to something larger. */
export const isOffered = (kind: StreamKind, command: string): boolean =>
  command === IMPORT || commandRights[kind][command]?.length !== 0;

type Message = Hindrance | 'nobody' | 'foreign' | 'missing';
const statuses: Readonly<Record<Message, number>> = {
  nobody: 401,
  forbidden: 403,
  secondFactor: 403,
  barred: 403,
  foreign: 403,
  missing: 404,
};

/** What all pages of the back office share: who is there, in which language, and how a page is sent. */
@Injectable()
export class Office {
  private readonly tokens = new FormTokens();

  constructor(
    readonly access: OfficeAccess,
    readonly desk: Desk,
    readonly recorder: Recorder,
  ) {}

  /** Who is there; undefined when nobody is, who was then answered. */
  async visit(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const { access, desk } = this;
    const words = wordsFor(languageOf(request), desk.profile);
    const actor = await access.actorOf(request);
    const here = request.method === 'GET' ? request.url : (request.url.split('?')[0] ?? '/office');
    const colleague = {
      name: actor ? access.nameOf(actor) : '',
      agency: actor?.agency ?? '',
      ...(access.signOut !== undefined && { signOut: access.signOut }),
    };
    const token = actor ? this.tokens.tokenFor(access.sessionOf(request, actor)) : '';
    const context = { colleague, here, token, today: desk.today() };
    const visit = actor && { request, reply, actor, words, context };
    if (visit && access.isBarred(request)) {
      await this.say(visit, 'barred');
      return undefined;
    }
    if (visit) return visit;
    if (access.signIn !== undefined) {
      await reply.redirect(`${access.signIn}?returnTo=${encodeURIComponent(here)}`, 303);
      return undefined;
    }
    await this.say({ request, reply, actor: { subject: '', agency: '', role: '' }, words, context }, 'nobody');
    return undefined;
  }

  /** Whether a form was made for this person by this process. */
  knows({ request, actor }: Visit, token: string): boolean {
    return this.tokens.fits(token, this.access.sessionOf(request, actor));
  }

  mayDo({ request }: Visit, kind: StreamKind, command: string, stream?: OpenStream): boolean {
    return isOffered(kind, command) && this.access.mayDo(request, kind, command, stream);
  }

  /** What the law says of made-up entries by this person. */
  law(stream: OpenStream, { request, actor }: Visit): Law {
    return this.desk.law(stream, actor, this.access.accountOf(request));
  }

  /** Whether the person may do what is no entry. */
  mayAct({ request }: Visit, action: GuardedAction): boolean {
    return this.access.mayAct(request, action);
  }

  /** As whom somebody records an entry; undefined where their rights do not reach. */
  actingAs(
    { request, actor }: Visit,
    kind: StreamKind,
    { name, data }: Command,
    stream?: OpenStream,
  ): Actor | undefined {
    return this.access.actingAs(request, actor, kind, name, stream, data);
  }

  /** Says why somebody may not do what they came for. */
  refuse(visit: Visit, kind: StreamKind, command: string, stream?: OpenStream, data?: unknown): Promise<void> {
    return this.say(visit, this.access.hindrance(visit.request, kind, command, stream, data));
  }

  /** A stream without what its reader may not see; undefined where they may not even know that it is there. The reading is noted. */
  async shown({ request }: Visit, stream: OpenStream): Promise<{ stream: OpenStream; seen: Seen } | undefined> {
    const { kind, id } = stream;
    const seen = await this.access.sees(request, stream, this.desk.today());
    if (!seen.restricted && !isOpenKind(kind)) return undefined;
    // Who reads their own account has just added to it.
    const now = kind === 'account' ? await this.desk.open(kind, id) : stream;
    return { stream: shownTo(now, seen), seen };
  }

  /** The stream an address names; undefined for an address that cannot be one. */
  async streamAt(collection: string, id: string): Promise<OpenStream | undefined> {
    const kind = kindOfCollection(collection);
    return kind && isIdOf(kind, id) ? this.desk.open(kind, id) : undefined;
  }

  async show({ reply, words }: Visit, page: VNode, status = 200): Promise<void> {
    await reply
      .status(status)
      .type('text/html; charset=utf-8')
      .headers({ 'content-language': words.language, 'cache-control': 'no-store' })
      .send(renderPage(page, words));
  }

  /** A page that says why nothing is done. */
  say(visit: Visit, what: Message): Promise<void> {
    const { t } = visit.words;
    const weak = what === 'secondFactor' || (what === 'forbidden' && this.access.lacksSecondFactor(visit.request));
    const page = (
      <MessagePage title={t(`office.${what}.title`)} text={t(`office.${what}.text`)} context={visit.context}>
        {weak && <SecondFactorNeeded />}
      </MessagePage>
    );
    return this.show(visit, page, statuses[what]);
  }
}

/** The language chosen in the back office, or the one the browser likes best. */
function languageOf({ headers }: FastifyRequest) {
  const chosen = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=(\\w+)`).exec(headers.cookie ?? '')?.[1] ?? '';
  return isOfficeLanguage(chosen) ? chosen : preferredLanguage(headers['accept-language'], officeLanguages);
}
