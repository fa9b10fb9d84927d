import type { JsonValue } from '#domain';
import { entry, fact, given } from './specification';

const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate', title: 'Villa' });

const detailOf = (pointer: string, detail: RegExp) => ({
  errors: [{ pointer, detail: expect.stringMatching(detail) as string }],
});

describe('text is what a person sees', () => {
  it.each([
    ['a zero-width space', 'Villa\u200b Rosa', /Holds U\+200B/],
    ['an override of direction', 'Villa \u202easoR', /Holds U\+202E/],
    ['a control character', 'Villa\u0007', /Holds U\+0007/],
    ['a line break in a title', 'Villa\nRosa', /Holds U\+000A/],
    ['half a character', 'Villa \ud83d', /Holds U\+D83D/],
    ['a tag', 'Villa\u{e0041}', /Holds U\+E0041/],
    ['an accent apart from its letter', 'Citta\u0300', /NFC/],
    ['a blank at its end', 'Villa ', /blank/],
    ['nothing but blanks', '\u00a0 ', /blank/],
  ])('not %s', (_, title, detail) =>
    given(seized)
      .when('AssetDescribed', '2016-01-01', { title })
      .thenRefused('malformed-entry', detailOf('/title', detail)),
  );

  it('also inside a field', () =>
    given(seized)
      .when('AssetDescribed', '2016-01-01', { identifiers: [{ scheme: 'vin', id: 'ZFA\u200d1' }] })
      .thenRefused('malformed-entry', detailOf('/identifiers/0/id', /U\+200D/)));

  it('has line breaks where it may be long', () => {
    given(seized).when('AssetDescribed', '2016-01-01', { remarks: 'One.\n\tTwo.' }).then('seized');
    given(seized)
      .when('AssetDescribed', '2016-01-01', { remarks: 'One.\r\nTwo.' })
      .thenRefused('malformed-entry', detailOf('/remarks', /U\+000D/));
  });

  it('also as a correction', () =>
    given(seized)
      .when('EntryCorrected', '2016-01-01', { entry: entry(0), field: 'title', value: 'Villa\u200b', reason: 'Typed wrong.' })
      .thenRefused('correction-breaks-entry', { why: expect.stringMatching(/U\+200B/) as string })); // prettier-ignore
});

describe('the value of a correction is bounded', () => {
  const correcting = (value: JsonValue) =>
    given(seized).when('EntryCorrected', '2016-01-01', { entry: entry(0), field: 'title', value, reason: 'Wrong.' });
  const nested = (levels: number): JsonValue => (levels === 0 ? 'deep' : [nested(levels - 1)]);
  const refusal = detailOf('/value', /at most 20000 characters, at most 4 levels/);

  it('in depth', () => {
    correcting(nested(4)).thenRefused('correction-breaks-entry');
    correcting(nested(5)).thenRefused('malformed-entry', refusal);
    correcting(nested(4000)).thenRefused('malformed-entry', refusal);
  });
  it('in length', () => {
    correcting('x'.repeat(19_998)).thenRefused('correction-breaks-entry');
    correcting('x'.repeat(19_999)).thenRefused('malformed-entry', refusal);
    correcting(Array.from({ length: 20_000 }, () => 1)).thenRefused('malformed-entry', refusal);
  });
  it('to what JSON can say', () => correcting(Number.NaN).thenRefused('malformed-entry', refusal));
});

describe('a correction', () => {
  const correction = (field: string, value: JsonValue) => ({ entry: entry(0), field, value, reason: 'Typed wrong.' });
  it('names a field of the entry, not what every object has', () =>
    given(fact('AssetSeized', '2015-03-12', { kind: 'company', proceeding: { number: '1/2014' } }))
      .when('EntryCorrected', '2016-01-01', correction('proceeding.constructor', null))
      .thenRefused('correction-changes-nothing'));
  it('that makes a date unknown leaves the entry where it stands', () =>
    given(seized, fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' }))
      .when('EntryCorrected', '2016-06-01', correction('occurredOn', null))
      .then('confiscated-first', ({ history, asset }) => {
        expect(history.map(({ type }) => type)).toEqual(['AssetSeized', 'ConfiscationOrdered']);
        expect(asset?.seizure).toEqual({ on: null });
      }));
});
