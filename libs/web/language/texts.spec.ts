import { assetCategories, assetKinds, events, exampleOf, grounds, italy, phases, purposes } from '#domain';
import type { EventDefinition } from '#domain';
import annualReturnAr from '../i18n/annual-return/ar.json';
import annualReturnEn from '../i18n/annual-return/en.json';
import annualReturnIt from '../i18n/annual-return/it.json';
import ar from '../i18n/ar.json';
import en from '../i18n/en.json';
import it_ from '../i18n/it.json';
import openDataAr from '../i18n/open-data/ar.json';
import openDataEn from '../i18n/open-data/en.json';
import openDataIt from '../i18n/open-data/it.json';
import { sentenceOf } from '../asset/sentence';
import { groups } from '../indicators/view';
import { isOfficeLanguage, languageFacts, languages } from './languages';
import type { Language } from './languages';
import { isStandIn } from './stand-ins';
import { wordsFor } from './words';

const files: Record<Language, object> = {
  it: { ...it_, openData: openDataIt, annualReturn: annualReturnIt },
  en: { ...en, openData: openDataEn, annualReturn: annualReturnEn },
  ar: { ...ar, openData: openDataAr, annualReturn: annualReturnAr },
};

type Texts = ReadonlyMap<string, string>;
function textsOf(texts: object, path = ''): Texts {
  return new Map(
    Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
      typeof text === 'object' && text !== null ? [...textsOf(text, `${path}${name}.`)] : [[path + name, String(text)]],
    ),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const stemsOf = (texts: Texts): string[] =>
  [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')))].sort();
const placesIn = (text: string): string[] => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1]!).sort();

/** One and two of a thing may be said without their number, and none of it too. */
const countless = (key: string, places: string[]): string[] =>
  /_(zero|one|two)$/.test(key) ? places.filter((place) => place !== 'count') : places;

/** Every field of every event with its codes, also those inside a field. */
function fieldsOf({ data }: EventDefinition): { name: string; codes: readonly string[] }[] {
  interface Schema {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly enum?: readonly string[];
    readonly type?: string;
  }
  const within = (schema: Schema): { name: string; codes: readonly string[] }[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
      { name, codes: property.enum ?? [] },
      ...within(property),
      ...(property.items ? within(property.items) : []),
    ]);
  return within(data as Schema);
}

describe.each(languages)('the texts in %s', (language) => {
  const texts = textsOf(files[language]);
  const words = wordsFor(language, italy);

  /** What this language has to say by itself: nothing English may say for it. */
  const own = (key: string): boolean => !isStandIn(key, language);

  /** The languages that have all texts this one has. */
  const comparable = languages.filter((each) => isOfficeLanguage(each) || each === language);

  it('are the same ones as in every other language', () => {
    for (const other of comparable) {
      const others = stemsOf(textsOf(files[other]));
      expect(stemsOf(texts).filter(own)).toEqual(others.filter(own));
      expect(stemsOf(texts).filter((key) => !others.includes(key))).toEqual([]);
    }
  });

  it('put in the same values as in every other language', () => {
    for (const other of comparable) {
      const others = textsOf(files[other]);
      for (const [key, text] of texts) {
        const same = others.get(key) ?? others.get(key.replace(PLURAL, '_other'));
        expect([key, countless(key, placesIn(text))]).toEqual([key, countless(key, placesIn(same ?? ''))]);
      }
    }
  });

  it('have every plural form the language knows', () => {
    const forms = new Intl.PluralRules(languageFacts[language].locale).resolvedOptions().pluralCategories;
    const plurals = new Set([...texts.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
    expect(plurals.size).toBeGreaterThan(5);
    const missing = [...plurals]
      .flatMap((key) => forms.map((form) => `${key}_${form}`))
      .filter((key) => !texts.has(key));
    expect(missing).toEqual([]);
  });

  it('say no number without its form', () => {
    expect(words.t('register.total', { count: 1 })).not.toBe(words.t('register.total', { count: 2 }).replace('2', '1'));
    expect(words.t('register.total', { count: 1_000_000 })).toContain(words.number(1_000_000));
  });

  it.each([...events.keys()])('have a sentence for %s', (type) => {
    const sentence = sentenceOf(type, exampleOf(events.get(type)!.definition.data), words);
    expect(sentence).toMatch(/^[\p{Lu}\p{Lo}].*\.$/u);
    expect(sentence).not.toMatch(/\{\{|\}\}|\[|\]|undefined|\bnull\b|\[object/);
  });

  it.each([...events.keys()])('have a sentence for %s with nothing but what it must have', (type) => {
    const sentence = sentenceOf(type, exampleOf(events.get(type)!.definition.data, { only: 'required' }), words);
    expect(sentence).toMatch(/^[\p{Lu}\p{Lo}].*\.$/u);
    expect(sentence).not.toMatch(/\{\{|\}\}|\[|\]|undefined|\bnull\b|\s\s|\(\)|\s[.,:;]/);
  });

  it('name every field and every code of the catalogue', () => {
    const fields = [...events.values()].flatMap(({ definition }) => fieldsOf(definition));
    expect(fields.length).toBeGreaterThan(100);
    const unnamed = fields.flatMap(({ name, codes }) => [
      ...(texts.has(`field.${name}`) ? [] : [`field.${name}`]),
      ...codes.map((code) => `code.${name}.${code}`).filter((key) => !texts.has(key)),
    ]);
    expect([...new Set(unnamed)]).toEqual([]);
  });

  it('explain every ground for refusal', () => {
    const parts = Object.keys(grounds).flatMap((code) => [`${code}.title`, `${code}.text`, `${code}.remedy`]);
    expect(parts.filter((part) => words.named(`problemType.${part}`) === undefined)).toEqual([]);
  });

  it('name every kind, category, phase and purpose', () => {
    const keys = [
      ...assetKinds.map((kind) => `code.kind.${kind}`),
      ...assetCategories.map((category) => `code.category.${category}`),
      ...phases.map((phase) => `code.phase.${phase}`),
      ...phases.map((phase) => `status.${phase}.on`),
      ...purposes.map((purpose) => `code.purpose.${purpose}`),
      ...groups.map((group) => `group.${group}`),
    ];
    expect(keys.filter((key) => !texts.has(key))).toEqual([]);
  });
});
