import { messageFrom, namesIn } from './message';
import type { Speech } from './message';

const speech: Speech = {
  formats: { number: (value) => `n${String(value)}`, code: (value, of) => `${of}:${String(value)}` },
  number: (value) => `n${value}`,
  plural: (count) => (count === 1 ? 'one' : 'other'),
  ordinal: (count) => (count === 1 ? 'one' : 'other'),
  within: (value) => `<${value}>`,
};
const say = (text: string, values: object = {}): string => messageFrom(text, speech)(values);

describe('a text in ICU MessageFormat', () => {
  it('puts in values, in the format it asks for', () => {
    expect(say('{name} has {n, number}: {why, code, reason}.', { name: 'Roma', n: 3, why: 'sale' })).toBe(
      '<Roma> has <n3>: <reason:sale>.',
    );
    expect(say('to {to_name}', { to: { name: 'Bari' } })).toBe('to <Bari>');
  });

  it('shows the place of a value that is not there, and nothing for one that is null', () => {
    expect(say('{name}, {to_name} and {n, number}', { to: null })).toBe('{name}, {to_name} and {n}');
    expect(say('a{name}b', { name: null })).toBe('ab');
  });

  it('takes nothing in a value for a part of the text', () => {
    expect(say('{a} {b}', { a: '{b}', b: "'{a}' #" })).toBe("<{b}> <'{a}' #>");
  });

  it.each([
    [0, 'nothing'],
    [1, 'one asset of <Roma>'],
    [2, '<n2> assets of <Roma>'],
  ])('counts %d', (count, said) => {
    const text = '{count, plural, =0 {nothing} one {one asset of {name}} other {{count, number} assets of {name}}}';
    expect(say(text, { count, name: 'Roma' })).toBe(said);
  });

  it('knows the signs of the standard: # and offset, select, selectordinal', () => {
    const others = '{n, plural, offset:1 =0 {nobody} =1 {you} one {you and # more} other {you and # more}}';
    expect([0, 1, 2, 5].map((n) => say(others, { n }))).toEqual([
      'nobody',
      'you',
      'you and <n1> more',
      'you and <n4> more',
    ]);
    expect(['a', 'z'].map((x) => say('{x, select, a {A} other {?}}', { x }))).toEqual(['A', '?']);
    expect([1, 4].map((n) => say('{n, selectordinal, one {#st} other {#th}}', { n }))).toEqual(['<n1>st', '<n4>th']);
    expect(say('no number: #')).toBe('no number: #');
  });

  it.each([
    ["l'ente di {x}", "l'ente di <Roma>"],
    ["dell''{x} e dell''{x}", "dell'<Roma> e dell'<Roma>"],
    ['dell’{x}', 'dell’<Roma>'],
    ["l'asset, l'ente", "l'asset, l'ente"],
    ["'{x}' is {x}", '{x} is <Roma>'],
    ["{n, plural, one {l'anno dell''{x}} other {gli anni d'oro, '#'#}}", "gli anni d'oro, #<n2>"],
  ])('keeps the apostrophes of %s', (text, said) => expect(say(text, { x: 'Roma', n: 2 })).toBe(said));

  it.each([
    ['{{x}}', /a brace opens or closes nothing/],
    ['{x} }', /a brace opens or closes nothing/],
    ['{x', /end|invalid/i],
    ['{x, nmber}', /no format is called "nmber"; there are number, code/],
    ['{x, toString}', /no format is called "toString"/],
    ['{x, plural, one {a}}', /has no "other"/],
    ['{x, plural, several {a} other {b}}', /several is not valid/],
  ])('says what is wrong with %s', (text, wrong) => expect(() => say(text, { x: 1 })).toThrow(wrong));

  it('names what it puts in', () => {
    expect(namesIn('{a}{b_c, number}{n, plural, other {{d}}}')).toEqual(['a', 'b_c', 'n', 'd']);
  });
});
