import type { Entry } from './act';
import { fold } from './dossier';
import { waitingOf } from './waiting';
import type { Waiting } from './waiting';

let count = 0;
const entry = (type: string, occurredOn: string | null, data: Entry['data'] = {}): Entry => {
  count += 1;
  return { id: `entry-${count}`, type, version: 1, occurredOn, recordedAt: '2026-03-01T10:00:00.000Z', data };
};
const before = [
  entry('AssetSeized', '2010-01-01', { kind: 'real-estate' }),
  entry('ConfiscationOrdered', '2012-05-01', { instance: 'first' }),
];
const final = (on: string | null = '2015-03-12') => [...before, entry('ConfiscationBecameFinal', on)];
const destined = (on: string | null) =>
  entry('DestinationDecided', on, { purpose: 'social', recipient: { name: 'Palermo' } });
const revoked = (on: string | null) => entry('ConfiscationRevoked', on, { extent: 'whole' });
const waiting = (history: Entry[]): Waiting | undefined => waitingOf(history, fold(history)!);

describe('the waits of an asset', () => {
  it('begin when the confiscation becomes final', () => {
    expect(waiting(before)).toBeUndefined();
    expect(waiting(final())?.waits.destined).toEqual({ outcome: 'open', on: null, days: null });
  });

  it('end the first time, also where that was undone later', () => {
    const history = [
      ...final(),
      destined('2015-03-22'),
      entry('DestinationRevoked', '2016-01-01'),
      destined('2017-01-01'),
    ];
    expect(waiting(history)?.waits).toMatchObject({
      destined: { outcome: 'reached', on: '2015-03-22', days: 10 },
      assigned: { outcome: 'open' },
    });
  });

  it('take no day where it was reached before', () => {
    expect(waiting([...before, entry('UseStarted', '2013-01-01'), ...final().slice(2)])?.waits['in-use']).toEqual({
      outcome: 'reached',
      on: '2013-01-01',
      days: 0,
    });
  });

  it('end with the use of a body that needs no agreement', () => {
    const {
      destined: first,
      assigned,
      ...rest
    } = waiting([...final(), destined('2015-03-13'), entry('UseStarted', '2015-04-11')])!.waits;
    expect([first.days, assigned.days, rest['in-use'].days]).toEqual([1, 30, 30]);
  });

  it('are broken off when the asset leaves', () => {
    expect(waiting([...final(), revoked('2016-03-11')])?.waits.assigned).toEqual({
      outcome: 'left',
      on: '2016-03-11',
      days: 365,
    });
  });

  it('have no length where a date is missing', () => {
    expect(waiting(final(null))?.waits.destined.outcome).toBe('undated');
    expect(waiting([...final(), destined(null)])?.waits).toMatchObject({
      destined: { outcome: 'undated' },
      assigned: { outcome: 'open' },
    });
    expect(waiting([...final(), revoked(null)])?.waits.assigned.outcome).toBe('undated');
  });
});
