import type { Field } from '../forms/model';
import { officeLanguageOf } from '../language/languages';
import type { OfficeLanguage } from '../language/languages';
import type { Words } from '../language/words';
import hints from '../i18n/office/hints.it.json';

const translated: Readonly<Record<OfficeLanguage, Readonly<Record<string, string>> | undefined>> = {
  it: hints,
  en: undefined,
};

/** What a command is called on a button; the command itself where the language has no name for it. */
export const actName = (command: string, words: Words): string => words.named(`office.act.${command}`) ?? command;

/** What a chapter is called. */
export const chapterName = (chapter: string, words: Words): string =>
  words.named(`office.chapter.${chapter}`) ?? chapter;

/** What a kind of stream is called, in the plural. */
export const collectionName = (collection: string, words: Words): string =>
  words.named(`office.collection.${collection}`) ?? collection;

/** What a field asks for; the schema says it in English, and other languages have their own words for it. */
export function hintOf({ hint }: Pick<Field, 'hint'>, words: Words): string | undefined {
  const own = translated[officeLanguageOf(words.language)];
  return hint === undefined || own === undefined ? hint : own[hint];
}
