import type { AssetId, LegalDate } from '#domain';
import { applyAddress } from './apply/apply-address';
import { accessPaths, languageFacts, officeLanguageOf } from './language/languages';
import type { AccessPage, Language, OfficeLanguage } from './language/languages';
import type { SeenInAddress } from './map/seen';

/** The moment a page is about, as it stands in its address. */
export interface MomentInAddress {
  readonly asOf?: LegalDate;
  readonly knownAt?: LegalDate;
}

/** The day a page is about, as it stands in its address. */
export type DayInAddress = Pick<MomentInAddress, 'asOf'>;

/** Everything that chooses what the register shows; the names are those in the address, the same in the API. */
export interface RegisterAddress extends MomentInAddress {
  readonly q?: string;
  readonly kind?: string;
  readonly category?: string;
  readonly phase?: string;
  readonly region?: string;
  readonly province?: string;
  readonly municipality?: string;
  /** What it was destined to. */
  readonly purpose?: string;
  readonly use?: string;
  /** Idle for at least so many whole years. */
  readonly idle?: string;
  /** `open`: for which a call is open. */
  readonly call?: string;
  readonly managedBy?: string;
  /** Registry id of an organisation, or a name as recorded. */
  readonly manager?: string;
  /** Where a further page begins; opaque. */
  readonly cursor?: string;
}

/** The lists of the civic reports, each with pages of its own; the names are those of the API. */
export const civicLists = ['calls', 'organisations', 'dialogues', 'groups'] as const;
export type CivicList = (typeof civicLists)[number];
/** Those whose items are about assets, which lie somewhere. */
export const placedLists: readonly CivicList[] = ['calls', 'dialogues'];
/** What chooses what a list shows, by the names in its address. */
export type CivicQuery = Readonly<Record<string, string | undefined>>;

/** What somebody asks about. */
export interface AskSubject {
  readonly about: 'asset' | 'call' | 'report';
  readonly id: string;
}

/** Where somebody saw an error in the data. */
export interface ErrorSeen {
  /** Address of the page from the site's root. */
  readonly at: string;
  /** Log position the page was true for. */
  readonly position?: number;
}
/** The reports of the asset's chapters; each has a page and an address of data. */
export const reportPages = ['money', 'support', 'use', 'assigned', 'waiting', 'flags'] as const;
export type ReportPage = (typeof reportPages)[number];
/** Those that can be asked how it stood on a day. */
export const reportsOnDays: ReadonlySet<ReportPage> = new Set(['money', 'support', 'use', 'assigned']);

/** What chooses the rows of a report, by the names in its address; the same in the API. */
export type ReportAddress = Readonly<Record<string, string | undefined>>;
/** What the address of a page of sign-in may carry. */
export interface AccessAddress {
  /** Where to go on to afterwards: a path of this site. */
  readonly returnTo?: string;
  /** Of a link that works once. */
  readonly token?: string;
  /** What has just been done, to be said on the page. */
  readonly done?: string;
}

/** Pages of text. */
export const guides = ['glossary', 'accessibility', 'company'] as const;
export type Guide = (typeof guides)[number];

export type Target =
  | { readonly page: 'home'; readonly moment?: DayInAddress }
  /** Everything that has these words. */
  | { readonly page: 'search'; readonly q?: string }
  | { readonly page: 'register'; readonly query?: RegisterAddress }
  /** Where the assets lie; by the register's filters, and the part of the map that is looked at. */
  | { readonly page: 'map'; readonly query?: RegisterAddress & SeenInAddress }
  | { readonly page: 'asset'; readonly id: AssetId; readonly moment?: MomentInAddress }
  /** The card of an asset, for other sites to show in a frame. */
  | { readonly page: 'embed'; readonly id: AssetId }
  | { readonly page: 'guide'; readonly guide: Guide }
  | { readonly page: 'indicators'; readonly moment?: DayInAddress }
  /** All regions, and some areas side by side. */
  | { readonly page: 'areas'; readonly compared?: readonly string[]; readonly moment?: DayInAddress }
  /** A region, province or municipality, by its official code. */
  | { readonly page: 'area'; readonly code: string; readonly moment?: DayInAddress }
  /** The transparency log, and how anybody verifies it. */
  | { readonly page: 'integrity' }
  /** The proof of one entry, and how anybody verifies it. */
  | { readonly page: 'entry-proof'; readonly id: string }
  /** Everything there is to download, for people and for programs. */
  | { readonly page: 'data' }
  /** Where an organisation applies to a call. */
  | { readonly page: 'apply'; readonly call: string }
  | { readonly page: CivicList; readonly query?: CivicQuery }
  /** One call, organisation, thread or group. */
  | {
      readonly page: 'civic';
      readonly list: CivicList;
      readonly id: string;
      readonly moment?: DayInAddress;
    }
  /** Where questions are asked; the registry serves it. With the id of a need, an offer of it is begun. */
  | { readonly page: 'ask'; readonly subject: AskSubject; readonly error?: ErrorSeen; readonly need?: string }
  | { readonly page: ReportPage; readonly query?: ReportAddress }
  /** The annual statistical return: the list of years, one year, or what lies behind one of its items. */
  | { readonly page: 'annual-return'; readonly year?: string; readonly item?: string; readonly query?: ReportAddress }
  | AccessTarget
  /** What the types of problem documents mean; all of them, or one. */
  | { readonly page: 'problems'; readonly code?: string };

interface AccessTarget {
  readonly page: AccessPage;
  readonly query?: AccessAddress;
}

/** Where a page lies, from the site's root. */
export function addressOf(language: Language, target: Target): string {
  const { paths } = languageFacts[language];
  switch (target.page) {
    case 'home':
      return withQuery(`/${language}`, target.moment ?? {});
    case 'search':
      return withQuery(`/${language}/${paths.search}`, { q: target.q });
    case 'register':
      return withQuery(`/${language}/${paths.assets}`, target.query ?? {});
    case 'map':
      return withQuery(`/${language}/${paths.map}`, target.query ?? {});
    case 'asset':
      return withQuery(`/${language}/${paths.assets}/${encodeURIComponent(target.id)}`, target.moment ?? {});
    case 'embed':
      // The id is not encoded: `:id` stands for it in a route, and a registry id has nothing to encode.
      return `/${language}/embed/${paths.assets}/${target.id}`;
    case 'indicators':
      return withQuery(`/${language}/${paths.indicators}`, target.moment ?? {});
    case 'areas': {
      const { compared = [], moment = {} } = target;
      const chosen = compared.map((code): [string, string] => ['area', code]);
      const query = new URLSearchParams([...chosen, ...Object.entries(moment)]).toString();
      return `/${language}/${paths.areas}${query === '' ? '' : `?${query}`}`;
    }
    case 'area':
      return withQuery(`/${language}/${paths.areas}/${encodeURIComponent(target.code)}`, target.moment ?? {});
    case 'guide':
      return `/${language}/${paths[target.guide]}`;
    case 'integrity':
      return `/${language}/${paths.integrity}`;
    case 'entry-proof':
      return `/${language}/${paths.integrity}/${paths.entries}/${encodeURIComponent(target.id)}`;
    case 'data':
      return `/${language}/${paths.data}`;
    case 'apply':
      return applyAddress(language, target.call);
    case 'calls':
    case 'organisations':
    case 'dialogues':
    case 'groups':
      return withQuery(`/${language}/${paths[target.page]}`, target.query ?? {});
    case 'civic':
      return withQuery(`/${language}/${paths[target.list]}/${encodeURIComponent(target.id)}`, target.moment ?? {});
    case 'ask':
      return withQuery(`/ask/${language}/${target.subject.about}/${encodeURIComponent(target.subject.id)}`, {
        error: target.error?.at,
        position: target.error?.position?.toString(),
        need: target.need,
      });
    case 'money':
    case 'support':
    case 'use':
    case 'assigned':
    case 'waiting':
    case 'flags':
      return withQuery(`/${language}/${paths[target.page]}`, target.query ?? {});
    case 'annual-return': {
      const { year, item, query = {} } = target;
      const parts = [year, item].filter((part) => part !== undefined).map((part) => `/${part}`);
      return withQuery(`/${language}/${paths.annualReturn}${parts.join('')}`, query);
    }
    case 'sign-in':
    case 'code':
    case 'sign-out':
    case 'set-up':
    case 'invitation':
    case 'account':
    case 'second-factor':
      return accessAddress(officeLanguageOf(language), target);
    case 'problems':
      return `/${language}/${paths.problems}${target.code === undefined ? '' : `/${encodeURIComponent(target.code)}`}`;
  }
}

/** The pages of accounts are those of people who work with the registry, and speak the languages of its office alone. */
const accessAddress = (language: OfficeLanguage, { page, query = {} }: AccessTarget): string =>
  withQuery(`/${language}/${accessPaths[language][page]}`, query);

/** The forms in which every list is given whole. */
export type TableFormat = 'csv' | 'xlsx' | 'json';

/** Where the data behind a page lie. */
export const dataAddress = {
  search: (q: string | undefined): string => withQuery('/api/v1/search', { q }),
  assets: (query: RegisterAddress, format: TableFormat | 'geojson' | 'pages'): string =>
    withQuery(`/api/v1/assets${format === 'pages' ? '' : `.${format}`}`, query),
  asset: (id: AssetId, moment: MomentInAddress): string =>
    withQuery(`/api/v1/assets/${encodeURIComponent(id)}`, moment),
  timeline: (id: AssetId, moment: MomentInAddress, format: 'csv' | 'json'): string =>
    withQuery(`/api/v1/assets/${encodeURIComponent(id)}/timeline${format === 'csv' ? '.csv' : ''}`, moment),
  /** The proof that an entry is in the transparency log, as a file; and what exactly was logged. */
  proof: (entry: string): string => `/api/v1/entries/${encodeURIComponent(entry)}/proof`,
  leaf: (entry: string): string => `/api/v1/entries/${encodeURIComponent(entry)}/leaf`,
  integrity: '/api/v1/integrity',
  /** Of which days of knowledge every report can be asked. */
  knownDays: '/api/v1/known-days',
  civic: (list: CivicList, query: CivicQuery, format: TableFormat | 'geojson'): string =>
    withQuery(`/api/v1/${list}.${format}`, query),
  civicPages: (list: CivicList, query: CivicQuery): string => withQuery(`/api/v1/${list}`, query),
  civicOne: (list: CivicList, id: string, moment: DayInAddress): string =>
    withQuery(`/api/v1/${list}/${encodeURIComponent(id)}`, moment),
  /** A chapter's list: a page, or with a format everything the filters find. */
  report: (name: ReportPage, query: ReportAddress, format?: TableFormat | 'geojson'): string =>
    withQuery(`/api/v1/${name}${format === undefined ? '' : `.${format}`}`, query),
  assetReport: (
    id: AssetId,
    name: Exclude<ReportPage, 'assigned' | 'waiting' | 'flags'>,
    moment: MomentInAddress,
  ): string => withQuery(`/api/v1/assets/${encodeURIComponent(id)}/${name}`, moment),
  /** The figures of the annual return as a table: of all years, or of one. */
  annualReturns: (query: { readonly year?: string }, format?: TableFormat): string =>
    withQuery(`/api/v1/annual-returns${format === undefined ? '' : `.${format}`}`, query),
  /** The return of one year, with what was published of it. */
  annualReturn: (year: string): string => `/api/v1/annual-returns/${year}`,
  /** How complete the list of assigned assets of each municipality is. */
  municipalities: (query: ReportAddress): string => withQuery('/api/v1/assigned/municipalities.csv', query),
  /** Every step of the curves of waits, of a region and a kind. */
  waitingCurve: (query: ReportAddress): string => withQuery('/api/v1/waiting/curve.csv', query),
  /** The description of all published tables (Data Package). */
  dataPackage: (language: OfficeLanguage): string => `/data/datapackage${language === 'en' ? '' : `.${language}`}.json`,
  /** Public spending on an asset, or a call, by the Open Contracting Data Standard. */
  ocds: (kind: 'assets' | 'calls', id: string): string => `/api/v1/ocds/${kind}/${encodeURIComponent(id)}`,
  /** An asset in the words of schema.org. */
  // The id is not encoded: `:id` stands for it in a route, and a registry id has nothing to encode.
  place: (id: AssetId): string => `/data/assets/${id}`,
  /** The catalogue data portals harvest (DCAT-AP). */
  catalogue: (format: 'jsonld' | 'ttl'): string => `/data/catalogue.${format}`,
  /** Every public event behind a position of the log. */
  changes: ({ after, limit }: { readonly after?: number; readonly limit?: number } = {}): string =>
    withQuery('/api/v1/changes', { after: after?.toString(), limit: limit?.toString() }),
  indicators: (format: TableFormat, moment: DayInAddress = {}): string =>
    withQuery(`/api/v1/indicators${format === 'json' ? '' : `.${format}`}`, moment),
  /** Where assets lie, as GeoJSON. */
  map: (query: RegisterAddress & SeenInAddress): string => withQuery('/api/v1/map', query),
} as const;

/** Where other sites ask how to show a page of this one (oEmbed 1.0). */
export const oembedAddress = (url?: string): string =>
  withQuery('/oembed', url === undefined ? {} : { url, format: 'json' });

/**
 * Where the feed of a page lies: beside it, by the same filters, without the run of a list, the view of a map and the day it may be about, for news are of today. A page that is
 * about the whole register has the register's feed.
 */
export function feedAddress(language: Language, target: Target): string {
  switch (target.page) {
    case 'area':
      return withQuery(`/${language}/feed.atom`, { area: target.code });
    case 'asset':
      return beside(addressOf(language, { page: 'asset', id: target.id }));
    case 'register':
    case 'map':
      return beside(addressOf(language, { page: 'register', query: newsOf(target.query) }));
    case 'calls':
    case 'organisations':
    case 'dialogues':
    case 'groups':
    case 'money':
    case 'support':
    case 'use':
    case 'assigned':
    case 'waiting':
    case 'flags':
    case 'annual-return':
      return beside(addressOf(language, { ...target, query: newsOf(target.query) }));
    case 'civic':
      return beside(addressOf(language, { page: 'civic', list: target.list, id: target.id }));
    default:
      return `/${language}/feed.atom`;
  }
}

const newsOf = <Query extends object>(query: Query | undefined): Query =>
  ({ ...query, cursor: undefined, asOf: undefined, knownAt: undefined, bbox: undefined, zoom: undefined }) as Query;

function beside(address: string): string {
  const [path, query] = address.split('?');
  return `${path}/feed.atom${query === undefined ? '' : `?${query}`}`;
}

/** The address with those values that are there, in a stable order. */
function withQuery(path: string, query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (typeof value === 'string' && value !== '') parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
