import fc from 'fast-check';
import { flawInWords, textFlaw, tidied } from './plain-text';

const hiddenIn = (text: string) => textFlaw(text, 'many');

describe('plain text', () => {
  it.each(['Villa Rosa', 'Perù, più giù', '東京', 'Ω 100 %', 'a 😀 b', 'tra\u00a0virgolette «così»', '', "l'asta"])(
    'takes %j',
    (text) => {
      expect(textFlaw(text, 'one')).toBeUndefined();
      expect(tidied(text.replaceAll('\u00a0', ' '), 'one')).toBe(text.replaceAll('\u00a0', ' '));
    },
  );

  // The ranges are written out a second time on purpose: the spec must not believe the code.
  const ranges: readonly (readonly [number, number])[] = [
    [0x00, 0x08], [0x0b, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x61c, 0x61c], [0x180e, 0x180e], [0x200b, 0x200f], [0x2028, 0x202e],
    [0x2060, 0x206f], [0xd800, 0xdfff], [0xfeff, 0xfeff], [0xfff9, 0xfffb], [0xe0000, 0xe007f],
  ]; // prettier-ignore
  it.each(ranges)('refuses every character from %i to %i, wherever it stands', (from, to) => {
    for (let code = from; code <= to; code += 1) {
      const character = String.fromCodePoint(code);
      expect([code, hiddenIn(`a${character}b`)?.kind]).toEqual([code, 'invisible']);
      expect([code, textFlaw(`${character}b`, 'one')?.kind]).toEqual([code, 'invisible']);
      expect([code, textFlaw(`b${character}`, 'one')?.kind]).toEqual([code, 'invisible']);
    }
  });

  it('takes what stands beside those ranges', () => {
    const listed = (code: number) =>
      ranges.some(([from, to]) => code >= from && code <= to) || code === 9 || code === 10;
    const beside = ranges.flatMap(([from, to]) => [from - 1, to + 1]).filter((code) => code > 0 && !listed(code));
    expect(beside.filter((code) => hiddenIn(`a${String.fromCodePoint(code)}b`)?.kind === 'invisible')).toEqual([]);
  });

  it('knows a whole pair of surrogates from half of one', () => {
    expect(hiddenIn('a\u{1f600}b')).toBeUndefined();
    expect(hiddenIn('a\ud83db')).toEqual({ kind: 'invisible', codePoint: 'U+D83D' });
    expect(hiddenIn('a\ude00b')).toEqual({ kind: 'invisible', codePoint: 'U+DE00' });
  });

  it('has line breaks and tabs where it may have several lines', () => {
    expect(textFlaw('one\n\ttwo', 'many')).toBeUndefined();
    expect(textFlaw('one\ntwo', 'one')).toEqual({ kind: 'invisible', codePoint: 'U+000A' });
    expect(textFlaw('one\ttwo', 'one')).toEqual({ kind: 'invisible', codePoint: 'U+0009' });
    expect(textFlaw('one\r\ntwo', 'many')).toEqual({ kind: 'invisible', codePoint: 'U+000D' });
  });

  it('is composed', () => {
    expect(textFlaw('Peru\u0300', 'one')).toEqual({ kind: 'decomposed' });
    expect(textFlaw('Per\u00f9', 'one')).toBeUndefined();
  });

  it.each([' a', 'a ', '\u00a0a', 'a\u3000', ' ', 'a\n'])('has no blanks at its ends: %j', (text) =>
    expect(textFlaw(text, 'many')).toEqual({ kind: 'blank-ends' }),
  );

  it('says in words what to do, naming the character', () => {
    expect(flawInWords({ kind: 'invisible', codePoint: 'U+202E' })).toMatch(/U\+202E.*Delete it\.$/);
    expect(flawInWords({ kind: 'decomposed' })).toMatch(/NFC.*Type/);
    expect(flawInWords({ kind: 'blank-ends' })).toMatch(/blank.*Delete/);
  });

  it('comes of any text that is tidied, which then stays as it is', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('a', ' ', '\u00a0', '\t', '\r\n', '\n', '\u200b', '\u202e', '\ufeff', 'e', '\u0301', '\ud800', '\u2028')).map((parts) => parts.join('')),
    ); // prettier-ignore
    fc.assert(
      fc.property(anything, fc.constantFrom('one' as const, 'many' as const), (text, lines) => {
        const tidy = tidied(text, lines);
        expect(textFlaw(tidy, lines)).toBeUndefined();
        expect(tidied(tidy, lines)).toBe(tidy);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps words apart and loses nothing that is seen', () => {
    expect(tidied('  Via\u00a0 Roma\t\n1\u200b ', 'one')).toBe('Via Roma 1');
    expect(tidied('one\r\ntwo\rthree \u200b four', 'many')).toBe('one\ntwo\nthree  four');
    expect(tidied('Peru\u0300 \u200b  x', 'one')).toBe('Perù x');
  });
});
