import type { Entry } from './act';
import { assignedAsset } from './assigned-asset';
import { fold } from './dossier';
import { termsOn } from './terms';

let count = 0;
const entry = (type: string, occurredOn: string, data: Entry['data'] = {}): Entry => {
  count += 1;
  return { id: `entry-${count}`, type, version: 1, occurredOn, recordedAt: '2026-03-01T10:00:00.000Z', data };
};
const terra = { organisation: 'terra', name: 'Terra' };
const proposal = entry('AssignmentProposed', '2016-12-01', { ...terra, directGround: 'Art. 48', reasons: 'Near.' });
const signed = entry('AgreementSigned', '2017-11-27', {
  ...terra, proposal: proposal.id, act: { number: '7', date: '2017-11-27' }, object: 'A school', from: '2017-11-28', to: '2027-11-27', charge: 'free', renewable: true,
}); // prettier-ignore
const given = [
  entry('AssetSeized', '2010-01-01', { kind: 'real-estate' }),
  entry('ConfiscationOrdered', '2012-05-01', { instance: 'first' }),
  entry('ConfiscationBecameFinal', '2015-03-12'),
  proposal,
  entry('AssignmentApproved', '2017-01-02', { proposal: proposal.id }),
  signed,
];
const renewedEarly = entry('AgreementRenewed', '2026-10-01', {
  ...terra, act: { number: '31', date: '2026-10-01' }, from: '2027-11-28', to: '2032-11-26',
}); // prettier-ignore

const holder = (history: readonly Entry[]) => assignedAsset(history, fold(history)!)?.holder;
const on = (day: string, history: readonly Entry[]) => termsOn(holder(history)?.terms ?? [], day);

describe('the term of an agreement on a day', () => {
  const history = [...given, renewedEarly];

  it('is the one that covers the day, with the renewal agreed to follow it', () => {
    const { current, renewal } = on('2026-11-27', history)!;
    expect(current).toEqual({ entry: signed.id, act: { number: '7', date: '2017-11-27' }, from: '2017-11-28', to: '2027-11-27' }); // prettier-ignore
    expect(renewal).toEqual({ entry: renewedEarly.id, act: { number: '31', date: '2026-10-01' }, from: '2027-11-28', to: '2032-11-26' }); // prettier-ignore
  });

  it('is that of the renewal from its first day on, and the first one until its last', () => {
    expect(on('2027-11-27', history)?.current.entry).toBe(signed.id);
    expect(on('2027-11-28', history)).toMatchObject({ current: { entry: renewedEarly.id }, renewal: null });
  });

  it('is the first before it has begun, and alone where nothing was renewed', () => {
    expect(on('2017-11-27', given)).toMatchObject({ current: { entry: signed.id }, renewal: null });
    expect(termsOn([], '2020-01-01')).toBeUndefined();
  });

  it('ends earlier where the latest term was made shorter', () => {
    const shorter = entry('AgreementAmended', '2026-11-01', { act: {}, details: 'Shorter.', to: '2030-01-01' });
    expect(on('2026-11-27', [...history, shorter])).toMatchObject({
      current: { to: '2027-11-27' },
      renewal: { to: '2030-01-01' },
    });
  });

  it('does not begin again with another agreement', () => {
    const ended = entry('AgreementTerminated', '2026-11-02', { cause: 'renounced' });
    expect(holder([...history, ended])).toBeUndefined();
  });
});
