import type { LegalDate } from '#domain';
import { areaPath, recentEntries, reportSlice } from '#read-models';
import type { AreaPath, NamedArea } from '#read-models';
import { byRegion, indicatorsFrom } from '#web';
import type { AreaFigures, AreaView, AreasView } from '#web';
import { areaStockAsked, assignedAsked, moneyAsked, stockAsked } from '../api/reports/asked';
import type { Reading } from '../reading';
import { orBuilding } from '../reading';
import { supportLine } from './report-views';

/** So many needs and entries stand on the page of an area; its lists have the others. */
const NEEDS = 5;
const NEWS = 6;

/** Filters of the reports' lists; a smaller area is asked for together with those it lies in. */
const filtersOf = (path: AreaPath, asOf: LegalDate | undefined): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(path.map(({ level, code }) => [level, code])),
  ...(asOf !== undefined && { asOf }),
});

async function figuresOf(reading: Reading, path: AreaPath, asOf: LegalDate | undefined): Promise<AreaFigures> {
  const area: NamedArea = path.at(-1)!;
  const filters = filtersOf(path, asOf);
  const [{ cells, position }, money, [assigned]] = await Promise.all([
    areaStockAsked(reading, path, asOf),
    moneyAsked(reading, filters),
    assignedAsked(reading, filters),
  ]);
  return { area, stock: indicatorsFrom(cells, position), money, assigned: assigned! };
}

/** An area by its official code, as it stands or as it stood on a day; undefined where nothing is known there. Throws RequestFailed while the register is being built, as the next one does. */
export const areaView = (reading: Reading, code: string, asOf?: LegalDate): Promise<AreaView | undefined> =>
  orBuilding(
    (async () => {
      const { database } = reading;
      const path = await areaPath(database, code);
      if (!path) return undefined;
      const open = { ...filtersOf(path, asOf), type: 'need', status: 'open' };
      const [figures, { rows, position }, news] = await Promise.all([
        figuresOf(reading, path, asOf),
        reportSlice(database, 'support', { filters: open, limit: NEEDS }),
        // What was written down last is news of today.
        asOf === undefined ? recentEntries(database, { area: code }, NEWS) : [],
      ]);
      return { ...figures, within: path.slice(0, -1), needs: rows.map(supportLine), news, position };
    })(),
  );

/** All regions, with those of the areas asked for that are known. */
export const areasView = (reading: Reading, codes: readonly string[], asOf?: LegalDate): Promise<AreasView> =>
  orBuilding(
    (async () => {
      const { cells, position } = await stockAsked(reading, asOf);
      const paths = await Promise.all(codes.map((code) => areaPath(reading.database, code)));
      const compared = paths.filter((path) => path !== undefined).map((path) => figuresOf(reading, path, asOf));
      return { stock: indicatorsFrom(byRegion(cells), position), compared: await Promise.all(compared) };
    })(),
  );
