import type { JsonObject } from '#domain';
import { confiscated, palermo, transferred } from './given-estate';
import { fact, given } from './specification';

const used = fact('UseStarted', '2019-03-01', { user: palermo });
const report = (from: string, to: string, more: JsonObject = {}): JsonObject => ({
  from,
  to,
  activities: [{ kind: 'education' }],
  ...more,
});
const reported = fact('ActivityReported', '2020-01-31', report('2019-03-01', '2019-12-31'));
const today = '2026-06-15';

describe('use', () => {
  it('begins after the transfer and is a phase of its own', () => {
    given(...transferred)
      .when('UseStarted', '2019-03-01', { purpose: 'social' })
      .then('in-use', ({ asset }) => expect(asset?.phaseSince).toBe('2019-03-01'));
    given(...confiscated)
      .when('UseStarted', today)
      .thenRefused('use-needs-transfer');
  });
  it('under a provisional grant leaves the judicial phase as it is', () =>
    given(
      confiscated[0],
      fact('ProvisionalUseGranted', '2015-06-01', { authority: 'Tribunale', grantee: palermo, purpose: 'social' }),
    )
      .when('UseStarted', '2015-07-01')
      .then('seized', ({ asset }) => expect(asset?.use?.current).toEqual({ on: '2015-07-01' })));
  it('begins once', () =>
    given(...transferred, used)
      .when('UseStarted', today)
      .thenRefused('already-in-use', { since: '2019-03-01' }));
  it('ends when it is established that the asset is not used, and may begin again', () => {
    given(...transferred, used)
      .when('NonUseEstablished', '2021-01-01', { since: '2020-06-01' })
      .then('transferred');
    given(...transferred, used, fact('NonUseEstablished', '2021-01-01'))
      .when('UseStarted', '2022-01-01')
      .then('in-use');
    given(...transferred, used)
      .when('NonUseEstablished', '2021-01-01', { since: '2021-01-02' })
      .thenRefused('period-reversed');
    given(...confiscated)
      .when('NonUseEstablished', today)
      .thenRefused('use-needs-transfer');
  });
  it('ends with the destination it rests on', () => {
    const revoked = fact('DestinationRevoked', '2022-01-01', { reason: 'not-used' });
    given(...transferred, used, reported)
      .when('DestinationRevoked', '2022-01-01', { reason: 'not-used' })
      .then('available', ({ asset }) =>
        expect(asset?.use).toEqual({ first: '2019-03-01', reports: [expect.anything()] }),
      );
    given(
      ...transferred,
      used,
      revoked,
      fact('DestinationDecided', '2022-02-01', { purpose: 'social', recipient: palermo }),
    )
      .when('AssetTransferred', '2022-03-01', { to: palermo })
      .then('transferred');
  });
  it('is looked at on the spot', () => {
    given(...transferred, used)
      .when('MonitoringVisitRecorded', today, { found: 'partly-used' })
      .then('in-use');
    given(...confiscated)
      .when('MonitoringVisitRecorded', today, { found: 'not-used' })
      .thenRefused('use-needs-transfer');
  });
});

describe('activity reports', () => {
  it('need a use, and cover it from its first day', () => {
    given(...transferred)
      .when('ActivityReported', today, report('2019-03-01', '2019-12-31'))
      .thenRefused('use-not-started');
    given(...transferred, used)
      .when('ActivityReported', today, report('2019-02-28', '2019-12-31'))
      .thenRefused('report-before-use', { usedSince: '2019-03-01' });
  });
  it('may come after the use ended', () =>
    given(...transferred, used, fact('NonUseEstablished', '2021-01-01'))
      .when('ActivityReported', today, report('2019-03-01', '2020-12-31'))
      .then('transferred'));
  it('are of a period that is over', () => {
    given(...transferred, used)
      .when('ActivityReported', '2019-12-30', report('2019-03-01', '2019-12-31'))
      .thenRefused('report-before-end');
    given(...transferred, used)
      .when('ActivityReported', today, report('2019-12-31', '2019-12-30'))
      .thenRefused('period-reversed');
  });
  it('count no day twice', () => {
    for (const [from, to] of [
      ['2019-12-31', '2020-12-31'],
      ['2019-03-01', '2019-03-01'],
      ['2019-03-01', '2021-12-31'],
    ] as const) {
      given(...transferred, used, reported)
        .when('ActivityReported', today, report(from, to))
        .thenRefused('report-overlaps', { from: '2019-03-01', to: '2019-12-31' });
    }
    given(...transferred, used, reported)
      .when('ActivityReported', today, report('2020-01-01', '2020-12-31'))
      .then('in-use');
  });
  const ofPeople = (people: JsonObject) =>
    given(...transferred, used).when('ActivityReported', today, report('2019-03-01', '2019-12-31', people));
  it.each([
    [{ beneficiaries: { total: 10, women: 6, men: 5 } }, 'beneficiaries by gender'],
    [{ beneficiaries: { total: 10, byAge: { under14: 5, over64: 6 } } }, 'beneficiaries by age'],
    [{ beneficiaries: { total: 10, vulnerable: 11 } }, 'beneficiaries in vulnerable situations'],
    [{ jobs: { total: 1, women: 1, otherGender: 1 } }, 'jobs by gender'],
    [{ volunteers: { total: 0, men: 1 } }, 'volunteers by gender'],
  ])('have no parts beyond their total: %j', (people, what) =>
    ofPeople(people).thenRefused('parts-exceed-total', { what }),
  );
  it.each([
    [{ beneficiaries: { total: 10, women: 6 } }],
    [{ beneficiaries: { women: 6, men: 5 } }],
    [{ beneficiaries: { total: 10, women: 6, men: 4, vulnerable: 10, byAge: { from14to17: 10 } } }],
    [{ jobs: { total: 0 }, volunteers: {} }],
  ])('leave out what nobody counted: %j', (people) =>
    ofPeople(people).then('in-use', ({ history }) => expect(history.at(-1)?.data).toMatchObject(people)),
  );
  it.each([[{ beneficiaries: { total: -1 } }], [{ jobs: { women: 0.5 } }], [{ volunteers: { total: null } }]])(
    'are whole numbers: not %j',
    (people) => ofPeople(people).thenRefused('malformed-entry'),
  );
});
