import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { languageOf, originOf, wordsOf } from '#http';
import { filtersKnown } from '#read-models';
import { AssignedPage, FlagsPage, MoneyPage, SupportPage, UsePage, WaitingPage, addressOf, renderPage } from '#web';
import type { ReportPage } from '#web';
import { filtersOf } from '../api/reports/answering';
import {
  AssignedPageDto,
  FlagsPageDto,
  MoneyPageDto,
  SupportPageDto,
  UsePageDto,
  WaitingPageDto,
} from '../api/reports/filters';
import { Reading } from '../reading';
import { given } from '../register-query';
import { KnownParameters } from './known-parameters';
import { inEachLanguage, straightened } from './pages.controller';
import { assignedView, flagsView, moneyView, supportView, useView, waitingView } from './report-views';
import { PlaceOfPages } from './place-of-pages';

const known = (page: ReportPage): KnownParameters => new KnownParameters([...filtersKnown(page), 'cursor', 'after']);

/** The pages of the chapters' reports. Written on the server, as all pages are, and without a script. */
@ApiExcludeController()
@Controller()
export class ReportPagesController {
  constructor(
    private readonly reading: Reading,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(inEachLanguage({ page: 'money' }))
  money(
    @Query(known('money')) query: MoneyPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page('money', query, request, reply, async (origin) => (
      <MoneyPage view={await moneyView(this.reading, query)} origin={origin} />
    ));
  }

  @Get(inEachLanguage({ page: 'support' }))
  support(
    @Query(known('support')) query: SupportPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page('support', query, request, reply, async (origin) => (
      <SupportPage view={await supportView(this.reading, query)} origin={origin} />
    ));
  }

  @Get(inEachLanguage({ page: 'use' }))
  use(
    @Query(known('use')) query: UsePageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page('use', query, request, reply, async (origin) => (
      <UsePage view={await useView(this.reading, query)} origin={origin} />
    ));
  }

  @Get(inEachLanguage({ page: 'assigned' }))
  assigned(
    @Query(known('assigned')) query: AssignedPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page('assigned', query, request, reply, async (origin) => (
      <AssignedPage view={await assignedView(this.reading, query)} origin={origin} />
    ));
  }

  @Get(inEachLanguage({ page: 'waiting' }))
  waiting(
    @Query(known('waiting')) query: WaitingPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page('waiting', query, request, reply, async (origin) => (
      <WaitingPage view={await waitingView(this.reading, query)} origin={origin} />
    ));
  }

  @Get(inEachLanguage({ page: 'flags' }))
  flags(
    @Query(known('flags')) query: FlagsPageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page('flags', query, request, reply, async (origin) => (
      <FlagsPage view={await flagsView(this.reading, query)} origin={origin} />
    ));
  }

  private async page(
    page: ReportPage,
    query: { readonly cursor?: string; readonly after?: number },
    request: FastifyRequest,
    reply: FastifyReply,
    made: (origin: string) => Promise<VNode>,
  ): Promise<void> {
    const chosen = given({ ...filtersOf(page, query), cursor: query.cursor });
    const address = addressOf(languageOf(request), { page, query: chosen });
    if (query.after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(await made(originOf(request)), words, await this.place.now());
    await reply.type('text/html; charset=utf-8').header('content-language', words.language).send(html);
  }
}
