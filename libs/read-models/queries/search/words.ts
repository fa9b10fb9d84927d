import { normalised } from '../../projections/register-facts';

/** The words of a text as they are compared: normalised, without hyphens. */
export const wordsIn = (text: string): readonly string[] => normalised(text).match(/[\p{L}\p{N}]+/gu) ?? [];

export const begins = (words: readonly string[], beginning: string): boolean =>
  words.some((word) => word.startsWith(beginning));

/** Whether all words begin a word of a text; of no words none is held. */
export function holdsWords(text: string, words: readonly string[]): boolean {
  const asked = words.flatMap(wordsIn);
  const there = wordsIn(text);
  return asked.length > 0 && asked.every((word) => begins(there, word));
}
