import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { LegalDate } from '#domain';
import { languageOf, originOf, wordsOf } from '#http';
import { positionOf, recentEntries } from '#read-models';
import type { Facet } from '#read-models';
import {
  AssetPage,
  HomePage,
  IndicatorsPage,
  RegisterPage,
  addressOf,
  byRegion,
  indicatorsFrom,
  languages,
  renderPage,
} from '#web';
import type { IndicatorSections, IndicatorsView, Target } from '#web';
import { stockAsked } from '../api/reports/asked';
import { KeptAnswers } from '../kept-answers';
import type { Kept } from '../kept-answers';
import { PublishedLog } from '../published-log';
import { Reading, orBuilding } from '../reading';
import { MomentDto, OnADayDto, RegisterDto, addressFrom, alsoOf, assetFilters, given, isPast } from '../register-query';
import { aroundAsset, passedDeadline } from '../civic/around-asset';
import { indicatorSections } from '../indicator-sections';
import { KnownParameters } from './known-parameters';
import { registerView } from './register-view';
import { PlaceOfPages } from './place-of-pages';

/** The addresses of a page, one for each language. */
export const inEachLanguage = (target: Target): string[] => languages.map((language) => addressOf(language, target));

/** So many entries stand on the front page. */
const NEWS = 6;

const moment = ['asOf', 'knownAt'];
const filters = [...assetFilters, 'cursor'];

/** What citizens see. Every page is written here, on the server, and works without a script. */
@ApiExcludeController()
@Controller()
export class PagesController {
  private readonly counts = new KeptAnswers<Facet[]>();
  private readonly stocks = new KeptAnswers<IndicatorsView>();
  private readonly indicatorPages = new KeptAnswers<{ view: IndicatorsView; sections: IndicatorSections }>();

  constructor(
    private readonly reading: Reading,
    private readonly log: PublishedLog,
    private readonly place: PlaceOfPages,
  ) {}

  @Get()
  async front(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await reply.header('vary', 'Accept-Language').redirect(addressOf(languageOf(request), { page: 'home' }), 302);
  }

  @Get(inEachLanguage({ page: 'home' }))
  async home(
    @Query(new KnownParameters(['asOf', 'after'])) { asOf, after }: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const moment = given({ asOf });
    const address = addressOf(languageOf(request), { page: 'home', moment });
    if (after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after)) return;
    const { answer: view, position } = await this.indicatorsView(asOf);
    // What was written down last is no matter of a day in the world.
    const news = asOf === undefined ? await orBuilding(recentEntries(this.reading.database, {}, NEWS)) : [];
    const page = <HomePage view={view} moment={moment} news={news} origin={originOf(request)} />;
    await this.show(page, request, reply, position);
  }

  @Get(inEachLanguage({ page: 'indicators' }))
  async indicators(
    @Query(new KnownParameters(['asOf', 'after'])) { asOf, after }: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const moment = given({ asOf });
    const address = addressOf(languageOf(request), { page: 'indicators', moment });
    if (after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after)) return;
    const asked = async () => {
      const { cells, position: at } = await orBuilding(stockAsked(this.reading, asOf));
      const own = byRegion(cells);
      const sections = await orBuilding(indicatorSections(this.reading, own, asOf));
      return { view: indicatorsFrom(own, at), sections };
    };
    const question = `${asOf ?? 'today'} ${this.reading.today()}`;
    const { answer, position } = await this.indicatorPages.to(question, await positionOf(this.reading.database), asked);
    const { view, sections } = answer;
    const page = (
      <IndicatorsPage
        view={view}
        sections={sections}
        moment={moment}
        origin={originOf(request)}
        asking={this.reading.asking}
      />
    );
    await this.show(page, request, reply, position);
  }

  @Get(inEachLanguage({ page: 'register' }))
  async register(
    @Query(new KnownParameters([...filters, ...moment, 'after'])) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = addressOf(languageOf(request), { page: 'register', query: addressFrom(query) });
    if (query.after === undefined && (await straightened(address, request, reply))) return;
    const also = alsoOf(query, () => passedDeadline(this.reading));
    if (await this.reading.unchanged(request, reply, query.after, also)) return;
    const { view, since } = await registerView(this.reading, this.counts, query);
    await this.show(
      <RegisterPage view={view} origin={originOf(request)} asking={this.reading.asking} />,
      request,
      reply,
      since,
      await also?.(),
    );
  }

  @Get(languages.map((language) => `${addressOf(language, { page: 'register' })}/:id`))
  async asset(
    @Param('id') id: string,
    @Query(new KnownParameters([...moment, 'after'])) { asOf, knownAt, after }: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const when = given({ asOf, knownAt });
    const address = addressOf(languageOf(request), { page: 'asset', id, moment: when });
    if (after === undefined && (await straightened(address, request, reply))) return;
    if (await this.reading.unchanged(request, reply, after, () => passedDeadline(this.reading))) return;
    const [dossier, present] = await this.reading.dossiers(id, isPast(when) ? [when, {}] : [when]);
    const { profile } = this.reading;
    const view = {
      dossier: dossier!,
      moment: when,
      ...(present && { present }),
      today: this.reading.today(),
      profile,
      proven: await this.log.isKept(),
    };
    // A dossier opened in error is gone for good, and still shows what was written in it.
    if (!view.dossier.asset && !present) void reply.status(410);
    const around = knownAt === undefined ? await aroundAsset(this.reading, id, asOf) : undefined;
    const page = (
      <AssetPage view={view} origin={originOf(request)}>
        {around}
      </AssetPage>
    );
    await this.show(page, request, reply);
  }

  private async indicatorsView(asOf: LegalDate | undefined): Promise<Kept<IndicatorsView>> {
    const added = async (): Promise<IndicatorsView> => {
      const { cells, position } = await orBuilding(stockAsked(this.reading, asOf));
      return indicatorsFrom(byRegion(cells), position);
    };
    return this.stocks.to(asOf ?? 'today', await positionOf(this.reading.database), added);
  }

  /** Sends a page; `since` is the log position of its oldest part, where that is not the present one; `also`, what else it changes with. */
  private async show(
    page: VNode,
    request: FastifyRequest,
    reply: FastifyReply,
    since?: number,
    also?: string,
  ): Promise<void> {
    if (since !== undefined) void reply.header('etag', this.reading.tag(since, also));
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(page, words, await this.place.now());
    await reply.type('text/html; charset=utf-8').header('content-language', words.language).send(html);
  }
}

/** A page has one address: what a form left empty and what the page does not know is taken out of it. */
export async function straightened(address: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const parameters = (url: string): number => new URL(url, 'http://registry').searchParams.size;
  if (parameters(request.url) === parameters(address)) return false;
  await reply.redirect(address, 302);
  return true;
}
