import type { Language } from './languages';

/** What stands before a day in Italian, and what it becomes before a day that begins with a vowel: "l’otto", "dall’undici". */
const beforeVowel: Readonly<Record<string, string>> = {
  il: 'l’',
  dal: 'dall’',
  del: 'dell’',
  al: 'all’',
  nel: 'nell’',
  sul: 'sull’',
};

const LAST_WORD = /(?<!\p{L})(\p{L}+) $/u;
/** A day of a month. Any other number that begins so keeps its article: "del 8 %" is nowhere said, "il 11/2015" is an act. */
const VOWEL_DAY = /^(?:8|11) (?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)/;

function inItalian(before: string, next: string): string {
  const word = VOWEL_DAY.test(next) ? LAST_WORD.exec(before)?.[1] : undefined;
  const joined = word === undefined ? undefined : beforeVowel[word.toLowerCase()];
  if (word === undefined || joined === undefined) return before;
  const said = word[0] === word[0]!.toLowerCase() ? joined : joined[0]!.toUpperCase() + joined.slice(1);
  return before.slice(0, -word.length - 1) + said;
}

/** What a text that ends in `before` becomes in front of `next`, by language; a language that is not there joins nothing. */
export const joining: Readonly<Partial<Record<Language, (before: string, next: string) => string>>> = { it: inItalian };

/** The first of a month is an ordinal in Italian: "1º luglio". */
export const dayIn = (language: Language, said: string): string =>
  language === 'it' ? said.replace(/^1(?= )/, '1º') : said;
