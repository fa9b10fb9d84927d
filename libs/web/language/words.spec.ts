import { generic, italy } from '#domain';
import annualReturnIt from '../i18n/annual-return/it.json';
import it_ from '../i18n/it.json';
import officeIt from '../i18n/office/it.json';
import { officeLanguages, preferredLanguage } from './languages';
import { decimal, moneyFormat } from './money';
import { wordsFor } from './words';

const spaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const textsOf = (texts: object, path = ''): (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null
      ? textsOf(text, `${path}${name}.`)
      : [[path + name, String(text)] as const],
  );

describe('the language a browser likes best', () => {
  it.each([
    ['en-US,en;q=0.9,it;q=0.8', 'en'],
    ['de;q=0.9,it;q=0.5,en;q=0.7', 'en'],
    ['fr, it-CH;q=0.4', 'it'],
    ['en;q=0', 'it'],
    ['EN', 'en'],
    ['*', 'it'],
    ['ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
    ['', 'it'],
    [';;q=,,', 'it'],
    [undefined, 'it'],
  ])('of "%s" is %s', (header, language) => expect(preferredLanguage(header)).toBe(language));

  it('is one of the office’s for who works there', () => {
    expect(preferredLanguage('ar,en;q=0.5', officeLanguages)).toBe('en');
    expect(preferredLanguage('ar', officeLanguages)).toBe('it');
  });
});

describe('the amounts of a column', () => {
  const amounts = [120_000, 99, -4_005_050].map((minor) => ({ minor, currency: 'EUR' }));
  const yen = { minor: 1200, currency: 'JPY' };
  const plain = (text: string): string => spaces(text).replace(/[\u200e\u200f\u061c]/g, '');

  it.each([
    ['it', ['1.200,00 €', '0,99 €', '-40.050,50 €', '1.200 JPY']],
    ['en', ['€1,200.00', '€0.99', '-€40,050.50', 'JP¥1,200']],
    ['ar', ['1,200.00 €', '0.99 €', '-40,050.50 €', '1,200 JP¥']],
  ] as const)('have as many decimals as one another in %s, of each currency as it has', (language, said) => {
    const words = wordsFor(language, italy);
    const column = words.moneyColumn([...amounts, yen]);
    expect([...amounts, yen].map((each) => plain(column(each)))).toEqual(said);
  });

  it('have none where none of a currency needs any', () => {
    const column = wordsFor('en', italy).moneyColumn([amounts[0]!, { minor: 150, currency: 'USD' }]);
    expect([column(amounts[0]!), column({ minor: 300, currency: 'USD' })]).toEqual(['€1,200', 'US$3.00']);
  });
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

describe('a quantity', () => {
  it.each([
    [400, 1, '40'],
    [405, 1, '40,5'],
    [1_234_500, 3, '1.234,5'],
    [27, 0, '27'],
  ])('of %d at scale %d is %s, without decimals that say nothing', (value, scale, said) => {
    expect(wordsFor('it', italy).quantity({ value, scale, unit: 'hours' })).toMatch(new RegExp(`^${said} `));
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

  it('call an agency by its name, and by its code where it has none', () => {
    const named = wordsFor('en', { ...generic, agencies: { CT: 'Comune di Catania' } });
    const said = ['CT', 'local', 'constructor'].map((code) => named.agency(code));
    expect(said).toEqual(['Comune di Catania', 'Registry office', 'constructor']);
    expect([italian.agency('CT'), italian.agency('local')]).toEqual(['CT', 'Ufficio del registro']);
    expect(italian.agency('ANBSC')).toContain('Agenzia nazionale');
  });

  it('show a code nobody has named as it is', () => {
    expect(english.code('kind', 'castle')).toBe('castle');
    expect(english.code('kind', '__proto__')).toBe('__proto__');
    expect(english.field('act.number')).toBe('Act › Number');
  });

  it('take nothing in a value for a part of the text', () => {
    const words = "{words} '{' # [x] $&";
    expect(english.t('register.forWords', { words })).toBe(`“${words}”`);
  });
});

describe('days after an article or a preposition in Italian', () => {
  const words = wordsFor('it', italy);
  const days = Array.from({ length: 31 }, (_, index) => `2026-10-${String(index + 1).padStart(2, '0')}`);
  const split = /(?<!\p{L})(?:il|dal|del|al|nel|sul) (?:8|11) /iu;
  const known: readonly (readonly [string, string])[] = textsOf({
    it: it_,
    office: officeIt,
    annualReturn: annualReturnIt,
  });
  const ahead = /(?<!\p{L})(?:il|dal|del|al|nel|sul) \{(\w+)(, (?:day|instant))?\}/giu;
  const within = known.filter(([, text]) => text.search(ahead) >= 0);
  const trailing = known.filter(([, text]) => /(?<!\p{L})(?:il|dal|del|al|nel|sul)$/iu.test(text));

  it.each([
    ['2026-07-01', 'dal 1º luglio 2026', 'Scaduto il 1º luglio 2026'],
    ['2026-07-02', 'dal 2 luglio 2026', 'Scaduto il 2 luglio 2026'],
    ['2026-02-08', 'dall’8 febbraio 2026', 'Scaduto l’8 febbraio 2026'],
    ['2026-08-11', 'dall’11 agosto 2026', 'Scaduto l’11 agosto 2026'],
    ['2026-08-18', 'dal 18 agosto 2026', 'Scaduto il 18 agosto 2026'],
  ])('joins them to %s as it is said', (date, from, over) => {
    const day = words.day(date);
    expect([words.t('phases.since', { date: day }), words.before('Scaduto il', day) + day]).toEqual([from, over]);
    expect(words.filled('{on, day} Del {on, day}.', { on: '2026-08-11' })).toBe('11 agosto 2026 Dell’11 agosto 2026.');
  });

  it('joins nothing to another number, nor in another language', () => {
    expect(words.filled('il {n}, il {share, number} %', { n: '11/2015', share: 8 })).toBe('il 11/2015, il 8 %');
    expect(wordsFor('en', italy).before('on il', '8 maggio')).toBe('on il ');
    expect(words.before('April', '8 maggio 2026')).toBe('April ');
  });

  it.each(within)('fits all days of a month in %s', (_, text) => {
    for (const date of days) {
      const said = words.filled(
        text,
        Object.fromEntries(
          [...text.matchAll(ahead)].map(([, name = '', format]): [string, string] => [
            name,
            format === undefined ? words.day(date) : format.includes('instant') ? `${date}T10:00:00Z` : date,
          ]),
        ),
      );
      expect(said).not.toMatch(split);
      expect(said).toContain(words.day(date));
      if (/-(?:08|11)$/.test(date)) expect(said).toMatch(/l’(?:8|11) /i);
    }
  });

  it.each(trailing)('fits all days of a month after %s', (_, text) => {
    for (const date of days) expect(words.before(text, words.day(date)) + words.day(date)).not.toMatch(split);
  });

  it('finds the texts it is about', () => {
    expect([within.length > 40, trailing.length > 10]).toEqual([true, true]);
  });
});

describe('words in Arabic', () => {
  const arabic = wordsFor('ar', italy);

  it.each([
    [0, 'لا أصول في السجل.'],
    [1, 'في السجل أصل واحد.'],
    [2, 'في السجل أصلان.'],
    [3, 'في السجل 3 أصول.'],
    [11, 'في السجل 11 أصلًا.'],
    [100, 'في السجل 100 أصل.'],
    [1103, 'في السجل 1,103 أصول.'],
  ])('count %d with its own form', (count, said) => {
    expect(arabic.t('register.total', { count })).toBe(said);
  });

  it('write days of the Gregorian calendar, and digits as acts have them', () => {
    expect(arabic.day('2015-03-12')).toBe('12 مارس 2015');
    expect(arabic.instant('2026-06-30T22:30:00.000Z')).toMatch(/^1 يوليو 2026/);
    expect(spaces(arabic.money({ minor: 120_050, currency: 'EUR' })).replace(/[\u200e\u200f\u061c]/g, '')).toBe(
      '1,200.50 €',
    );
    expect(arabic.number(1_234_567.5)).toBe('1,234,567.5');
  });

  it('keep what is written from the left from mixing with what is beside it', () => {
    expect(arabic.within('Palermo (PA)')).toBe('\u2068Palermo (PA)\u2069');
    expect(arabic.within('12-2015')).toBe('\u206812-2015\u2069');
    expect([arabic.within('1,234'), arabic.within('أصل')]).toEqual(['1,234', 'أصل']);
    expect(arabic.list(['Roma', 'Bari'])).toBe('\u2068Roma\u2069 و\u2068Bari\u2069');
    expect(arabic.t('feed.area', { area: 'Sicilia' })).toBe('الجديد في \u2068Sicilia\u2069');
    expect(wordsFor('en', italy).within('Palermo (PA)')).toBe('Palermo (PA)');
  });

  it('say in English what the languages of the office alone say, and say so', () => {
    expect(arabic.languageOf('problemType')).toBe('en');
    expect(arabic.problemText('not-found', 'title')).toBe(wordsFor('en', italy).problemText('not-found', 'title'));
    expect(wordsFor('it', italy).languageOf('problemType')).toBe('it');
    for (const count of [0, 1, 2, 3])
      expect(arabic.t('access.wait', { count })).toBe(wordsFor('en', italy).t('access.wait', { count }));
  });

  it('give a script every form of a count', () => {
    expect(Object.keys(arabic.countForms('map.count')).sort()).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
    expect(wordsFor('en', italy).countForms('map.count')).toEqual({ one: '{n} asset', other: '{n} assets' });
  });
});
