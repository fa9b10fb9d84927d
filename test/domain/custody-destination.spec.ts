import { entry, fact, given } from './specification';

const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate' });
const ordered = fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' });
const final = fact('ConfiscationBecameFinal', '2019-01-10');
const confiscated = [seized, ordered, final] as const;
const palermo = { kind: 'municipality', name: 'Comune di Palermo' };
const ready = fact('InspectionRecorded', '2019-02-01', { condition: 'good', readyForDestination: true });
const destined = fact('DestinationDecided', '2019-06-01', { purpose: 'social', recipient: palermo });

describe('custody', () => {
  it('one administrator at a time', () =>
    given(seized, fact('AdministratorAppointed', '2015-04-01', { office: 'agency' }))
      .when('AdministratorAppointed', '2015-05-01', { office: 'coadjutor' })
      .thenRefused('administrator-in-office', { appointedOn: '2015-04-01' }));
  it('nobody is discharged who was not appointed', () =>
    given(seized).when('AdministratorDischarged', '2015-05-01', { reason: 'removed' }).thenRefused('no-administrator'));
  it('a problem keeps a confiscated asset from being available until it is resolved', () => {
    const occupied = fact('ProblemRecorded', '2019-03-01', { kind: 'occupied', blocking: true });
    given(...confiscated, ready)
      .when('ProblemRecorded', '2019-03-01', { kind: 'occupied', blocking: true })
      .then('confiscated-final');
    given(...confiscated, ready, occupied)
      .when('ProblemResolved', '2019-04-01', { problem: entry(4) })
      .then('available');
    given(...confiscated, ready)
      .when('ProblemRecorded', '2019-03-01', { kind: 'occupied', blocking: false })
      .then('available');
  });
  it('only an open problem is resolved', () =>
    given(...confiscated)
      .when('ProblemResolved', '2019-04-01', { problem: entry(0) })
      .thenRefused('no-such-problem'));
  it('a confiscated asset is available once an inspection says so, and not before', () => {
    given(seized, ordered).when('ConfiscationBecameFinal', '2019-01-10').then('confiscated-final');
    given(...confiscated)
      .when('InspectionRecorded', '2019-02-01', { condition: 'good', readyForDestination: true })
      .then('available');
  });
  it('a period ends after it begins', () =>
    given(seized)
      .when('ManagementCostRecorded', '2016-01-01', {
        purpose: 'tax',
        amount: { minor: 100, currency: 'EUR' },
        from: '2015-12-31',
        to: '2015-01-01',
      })
      .thenRefused('period-reversed'));
  it('authorisations before the final confiscation are of no use after it', () => {
    given(...confiscated)
      .when('InterlocutorySaleAuthorised', '2020-01-01', { authority: 'Tribunale' })
      .thenRefused('authorisation-not-needed');
    given(...confiscated)
      .when('ProvisionalUseGranted', '2020-01-01', { authority: 'Tribunale', grantee: palermo, purpose: 'social' })
      .thenRefused('authorisation-not-needed');
  });
});

describe('Rule 4: no destination before the final confiscation', () => {
  it('after it', () =>
    given(...confiscated)
      .when('DestinationDecided', '2019-06-01', { purpose: 'social', recipient: palermo })
      .then('destined'));
  it('not before it', () =>
    given(seized, ordered)
      .when('DestinationDecided', '2018-06-01', { purpose: 'social' })
      .thenRefused('destination-before-final'));
  it('nor by a late entry dated before it', () =>
    given(...confiscated)
      .when('DestinationDecided', '2018-06-01', { purpose: 'social' })
      .thenRefused('destination-before-final'));
  it('an authorised interlocutory sale', () => {
    given(seized).when('DestinationDecided', '2016-01-01', { purpose: 'sale' }).thenRefused('destination-before-final');
    given(seized, fact('InterlocutorySaleAuthorised', '2015-06-01', { authority: 'Tribunale' }))
      .when('DestinationDecided', '2016-01-01', { purpose: 'sale' })
      .then('destined');
  });
  it('an authorised provisional use', () =>
    given(
      seized,
      fact('ProvisionalUseGranted', '2015-06-01', { authority: 'Tribunale', grantee: palermo, purpose: 'social' }),
    )
      .when('DestinationDecided', '2016-01-01', { purpose: 'provisional-use' })
      .then('destined'));
  it('one destination at a time; revoked, the asset is available again', () => {
    given(...confiscated, destined)
      .when('DestinationDecided', '2020-01-01', { purpose: 'sale' })
      .thenRefused('already-destined');
    given(...confiscated, destined)
      .when('DestinationRevoked', '2020-01-01', { reason: 'not-used' })
      .then('available');
    given(...confiscated)
      .when('DestinationRevoked', '2020-01-01', { reason: 'not-used' })
      .thenRefused('no-destination');
  });
  it('transferred once, to a body, by a destination that hands it over', () => {
    given(...confiscated)
      .when('AssetTransferred', '2020-01-01', { to: palermo })
      .thenRefused('no-destination');
    given(...confiscated, destined)
      .when('AssetTransferred', '2020-01-01', { to: palermo })
      .then('transferred');
    given(...confiscated, destined, fact('AssetTransferred', '2020-01-01', { to: palermo }))
      .when('AssetTransferred', '2020-02-01', { to: palermo })
      .thenRefused('already-transferred');
    given(...confiscated, fact('DestinationDecided', '2019-06-01', { purpose: 'liquidation' }))
      .when('AssetTransferred', '2020-01-01', { to: palermo })
      .thenRefused('transfer-not-destined', { purpose: 'liquidation' });
  });
  it('a State body that receives it for its own use keeps it', () =>
    given(...confiscated, fact('DestinationDecided', '2019-06-01', { purpose: 'institutional' }))
      .when('AssetTransferred', '2020-01-01', { to: { kind: 'state-body', name: 'Guardia di Finanza' } })
      .then('kept-by-state'));
});
