import { assetKinds, phases } from '#domain';
import { groups, indicatorsFrom } from './view';
import type { StockCell } from './view';

const cell = (changes: Partial<StockCell>): StockCell => ({
  area_code: '19',
  area: 'Sicilia',
  kind: 'company',
  phase: 'seized',
  assets: 1,
  valued: 0,
  value_minor: 0,
  currency: '',
  ...changes,
});

describe('the indicators', () => {
  const everyCell = phases.flatMap((phase, p) =>
    assetKinds.flatMap((kind, k) =>
      ['', '19', '15'].map((code, c) =>
        cell({ phase, kind, area_code: code, area: code, assets: 1 + p + 10 * k + 100 * c }),
      ),
    ),
  );
  const view = indicatorsFrom(everyCell, 7);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

  it('add up to all, whichever way they are broken down', () => {
    expect(view.total).toBe(sum(everyCell.map(({ assets }) => assets)));
    expect(sum(view.byPhase.map(({ assets }) => assets))).toBe(view.total);
    expect(sum(view.byKind.map(({ assets }) => assets))).toBe(view.total);
    expect(sum(view.byArea.map(({ assets }) => assets))).toBe(view.total);
    expect(sum(groups.map((group) => view.byGroup[group]))).toBe(view.total);
    for (const area of view.byArea) expect(sum(groups.map((group) => area.byGroup[group]))).toBe(area.assets);
  });

  it('name every phase in the order of an asset’s life, also the empty ones', () => {
    expect(indicatorsFrom([cell({})], 1).byPhase.map(({ code }) => code)).toEqual(phases);
  });

  it('show what there is most of first', () => {
    expect(view.byArea.map(({ code }) => code)).toEqual(['15', '19', '']);
  });

  it('never add different currencies, and say how many assets have a value', () => {
    const { values, valued } = indicatorsFrom(
      [
        cell({ valued: 2, value_minor: 100, currency: 'EUR' }),
        cell({ valued: 1, value_minor: 50, currency: 'EUR', phase: 'destined' }),
        cell({ valued: 1, value_minor: 70, currency: 'USD' }),
        cell({ assets: 9 }),
      ],
      1,
    );
    expect(values).toEqual([
      { currency: 'EUR', minor: 150 },
      { currency: 'USD', minor: 70 },
    ]);
    expect(valued).toBe(4);
  });

  it('say nothing where there is nothing', () => {
    expect(indicatorsFrom([], 1)).toMatchObject({ total: 0, byArea: [], values: [] });
  });
});
