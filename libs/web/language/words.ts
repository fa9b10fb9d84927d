import { createHash } from 'node:crypto';
import type { Instant, LegalDate, Profile } from '#domain';
import { UNNAMED_AGENCY, dateOf } from '#domain';
import annualReturnAr from '../i18n/annual-return/ar.json';
import annualReturnEn from '../i18n/annual-return/en.json';
import annualReturnIt from '../i18n/annual-return/it.json';
import ar from '../i18n/ar.json';
import en from '../i18n/en.json';
import it from '../i18n/it.json';
import officeEn from '../i18n/office/en.json';
import officeIt from '../i18n/office/it.json';
import openDataAr from '../i18n/open-data/ar.json';
import openDataEn from '../i18n/open-data/en.json';
import openDataIt from '../i18n/open-data/it.json';
import { isMoney, moneyColumn, moneyFormat } from './money';
import type { ExactMoney } from './money';
import { isQuantity, quantityNumber } from './quantity';
import type { Quantity } from './quantity';
import { directionOf, languageFacts, languageOfOffices, officeLanguages } from './languages';
import type { Direction, Language } from './languages';
import { dayIn, joining } from './joining';
import { isStandIn } from './stand-ins';
import type { StandInData, StandInGroup } from './stand-ins';
import { isolated } from './isolation';
import type { TextKey } from './keys';
import { isPlain, messageFrom } from './message';
import type { Message, Speech, Values } from './message';

/** Makes a text that a reader in Arabic needs and that is not there a compile error. */
const arabic: Omit<typeof en, StandInGroup> = ar;
const openDataArabic: Omit<typeof openDataEn, StandInData> = openDataAr;
const annualReturnArabic: typeof annualReturnEn = annualReturnAr;

const resources = {
  it: { ...it, office: officeIt, openData: openDataIt, annualReturn: annualReturnIt },
  en: { ...en, office: officeEn, openData: openDataEn, annualReturn: annualReturnEn },
  ar: { ...arabic, openData: openDataArabic, annualReturn: annualReturnArabic },
} satisfies Record<Language, object>;

/** Every text by its key, as its file has it. */
const texts: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  it: new Map(textsIn(resources.it, '')),
  en: new Map(textsIn(resources.en, '')),
  ar: new Map(textsIn(resources.ar, '')),
};

/** The language whose texts stand in where another does not have its own. */
const standIn: Language = 'en';

/** Changes with every text of the languages in which evidence is written. */
export const textsEdition: string = createHash('sha256')
  .update(JSON.stringify(Object.fromEntries(officeLanguages.map((language) => [language, resources[language]]))))
  .digest('hex');

/** So many days are remembered as they are said: those of a dozen years. */
const DAYS_KEPT = 4096;

/** Everything a page says in one language: sentences, names of codes, numbers, money, dates. */
export class Words<Spoken extends Language = Language> {
  /** Texts that have been asked for, ready to be said; one without values is its own words. */
  private readonly ready = new Map<string, string | Message>();
  /** Templates that have been filled: parts of texts too, so they are no keys. */
  private readonly templates = new Map<string, Message>();
  private readonly speech: Speech;
  private readonly numbers: Intl.NumberFormat;
  private readonly shares: Intl.NumberFormat;
  private readonly percents: Intl.NumberFormat;
  private readonly days: Intl.DateTimeFormat;
  private readonly daysSaid = new Map<LegalDate, string>();
  private readonly instants: Intl.DateTimeFormat;
  private readonly lists: Intl.ListFormat;

  constructor(
    readonly language: Spoken,
    /** Where the authority sits: an instant is shown as the day it was there. */
    readonly timeZone: string,
    /** BCP 47 tag of the language in which the sources are written, where it is known. */
    readonly ofSources?: string,
    /** What agencies are called, by their codes. */
    private readonly agencies: Readonly<Record<string, string>> = {},
  ) {
    const { locale } = languageFacts[language];
    this.numbers = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 6 });
    this.shares = new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    this.percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 });
    this.days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    this.instants = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
      timeZoneName: 'short',
    });
    this.lists = new Intl.ListFormat(locale);
    this.speech = {
      ...countingIn(language),
      formats: this.formats(),
      number: (value) => this.number(value),
      within: (value) => this.within(value),
      joined: joining[language],
    };
  }

  /** The text of a key with values put in. Values are put in as they are: escaping is the renderer's work. */
  readonly t = (key: TextKey, values: Values = none): string => {
    const ready = this.ready.get(key) ?? this.madeReady(key);
    return typeof ready === 'string' ? ready : ready(values);
  };

  get direction(): Direction {
    return directionOf(this.language);
  }

  /** The language in which this one says the texts of a group. */
  languageOf(group: StandInGroup): Language {
    return isStandIn(group, this.language) ? standIn : this.language;
  }

  /** What an agency is called: by its own name, or what an agency without sign-in is; its code where nobody gave it a name. */
  agency(code: string): string {
    if (Object.hasOwn(this.agencies, code)) return this.agencies[code]!;
    return code === UNNAMED_AGENCY ? this.t('site.agency') : code;
  }

  /** A value as a part of a text: where lines run from the right, whatever runs otherwise is kept from mixing with what is beside it. */
  within(value: string): string {
    return this.direction === 'rtl' ? isolated(value) : value;
  }

  /** Between parts in a row. */
  get comma(): string {
    return languageFacts[this.language].comma;
  }

  /** Parts in a row, as far as they are there. */
  row(parts: readonly (string | null | undefined)[]): string {
    return parts
      .filter((part) => part !== null && part !== undefined && part !== '')
      .map((part) => this.within(part!))
      .join(this.comma);
  }

  /** A text as it is said in front of what comes next, with what stands between them: "Scaduto il ", "Scaduto l’". */
  before(text: string, next: string): string {
    return joining[this.language]?.(`${text} `, next) ?? `${text} `;
  }

  /** A text for each number of things, by plural category, with `{n}` in the place of the number: for a script that counts by itself. */
  countForms(key: string): Readonly<Record<string, string>> {
    const speech = { ...this.speech, formats: { number: () => '{n}' }, within: (value: string) => value };
    const said = (form: string): string =>
      messageFrom(this.named(key) ?? '', { ...speech, plural: () => form })({ count: NaN });
    const forms = new Intl.PluralRules(this.language).resolvedOptions().pluralCategories;
    return Object.fromEntries(forms.map((form) => [form, said(form)]));
  }

  /** What a text can say of a value: `{since, day}`, `{reason, code, ground}`. */
  private formats(): Speech['formats'] {
    return {
      number: (value) => (typeof value === 'number' ? this.number(value) : String(value)),
      day: (value) => (typeof value === 'string' ? this.day(value) : String(value)),
      instant: (value) => (typeof value === 'string' ? this.instant(value) : String(value)),
      money: (value) => (isMoney(value) ? this.money(value) : String(value)),
      quantity: (value) => (isQuantity(value) ? this.quantity(value) : String(value)),
      list: (value) => (Array.isArray(value) ? this.list(value.map(String)) : String(value)),
      code: (value, of) => this.code(of, String(value)),
      field: (value) => this.field(String(value)),
      agency: (value) => this.agency(String(value)),
    };
  }

  private madeReady(key: string): string | Message {
    const own = texts[this.language].get(key);
    const text = own ?? texts[standIn].get(key);
    if (text === undefined) return key;
    const speech = own === undefined ? { ...this.speech, ...countingIn(standIn) } : this.speech;
    try {
      const ready = isPlain(text) ? text : messageFrom(text, speech);
      this.ready.set(key, ready);
      return ready;
    } catch (cause) {
      throw new Error(`The text "${key}" in ${this.language} cannot be said: ${(cause as Error).message}`, { cause });
    }
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  /** A share of 1 as a percentage, rounded to one decimal. */
  share(part: number): string {
    return this.shares.format(part);
  }

  /** A number of percent. */
  percent(value: number): string {
    return this.percents.format(value / 100);
  }

  money(money: ExactMoney): string {
    return moneyFormat(money, languageFacts[this.language].locale);
  }

  /** How the amounts of one column are said, by all that stand in it. */
  moneyColumn(amounts: Iterable<ExactMoney>): (money: ExactMoney) => string {
    return moneyColumn(amounts, languageFacts[this.language].locale);
  }

  /** A number with its unit, such as `12.5 tonnes`; units are abbreviated or said in a form that fits any number. */
  quantity(quantity: Quantity): string {
    const number = quantityNumber(quantity, languageFacts[this.language].locale);
    return `${number} ${this.code('unit', quantity.unit)}`;
  }

  /** A long list says the same days again and again, and saying one takes as long as all else of its row. */
  day(date: LegalDate): string {
    const said = this.daysSaid.get(date);
    if (said !== undefined) return said;
    const time = Date.parse(`${date}T00:00:00Z`);
    const text = Number.isNaN(time) ? date : dayIn(this.language, this.days.format(time));
    if (this.daysSaid.size >= DAYS_KEPT) this.daysSaid.clear();
    this.daysSaid.set(date, text);
    return text;
  }

  /** Day, hour and minute of a time in milliseconds, as the clocks of the authority showed it. */
  moment(time: number): string {
    return dayIn(this.language, this.instants.format(time));
  }

  /** The day an instant fell on where the authority sits. */
  dayOf(instant: Instant): LegalDate {
    return dateOf(instant, this.timeZone);
  }

  /** An instant as the clock on the wall of the authority shows it, with the name of its time. */
  instant(instant: string): string {
    const time = Date.parse(instant);
    return Number.isNaN(time) ? instant : this.moment(time);
  }

  list(parts: readonly string[]): string {
    return this.lists.format(parts.map((part) => this.within(part)));
  }

  /** The name of a code of a field, such as `kind` `real-estate`; the code itself where it has none. */
  code(field: string, code: string): string {
    return this.named(`code.${field}.${code}`) ?? code;
  }

  /** The name of a field of an entry; for a field inside a field, of all on the way to it. */
  field(path: string): string {
    return path
      .split('.')
      .map((name) => this.named(`field.${name}`) ?? name)
      .join(' › ');
  }

  /** The text of a key that is made from a code, as it stands; undefined where the language has none. */
  named(key: string): string | undefined {
    return texts[this.language].get(key) ?? texts[standIn].get(key);
  }

  /** The sentence of an event type as it stands in the language's file; undefined where there is none. */
  sentenceTemplate(type: string): string | undefined {
    return this.named(`sentence.${type}`);
  }

  /** What a column of a published table is called: in that table, or wherever it stands. */
  column(table: string, column: string): string | undefined {
    return this.named(`openData.columnOf.${table}.${column}`) ?? this.named(`openData.column.${column}`);
  }

  /** What a column of a published table means, in which unit, and where it is from; of several that count the same people, what is counted. */
  meaning(table: string, column: string): string | undefined {
    const [counted = ''] = column.split('_');
    const own = this.named(`openData.meansIn.${table}.${column}`) ?? this.named(`openData.means.${column}`);
    return own ?? this.named(`openData.means.${counted}`);
  }

  /** What a published table is called; undefined for one that is none. */
  table(table: string): string | undefined {
    return this.named(`openData.table.${table}.title`);
  }

  /** What is said of a type of problem; undefined for one that has no text yet. */
  problemText(code: string, part: 'title' | 'text' | 'remedy'): string | undefined {
    return this.named(`problemType.${code}.${part}`);
  }

  /** What a notice of a kind says; undefined for one that has no text yet. */
  noticeText(kind: string, part: 'subject' | 'text'): string | undefined {
    return this.named(`notice.${kind}.${part}`);
  }

  /** A template, or a part of one, with values put in. */
  filled(template: string, values: Values): string {
    let message = this.templates.get(template);
    if (!message) {
      message = messageFrom(template, this.speech);
      this.templates.set(template, message);
    }
    return message(values);
  }
}

const none: Values = {};

/** By which rules a language counts. */
function countingIn(language: Language): Pick<Speech, 'plural' | 'ordinal'> {
  const plurals = new Intl.PluralRules(language);
  const ordinals = new Intl.PluralRules(language, { type: 'ordinal' });
  return { plural: (count) => plurals.select(count), ordinal: (count) => ordinals.select(count) };
}

function textsIn(texts: object, path: string): [string, string][] {
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]): [string, string][] =>
    typeof text === 'object' && text !== null ? textsIn(text, `${path}${name}.`) : [[path + name, String(text)]],
  );
}

/** By the names of agencies, which are those of one deployment. */
const known = new WeakMap<object, Map<string, Words>>();

/** The words of a language where a profile holds; made once. */
export function wordsFor<Spoken extends Language>(
  language: Spoken,
  profile: Pick<Profile, 'country' | 'timeZone' | 'agencies'>,
): Words<Spoken> {
  const { country, timeZone, agencies } = profile;
  const spoken = known.get(agencies) ?? new Map<string, Words>();
  known.set(agencies, spoken);
  const name = `${language} ${country}`;
  const words = spoken.get(name) ?? new Words(language, timeZone, languageOfOffices[country], agencies);
  spoken.set(name, words);
  return words as Words<Spoken>;
}
