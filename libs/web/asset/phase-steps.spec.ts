import { italy } from '#domain';
import type { Entry, LegalDate } from '#domain';
import { phaseSteps } from './phase-steps';

let count = 0;
function entry(type: string, occurredOn: LegalDate | null, data: Entry['data'] = {}): Entry {
  count += 1;
  return { id: `entry-${count}`, type, version: 1, occurredOn, recordedAt: '2026-11-02T10:00:00.000Z', data };
}
const seized = (on: LegalDate | null) => entry('AssetSeized', on, { kind: 'real-estate' });
const ordered = (on: LegalDate | null, instance = 'first') => entry('ConfiscationOrdered', on, { instance });
const final = (on: LegalDate | null) => entry('ConfiscationBecameFinal', on);
const destined = (on: LegalDate, recipient?: string) =>
  entry('DestinationDecided', on, {
    purpose: recipient ? 'social' : 'sale',
    ...(recipient && { recipient: { kind: 'municipality', name: recipient } }),
  });

const stepsOf = (history: readonly Entry[], day: LegalDate = '2016-01-01') =>
  phaseSteps(history, day, italy).map(({ phase, state, since, until, days }) => [phase, state, since, until, days]);

describe('the way through the phases', () => {
  it('counts the days of each stay, and names what usually follows', () => {
    expect(stepsOf([seized('2010-01-01'), ordered('2012-05-01'), final('2015-03-12')])).toEqual([
      ['seized', 'passed', '2010-01-01', '2012-05-01', 851],
      ['confiscated-first', 'passed', '2012-05-01', '2015-03-12', 1045],
      ['confiscated-final', 'now', '2015-03-12', null, 295],
      ['available', 'ahead', null, null, null],
      ['destined', 'ahead', null, null, null],
      ['transferred', 'ahead', null, null, null],
      ['assigned', 'ahead', null, null, null],
      ['in-use', 'ahead', null, null, null],
    ]);
  });

  it('counts no days where a date is missing, and invents none', () => {
    expect(stepsOf([seized(null), ordered(null), final(null), destined('1993-09-20', 'Palermo')]).slice(0, 4)).toEqual([
      ['seized', 'passed', null, null, null],
      ['confiscated-first', 'passed', null, null, null],
      ['confiscated-final', 'passed', null, '1993-09-20', null],
      ['destined', 'now', '1993-09-20', null, 8138],
    ]);
  });

  it('knows a confiscation whose instance the source does not state', () => {
    const steps = phaseSteps([seized(null), ordered(null, 'not-stated'), final(null)], '2016-01-01', italy);
    expect(steps.map(({ instanceStated }) => instanceStated)).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('shows a stay twice where the asset came back to a phase', () => {
    const history = [
      seized('2010-01-01'),
      ordered('2011-01-01'),
      final('2012-01-01'),
      destined('2013-01-01', 'Palermo'),
      entry('DestinationRevoked', '2015-01-01', { reason: 'not-used' }),
    ];
    expect(phaseSteps(history, '2016-01-01', italy).map(({ phase, state }) => `${phase} ${state}`)).toEqual([
      'seized passed',
      'confiscated-first passed',
      'confiscated-final passed',
      'destined passed',
      'available now',
      'destined ahead',
      'transferred ahead',
      'assigned ahead',
      'in-use ahead',
    ]);
  });

  it('says nothing is ahead of an asset that left, or that goes to nobody', () => {
    const left = [seized('2010-01-01'), entry('SeizureRevoked', '2011-01-01', { extent: 'whole' })];
    expect(stepsOf(left).at(-1)).toEqual(['returned', 'now', '2011-01-01', null, 1826]);
    const toBeSold = [seized('2010-01-01'), ordered('2011-01-01'), final('2012-01-01'), destined('2013-01-01')];
    expect(stepsOf(toBeSold).at(-1)?.[0]).toBe('destined');
  });

  it('holds each dated stay that is over against the time the law allows, and one without a date against nothing', () => {
    const overdueIn = (history: readonly Entry[]) =>
      phaseSteps(history, '2020-01-01', italy)
        .filter(({ state }) => state === 'passed')
        .map(({ phase, days, deadline }) => [phase, days, deadline?.days, deadline?.overdueBy]);
    const until = destined('2018-05-07', 'Palermo');
    expect(overdueIn([seized('2010-01-01'), ordered('2011-01-01'), final('2015-03-12'), until]).at(-1)).toEqual(['confiscated-final', 1152, 90, 1062]); // prettier-ignore
    expect(overdueIn([seized('2010-01-01'), ordered('2011-01-01'), final('2018-05-01'), until]).at(-1)).toEqual(['confiscated-final', 6, 90, 0]); // prettier-ignore
    expect(overdueIn([seized(null), ordered(null), final(null), until]).map(([, , days]) => days)).toEqual([undefined, undefined, undefined]); // prettier-ignore
  });

  it('holds the present phase against the time the law allows', () => {
    const history = [seized('2010-01-01'), ordered('2011-01-01'), final('2015-03-12')];
    const deadlineOn = (day: LegalDate) =>
      phaseSteps(history, day, italy).find(({ state }) => state === 'now')?.deadline;
    expect(deadlineOn('2015-06-10')).toMatchObject({ days: 90, overdueBy: 0 });
    expect(deadlineOn('2015-06-11')).toMatchObject({ days: 90, overdueBy: 1 });
  });
});
