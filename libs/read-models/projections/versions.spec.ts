import type { Entry, History, LegalDate } from '#domain';
import { revise, spansOf } from './versions';
import type { Version } from './versions';

const zone = 'Europe/Rome';
let count = 0;

function entry(
  type: string,
  occurredOn: string | null,
  data: Entry['data'],
  recordedAt = '2026-03-01T10:00:00.000Z',
): Entry {
  count += 1;
  return { id: `entry-${count}`, type, version: 1, occurredOn, recordedAt, data };
}
const seized = (on: string | null) => entry('AssetSeized', on, { kind: 'real-estate' });
const ordered = (on: string | null, instance = 'first') => entry('ConfiscationOrdered', on, { instance });
const final = (on: string | null) => entry('ConfiscationBecameFinal', on, {});
const phases = (history: History) =>
  spansOf(history, zone).map(({ facts, validFrom, validTo }) => [facts.phase, validFrom, validTo]);

/** As the queries read them: what the versions say of a day, as known at the end of another; undefined where they say nothing. */
function versionAt(versions: readonly Version[], asOf: LegalDate, knownAt: LegalDate): Version | undefined {
  return versions.find(
    ({ validFrom, validTo, knownFrom, knownTo }) =>
      validFrom <= asOf &&
      (validTo === null || asOf < validTo) &&
      knownFrom <= knownAt &&
      (knownTo === null || knownAt < knownTo),
  );
}

describe('the spans of a history', () => {
  it('follow the dates of the entries', () => {
    expect(phases([seized('2010-01-01'), ordered('2012-05-01'), final('2015-03-12')])).toEqual([
      ['seized', '2010-01-01', '2012-05-01'],
      ['confiscated-first', '2012-05-01', '2015-03-12'],
      ['confiscated-final', '2015-03-12', null],
    ]);
  });

  it('show the end of a day on which several things happened', () => {
    expect(phases([seized('2010-01-01'), ordered('2010-01-01')])).toEqual([['confiscated-first', '2010-01-01', null]]);
  });

  it('begin with the day of recording where no date is known', () => {
    expect(phases([seized(null), ordered(null), final(null)])).toEqual([['confiscated-final', '2026-03-01', null]]);
  });

  it('put undated entries no later than the dated one behind them', () => {
    const decided = entry('DestinationDecided', '1993-09-20', { purpose: 'liquidation' });
    expect(phases([seized(null), ordered(null), final(null), decided])).toEqual([['destined', '1993-09-20', null]]);
  });
});

describe('versions', () => {
  const first = [seized('2010-01-01')];
  const second = [...first, final('2015-03-12')];
  const late = [first[0]!, ordered('2012-05-01'), second[1]!];
  let versions: Version[];

  beforeEach(() => {
    versions = revise([], spansOf(first, zone), '2016-01-01');
    versions = revise(versions, spansOf(second, zone), '2018-01-01');
    versions = revise(versions, spansOf(late, zone), '2020-01-01');
  });

  it.each([
    ['2013-01-01', '2017-01-01', 'seized'],
    ['2016-01-01', '2017-01-01', 'seized'],
    ['2016-01-01', '2019-01-01', 'confiscated-final'],
    ['2013-01-01', '2019-01-01', 'seized'],
    ['2013-01-01', '2020-01-01', 'confiscated-first'],
    ['2016-01-01', '2024-01-01', 'confiscated-final'],
  ])('say of %s, as known on %s: %s', (asOf, knownAt, phase) => {
    expect(versionAt(versions, asOf, knownAt)?.facts.phase).toBe(phase);
  });

  it('say nothing of a day before the seizure, nor of what was not known yet', () => {
    expect(versionAt(versions, '2009-12-31', '2024-01-01')).toBeUndefined();
    expect(versionAt(versions, '2016-01-01', '2015-12-31')).toBeUndefined();
  });

  it('forget what was believed for less than a day', () => {
    const once = revise([], spansOf(first, zone), '2016-01-01');
    expect(revise(once, spansOf(second, zone), '2016-01-01')).toHaveLength(2);
  });

  it('never say two things of one day as known on another', () => {
    for (const asOf of ['2010-01-01', '2012-04-30', '2012-05-01', '2015-03-12', '2030-01-01']) {
      for (const knownAt of ['2016-01-01', '2018-01-01', '2019-12-31', '2020-01-01']) {
        const said = versions.filter((version) => versionAt([version], asOf, knownAt));
        expect(said).toHaveLength(1);
      }
    }
  });
});
