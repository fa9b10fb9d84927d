/** What a text is made of, as the Gulpease index counts it. */
interface Counts {
  readonly letters: number;
  readonly words: number;
  readonly sentences: number;
}

function countsOf(text: string): Counts {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const sentences = text.split(/[.!?:;]+(?=\s|$)/u).filter((part) => /\p{L}/u.test(part));
  return { letters: words.join('').length, words: words.length, sentences: Math.max(1, sentences.length) };
}

/**
 * How easily an Italian text is read, from 0 to 100 and above for very short sentences: 89 + (300 × sentences − 10 × letters) / words
 * (P. Lucisano, M. E. Piemontese, "GULPEASE: una formula per la predizione della difficoltà dei testi in lingua italiana", Scuola e città 3, 1988). Below 60 a text
 * is hard for who left school at fourteen, below 40 for who has finished school.
 */
export function gulpease(text: string): number {
  const { letters, words, sentences } = countsOf(text);
  return words === 0 ? 100 : 89 + (300 * sentences - 10 * letters) / words;
}
