import type { Type } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { isAssetId, isIdOf } from '#domain';
import { failed } from '#http';
import { callList, changedAssets, dialogueList, filtersKnown, groupList, newsById, newsOf, newsOfKind, organisationList, recentEntries, reportNews, reportSlice, returnEntries } from '#read-models'; // prettier-ignore
import type { News, NamedKind, ReportFilters, Run } from '#read-models';
import { listFeedTitle } from '#web';
import type { CivicList, FeedEntry, ReportPage, Target, Words } from '#web';
import { itemAsked, yearAsked } from '../api/annual-return/asking';
import { ReturnEntriesDto, returnEntryFilters } from '../api/annual-return/filters';
import { AssignedFilterDto, FlagsFilterDto, MoneyFilterDto, SupportFilterDto, UseFilterDto, WaitingFilterDto } from '../api/reports/filters'; // prettier-ignore
import { CallsDto, DialoguesDto, GroupsDto, OrganisationsDto, callsQuery, dialoguesQuery, groupsQuery, organisationsQuery } from '../civic/questions'; // prettier-ignore
import { orBuilding } from '../reading';
import type { Reading } from '../reading';
import { FilterDto, FreshnessDto, assetFilters, given, mapQueryOf } from '../register-query';
import { subjectOf, toldFlag, toldNews } from './told';

/** So many entries; who asks less often than they come finds the rest on the pages. */
const ENTRIES = 50;
const LATEST: Run = { limit: ENTRIES, latest: true };

/** What is asked of a feed: the parts of its address, and its filters, checked. */
interface Asked<Query> {
  readonly reading: Reading;
  readonly query: Query;
  readonly id: string;
  readonly year: string;
  readonly item: string;
}

/** A feed as it was asked for. */
interface Answer {
  /** The page beside which it lies, as far as it is known: by it the feed has its address. */
  readonly target: Target;
  readonly title: (words: Words) => string;
  readonly entries: (origin: string, words: Words) => readonly FeedEntry[];
}

/** A kind of feed: beside which pages it lies, by which filters, and what it tells. */
export interface FeedKind {
  /** A page with `:id`, `:year` and `:item` for what stands for other things in other addresses. */
  readonly beside: Target;
  readonly query: Type<object>;
  readonly filters: readonly string[];
  readonly answer: (asked: Asked<object>) => Promise<Answer>;
}

class WholeDto {
  @IsOptional()
  @Matches(/^[0-9A-Za-z-]{1,12}$/, { message: 'Give the official code of a region, province or municipality' })
  readonly area?: string;
}

/** One line of the table; checks what its answer takes against what its query is checked by. */
const feed = <Query extends object>(
  beside: Target,
  query: Type<Query>,
  filters: readonly string[],
  answer: (asked: Asked<Query>) => Promise<Answer>,
): FeedKind => ({ beside, query, filters, answer: (asked) => answer(asked as Asked<Query>) });

/** The filters that were given, as they stand in an address. */
const chosenIn = (query: object): ReportFilters =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => typeof value === 'string'));

const saying =
  (news: readonly News[]) =>
  (origin: string, words: Words): readonly FeedEntry[] =>
    news.map((each) => toldNews(each, origin, words));

/** The names of the areas in which what is told lies. */
function areasIn(news: readonly News[]): Record<string, string> {
  const item = news.find((each) => each.item)?.item;
  const named = [
    [item?.region_code, item?.region],
    [item?.province_code, item?.province],
    [item?.municipality_code, item?.municipality],
  ];
  return Object.fromEntries(named.flatMap(([code, name]) => (code && name ? [[code, name]] : [])));
}

/** A feed of a list, called as the list is. */
const ofList = (target: Target, news: readonly News[]): Answer => ({
  target,
  title: (words) => listFeedTitle(target, areasIn(news), words),
  entries: saying(news),
});

/** A feed of one thing. Throws RequestFailed where nothing may be said of it. */
function ofOne(target: Target, id: string, news: readonly News[]): Answer {
  const [latest] = news;
  if (!latest) throw failed('not-found', `The register has never heard of "${id}".`);
  return { target, title: (words) => words.t('feed.asset', { asset: subjectOf(latest, words) }), entries: saying(news) }; // prettier-ignore
}

const whole = feed({ page: 'home' }, WholeDto, ['area'], async ({ reading, query: { area } }) => {
  const recent = await recentEntries(reading.database, area === undefined ? {} : { area }, ENTRIES);
  const news = recent.map(({ asset, ...entry }): News => ({ ...entry, kind: 'asset', of: asset }));
  const title = (words: Words): string =>
    area === undefined ? words.t('feed.register') : words.t('feed.area', { area: areasIn(news)[area] ?? area });
  return {
    target: area === undefined ? { page: 'home' } : { page: 'area', code: area },
    title,
    entries: saying(news),
  };
});

const register = feed({ page: 'register' }, FilterDto, assetFilters, async ({ reading, query }) => {
  const { database } = reading;
  const ids = await changedAssets(
    database,
    mapQueryOf(query, () => reading.now()),
    ENTRIES,
  );
  return ofList({ page: 'register', query: chosenIn(query) }, await newsOf(database, 'asset', ids, ENTRIES));
});

const asset = feed({ page: 'asset', id: ':id' }, FreshnessDto, [], async ({ reading: { database }, id }) =>
  ofOne({ page: 'asset', id }, id, isAssetId(id) ? await newsOf(database, 'asset', [id], ENTRIES) : []),
);

interface Found {
  readonly items: readonly { readonly id: string }[];
}

/** The two feeds of a list of the civic reports: of the list, and of each thing in it. */
const civic = <Query extends object>(
  list: CivicList,
  kind: NamedKind,
  query: Type<Query>,
  filters: readonly (keyof Query & string)[],
  latest: (reading: Reading, query: Query) => Promise<Found>,
): FeedKind[] => [
  feed({ page: list }, query, filters, async ({ reading, query: asked }) => {
    const { items } = await latest(reading, asked);
    const news = await newsOf(
      reading.database,
      kind,
      items.map(({ id }) => id),
      ENTRIES,
    );
    return ofList({ page: list, query: chosenIn(asked) }, news);
  }),
  feed({ page: 'civic', list, id: ':id' }, FreshnessDto, [], async ({ reading: { database }, id }) =>
    ofOne({ page: 'civic', list, id }, id, isIdOf(kind, id) ? await newsOf(database, kind, [id], ENTRIES) : []),
  ),
];

/** The feed of a report whose rows are entries or assets. */
const report = <Query extends object>(page: Exclude<ReportPage, 'flags'>, query: Type<Query>): FeedKind => {
  const filters = filtersKnown(page).filter((name) => name !== 'asOf');
  return feed({ page }, query, filters, async ({ reading, query: asked }) => {
    const chosen = chosenIn(asked);
    return ofList({ page, query: chosen }, await reportNews(reading.database, page, chosen, ENTRIES, reading.today()));
  });
};

const flags = feed({ page: 'flags' }, FlagsFilterDto, filtersKnown('flags'), async ({ reading, query }) => {
  const filters = chosenIn(query);
  const { rows } = await reportSlice(reading.database, 'flags', { filters, until: reading.today(), limit: ENTRIES });
  const entries = await newsById(reading.database, rows.map((row) => String(row.entry)), ENTRIES); // prettier-ignore
  const recorded = new Map(entries.map(({ id, recordedAt }) => [id, recordedAt]));
  const target: Target = { page: 'flags', query: filters };
  return {
    target,
    title: (words) => listFeedTitle(target, areasIn(entries), words),
    // The list goes by the day on which each became a hit; a feed by when that could be told, which is later where an entry came late.
    entries: (origin, words) =>
      rows
        .map((row) => toldFlag(row, recorded.get(String(row.entry)) ?? '', origin, words))
        .sort((one, other) => other.updated.localeCompare(one.updated)),
  };
});

const returns: readonly FeedKind[] = [
  feed({ page: 'annual-return' }, FreshnessDto, [], async ({ reading: { database } }) =>
    ofList({ page: 'annual-return' }, await newsOfKind(database, 'return', ENTRIES)),
  ),
  feed({ page: 'annual-return', year: ':year' }, FreshnessDto, [], async ({ reading, year: asked }) => {
    const year = await yearAsked(reading, asked);
    const news = await newsOfKind(reading.database, 'return', ENTRIES);
    return ofList(
      { page: 'annual-return', year },
      news.filter(({ name }) => name?.by === 'year' && name.year === year),
    );
  }),
  feed(
    { page: 'annual-return', year: ':year', item: ':item' },
    ReturnEntriesDto,
    returnEntryFilters,
    async ({ reading, query: { part, region, kind }, year: asked, item }) => {
      const { database } = reading;
      const chosen = given({ part, region, kind });
      const [year, code] = [await yearAsked(reading, asked), itemAsked(item, part)];
      const { entries } = await returnEntries(database, { year, item: code, ...chosen, limit: ENTRIES });
      const news = await newsById(database, entries.map(({ entry }) => entry), ENTRIES); // prettier-ignore
      return ofList({ page: 'annual-return', year, item: code, query: chosen }, news);
    },
  ),
];

/** Every kind of feed there is. One more is one more line here, and an address in `feedAddress` (libs/web). */
export const feeds: readonly FeedKind[] = [
  whole,
  register,
  asset,
  ...civic('calls', 'call', CallsDto, ['state', 'authority', 'asset', 'region', 'province', 'municipality', 'q'], (reading, query) =>
    callList(reading.database, callsQuery(query), reading.now(), LATEST),
  ),
  ...civic('organisations', 'organisation', OrganisationsDto, ['kind', 'standing', 'region', 'q'], (reading, query) =>
    organisationList(reading.database, organisationsQuery(query), reading.now(), LATEST),
  ),
  ...civic('dialogues', 'dialogue', DialoguesDto, ['kind', 'state', 'authority', 'asset', 'call', 'report', 'q'], (reading, query) =>
    dialogueList(reading.database, dialoguesQuery(query), reading.now(), LATEST),
  ),
  ...civic('groups', 'group', GroupsDto, ['represents', 'organisation', 'region', 'authority', 'q'], (reading, query) =>
    groupList(reading.database, groupsQuery(query), reading.now(), LATEST),
  ),
  report('money', MoneyFilterDto),
  report('support', SupportFilterDto),
  report('use', UseFilterDto),
  report('assigned', AssignedFilterDto),
  report('waiting', WaitingFilterDto),
  flags,
  ...returns,
]; // prettier-ignore

/** What a feed answers. Throws RequestFailed while what it is read from is being built, and for what is not there. */
export const answerOf = (kind: FeedKind, asked: Asked<object>): Promise<Answer> => orBuilding(kind.answer(asked));
