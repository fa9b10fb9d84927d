import { parse } from '@messageformat/parser';
import type { Select } from '@messageformat/parser';
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
import type { TextKey } from './keys';
import { placesIn } from './message';
import type { Token } from './message';
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

const keysOf = (texts: Texts): string[] => [...texts.keys()].sort();

const pluralsIn = (tokens: readonly Token[]): Select[] =>
  tokens.flatMap((token) =>
    'cases' in token ? [token, ...token.cases.flatMap((each) => pluralsIn(each.tokens))] : [],
  );

/** What a text puts in where each of its plurals takes one form. */
const placesOf = (tokens: readonly Token[], form: string): string[] =>
  tokens
    .flatMap((token) => {
      if (!('cases' in token)) return placesIn([token]);
      const { cases, arg, type } = token;
      const taken = cases.find(({ key }) => key === form) ?? cases.find(({ key }) => key === 'other');
      return [`${arg} ${type}`, ...placesOf(taken?.tokens ?? [], form)];
    })
    .sort();

/** One and two of a thing may be said without their number, and none of it too. */
const countless = (form: string, places: string[]): string[] =>
  /^(zero|one|two|=\d+)$/.test(form) ? places.filter((place) => !/^count( number)?$/.test(place)) : places;

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
      const others = keysOf(textsOf(files[other]));
      expect(keysOf(texts).filter(own)).toEqual(others.filter(own));
      expect(keysOf(texts).filter((key) => !others.includes(key))).toEqual([]);
    }
  });

  it('can all be said', () => {
    const said = [...texts.keys()].map((key) => words.t(key as TextKey));
    expect(said.filter((text) => text.trim() === '')).toEqual([]);
  });

  it('lose nothing to an apostrophe: before a brace it is written twice, anywhere else once', () => {
    const quoting = (text: string): boolean => /'[{}#|]/.test(text.replaceAll("''", ''));
    const doubled = (text: string): boolean => !/[{}]/.test(text) && text.includes("''");
    expect([...texts].filter(([, text]) => quoting(text) || doubled(text))).toEqual([]);
  });

  it('write an apostrophe as print has it in Italian, and say tu to whoever reads', () => {
    if (language !== 'it') return;
    const straight = [...texts].filter(([, text]) => /\p{L}'(?:\p{L}|'\{)/u.test(text));
    const plural = [...texts].filter(([, text]) =>
      /(?<!\p{L})(?:voi|vostr[oaie]|avete|potete|dovete|volete|(?:controll|confront|conserv)ate(?:l[aeio]|ne)?)(?!\p{L})/iu.test(
        text,
      ),
    );
    expect([straight, plural.filter(([, text]) => !/(?:sono|siano|state) \p{L}+ate/u.test(text))]).toEqual([[], []]);
  });

  it('put in the same values in the same formats as English', () => {
    const inEnglish = textsOf(files.en);
    for (const [key, text] of texts) {
      const [tokens, english] = [parse(text), parse(inEnglish.get(key) ?? '')];
      const forms = ['other', ...pluralsIn(tokens).flatMap(({ cases }) => cases.map((each) => each.key))];
      for (const form of forms)
        expect([key, form, countless(form, placesOf(tokens, form))]).toEqual([
          key,
          form,
          countless(form, placesOf(english, 'other')),
        ]);
    }
  });

  it('have every plural form the language knows, and no other', () => {
    const forms = new Intl.PluralRules(languageFacts[language].locale).resolvedOptions().pluralCategories.toSorted();
    const plurals = [...texts].flatMap(([key, text]) =>
      pluralsIn(parse(text)).map(({ cases }) => [key, cases.map((each) => each.key)] as const),
    );
    expect(plurals.length).toBeGreaterThan(5);
    for (const [key, cases] of plurals)
      expect([key, cases.filter((form) => !form.startsWith('=')).sort()]).toEqual([key, forms]);
  });

  it('say no number without its form', () => {
    expect(words.t('register.total', { count: 1 })).not.toBe(words.t('register.total', { count: 2 }).replace('2', '1'));
    expect(words.t('register.total', { count: 1_000_000 })).toContain(words.number(1_000_000));
  });

  it.each([...events.keys()])('have a sentence for %s', (type) => {
    const sentence = sentenceOf(type, exampleOf(events.get(type)!.definition.data), words);
    expect(sentence).toMatch(/^[\p{Lu}\p{Lo}].*\.$/u);
    expect(sentence).not.toMatch(/[{}[\]]|undefined|\bnull\b|\[object/);
  });

  it.each([...events.keys()])('have a sentence for %s with nothing but what it must have', (type) => {
    const sentence = sentenceOf(type, exampleOf(events.get(type)!.definition.data, { only: 'required' }), words);
    expect(sentence).toMatch(/^[\p{Lu}\p{Lo}].*\.$/u);
    expect(sentence).not.toMatch(/[{}[\]]|undefined|\bnull\b|\s\s|\(\)|\s[.,:;]/);
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
