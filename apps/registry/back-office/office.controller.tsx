import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { AnnualReturn } from '#domain';
import { aggregates, isIdOf, isOpenKind, kindOfCollection, possibilities, streamKinds, streamParts } from '#domain';
import { CountingNote, DossierPage, OfficeHomePage, isOfficeLanguage, officeAddress } from '#web';
import type { HomeView, OfferedAct } from '#web';
import { ReturnCounting } from '../return-counting';
import { REFERABLE } from './desk';
import type { OpenStream } from './desk';
import { IMPORT, LANGUAGE_COOKIE, Office, isOffered } from './office';
import type { Visit } from './office';
import { People, saidOf } from './people';
import { OfficeReports } from './reports';
import { entryInLine, nameOf, storyIn, titleOf } from './told';

const RECENT = 10;

/** The desk, and dossiers as officers work on them. */
@ApiExcludeController()
@Controller('office')
export class OfficeController {
  constructor(
    private readonly office: Office,
    private readonly reports: OfficeReports,
    private readonly people: People,
    private readonly counting: ReturnCounting,
  ) {}

  @Get('language')
  async language(
    @Query('to') to: string | undefined,
    @Query('back') back: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = to !== undefined && isOfficeLanguage(to) ? to : 'it';
    // Only to pages of this site's back office: an address of another site begins otherwise.
    const target = /^\/office(?:[/?][^\\]*)?$/.test(back ?? '') ? back! : officeAddress.home;
    await reply
      .header('set-cookie', `${LANGUAGE_COOKIE}=${language}; Path=/office; Max-Age=31536000; SameSite=Lax; HttpOnly`)
      .redirect(target, 303);
  }

  @Get()
  async home(
    @Query('q') asked: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.office.visit(request, reply);
    if (!visit) return;
    const question = typeof asked === 'string' ? asked.trim().slice(0, 200) : '';
    const named = await this.streamNamed(question.toUpperCase());
    // Whether an account exists is not told here: its own address answers who may know.
    if (named && (named.revision >= 0 || !isOpenKind(named.kind))) {
      await reply.redirect(officeAddress.dossier(aggregates[named.kind].collection, named.id), 303);
      return;
    }
    const { reports } = this;
    const { words } = visit;
    const view: HomeView = {
      question,
      searches: reports.search !== undefined,
      unknown: question !== '' && (named !== undefined || !reports.search),
      ...(question !== '' && !named && reports.search && { found: await reports.search(question, words) }),
      recent: await this.recent(visit),
      ...(reports.overdue && { overdue: await reports.overdue(this.office.desk.today(), words) }),
      imports: this.office.mayDo(visit, 'asset', IMPORT),
      people: this.people.known && this.office.mayAct(visit, 'administer-credentials'),
      weak: this.office.access.lacksSecondFactor(request),
      openings: streamKinds.flatMap((kind) =>
        aggregates[kind].openings
          .filter((command) => this.office.mayDo(visit, kind, command))
          .map((command) => ({ collection: aggregates[kind].collection, command })),
      ),
    };
    await this.office.show(visit, <OfficeHomePage view={view} context={visit.context} />);
  }

  @Get(':collection/:id')
  async dossier(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Query('recorded') recorded: string | undefined,
    @Query('done') done: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.office.visit(request, reply);
    if (!visit) return;
    if (id === 'new' && kindOfCollection(collection)) {
      const [opening = ''] = aggregates[kindOfCollection(collection)!].openings;
      await reply.redirect(officeAddress.opening(collection, opening), 303);
      return;
    }
    const stream = await this.office.streamAt(collection, id);
    if (!stream || stream.revision < 0) return this.office.say(visit, 'missing');
    const shown = await this.office.shown(visit, stream);
    if (!shown) return this.office.say(visit, 'missing');
    const { desk } = this.office;
    const { seen } = shown;
    const beside = (await this.people.beside(stream, visit, this.office)) ?? this.countOf(stream);
    const view = {
      kind: stream.kind,
      collection,
      id,
      name: seen.personal ? titleOf(stream, visit.words) : nameOf(stream, visit.words),
      ...storyIn(stream, desk, visit.words, seen),
      personal: seen.personal,
      profile: desk.profile,
      acts: this.acts(stream, visit),
      ...(typeof recorded === 'string' && { recorded }),
      ...(beside && { beside, ...saidOf(done, visit) }),
    };
    await this.office.show(visit, <DossierPage view={view} context={visit.context} />);
  }

  /** How far the count of a return is; undefined where none was asked for. */
  private countOf({ kind, id, state }: OpenStream): VNode | undefined {
    const { year, asked } = kind === 'return' ? (state as AnnualReturn) : {};
    if (year === undefined || !asked) return undefined;
    const { underWay, failure } = this.counting;
    const here = officeAddress.dossier(aggregates[kind].collection, id);
    return (
      <CountingNote view={{ here, failed: failure !== undefined, ...(underWay?.years.includes(year) && underWay) }} />
    );
  }

  /** What can be recorded in a stream now, as the law has it. Corrections start from the entry they are about. */
  private acts(stream: OpenStream, visit: Visit): OfferedAct[] {
    const { desk } = this.office;
    const { commands, openings } = aggregates[stream.kind];
    const entries = stream.events.slice(-REFERABLE).map(({ id }) => id);
    const offered = new Map(
      [...commands].filter(([command, { chapter }]) => chapter !== 'across' && isOffered(stream.kind, command)),
    );
    return possibilities(offered, openings, this.office.law(stream, visit), { on: desk.today(), entries }).map(
      (each) => ({ ...each, allowed: this.office.mayDo(visit, stream.kind, each.command, stream) }),
    );
  }

  private async recent({ actor, words }: Visit): Promise<HomeView['recent']> {
    const found = await this.office.desk.recentBy(actor, RECENT);
    return found.flatMap(({ id, stream, revision, type, data, metadata: { occurredOn, recordedAt } }) => {
      const parts = streamParts(stream);
      if (!parts) return [];
      const address = `${officeAddress.dossier(aggregates[parts.kind].collection, parts.id)}#entry-${revision}`;
      const text = entryInLine({ type, data, occurredOn }, words);
      return [{ id, address, dossier: parts.id, text, recordedOn: words.dayOf(recordedAt) }];
    });
  }

  private async streamNamed(text: string): Promise<OpenStream | undefined> {
    const kind = streamKinds.find((each) => isIdOf(each, text));
    return kind && this.office.desk.open(kind, text);
  }
}
