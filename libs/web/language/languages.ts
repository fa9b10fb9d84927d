/** The languages of the public pages, the first being the one for readers whose browser asks for none of them. */
export const languages = ['it', 'en', 'ar'] as const;
export type Language = (typeof languages)[number];

/**
 * The languages of those who work with the registry: the back office, accounts, notices and evidence bundles. What an officer is asked or told has a legal
 * meaning somebody must answer for, so a language of readers is not one of these by itself.
 */
export const officeLanguages = ['it', 'en'] as const;
export type OfficeLanguage = (typeof officeLanguages)[number];

/** In which of the office's languages somebody is spoken to whose language is none of them. */
export const officeLanguageOf = (language: Language): OfficeLanguage => (isOfficeLanguage(language) ? language : 'en');

/** The pages on which people prove who they are. */
export const accessPages = ['sign-in', 'code', 'sign-out', 'set-up', 'invitation', 'account', 'second-factor'] as const;
export type AccessPage = (typeof accessPages)[number];

export type Direction = 'ltr' | 'rtl';

/** What has a word of its own in addresses. */
type Place =
  | 'search'
  | 'assets'
  | 'map'
  | 'glossary'
  | 'accessibility'
  | 'company'
  | 'indicators'
  | 'areas'
  | 'integrity'
  | 'entries'
  | 'problems'
  | 'calls'
  | 'apply'
  | 'organisations'
  | 'dialogues'
  | 'groups'
  | 'money'
  | 'support'
  | 'use'
  | 'assigned'
  | 'data'
  | 'waiting'
  | 'flags'
  | 'annualReturn';

interface LanguageFacts {
  /** BCP 47 tag for numbers and dates. */
  readonly locale: string;
  /** Which way its lines run. */
  readonly direction: Direction;
  /** Between parts in a row. */
  readonly comma: string;
  /** The language's own name. */
  readonly endonym: string;
  /** Words in addresses. */
  readonly paths: Readonly<Record<Place, string>>;
}

const englishPaths: LanguageFacts['paths'] = {
  search: 'search',
  assets: 'assets',
  map: 'map',
  glossary: 'glossary',
  accessibility: 'accessibility',
  company: 'companies',
  indicators: 'indicators',
  areas: 'areas',
  integrity: 'integrity',
  entries: 'entries',
  problems: 'problems',
  calls: 'calls',
  apply: 'apply',
  organisations: 'organisations',
  dialogues: 'dialogue',
  groups: 'groups',
  money: 'money',
  support: 'support',
  use: 'use',
  assigned: 'assigned',
  data: 'data',
  waiting: 'waiting',
  flags: 'red-flags',
  annualReturn: 'annual-return',
};

export const languageFacts: Readonly<Record<Language, LanguageFacts>> = {
  it: {
    locale: 'it-IT',
    direction: 'ltr',
    comma: ', ',
    endonym: 'Italiano',
    paths: {
      search: 'cerca',
      assets: 'beni',
      map: 'mappa',
      glossary: 'glossario',
      accessibility: 'accessibilita',
      company: 'imprese',
      indicators: 'indicatori',
      areas: 'territori',
      integrity: 'integrita',
      entries: 'annotazioni',
      problems: 'problemi',
      calls: 'bandi',
      apply: 'candidatura',
      organisations: 'organizzazioni',
      dialogues: 'dialogo',
      groups: 'gruppi',
      money: 'spesa-pubblica',
      support: 'sostegno',
      use: 'uso',
      assigned: 'assegnati',
      data: 'dati',
      waiting: 'attese',
      flags: 'segnali',
      annualReturn: 'relazione-annuale',
    },
  },
  en: { locale: 'en-GB', direction: 'ltr', comma: ', ', endonym: 'English', paths: englishPaths },
  // Western digits: the numbers of acts, cadastral parcels and postcodes are written with them, and one page should not have two kinds.
  ar: {
    locale: 'ar-u-ca-gregory-hc-h23-nu-latn',
    direction: 'rtl',
    comma: '، ',
    endonym: 'العربية',
    paths: englishPaths,
  },
};

/** Words in the addresses of the pages on which people prove who they are. */
export const accessPaths: Readonly<Record<OfficeLanguage, Readonly<Record<AccessPage, string>>>> = {
  it: {
    'sign-in': 'accesso',
    code: 'accesso/codice',
    'sign-out': 'uscita',
    'set-up': 'avvio',
    invitation: 'invito',
    account: 'utenza',
    'second-factor': 'utenza/secondo-fattore',
  },
  en: {
    'sign-in': 'sign-in',
    code: 'sign-in/code',
    'sign-out': 'sign-out',
    'set-up': 'set-up',
    invitation: 'invitation',
    account: 'account',
    'second-factor': 'account/second-factor',
  },
};

/** The language in which a country's offices write, by ISO 3166-1 code: what they wrote is shown as they wrote it. */
export const languageOfOffices: Readonly<Record<string, string>> = { IT: 'it' };

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);
export const isOfficeLanguage = (text: string): text is OfficeLanguage =>
  (officeLanguages as readonly string[]).includes(text);

/** Which way a text of ours, or of an office, runs. */
export const directionOf = (language: string): Direction =>
  isLanguage(language) ? languageFacts[language].direction : 'ltr';

/** The language a browser likes best among ours (Accept-Language, RFC 9110 §12.5.4); a regional variant counts as its language. */
export function preferredLanguage(acceptLanguage: string | undefined): Language;
export function preferredLanguage<L extends Language>(acceptLanguage: string | undefined, among: readonly L[]): L;
export function preferredLanguage(
  acceptLanguage: string | undefined,
  among: readonly Language[] = languages,
): Language {
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((wish, place) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
      const quality = parameters
        .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
        .find(Boolean);
      return { language: tag.split('-')[0]!.trim(), quality: quality === undefined ? 1 : Number(quality), place };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place);
  return wishes.map(({ language }) => among.find((ours) => ours === language)).find(Boolean) ?? languages[0];
}
