/** The languages of the public pages, the first being the one for readers whose browser asks for none of them. */
export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

/** The pages on which people prove who they are. */
export const accessPages = ['sign-in', 'code', 'sign-out', 'set-up', 'invitation', 'account', 'second-factor'] as const;
export type AccessPage = (typeof accessPages)[number];

interface LanguageFacts {
  /** BCP 47 tag for numbers and dates. */
  readonly locale: string;
  /** The language's own name. */
  readonly endonym: string;
  /** Words in addresses. */
  readonly paths: Readonly<
    Record<
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
      | 'annualReturn',
      string
    >
  > & { readonly access: Readonly<Record<AccessPage, string>> };
}

export const languageFacts: Readonly<Record<Language, LanguageFacts>> = {
  it: {
    locale: 'it-IT',
    endonym: 'Italiano',
    paths: {
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
      access: {
        'sign-in': 'accesso',
        code: 'accesso/codice',
        'sign-out': 'uscita',
        'set-up': 'avvio',
        invitation: 'invito',
        account: 'utenza',
        'second-factor': 'utenza/secondo-fattore',
      },
    },
  },
  en: {
    locale: 'en-GB',
    endonym: 'English',
    paths: {
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
      access: {
        'sign-in': 'sign-in',
        code: 'sign-in/code',
        'sign-out': 'sign-out',
        'set-up': 'set-up',
        invitation: 'invitation',
        account: 'account',
        'second-factor': 'account/second-factor',
      },
    },
  },
};

/** The language in which a country's offices write, by ISO 3166-1 code: what they wrote is shown as they wrote it. */
export const languageOfOffices: Readonly<Record<string, string>> = { IT: 'it' };

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** The language a browser likes best among ours (Accept-Language, RFC 9110 §12.5.4); a regional variant counts as its language. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
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
  return wishes.map(({ language }) => language).find(isLanguage) ?? languages[0];
}
