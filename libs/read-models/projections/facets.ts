import { daysBetween } from '#domain';
import type { Row, Value } from '../projection';
import { totalsTable } from './chapter';
import { isLocated } from './map-points';

const dimensions = [
  'region_code', 'region', 'kind', 'phase', 'purpose', 'use_standing', 'manager_kind',
] as const; // prettier-ignore

/**
 * How many assets there are of each region, kind and phase by what they are destined to, by their use and by who manages them; empty where no source says. Their number follows regions and
 * codes, not assets.
 */
export const facetStockTable = totalsTable('facet_stock', dimensions, ['assets', 'located']);

export function facetCells(row: Row): Row {
  const cell: Record<string, Value> = { assets: 1, located: isLocated(row) ? 1 : 0 };
  for (const dimension of dimensions) cell[dimension] = row[dimension] ?? '';
  return cell;
}

const counted = totalsTable('idle_days', ['region_code', 'kind', 'day'], ['assets']);

/** How many assets of each region and kind are idle since each day, in days since 1970: for how long follows from the day of the question. */
export const idleDaysTable = {
  ...counted,
  columns: { ...counted.columns, day: { type: 'integer' } as const },
  packed: { along: 'day', span: 512 },
};

/** The day under which assets that are idle since a date are counted. */
export const idleDayOf = (date: string): number => daysBetween('1970-01-01', date);

export function idleCells({ region_code, kind, idle_since }: Row): Row[] {
  if (typeof idle_since !== 'string') return [];
  return [{ region_code: region_code ?? '', kind: kind!, day: idleDayOf(idle_since), assets: 1 }];
}
