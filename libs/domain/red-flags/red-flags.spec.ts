import fc from 'fast-check';
import type { Entry } from '../entry';
import { daysAfter, daysBetween } from '../legal-date';
import { italy } from '../profiles';
import { repeatedWinners } from './of-awards';
import type { Award } from './of-awards';
import { callFlags } from './of-a-call';
import { groupFlags } from './of-a-group';

let count = 0;
const entry = (type: string, on: string, data: Entry['data'] = {}): Entry => {
  count += 1;
  return { id: `entry-${count}`, type, version: 1, occurredOn: on, recordedAt: `${on}T10:00:00.000Z`, data };
};

describe('red flags of a call', () => {
  const drafted = entry('CallDrafted', '2026-01-01', { deadline: '2026-03-01T23:30:00Z' });
  const published = entry('CallPublished', '2026-01-10');
  const [first, second] = [entry('ApplicationSubmitted', '2026-02-01'), entry('ApplicationSubmitted', '2026-02-02')];
  const opening = entry('ApplicationsOpened', '2026-03-10', {
    applications: [
      { application: first.id, organisation: 'IT-O-1' },
      { application: second.id, organisation: 'IT-O-2' },
    ],
  });
  const admitted = ({ id }: Entry) => entry('ApplicationAdmitted', '2026-03-11', { application: id });
  const excluded = ({ id }: Entry) => entry('ApplicationExcluded', '2026-03-12', { application: id });
  const awarded = (on: string) => entry('CallAwarded', on, { awardedTo: first.id });
  const found = (...history: Entry[]) => callFlags([drafted, published, ...history], italy);

  it('given one application, when it is awarded, then it is asked why there was no other', () => {
    const award = awarded('2026-04-01');
    expect(found(first, opening, admitted(first), award)).toEqual([
      expect.objectContaining({ rule: 'single-applicant', entry: award.id, measure: 1, outOf: 1, organisation: 'IT-O-1' }),
    ]); // prettier-ignore
  });

  it('given two of which one was excluded or withdrawn, then too; given two that were judged, then not', () => {
    const award = awarded('2026-04-01');
    const alone = found(first, second, opening, admitted(first), excluded(second), award);
    expect(alone).toEqual([expect.objectContaining({ measure: 1, outOf: 2 })]);
    const withdrawn = entry('ApplicationWithdrawn', '2026-02-03', { application: second.id });
    expect(found(first, second, withdrawn, opening, admitted(first), award)).toEqual([
      expect.objectContaining({ measure: 1, outOf: 1 }),
    ]);
    expect(found(first, second, opening, admitted(first), admitted(second), award)).toEqual([]);
    // The last decision stands.
    expect(found(first, second, opening, admitted(first), excluded(second), admitted(second), award)).toEqual([]);
  });

  it('given no outcome, then it is overdue from the day after the last one, which counts from the deadline where the authority sits', () => {
    // Half past eleven in the evening UTC is the second of March in Rome.
    expect(found(first)).toEqual([
      expect.objectContaining({ rule: 'overdue-publication', duty: 'call-outcome', entry: published.id, on: '2026-03-02', from: '2026-08-30', measure: null }),
    ]);
    expect(callFlags([drafted], italy)).toEqual([]);
  }); // prettier-ignore

  it('given an outcome on the last day, then not; given one a day later, then it says by how much it was late', () => {
    expect(found(entry('CallDeserted', '2026-08-29'))).toEqual([]);
    const late = entry('CallCancelled', '2026-08-30');
    expect(found(late)).toEqual([expect.objectContaining({ entry: late.id, from: '2026-08-30', measure: 1 })]);
    const writtenLate = { ...entry('CallDeserted', '2026-08-01'), recordedAt: '2026-09-08T10:00:00.000Z' };
    expect(found(writtenLate)).toEqual([expect.objectContaining({ measure: 10 })]);
  });
});

describe('red flags of who wins', () => {
  const award = (organisation: string, on: string, authority = 'Comune'): Award => {
    count += 1;
    return { call: `call-${count}`, entry: `entry-${count}`, authority, organisation, on };
  };
  const hits = (...awards: Award[]) =>
    repeatedWinners(awards).map(({ flag: { entry: id, measure, outOf } }) => [id, measure, outOf]);

  it('given two of three, when the same one wins again, then it is asked, with how many there were', () => {
    const third = award('a', '2026-03-01');
    expect(hits(award('a', '2026-01-01'), award('b', '2026-01-05'), award('a', '2026-02-01'), third)).toEqual([
      [third.entry, 3, 4],
    ]);
  });

  it('given less than half, awards of another authority, or a year too long ago, then not', () => {
    const [one, two, three] = [award('a', '2026-01-01'), award('a', '2026-02-01'), award('a', '2026-03-01')];
    const others = ['b', 'c', 'd', 'e'].map((name) => award(name, '2026-01-02'));
    expect(hits(...others, one, two, three)).toEqual([]);
    expect(hits(one, two, award('a', '2026-03-01', 'Regione'))).toEqual([]);
    expect(hits(one, two, award('a', '2029-01-01'))).toEqual([]);
    expect(hits(one, two, award('a', '2028-12-31'))).toHaveLength(1);
  });

  it('are those that a recount from the beginning finds, in whatever order awards were recorded', () => {
    const arbitrary = fc.record({ by: fc.nat(2), to: fc.nat(3), day: fc.nat(2500) });
    let seen = 0;
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 40, size: 'max' }), (wishes) => {
        const awards = wishes.map(({ by, to, day }) =>
          award(`org-${to}`, daysAfter('2020-01-01', day), `agency-${by}`),
        );
        const naive = awards.flatMap((each, place) => {
          const counted = awards.filter((other, at) => {
            const earlier = other.on < each.on || (other.on === each.on && at <= place);
            return earlier && other.authority === each.authority && daysBetween(other.on, each.on) <= 1095;
          });
          const own = counted.filter(({ organisation }) => organisation === each.organisation).length;
          return own >= 3 && own / counted.length >= 0.5 ? [[each.entry, own, counted.length]] : [];
        });
        const found = hits(...awards);
        seen += found.length;
        expect(found.toSorted()).toEqual(naive.toSorted());
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(100);
  });
});

describe('red flags of a group', () => {
  const adopted = entry('RecommendationAdopted', '2026-01-10', { addressedTo: 'ANBSC', answerBy: '2026-03-01' });
  const answered = (on: string) => entry('RecommendationAnswered', on, { recommendation: adopted.id });

  it('given no answer by the day that was asked for, then the day after; given one in time, then not', () => {
    const expected = { duty: 'recommendation-answer', entry: adopted.id, from: '2026-03-02', authority: 'ANBSC' };
    expect(groupFlags([adopted], italy)).toEqual([expect.objectContaining({ ...expected, measure: null })]);
    expect(groupFlags([adopted, answered('2026-03-01')], italy)).toEqual([]);
    expect(groupFlags([adopted, answered('2026-03-05')], italy)).toEqual([
      expect.objectContaining({ ...expected, measure: 4 }),
    ]);
  });
});
