import { by, entry, fact, given, imported } from './specification';

const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate', title: 'Villa', formerHolder: 'Somebody' });
const ordered = fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' });
const final = fact('ConfiscationBecameFinal', '2019-01-10');
const correction = (place: number, field: string, value: string | number | null) => ({
  entry: entry(place),
  field,
  value,
  reason: 'Typed wrong.',
});
const today = '2026-06-15';

describe('a correction', () => {
  it('puts a field right', () =>
    given(seized)
      .when('EntryCorrected', today, correction(0, 'title', 'Villa Rosa'))
      .then('seized', ({ asset }) => expect(asset?.description.title).toBe('Villa Rosa')));
  it('puts a field inside a field right', () =>
    given(fact('AssetSeized', '2015-03-12', { kind: 'company', proceeding: { number: '1/2014' } }))
      .when('EntryCorrected', today, correction(0, 'proceeding.number', '2/2014'))
      .then('seized', ({ history }) => expect(history[0]?.data.proceeding).toEqual({ number: '2/2014' })));
  it('removes an optional field with null', () =>
    given(seized)
      .when('EntryCorrected', today, correction(0, 'title', null))
      .then('seized', ({ asset }) => expect(asset?.description).not.toHaveProperty('title')));
  it('moves an entry to its right date', () =>
    given(seized, ordered)
      .when('EntryCorrected', today, correction(1, 'occurredOn', '2016-06-01'))
      .then('confiscated-first', ({ asset }) => expect(asset?.phaseSince).toBe('2016-06-01')));
  it('is refused when the history would no longer be lawful', () =>
    given(seized, ordered, final)
      .when('EntryCorrected', today, correction(1, 'occurredOn', '2019-02-01'))
      .thenRefused('correction-contradicts', {
        laterType: 'ConfiscationBecameFinal',
        because: 'confiscation-not-ordered',
      }));
  it('is refused when the seizure would come after what followed it', () =>
    given(seized, ordered)
      .when('EntryCorrected', today, correction(0, 'occurredOn', '2016-05-02'))
      .thenRefused('correction-contradicts'));
  it('is refused when the entry would lose its shape', () => {
    given(seized)
      .when('EntryCorrected', today, correction(0, 'kind', 'castle'))
      .thenRefused('correction-breaks-entry');
    given(seized)
      .when('EntryCorrected', today, correction(0, 'kind', null))
      .thenRefused('correction-breaks-entry');
    given(seized)
      .when('EntryCorrected', today, correction(0, 'colour', 'red'))
      .thenRefused('correction-breaks-entry');
    given(seized)
      .when('EntryCorrected', today, correction(0, 'occurredOn', '2015-02-30'))
      .thenRefused('correction-breaks-entry');
    given(seized)
      .when('EntryCorrected', today, correction(0, 'occurredOn', '2027-01-01'))
      .thenRefused('correction-breaks-entry');
  });
  it('never carries what is not public', () =>
    given(seized)
      .when('EntryCorrected', today, correction(0, 'formerHolder', 'Another'))
      .thenRefused('correction-of-closed-field'));
  it('changes something', () =>
    given(seized)
      .when('EntryCorrected', today, correction(0, 'title', 'Villa'))
      .thenRefused('correction-changes-nothing'));
  it('names an entry that is there', () =>
    given(seized)
      .when('EntryCorrected', today, correction(7, 'title', 'Villa'))
      .thenRefused('no-such-entry'));
});

describe('an annulment', () => {
  const annulment = (place: number) => ({ entry: entry(place), reason: 'Recorded on the wrong dossier.' });
  it('takes an entry out of the history', () =>
    given(seized, ordered).as('officer-2').when('EntryAnnulled', today, annulment(1)).then('seized'));
  it('is refused when a later entry rests on it', () =>
    given(seized, ordered, final)
      .as('officer-2')
      .when('EntryAnnulled', today, annulment(1))
      .thenRefused('correction-contradicts', { laterType: 'ConfiscationBecameFinal' }));
  it('of the seizure leaves no asset, and room for the right seizure', () => {
    given(seized).as('officer-2').when('EntryAnnulled', today, annulment(0)).then('no asset');
    given(seized, by('officer-2', fact('EntryAnnulled', today, annulment(0))))
      .when('AssetSeized', '2015-04-01', { kind: 'company' })
      .then('seized');
  });
  it('happens once', () =>
    given(seized, ordered, by('officer-2', fact('EntryAnnulled', today, annulment(1))))
      .as('officer-2')
      .when('EntryAnnulled', today, annulment(1))
      .thenRefused('no-such-entry'));
  it('Rule 6: is recorded by another person than the entry', () =>
    given(seized, ordered).when('EntryAnnulled', today, annulment(1)).thenRefused('annulled-by-recorder'));
  it('Rule 6: of what an import recorded needs one person, even the one who ran it', () =>
    given(imported(seized), imported(ordered)).when('EntryAnnulled', today, annulment(1)).then('seized'));
  it('Rule 6: never comes from an import or a process', () =>
    given(seized, ordered)
      .as('process-1')
      .when('EntryAnnulled', today, annulment(1), { kind: 'process', name: 'clean-up' })
      .thenRefused('second-person-needed'));
});
