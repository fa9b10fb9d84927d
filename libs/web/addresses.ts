import type { AssetId, LegalDate } from '#domain';
import { languageFacts } from './language/languages';
import type { AccessPage, Language } from './language/languages';

/** The moment a page is about, as it stands in its address. */
export interface MomentInAddress {
  readonly asOf?: LegalDate;
  readonly knownAt?: LegalDate;
}

/** Everything that chooses what the register shows; the names are those in the address, the same in the API. */
export interface RegisterAddress extends MomentInAddress {
  readonly q?: string;
  readonly kind?: string;
  readonly category?: string;
  readonly phase?: string;
  readonly region?: string;
  readonly province?: string;
  readonly municipality?: string;
  /** Where a further page begins; opaque. */
  readonly cursor?: string;
}

/** What the address of a page of sign-in may carry. */
export interface AccessAddress {
  /** Where to go on to afterwards: a path of this site. */
  readonly returnTo?: string;
  /** Of a link that works once. */
  readonly token?: string;
  /** What has just been done, to be said on the page. */
  readonly done?: string;
}

export type Target =
  | { readonly page: 'home' }
  | { readonly page: 'register'; readonly query?: RegisterAddress }
  | { readonly page: 'asset'; readonly id: AssetId; readonly moment?: MomentInAddress }
  | { readonly page: 'indicators' }
  | { readonly page: AccessPage; readonly query?: AccessAddress }
  /** What the types of problem documents mean; all of them, or one. */
  | { readonly page: 'problems'; readonly code?: string };

/** Where a page lies, from the site's root. */
export function addressOf(language: Language, target: Target): string {
  const { paths } = languageFacts[language];
  switch (target.page) {
    case 'home':
      return `/${language}`;
    case 'register':
      return withQuery(`/${language}/${paths.assets}`, target.query ?? {});
    case 'asset':
      return withQuery(`/${language}/${paths.assets}/${encodeURIComponent(target.id)}`, target.moment ?? {});
    case 'indicators':
      return `/${language}/${paths.indicators}`;
    case 'sign-in':
    case 'code':
    case 'sign-out':
    case 'set-up':
    case 'invitation':
    case 'account':
    case 'second-factor':
      return withQuery(`/${language}/${paths.access[target.page]}`, target.query ?? {});
    case 'problems':
      return `/${language}/${paths.problems}${target.code === undefined ? '' : `/${encodeURIComponent(target.code)}`}`;
  }
}

/** Where the data behind a page lie. */
export const dataAddress = {
  assets: (query: RegisterAddress, format: 'csv' | 'json' | 'pages'): string =>
    withQuery(`/api/v1/assets${format === 'pages' ? '' : `.${format}`}`, query),
  asset: (id: AssetId, moment: MomentInAddress): string =>
    withQuery(`/api/v1/assets/${encodeURIComponent(id)}`, moment),
  timeline: (id: AssetId, moment: MomentInAddress, format: 'csv' | 'json'): string =>
    withQuery(`/api/v1/assets/${encodeURIComponent(id)}/timeline${format === 'csv' ? '.csv' : ''}`, moment),
  indicators: (format: 'csv' | 'json'): string => `/api/v1/indicators${format === 'csv' ? '.csv' : ''}`,
} as const;

/** The address with those values that are there, in a stable order. */
function withQuery(path: string, query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (typeof value === 'string' && value !== '') parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
