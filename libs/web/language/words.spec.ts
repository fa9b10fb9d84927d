import { generic, italy } from '#domain';
import { preferredLanguage } from './languages';
import { decimal, moneyFormat } from './money';
import { wordsFor } from './words';

const spaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('the language a browser likes best', () => {
  it.each([
    ['en-US,en;q=0.9,it;q=0.8', 'en'],
    ['de;q=0.9,it;q=0.5,en;q=0.7', 'en'],
    ['fr, it-CH;q=0.4', 'it'],
    ['en;q=0', 'it'],
    ['EN', 'en'],
    ['*', 'it'],
    ['', 'it'],
    [';;q=,,', 'it'],
    [undefined, 'it'],
  ])('of "%s" is %s', (header, language) => expect(preferredLanguage(header)).toBe(language));
});

describe('money', () => {
  it('is exact to the last cent, also where a double is not', () => {
    expect(decimal(Number.MAX_SAFE_INTEGER, 2)).toBe('90071992547409.91');
    expect(spaces(moneyFormat({ minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, 'it-IT'))).toBe(
      '90.071.992.547.409,91 €',
    );
  });

  it.each([
    [5, 'EUR', '€0.05'],
    [-105, 'EUR', '-€1.05'],
    [120_000, 'EUR', '€1,200'],
    [1200, 'JPY', 'JP¥1,200'],
    [1234, 'BHD', 'BHD 1.234'],
  ])('%d %s is %s', (minor, currency, text) => {
    expect(spaces(moneyFormat({ minor, currency }, 'en-GB'))).toBe(text);
  });
});

describe('words', () => {
  const [italian, english] = [wordsFor('it', italy), wordsFor('en', italy)];

  it('write dates and numbers as the language does', () => {
    expect([italian.day('2015-03-12'), english.day('2015-03-12')]).toEqual(['12 marzo 2015', '12 March 2015']);
    expect([italian.number(1234), english.number(1234)]).toEqual(['1.234', '1,234']);
    expect([italian.share(0.3274), english.percent(33.3333)]).toEqual(['32,7%', '33.3333%']);
  });

  it('know the day of an instant where the authority sits', () => {
    expect(italian.dayOf('2026-06-30T22:30:00.000Z')).toBe('2026-07-01');
    expect(wordsFor('en', generic).dayOf('2026-06-30T22:30:00.000Z')).toBe('2026-06-30');
  });

  it('show a code nobody has named as it is', () => {
    expect(english.code('kind', 'castle')).toBe('castle');
    expect(english.code('kind', '__proto__')).toBe('__proto__');
    expect(english.field('act.number')).toBe('Act › Number');
  });

  it('take nothing in a value for a part of the text', () => {
    const words = '{{count}} $t(site.name) [x] $&';
    expect(english.t('register.forWords', { words })).toBe(`“${words}”`);
  });
});
