/** The licences data may be published under: open ones (opendefinition.org) that ask for no more than the name of the publisher. */
export const licences = {
  'CC-BY-4.0': {
    name: 'CC-BY-4.0',
    title: 'Creative Commons Attribution 4.0 International',
    address: 'https://creativecommons.org/licenses/by/4.0/',
    authority: 'http://publications.europa.eu/resource/authority/licence/CC_BY_4_0',
  },
  'CC0-1.0': {
    name: 'CC0-1.0',
    title: 'Creative Commons Zero 1.0 Universal',
    address: 'https://creativecommons.org/publicdomain/zero/1.0/',
    authority: 'http://publications.europa.eu/resource/authority/licence/CC0',
  },
} as const;
export type LicenceName = keyof typeof licences;

/** By whom the data are published and how they may be used; part of the settings. */
export interface Terms {
  readonly publisher: string;
  /** What the publisher is known by, where that is said. */
  readonly publisherId?: PublisherId;
  /** The prefix of its contracting processes, where one was registered. */
  readonly ocdsPrefix?: string;
  readonly licence: LicenceName;
  /** Where the source of this program lies; undefined where nobody says. */
  readonly sourceCode?: string;
  /** Where a reader writes to: a mailto: or https: address. */
  readonly contact?: string;
}

/** An identifier by a list of org-id.guide and the id in it, as OCDS names a publisher. */
export interface PublisherId {
  readonly scheme: string;
  readonly uid: string;
}

export const usualTerms: Terms = { publisher: 'Social Reuse Registry', licence: 'CC-BY-4.0' };

/** What is said of the data as a whole. */
export interface Publication {
  /** Scheme and host, for addresses. */
  readonly origin: string;
  readonly publisher: string;
  readonly publisherId?: PublisherId;
  readonly licence: (typeof licences)[LicenceName];
  /** Log position this is true for. */
  readonly position: number;
}
