import { addressOf, officeLanguages } from '#web';
import type { AccessPage } from '#web';

/** The addresses of a page, one for each language. */
export const inEachLanguage = (page: AccessPage): string[] =>
  officeLanguages.map((language) => addressOf(language, { page }));

/** The address of a page without a language, which leads to the one in the reader's. */
export const plain = (page: AccessPage): string => addressOf('en', { page }).replace('/en/', '/');
