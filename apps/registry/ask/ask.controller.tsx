import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { isIdOf, tidied } from '#domain';
import { failed, originOf, sentFromHere } from '#http';
import { formIn } from './ask-form';
import type { AskForm } from './ask-form';
import {
  ASK_LIMITS,
  AskPage,
  HONEYPOT,
  ReceivedPage,
  addressOf,
  askKinds,
  isLanguage,
  renderPage,
  wordsFor,
} from '#web';
import type { AskFault, AskFields, AskSubject, ErrorSeen, Words } from '#web';
import { attemptOf } from '../sign-in/visit';
import { Asking } from './asking';
import type { KnownSubject } from './asking';

/** So many contributions are taken from one address in an hour. */
const MOST = 10;
const WINDOW = '1 hour';
const TOKEN = /^[0-9a-f-]{36}$/;
const statuses: Partial<Record<AskFault, number>> = {
  'not-from-here': 403,
  malformed: 400,
  'too-many': 429,
  'not-now': 503,
};

type Limiter = ReturnType<FastifyRequest['server']['createRateLimit']>;
interface Shown {
  readonly subject: AskSubject;
  readonly known: KnownSubject;
  readonly fields: AskFields;
  readonly faults: readonly AskFault[];
  readonly photosAgain: boolean;
  readonly error?: ErrorSeen;
  /** The need that is answered, where an offer of support is begun. */
  readonly need?: string;
}

/** The form by which anybody asks or reports, and what becomes of it. Nothing here needs a script or knows who is asking. */
@ApiExcludeController()
@Controller('ask')
export class AskController {
  private limiter: Limiter | undefined;

  constructor(private readonly asking: Asking) {}

  @Get(':language/received/:id')
  async received(
    @Param('language') language: string,
    @Param('id') id: string,
    @Query('after') after: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const words = this.wordsIn(language);
    if (!isIdOf('dialogue', id)) throw nothing();
    const { pages, profile } = this.asking;
    const { days } = profile.answerWithinDays;
    const fresh = /^\d{1,15}$/.test(after ?? '') ? `?after=${after}` : '';
    const thread =
      pages === undefined ? undefined : pages + addressOf(words.language, { page: 'civic', list: 'dialogues', id }) + fresh;
    const page = <ReceivedPage id={id} days={days} thread={thread} site={pages ?? ''} origin={originOf(request)} />;
    await show(page, words, reply);
  } // prettier-ignore

  @Get(':language/:about/:id')
  async form(
    @Param('language') language: string,
    @Param('about') about: string,
    @Param('id') id: string,
    @Query('error') at: string | undefined,
    @Query('position') position: string | undefined,
    @Query('need') need: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const words = this.wordsIn(language);
    const subject = subjectOf(about, id);
    const error = errorIn(at, position);
    const known = await this.known(subject, words);
    const needed = need === undefined ? undefined : await this.asking.need(subject, need);
    const begun = error
      ? { kind: 'observation', text: textOf(error, this.asking.pages || originOf(request), words) }
      : needed === undefined
        ? {}
        : { text: words.t('civic.ask.offerText', { need: needed, entry: need! }) };
    await this.showForm(
      {
        subject,
        known,
        fields: { ...fieldsIn({}, known), ...begun },
        faults: [],
        photosAgain: false,
        ...(needed !== undefined && { need: need! }),
        ...(error && { error }),
      },
      words,
      request,
      reply,
    );
  }

  @Post(':language/:about/:id')
  async send(
    @Param('language') language: string,
    @Param('about') about: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const words = this.wordsIn(language);
    const subject = subjectOf(about, id);
    const known = await this.known(subject, words);
    // Before anything of it is read: photos are the dearest thing anybody can send.
    const kept = await this.keptOut(request);
    const { fields: sent, photos, faults, chosen }: AskForm = await formIn(request, kept === undefined);
    const fields = fieldsIn(sent, known);
    const again = (found: readonly AskFault[]) =>
      this.showForm({ subject, known, fields, faults: found, photosAgain: chosen > 0 }, words, request, reply);
    const caught = sent[HONEYPOT] !== undefined && sent[HONEYPOT] !== '' ? 'refused' : undefined;
    const stopped = kept ?? caught;
    if (stopped) return again([stopped]);
    if (faults.length > 0) return again(faults);
    const token = TOKEN.test(sent.token ?? '') ? sent.token! : randomUUID();
    const described = photos.map(({ place, ...photo }) => ({ ...photo, alternative: fields.photoWords[place] ?? '' }));
    const outcome = await this.asking.handIn(subject, fields, described, token);
    if (outcome.kind === 'faulty') return again(outcome.faults);
    const address = `/ask/${words.language}/received/${outcome.id}?after=${outcome.position}`;
    await reply.header('cache-control', 'no-store').redirect(address, 303);
  } // prettier-ignore

  /** What stands against taking a form at all, whatever it says. */
  private async keptOut(request: FastifyRequest): Promise<AskFault | undefined> {
    if (!sentFromHere(request)) return 'not-from-here';
    this.limiter ??= request.server.createRateLimit({
      max: MOST,
      timeWindow: WINDOW,
      keyGenerator: (each: FastifyRequest) => attemptOf(each).address,
    });
    const counted = await this.limiter(request);
    return !counted.isAllowed && counted.isExceeded ? 'too-many' : undefined;
  }

  private async known(subject: AskSubject, words: Words): Promise<KnownSubject> {
    const known = await this.asking.subject(subject, words);
    if (known) return known;
    throw nothing();
  }

  private wordsIn(language: string): Words {
    if (isLanguage(language)) return wordsFor(language, this.asking.profile);
    throw nothing();
  }

  private async showForm(
    { subject, known: { name, authorities }, fields, faults, photosAgain, error, need }: Shown,
    words: Words,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { days } = this.asking.profile.answerWithinDays;
    // A form that was not taken gets a new name: what is sent next may be something else.
    const view = {
      subject,
      name,
      authorities,
      fields,
      token: randomUUID(),
      days,
      site: this.asking.pages ?? '',
      faults,
      photosAgain,
      ...(need !== undefined && { need }),
      ...(error && { error }),
    };
    const [first] = faults;
    if (first) void reply.status(statuses[first] ?? 422);
    await show(<AskPage view={view} origin={originOf(request)} />, words, reply);
  }
}

const nothing = (): Error => failed('not-found', 'There is nothing here to ask about. Check the address.');

function subjectOf(about: string, id: string): AskSubject {
  if (about === 'asset' || about === 'call' || about === 'report') return { about, id };
  throw nothing();
}

/** A path of this site, as the box at the foot of a page writes it; a link of somebody else's making may carry anything. */
const PAGE = /^\/(?!\/)[!-~]{1,600}$/;

function errorIn(at: string | undefined, position: string | undefined): ErrorSeen | undefined {
  if (at === undefined) return undefined;
  if (!PAGE.test(at)) throw nothing();
  return { at, ...(/^\d{1,15}$/.test(position ?? '') && { position: Number(position) }) };
}

/** Where the error is, for whoever writes to go on from. */
const textOf = ({ at, position }: ErrorSeen, site: string, { t }: Words): string =>
  t('box.errorText', { address: site + at, at: position === undefined ? '' : t('box.errorAt', { position }) });

/** What was sent, tidied; a kind or an authority that is not offered becomes the first that is. */
function fieldsIn(sent: AskForm['fields'], { authorities }: KnownSubject): AskFields {
  const text = (name: string): string => sent[name] ?? '';
  const [kind, authority] = [text('kind'), text('authority')];
  return {
    kind: askKinds.find((each) => each === kind) ?? askKinds[0],
    text: tidied(text('text'), 'many'),
    authority: authorities.includes(authority) ? authority : (authorities[0] ?? ''),
    askerName: tidied(text('askerName'), 'one'),
    askerContact: tidied(text('askerContact'), 'one'),
    photoWords: Array.from({ length: ASK_LIMITS.photos }, (_, place) =>
      tidied(text(`photo-${place + 1}-words`), 'one'),
    ),
  };
}

async function show(page: VNode, words: Words, reply: FastifyReply): Promise<void> {
  await reply
    .type('text/html; charset=utf-8')
    .headers({ 'content-language': words.language, 'cache-control': 'no-store' })
    .send(renderPage(page, words));
}
