import { fact, given } from './specification';

const seized = (on: string | null = '2015-03-12') => fact('AssetSeized', on, { kind: 'real-estate' });
const ordered = (on: string | null = '2016-05-01', instance = 'first') => fact('ConfiscationOrdered', on, { instance });
const final = (on: string | null = '2019-01-10') => fact('ConfiscationBecameFinal', on);

describe('Rule 1: nothing happens before the seizure, or after an exit', () => {
  it('a seizure opens the dossier', () =>
    given().when('AssetSeized', '2015-03-12', { kind: 'company' }).then('seized'));
  it('nothing before it', () =>
    given().when('ConfiscationOrdered', '2016-05-01', { instance: 'first' }).thenRefused('not-seized'));
  it('no second seizure', () =>
    given(seized()).when('AssetSeized', '2016-01-01', { kind: 'company' }).thenRefused('already-seized'));
  it('nothing after a return', () =>
    given(seized(), fact('SeizureRevoked', '2015-06-01', { extent: 'whole' }))
      .when('InspectionRecorded', '2015-07-01', { condition: 'good', readyForDestination: false })
      .thenRefused('after-exit', { phase: 'returned', exitedOn: '2015-06-01' }));
  it('but a late entry dated before the exit', () =>
    given(seized(), fact('SeizureRevoked', '2015-06-01', { extent: 'whole' }))
      .when('InspectionRecorded', '2015-05-01', { condition: 'good', readyForDestination: false })
      .then('returned'));
  it('a seizure revoked in part goes on', () =>
    given(seized()).when('SeizureRevoked', '2015-06-01', { extent: 'part' }).then('seized'));
  it('an asset that was divided is gone', () =>
    given(seized(), fact('AssetSplit', '2015-04-01', { into: ['IT-A', 'IT-B'] }))
      .when('AssetDescribed', '2015-05-01', { title: 'Villa' })
      .thenRefused('after-exit', { phase: 'split' }));
});

describe('Rule 2: dates', () => {
  it('no entry about the future', () =>
    given().when('AssetSeized', '2026-06-16', { kind: 'company' }).thenRefused('in-the-future'));
  it('today is not the future', () => given().when('AssetSeized', '2026-06-15', { kind: 'company' }).then('seized'));
  it('no entry dated before the seizure', () =>
    given(seized())
      .when('AssetValued', '2015-03-11', { method: 'market', value: { minor: 1, currency: 'EUR' } })
      .thenRefused('before-seizure'));
  it('on the day of the seizure is not before it', () =>
    given(seized())
      .when('AssetValued', '2015-03-12', { method: 'market', value: { minor: 1, currency: 'EUR' } })
      .then('seized'));
  it('an officer gives a date', () =>
    given(seized()).when('ConfiscationOrdered', null, { instance: 'first' }).thenRefused('date-needed'));
  it('an import whose source has none may leave it out', () =>
    given(seized(null))
      .when(
        'ConfiscationOrdered',
        null,
        { instance: 'not-stated' },
        { kind: 'import', file: 'a.csv', row: 1, digest: 'd' },
      )
      .then('confiscated-first'));
  it('a late entry takes its place and changes nothing behind it', () =>
    given(seized(), final('2019-01-10'))
      .when('ConfiscationOrdered', '2016-05-01', { instance: 'first' })
      .then('confiscated-final'));
  it('a late entry may not pull the ground from under a later act', () =>
    given(seized(), ordered('2016-05-01'))
      .when('SeizureRevoked', '2015-12-01', { extent: 'whole' })
      .thenRefused('contradicts-later-entry', { laterType: 'ConfiscationOrdered', because: 'after-exit' }));
  it('an act that needs another is refused when the other happened later', () =>
    given(seized(), ordered('2016-05-01'))
      .when('ConfiscationBecameFinal', '2016-04-30')
      .thenRefused('confiscation-not-ordered'));
});

describe('Rule 3: instances follow their order', () => {
  it('first, appeal, final', () => {
    given(seized()).when('ConfiscationOrdered', '2016-05-01', { instance: 'first' }).then('confiscated-first');
    given(seized(), ordered())
      .when('ConfiscationOrdered', '2017-05-01', { instance: 'appeal' })
      .then('confiscated-appeal');
    given(seized(), ordered(), ordered('2017-05-01', 'appeal'))
      .when('ConfiscationBecameFinal', '2018-01-01')
      .then('confiscated-final');
  });
  it('final needs no appeal if none was lodged', () =>
    given(seized(), ordered()).when('ConfiscationBecameFinal', '2018-01-01').then('confiscated-final'));
  it('final needs an order', () =>
    given(seized()).when('ConfiscationBecameFinal', '2018-01-01').thenRefused('confiscation-not-ordered'));
  it('never first after appeal', () =>
    given(seized(), ordered('2016-05-01', 'appeal'))
      .when('ConfiscationOrdered', '2017-05-01', { instance: 'first' })
      .thenRefused('instance-out-of-order'));
  it('never the same twice', () =>
    given(seized(), ordered())
      .when('ConfiscationOrdered', '2017-05-01', { instance: 'first' })
      .thenRefused('instance-out-of-order'));
  it('final once', () =>
    given(seized(), ordered(), final())
      .when('ConfiscationBecameFinal', '2020-01-01')
      .thenRefused('confiscation-already-final'));
  it('no order after final', () =>
    given(seized(), ordered(), final())
      .when('ConfiscationOrdered', '2020-01-01', { instance: 'appeal' })
      .thenRefused('confiscation-already-final'));
  it('a seizure that became a confiscation is not revoked as a seizure', () =>
    given(seized(), ordered())
      .when('SeizureRevoked', '2017-01-01', { extent: 'whole' })
      .thenRefused('seizure-superseded'));
  it('a confiscation is revoked, and the asset returned', () =>
    given(seized(), ordered()).when('ConfiscationRevoked', '2017-01-01', { extent: 'whole' }).then('returned'));
  it('what was never ordered is not revoked', () =>
    given(seized())
      .when('ConfiscationRevoked', '2017-01-01', { extent: 'whole' })
      .thenRefused('confiscation-not-ordered'));
});

describe('Rule 11: personal data in personal fields alone', () => {
  it('a tax code has no place in a title', () =>
    given(seized())
      .when('AssetDescribed', '2016-01-01', { title: 'Villa di RSSMRA80A01H501U' })
      .thenRefused('personal-data-in-public-field', { field: 'title' }));
  it('nor an e-mail address in what is nested', () =>
    given(seized())
      .when('AssetDescribed', '2016-01-01', { identifiers: [{ scheme: 'mail', id: 'mario.rossi@example.org' }] })
      .thenRefused('personal-data-in-public-field', { field: 'identifiers' }));
  it('a personal field may hold it', () =>
    given().when('AssetSeized', '2016-01-01', { kind: 'company', formerHolder: 'RSSMRA80A01H501U' }).then('seized'));
});

describe('the shape of an entry', () => {
  it.each([
    [{ kind: 'castle' }],
    [{ kind: 'company', colour: 'red' }],
    [{}],
    [{ kind: 'company', share: 0 }],
    [{ kind: 'company', share: 101 }],
    [{ kind: 'company', title: '   ' }],
    [{ kind: 'company', estimatedValue: { minor: 0.5, currency: 'EUR' } }],
    [{ kind: 'company', estimatedValue: { minor: Number.MAX_SAFE_INTEGER + 1, currency: 'EUR' } }],
    [{ kind: 'company', estimatedValue: { minor: 100, currency: 'euro' } }],
    [{ kind: 'company', act: { date: '2015-02-30' } }],
  ])('%j is refused', (data) => given().when('AssetSeized', '2016-01-01', data).thenRefused('malformed-entry'));
  it('an unknown command is refused', () => given().when('paint-it', '2016-01-01').thenRefused('malformed-entry'));
});
