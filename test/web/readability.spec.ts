import { parse } from '@messageformat/parser';
import texts from '../../libs/web/i18n/it.json';
import { messageFrom, placesIn } from '../../libs/web/language/message';
import { gulpease } from './gulpease';

/** A text in each of its plural forms. Values are put in later: a short word stands for each. */
function saidIn(text: string): string[] {
  const said = (form: string): string => {
    const formats = Object.fromEntries(
      placesIn(parse(text)).map((place) => [place.split(' ')[1] ?? '', String] as const),
    );
    const speech = { formats, number: String, plural: () => form, ordinal: () => form, within: String };
    return messageFrom(
      text,
      speech,
    )({})
      .replace(/\{\w+\}/g, 'uno')
      .replace(/[[\]]/g, '');
  };
  return [...new Set(['one', 'many', 'other'].map(said))];
}

function textsIn(part: unknown): string[] {
  if (typeof part === 'string') return saidIn(part);
  return Object.values(part as object).flatMap(textsIn);
}

/** Whole sentences: what is a heading, a button or a name says nothing of how a text is read. */
const running = (part: unknown): string[] => textsIn(part).filter((text) => /[.!?]$/.test(text) && text.includes(' '));

describe('the Gulpease index', () => {
  it('is that of the formula', () => {
    // 2 sentences, 6 words, 24 letters: 89 + (600 - 240) / 6
    expect(gulpease('Il gatto dorme. Il cane mangia.')).toBeCloseTo(89 + (300 * 2 - 10 * 24) / 6, 10);
  });

  it('tells a hard text from an easy one', () => {
    const hard =
      'L’amministrazione procedente, esperita l’istruttoria preordinata all’emanazione del provvedimento di destinazione, provvede conseguentemente all’individuazione dell’ente beneficiario';
    expect(gulpease(hard)).toBeLessThan(40);
    expect(gulpease('Un giudice blocca il bene. Chi lo aveva non può più usarlo.')).toBeGreaterThan(70);
  });
});

/** Pages anybody may come to first: well above the 60 that who left school at fourteen reads with ease. */
const FIRST = 75;
/** A single text of the guides, however short: still easy for who left school at fourteen. */
const EACH = 60;
/** All that the site says of its own, the names of acts and offices included. */
const WHOLE = 70;

describe('our own Italian', () => {
  it.each(['home', 'map', 'guides', 'moment', 'indicators', 'problem'] as const)('is easy in "%s"', (name) => {
    const all = running(texts[name]);
    expect(all.length).toBeGreaterThan(0);
    expect(gulpease(all.join(' '))).toBeGreaterThanOrEqual(FIRST);
  });

  it.each(['glossary', 'company', 'accessibility'] as const)('is easy in the guide "%s", text by text', (name) => {
    const hard = running(texts.guides[name]).map((text) => [Math.round(gulpease(text)), text] as const);
    expect(hard.filter(([index]) => index < EACH)).toEqual([]);
  });

  it('is easy in whole', () => {
    expect(gulpease(running(texts).join(' '))).toBeGreaterThanOrEqual(WHOLE);
  });
});
