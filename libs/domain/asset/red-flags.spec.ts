import type { Entry } from './act';
import { fold } from './dossier';
import { italy } from '../profiles';
import { flagRules } from '../red-flags/red-flag';
import type { FlagRule, RedFlag } from '../red-flags/red-flag';
import { redFlags } from './red-flags';

let count = 0;
const entry = (type: string, occurredOn: string | null, data: Entry['data'] = {}, recordedAt?: string): Entry => {
  count += 1;
  const at = recordedAt ?? `${occurredOn ?? '2020-01-01'}T10:00:00.000Z`;
  return { id: `entry-${count}`, type, version: 1, occurredOn, recordedAt: at, data };
};
const document = { sha256: 'ab'.repeat(32), title: 'Atto' };
const euro = (minor: number) => ({ minor, currency: 'EUR' });
const final = [
  entry('AssetSeized', '2010-01-01', { kind: 'real-estate' }),
  entry('ConfiscationOrdered', '2012-05-01', { instance: 'first' }),
  entry('ConfiscationBecameFinal', '2015-03-12'),
];
const edil = { name: 'Edil Sicula s.r.l.' };
const allocated = entry('FundsAllocated', '2016-01-01', { source: 'eu', amount: euro(90_000_000) });
const committed = (on: string, minor: number, supplier = edil, procedure = 'direct-award') =>
  entry('ExpenditureCommitted', on, { allocation: allocated.id, amount: euro(minor), supplier, procedure, document });
const found = (rule: FlagRule, history: readonly Entry[]): RedFlag[] =>
  redFlags(history, fold(history)!, italy).filter((each) => each.rule === rule);

describe('red flags', () => {
  it('of a payment: no works for its commitment 180 days later', () => {
    const contract = committed('2016-02-01', 100);
    const request = entry('PaymentRequested', '2016-03-01', { commitment: contract.id, amount: euro(100), document });
    const approval = entry('PaymentApproved', '2016-03-02', { request: request.id, amount: euro(100) });
    const payment = entry('PaymentMade', '2016-03-03', { request: request.id, amount: euro(100), document });
    const paid = [...final, allocated, contract, request, approval, payment];
    const rule = 'payment-without-works';
    expect(found(rule, paid)).toEqual([
      expect.objectContaining({ entry: payment.id, from: '2016-08-31', measure: 100, currency: 'EUR' }),
    ]);
    expect(found(rule, [...paid, entry('WorksStarted', '2016-04-01', { title: 'Tetto' })])).toEqual([]);
    const ofThis = entry('WorksStarted', '2016-04-01', { title: 'Tetto', commitment: contract.id });
    expect(found(rule, [...paid, ofThis])).toEqual([]);
    const ofAnother = entry('WorksStarted', '2016-04-01', { title: 'Tetto', commitment: 'another' });
    expect(found(rule, [...paid, ofAnother])).toHaveLength(1);
    const back = entry('PaymentReversed', '2016-05-01', { payment: payment.id, amount: euro(100), reason: '-' });
    expect(found(rule, [...paid, back])).toEqual([]);
  });

  it('of commitments: direct awards below the threshold that reach it together within a year', () => {
    const [first, second] = [committed('2016-02-01', 8_000_000), committed('2017-01-31', 6_000_000)];
    const rule = 'split-commitments';
    expect(found(rule, [...final, allocated, first, second])).toEqual([
      expect.objectContaining({ entry: second.id, measure: 14_000_000, party: edil.name }),
    ]);
    for (const other of [
      committed('2017-02-01', 6_000_000),
      committed('2017-01-31', 5_999_999),
      committed('2017-01-31', 6_000_000, { name: 'Altra s.r.l.' }),
      committed('2017-01-31', 6_000_000, edil, 'open'),
      committed('2017-01-31', 14_000_000),
    ]) expect(found(rule, [...final, allocated, first, other])).toEqual([]); // prettier-ignore
  });

  const organisation = { organisation: 'IT-org', name: 'Cooperativa Terra Buona' };
  const given = [
    ...final,
    entry('DestinationDecided', '2016-01-01', { purpose: 'social', recipient: { name: 'Corleone' } }),
    entry('AssetTransferred', '2016-02-01', { to: { kind: 'municipality', name: 'Corleone' } }),
  ];
  const proposal = entry('AssignmentProposed', '2016-03-01', organisation);
  const approval = entry('AssignmentApproved', '2016-03-01', { proposal: proposal.id }, '2016-03-01T10:00:59.000Z');
  const agreed = [
    ...given,
    proposal,
    approval,
    entry('AgreementSigned', '2016-04-01', { ...organisation, proposal: proposal.id, act: {}, object: 'x', from: '2016-05-01', to: '2030-01-01', charge: 'free', renewable: true }),
  ]; // prettier-ignore

  it('of parties: who holds it also supplies or supports it', () => {
    const itself = { name: 'cooperativa TERRA-BUONA' };
    expect(found('linked-party', [...agreed, allocated, committed('2017-01-01', 5, itself)])).toHaveLength(1);
    expect(found('linked-party', [...agreed, allocated, committed('2017-01-01', 5)])).toEqual([]);
  });

  it('of parties: by an identifier that another entry of the dossier gives for the holder', () => {
    const code = [{ scheme: 'it-cf', id: '0123 456' }];
    const byCode = committed('2017-01-02', 6, { name: 'Edil Nuova', identifiers: [{ scheme: 'IT-CF', id: '0123456' }] } as typeof edil);
    const pledge = entry('SupportPledged', '2017-01-03', { supporter: { name: 'Terra Buona', organisation: 'IT-org', identifiers: code }, kind: 'goods', quantity: { value: 1, scale: 0, unit: 'piece' } });
    expect(found('linked-party', [...agreed, allocated, byCode])).toEqual([]);
    expect(found('linked-party', [...agreed, allocated, byCode, pledge]).map((each) => each.entry)).toEqual([byCode.id, pledge.id]);
  }); // prettier-ignore

  it('of the list of assigned assets: the act of the agreement is not named a month later', () => {
    const [before, signing] = [agreed.slice(0, -1), agreed.at(-1)!];
    expect(found('overdue-publication', agreed)).toEqual([
      expect.objectContaining({ entry: signing.id, duty: 'assigned-list', on: '2016-04-01', from: '2016-05-03', party: organisation.name }),
    ]);
    const act = { number: '12', date: '2016-04-01' };
    expect(found('overdue-publication', [...before, { ...signing, data: { ...signing.data, act } }])).toEqual([]);
  }); // prettier-ignore

  it('of the use: nobody said what was done for longer than the profile allows', () => {
    const named = [...agreed.slice(0, -1), { ...agreed.at(-1)!, data: { ...agreed.at(-1)!.data, act: { number: '1', date: '2016-04-01' } } }];
    const used = [...named, entry('UseStarted', '2016-06-01')];
    const rule = 'overdue-publication';
    expect(found(rule, used)).toEqual([expect.objectContaining({ duty: 'activity-report', on: '2016-06-01', from: '2017-08-01' })]);
    const reported = entry('ActivityReported', '2017-01-10', { from: '2016-06-01', to: '2016-12-31', activities: [{ kind: 'culture' }] });
    expect(found(rule, [...used, reported])).toEqual([expect.objectContaining({ on: '2016-12-31', from: '2018-03-02' })]);
  }); // prettier-ignore

  it('of idleness: two years in one phase without anybody', () => {
    expect(found('long-idle', final)).toEqual([expect.objectContaining({ on: '2015-03-12', from: '2017-03-12' })]);
    expect(found('long-idle', given)).toEqual([expect.objectContaining({ on: '2016-02-01' })]);
    expect(found('long-idle', agreed)).toEqual([]);
    expect(found('long-idle', final.slice(0, 2))).toEqual([]);
  });

  it('of an agreement: nobody went to see for a year', () => {
    const rule = 'agreement-without-visit';
    expect(found(rule, agreed)).toEqual([expect.objectContaining({ on: '2016-05-01', from: '2017-05-02' })]);
    const visited = [...agreed, entry('MonitoringVisitRecorded', '2018-01-01', { found: 'in-use' })];
    expect(found(rule, visited)).toEqual([expect.objectContaining({ from: '2019-01-02' })]);
  });

  it('of a date: a decision written down more than ninety days later', () => {
    const decided = (at: string) => entry('DestinationDecided', '2016-01-01', { purpose: 'social', recipient: { name: 'x' } }, at);
    expect(found('recorded-late', [...final, decided('2016-03-31T10:00:00.000Z')])).toEqual([]);
    expect(found('recorded-late', [...final, decided('2016-04-01T10:00:00.000Z')])).toEqual([expect.objectContaining({ measure: 91 })]);
  }); // prettier-ignore

  it('of an approval: less than a minute after what it approves', () => {
    expect(found('approved-within-seconds', agreed)).toEqual([expect.objectContaining({ entry: approval.id, measure: 59 })]);
    const later = agreed.map((each) => (each === approval ? { ...each, recordedAt: '2016-03-01T10:01:00.000Z' } : each));
    expect(found('approved-within-seconds', later)).toEqual([]);
  }); // prettier-ignore

  it('are known by their rule', () => {
    expect(new Set(redFlags(agreed, fold(agreed)!, italy).map(({ rule }) => flagRules.includes(rule)))).toEqual(new Set([true]));
  }); // prettier-ignore
});
