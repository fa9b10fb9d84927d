import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Profile } from '#domain';
import { languageOf, originOf, wordsOf } from '#http';
import { answersByAuthority, assetsOfCalls, callCounts, callList, callPage, dialogueCounts, dialogueList, dialoguePage, groupList, groupPage, organisationCounts, organisationList, organisationPage, regionsOfCalls } from '#read-models'; // prettier-ignore
import type { ChoiceCounts, Now, ReadDatabase, Slice } from '#read-models';
import {
  CallPage, CallsPage, DayOfPage, DialoguePage, DialoguesPage, GroupPage, GroupsPage, OrganisationPage, OrganisationsPage, addressOf, languages, renderPage,
} from '#web'; // prettier-ignore
import type { CivicList, CivicQuery, ListView } from '#web';
import { KnownParameters } from '../pages/known-parameters';
import { straightened } from '../pages/pages.controller';
import { PlaceOfPages } from '../pages/place-of-pages';
import { Reading, orBuilding } from '../reading';
import { OnADayDto, given } from '../register-query';
import { passedDeadline } from './around-asset';
import { whereabouts } from './whereabouts';
import { placeText } from './cursor';
import { found } from './listing';
import { dealingsOf } from './dealings';
import { CallsDto, DialoguesDto, GroupsDto, OrganisationsDto, callsQuery, dialoguesQuery, groupsQuery, organisationsQuery, runOf } from './questions'; // prettier-ignore
import type { PagedDto } from './questions';

const lists = (list: CivicList): string[] => languages.map((language) => addressOf(language, { page: list }));
const each = (list: CivicList): string[] => lists(list).map((address) => `${address}/:id`);
const PAGE = 20;
const always = ['asOf', 'cursor', 'after'];

/** The pages on calls, organisations, dialogue and groups. */
@ApiExcludeController()
@Controller()
export class CivicPagesController {
  constructor(
    private readonly reading: Reading,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(lists('calls'))
  async calls(
    @Query(new KnownParameters(['state', 'authority', 'asset', 'region', 'province', 'municipality', 'q', ...always])) query: CallsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged('calls', query, request, reply)) return;
    const { database, asking } = this.reading;
    const [asked, now] = [callsQuery(query), this.reading.at(query.asOf)];
    const [slice, counts, regions] = await orBuilding(
      Promise.all([callList(database, asked, now, runOf(query, PAGE)), callCounts(database, asked, now), regionsOfCalls(database)]),
    );
    const assets = await assetsOfCalls(database, slice.items.map(({ id }) => id));
    const view = { ...viewOf('calls', query, slice, counts), where: await whereabouts(database, assets) };
    await this.show(<CallsPage view={view} regions={regions} origin={originOf(request)} asking={asking} />, query, request, reply);
  }

  @Get(each('calls'))
  async call(
    @Param('id') id: string,
    @Query(new KnownParameters(['asOf', 'after'])) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchangedOne('calls', id, query, request, reply)) return;
    const call = await this.one(callPage, id, query);
    const { asking } = this.reading;
    await this.show(<CallPage call={call} origin={originOf(request)} asking={asking} />, query, request, reply);
  }

  @Get(lists('organisations'))
  async organisations(
    @Query(new KnownParameters(['kind', 'standing', 'region', 'q', ...always])) query: OrganisationsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged('organisations', query, request, reply)) return;
    const { database, asking } = this.reading;
    const [asked, now] = [organisationsQuery(query), this.reading.at(query.asOf)];
    const [slice, counts] = await orBuilding(Promise.all([organisationList(database, asked, now, runOf(query, PAGE)), organisationCounts(database, asked, now)]));
    const view = viewOf('organisations', query, slice, counts);
    await this.show(<OrganisationsPage view={view} origin={originOf(request)} asking={asking} />, query, request, reply);
  }

  @Get(each('organisations'))
  async organisation(
    @Param('id') id: string,
    @Query(new KnownParameters(['asOf', 'after'])) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchangedOne('organisations', id, query, request, reply)) return;
    const organisation = await this.one(organisationPage, id, query);
    const dealings = await orBuilding(dealingsOf(this.reading, organisation.name, this.reading.at(query.asOf)));
    const schemes = this.reading.profile.identifierSchemes;
    const page = <OrganisationPage organisation={organisation} dealings={dealings} origin={originOf(request)} schemes={schemes} />;
    await this.show(page, query, request, reply);
  }

  @Get(lists('dialogues'))
  async dialogues(
    @Query(new KnownParameters(['kind', 'state', 'authority', 'asset', 'call', 'report', 'q', ...always])) query: DialoguesDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged('dialogues', query, request, reply)) return;
    const { database, asking } = this.reading;
    const now = this.reading.at(query.asOf);
    const asked = dialoguesQuery(query);
    const [slice, { authorities }, counts] = await orBuilding(
      Promise.all([
        dialogueList(database, asked, now, runOf(query, PAGE)),
        answersByAuthority(database, now),
        dialogueCounts(database, asked, now),
      ]),
    );
    const assets = new Map(slice.items.map(({ id, asset }) => [id, asset === null ? [] : [asset]]));
    const view = { ...viewOf('dialogues', query, slice, counts), where: await whereabouts(database, assets) };
    const page = <DialoguesPage view={view} authorities={authorities} origin={originOf(request)} asking={asking} />;
    await this.show(page, query, request, reply);
  }

  @Get(each('dialogues'))
  async dialogue(
    @Param('id') id: string,
    @Query(new KnownParameters(['asOf', 'after'])) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchangedOne('dialogues', id, query, request, reply)) return;
    const { asking } = this.reading;
    const thread = await this.one(dialoguePage, id, query);
    await this.show(<DialoguePage thread={thread} origin={originOf(request)} asking={asking} />, query, request, reply);
  }

  @Get(lists('groups'))
  async groups(
    @Query(new KnownParameters(['represents', 'organisation', 'region', 'authority', 'q', ...always])) query: GroupsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchanged('groups', query, request, reply)) return;
    const { database, asking } = this.reading;
    const slice = await orBuilding(groupList(database, groupsQuery(query), this.reading.at(query.asOf), runOf(query, PAGE)));
    const view = viewOf('groups', query, slice);
    await this.show(<GroupsPage view={view} origin={originOf(request)} asking={asking} />, query, request, reply);
  }

  @Get(each('groups'))
  async group(
    @Param('id') id: string,
    @Query(new KnownParameters(['asOf', 'after'])) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.unchangedOne('groups', id, query, request, reply)) return;
    const group = await this.one(groupPage, id, query);
    await this.show(<GroupPage group={group} origin={originOf(request)} />, query, request, reply);
  }

  /** A list has one address for what it shows: what a form left empty is taken out of it. */
  private async unchanged(
    list: CivicList,
    query: PagedDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const address = addressOf(languageOf(request), { page: list, query: addressed(query) });
    if (query.after === undefined && (await straightened(address, request, reply))) return true;
    return this.reading.unchanged(request, reply, query.after, this.changesOf(list));
  }

  private async unchangedOne(
    list: CivicList,
    id: string,
    { asOf, after }: OnADayDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const address = addressOf(languageOf(request), { page: 'civic', list, id, moment: given({ asOf }) });
    if (after === undefined && (await straightened(address, request, reply))) return true;
    return this.reading.unchanged(request, reply, after, this.changesOf(list));
  }

  /** What pages change with beside the log position and the day. */
  private readonly changesOf = (list: CivicList) =>
    list === 'calls' ? () => passedDeadline(this.reading) : undefined;

  /** One call, organisation, thread or group on the day asked for; throws RequestFailed where there is none. */
  private one<Item>(page: (database: ReadDatabase, id: string, now: Now, profile: Profile) => Promise<Item | undefined>, id: string, { asOf }: OnADayDto): Promise<Item> {
    const { database, profile } = this.reading;
    return found(page(database, id, this.reading.at(asOf), profile), id, asOf);
  }

  private async show(content: VNode, { asOf }: OnADayDto, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const words = wordsOf(request, this.reading.profile);
    const page = <DayOfPage.Provider value={given({ asOf })}>{content}</DayOfPage.Provider>;
    await reply
      .type('text/html; charset=utf-8')
      .header('content-language', words.language)
      .send(renderPage(page, words, await this.place.now()));
  }
} // prettier-ignore

/** The parts of a question that belong into the address of a page. */
const addressed = ({ after: _, limit: _l, ...address }: PagedDto): CivicQuery => given(address);

function viewOf<Item>(list: CivicList, query: PagedDto, { items, total, next, previous, position }: Slice<Item>, counts?: ChoiceCounts): ListView<Item> {
  return {
    list,
    query: addressed(query),
    items,
    total,
    ...(counts && { counts }),
    ...(next && { next: placeText('after', next) }),
    ...(previous && { previous: placeText('before', previous) }),
    position,
  };
} // prettier-ignore
