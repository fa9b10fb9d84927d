import type { Entry } from '../entry';
import { italy } from '../profiles';
import { civicLines } from './civic-lines';
import { dossierReturn } from './dossier-lines';
import { cellsOf, returnFigures, stockCells } from './figures';
import type { ReturnFigures } from './figures';
import type { ReturnCode } from './items';

let written = 0;
const entry = (type: string, occurredOn: string | null, data: Entry['data'] = {}): Entry => {
  written += 1;
  return { id: `e${written}`, type, version: 1, occurredOn, recordedAt: '2026-03-01T09:00:00.000Z', data };
};
const euro = (minor: number) => ({ minor, currency: 'EUR' });

function told(history: readonly Entry[], year: string): ReturnFigures {
  const { lines, stock } = dossierReturn(history, italy.timeZone);
  const where = { region: '19', kind: 'company' };
  return returnFigures(year, [...cellsOf(lines, where, true), ...stockCells(stock, where)]);
}
const of = ({ figures }: ReturnFigures, item: ReturnCode, part: string | null = null) =>
  figures.find((each) => each.item === item && each.part === part);

const seized = entry('AssetSeized', '2019-05-01', { kind: 'company', estimatedValue: euro(500_00) });
const ordered = entry('ConfiscationOrdered', '2020-02-01', { instance: 'first' });
const final = entry('ConfiscationBecameFinal', '2021-03-01');
const ready = entry('InspectionRecorded', '2021-06-01', { condition: 'good', readyForDestination: true });

describe('the return of a year', () => {
  it('counts an act in the year it happened in, however late it was written down', () => {
    expect(of(told([seized, ordered, final], '2020'), 'confiscations-ordered', 'first')).toMatchObject({ entries: 1, assets: 1 });
    expect(of(told([seized, ordered, final], '2026'), 'confiscations-ordered')).toMatchObject({ entries: 0, assets: 0 });
  }); // prettier-ignore

  it('takes the value as it was known when the confiscation became final', () => {
    const valued = entry('AssetValued', '2020-06-01', { method: 'market', value: euro(700_00) });
    const later = entry('AssetValued', '2022-06-01', { method: 'market', value: euro(900_00) });
    const figures = told([seized, ordered, valued, final, later], '2021');
    expect(of(figures, 'confiscations-final')?.money).toEqual([{ currency: 'EUR', minor: '70000', entries: 1 }]);
    expect(of(told([seized], '2019'), 'seizures')?.money).toEqual([{ currency: 'EUR', minor: '50000', entries: 1 }]);
  });

  it('adds nothing for a value that nobody knows, and says of how many it is known', () => {
    const unknown = entry('AssetSeized', '2019-05-01', { kind: 'company' });
    expect(of(told([unknown], '2019'), 'seizures')).toMatchObject({ entries: 1, money: [] });
  });

  it('counts what has no date in no year, and says so', () => {
    const undated = entry('ConfiscationOrdered', null, { instance: 'first' });
    const figures = told([seized, undated, final], '2020');
    expect(of(figures, 'confiscations-ordered')?.entries).toBe(0);
    expect(figures.undated).toBe(1);
  });

  it('says where the asset stood when the year ended, also in years without an entry', () => {
    const history = [seized, ordered, final, ready];
    const stood = (year: string) =>
      told(history, year).figures.filter(({ item }) => item === 'stock').map(({ part, assets }) => [part, assets]);
    expect(stood('2018')).toEqual([]);
    expect(stood('2019')).toEqual([['seized', 1]]);
    expect(stood('2020')).toEqual([['confiscated-first', 1]]);
    expect(stood('2021')).toEqual([['available', 1]]);
    expect(stood('2030')).toEqual([['available', 1]]);
  }); // prettier-ignore

  it('counts people over those reports that counted them: missing is not zero', () => {
    const report = (data: Entry['data']) =>
      entry('ActivityReported', '2024-01-20', { from: '2023-01-01', to: '2023-12-31', activities: [], ...data });
    const figures = told([seized, report({ beneficiaries: { women: 30, total: 50 } }), report({})], '2023');
    expect(of(figures, 'beneficiaries', 'women')).toMatchObject({ entries: 2, people: { sum: 30, entries: 1 } });
    expect(of(figures, 'beneficiaries', 'men')).toMatchObject({ entries: 2, people: { sum: null, entries: 0 } });
    expect(of(told([seized], '2024'), 'beneficiaries', 'men')?.people).toEqual({ sum: null, entries: 0 });
  });

  it('takes back what money came back', () => {
    const allocated = entry('FundsAllocated', '2022-01-10', { source: 'eu', amount: euro(100_00) });
    const reduced = entry('AllocationReduced', '2023-01-10', { allocation: allocated.id, amount: euro(40_00), reason: 'r' });
    const history = [seized, ordered, final, allocated, reduced];
    expect(of(told(history, '2022'), 'money-allocated', 'eu')?.money).toMatchObject([{ minor: '10000' }]);
    expect(of(told(history, '2023'), 'money-allocated', 'eu')?.money).toMatchObject([{ minor: '-4000' }]);
  }); // prettier-ignore

  it('tells sales before the confiscation was final from those after it', () => {
    const sold = entry('AssetSold', '2022-01-01', { price: euro(10_00) });
    expect(of(told([seized, ordered, sold], '2022'), 'sold', 'before-final')?.entries).toBe(1);
    expect(of(told([seized, ordered, final, sold], '2022'), 'sold', 'after-final')?.entries).toBe(1);
  });

  it('says nothing of an asset whose seizure was annulled', () =>
    expect(dossierReturn([ordered, final], italy.timeZone)).toEqual({ lines: [], stock: [] }));
});

describe('what the public and the authorities said to one another', () => {
  const asked = entry('QuestionAsked', '2025-12-20', { kind: 'complaint' });
  const answered = (recordedAt: string): Entry => ({ ...entry('AnswerPublished', '2025-12-21'), recordedAt });

  it('counts an answer from the day on which it could be read, and whether that was in time', () => {
    const lines = (at: string) => civicLines([asked, answered(at)], italy).map(({ item, part, year }) => [item, part, year]);
    expect(lines('2026-01-04T09:00:00.000Z')).toEqual([['questions-asked', 'complaint', '2025'], ['questions-answered', 'in-time', '2026']]);
    expect(lines('2026-06-04T09:00:00.000Z')[1]).toEqual(['questions-answered', 'late', '2026']);
  }); // prettier-ignore

  it('counts the first answer alone', () =>
    expect(civicLines([asked, answered('2026-01-04T09:00:00.000Z'), answered('2026-01-05T09:00:00.000Z')], italy)).toHaveLength(2)); // prettier-ignore

  it('says nothing of a call that was called off before anybody knew of it', () => {
    expect(civicLines([entry('CallCancelled', '2025-01-01')], italy)).toEqual([]);
    const lines = civicLines([entry('CallPublished', '2024-12-01'), entry('CallCancelled', '2025-01-01')], italy);
    expect(lines.map(({ item }) => item)).toEqual(['calls-published', 'calls-cancelled']);
  });
});
