import { italy } from '#domain';
import { wordsFor } from '../language/words';
import { fieldsInSentence, sentenceOf } from './sentence';

const english = wordsFor('en', italy);
const italian = wordsFor('it', italy);

describe('the sentence of an entry', () => {
  it('leaves out what is not known', () => {
    expect(sentenceOf('AssetSeized', { kind: 'company' }, english)).toBe('The asset was seized.');
    const data = { kind: 'company', authority: 'Tribunale', proceeding: { district: 'Palermo', number: '45/2007' } };
    expect(sentenceOf('AssetSeized', data, english)).toBe(
      'The asset was seized by Tribunale (Palermo), proceeding 45/2007.',
    );
  });

  it('says money, dates and codes in the reader’s language', () => {
    const data = {
      purpose: 'security',
      amount: { minor: 123_456, currency: 'EUR' },
      from: '2017-01-01',
      to: '2017-12-31',
    };
    expect(sentenceOf('ManagementCostRecorded', data, english)).toBe(
      'Looking after it cost €1,234.56 from 1 January 2017 to 31 December 2017 (guarding).',
    );
    expect(sentenceOf('ManagementCostRecorded', data, italian)?.replace(/\u00a0/g, ' ')).toBe(
      'La gestione è costata 1.234,56 € dal 1º gennaio 2017 al 31 dicembre 2017 (sorveglianza).',
    );
  });

  it('takes nothing an entry says for a part of the sentence', () => {
    const authority = '[x] {court} # $&';
    expect(sentenceOf('AssetSeized', { kind: 'company', authority }, english)).toBe(
      `The asset was seized by ${authority}.`,
    );
  });

  it('ends in one full stop, whatever is quoted last', () => {
    const end = (how: string): string | undefined => sentenceOf('ProblemResolved', { problem: 'p', how }, english);
    expect([end('Cleared.'), end('Cleared'), end('And so on...')]).toEqual([
      'A problem was cleared: Cleared.',
      'A problem was cleared: Cleared.',
      'A problem was cleared: And so on....',
    ]);
  });

  it('is missing for a type the language does not know', () => {
    expect(sentenceOf('AssetPainted', {}, english)).toBeUndefined();
  });

  it('knows which fields it speaks of', () => {
    expect([...fieldsInSentence('DestinationDecided', english)].sort()).toEqual(['purpose', 'recipient']);
  });
});
